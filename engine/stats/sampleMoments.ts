/** Weighted mean and variance of a column of numbers. */

export interface SampleMoments {
  readonly mean: number;
  /** Over Σw − Σw²/Σw, which is n − 1 where all weights are 1; 0 for a single row. */
  readonly variance: number;
}

/** Rows with weights that are not negative. */
export interface WeighedRows {
  readonly weights: Float64Array;
  /** Σ w and Σ w². */
  readonly total: number;
  readonly squares: number;
}

export function weighRows(weights: Float64Array): WeighedRows {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i];
    squares += weights[i] * weights[i];
  }
  return { weights, total, squares };
}

/** The mean of all values, near which their differences are taken. */
export function plainMean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Part of the squares about another value that has to be left about the mean, for its digits to count. */
const LEFT = 1e-4;

/**
 * Moments of `values` under weights, in one look where the mean is near `centre`, which costs no digits then; where it is far off for the spread about it,
 * in a second one about the mean just found.
 */
export function sampleMoments(
  values: Float64Array,
  { weights, total, squares }: WeighedRows,
  centre: number,
): SampleMoments {
  let sum = 0;
  let about = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - centre;
    const weighed = weights[i] * distance;
    sum += weighed;
    about += weighed * distance;
  }
  const mean = centre + sum / total;
  const degrees = total - squares / total;
  const spread = about - (sum * sum) / total;
  const trusted = spread > LEFT * about ? spread : squaresAbout(values, weights, mean);
  return { mean, variance: degrees > 0 ? trusted / degrees : 0 };
}

/** Σ w (x − centre)². */
function squaresAbout(values: Float64Array, weights: Float64Array, centre: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - centre;
    squares += weights[i] * distance * distance;
  }
  return squares;
}
