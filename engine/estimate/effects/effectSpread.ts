/** How far predicted effects differ from row to row. */

import type { Heterogeneity } from '../diagnostics/heterogeneity.ts';

const PROBABILITIES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Weighted mean and standard deviation, and the quantiles: the smallest value up to which that share of the weight lies. */
export function spreadOf(
  effect: Float64Array,
  weights: Float64Array,
  order: Int32Array,
): Heterogeneity['effects'] {
  const rows = order.filter((row) => weights[row] > 0).sort((a, b) => effect[a] - effect[b]);
  let total = 0;
  let sum = 0;
  for (const row of rows) {
    total += weights[row];
    sum += weights[row] * effect[row];
  }
  const mean = sum / total;
  let square = 0;
  for (const row of rows) square += (weights[row] / total) * (effect[row] - mean) ** 2;
  let reached = 0;
  let i = -1;
  const quantiles = PROBABILITIES.map((probability) => {
    while (i < 0 || (i + 1 < rows.length && reached < probability * total)) {
      i += 1;
      reached += weights[rows[i]];
    }
    return { probability, value: effect[rows[i]] };
  });
  return { mean, sd: Math.sqrt(square), quantiles };
}
