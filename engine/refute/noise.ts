/** Normal noise, one number a row. */

import { randomStreams } from '../stats/random.ts';

/** Columns of independent standard normal numbers (Box & Muller 1958), a new one each time; the p-th number goes to row `order[p]`. */
export function normalDraws(order: Int32Array, seed: number): () => Float64Array {
  const nextStream = randomStreams(seed);
  return () => {
    const { uniform } = nextStream();
    const values = new Float64Array(order.length);
    for (let p = 0; p < order.length; p += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      values[order[p]] = radius * Math.cos(angle);
      if (p + 1 < order.length) values[order[p + 1]] = radius * Math.sin(angle);
    }
    return values;
  };
}
