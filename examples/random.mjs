/** Seeded draws for the simulators of the examples: the same seed gives the same file on every machine. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of independent draws. */
export function random(seed) {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  /** Standard normal (Box & Muller 1958); one of the pair is thrown away so that each draw costs the same. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const bernoulli = (probability) => (uniform() < probability ? 1 : 0);
  return { uniform, normal, bernoulli };
}

/** 1 / (1 + e⁻ˣ). */
export function logistic(x) {
  return 1 / (1 + Math.exp(-x));
}

/** Rows of values as CSV text; null is a missing value. */
export function csv(columns, rows) {
  const lines = rows.map((row) => row.map((value) => value ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
