/** Powers of a numeric feature, with which a linear model can follow a smooth curve, and products of those of two, with which it can follow a smooth surface. */

import type { FeatureTable } from './learner.ts';

/** Standard deviations from the mean beyond which a value counts as no further off: powers of a few far values would outweigh all others. */
const FARTHEST = 3;

/** Cubes turn as a dose-response curve does; of higher powers hardly anything is to be had. */
export const HIGHEST_POWER = 3;

/** Powers of either feature in a product, and but for the first those of a curve. */
const POWERS = Array.from({ length: HIGHEST_POWER }, (_power, k) => k + 1);

/**
 * The standardised values of each numeric feature, null for others and for those that do not vary. Mean and standard deviation are those of the given rows; values
 * beyond three standard deviations count as three.
 */
export function standardisedFeatures(
  { features }: FeatureTable,
  rows: Int32Array,
): readonly (Float64Array | null)[] {
  return features.map((feature) => (feature.kind === 'numeric' ? standardised(feature.values, rows) : null));
}

/** Square and cube. */
export function curveOf(x: Float64Array): readonly Float64Array[] {
  return POWERS.slice(1).map((power) => x.map((value) => value ** power));
}

/** The products of powers of two features, without the powers of either alone. */
export function surfaceOf(x: Float64Array, z: Float64Array): readonly Float64Array[] {
  return POWERS.flatMap((i) => POWERS.map((j) => x.map((value, row) => value ** i * z[row] ** j)));
}

function standardised(values: Float64Array, rows: Int32Array): Float64Array | null {
  let mean = 0;
  for (const row of rows) mean += values[row] / rows.length;
  let variance = 0;
  for (const row of rows) variance += (values[row] - mean) ** 2 / rows.length;
  const sd = Math.sqrt(variance);
  if (!(sd > 0) || !Number.isFinite(sd)) return null;
  return values.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / sd)));
}
