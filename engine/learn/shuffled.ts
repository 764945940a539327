import type { Random } from '../stats/random.ts';

/** A copy of `rows` in random order (Fisher & Yates). */
export function shuffled(rows: Int32Array, random: Random): Int32Array {
  const order = rows.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
