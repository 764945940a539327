/** Weighted mean and variance of a column of numbers. */

export interface SampleMoments {
  readonly mean: number;
  /** Over Σw − Σw²/Σw, which is n − 1 where all weights are 1; 0 for a single row. */
  readonly variance: number;
}

/** Moments of `values` under `weights`, which are not negative; the variance about the mean just found, so that a large mean costs no digits. */
export function sampleMoments(values: Float64Array, weights: Float64Array): SampleMoments {
  let total = 0;
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i];
    squares += weights[i] * weights[i];
    sum += weights[i] * values[i];
  }
  const mean = sum / total;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - mean;
    spread += weights[i] * distance * distance;
  }
  const degrees = total - squares / total;
  return { mean, variance: degrees > 0 ? spread / degrees : 0 };
}
