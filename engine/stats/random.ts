/** The one source of randomness: a seeded generator that splits into independent streams. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Uniform on 0 … `bound` − 1. */
  integer(bound: number): number;
}

/**
 * Streams of a seed, one a call: the n-th is always the same, and 2⁶⁴ draws away from its neighbours, so that what one task draws does not
 * depend on how much the others draw (xoroshiro128+ with its jump function, Blackman & Vigna 2021). The seed stands in the generator's state as it is, and
 * what is drawn from that at first is nearly 1 for every small seed: the first stream begins a jump away.
 */
export function randomStreams(seed: number): () => Random {
  const base = xoroshiro128plus(seed);
  base.jump();
  return () => {
    const generator = base.clone();
    base.jump();
    return {
      uniform: () => uniformFloat64(generator),
      integer: (bound) => uniformInt(generator, 0, bound - 1),
    };
  };
}
