/** Powers of numeric features, with which a linear model can follow a smooth curve. */

import type { Feature, FeatureTable } from './learner.ts';

/** Standard deviations from the mean beyond which a value counts as no further off: powers of a few far values would outweigh all others. */
const FARTHEST = 3;

/**
 * The features and, of each numeric one, the powers from 2 to `degree` of its standardised value. Mean and standard deviation are those of the given rows; values
 * beyond three standard deviations count as three.
 */
export function withPowers(table: FeatureTable, rows: Int32Array, degree: number): FeatureTable {
  const powers = table.features.flatMap((feature): Feature[] => {
    if (feature.kind !== 'numeric') return [];
    const standard = standardised(feature.values, rows);
    return Array.from({ length: Math.max(0, degree - 1) }, (_power, k) => ({
      kind: 'numeric',
      label: feature.label,
      values: standard.map((value) => value ** (k + 2)),
    }));
  });
  return { rows: table.rows, features: [...table.features, ...powers] };
}

function standardised(values: Float64Array, rows: Int32Array): Float64Array {
  let mean = 0;
  for (const row of rows) mean += values[row] / rows.length;
  let variance = 0;
  for (const row of rows) variance += (values[row] - mean) ** 2 / rows.length;
  const sd = Math.sqrt(variance);
  if (!(sd > 0) || !Number.isFinite(sd)) return new Float64Array(values.length);
  return values.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / sd)));
}
