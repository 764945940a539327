/** A response brought near zero, so that no square of it overflows and no digits are lost to a large mean. */

import type { TrainingSet } from './trainingSet.ts';

export interface ScaledResponse {
  /** Response less its mean, over its largest distance from it: between −1 and 1; 0 where it does not vary. */
  readonly values: Float64Array;
  /** From that scale back to the response's. */
  restore(value: number): number;
}

/** Spread, of a largest value of 1, that rounding leaves of the mean of equal numbers. */
const ROUNDING = 1e-14;

/** The response of a set, scaled. */
export function scaledResponse({ response, weights, weight, rows }: TrainingSet): ScaledResponse {
  let largest = 0;
  for (const value of response) largest = Math.max(largest, Math.abs(value));
  const size = largest === 0 ? 1 : largest;
  let mean = 0;
  for (let i = 0; i < rows; i++) mean += (response[i] / size) * (weights === null ? 1 : weights[i]);
  mean /= weight;
  let spread = 0;
  for (const value of response) spread = Math.max(spread, Math.abs(value / size - mean));
  if (spread <= ROUNDING) return { values: new Float64Array(rows), restore: () => mean * size };
  return {
    values: response.map((value) => (value / size - mean) / spread),
    restore: (value) => (mean + value * spread) * size,
  };
}
