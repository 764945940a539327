/** Moments of an outcome among the few rows whose score is nearest: its variance given the score and the arm, after Abadie & Imbens. */

import { nearestScores, type Windows } from './nearest.ts';
import type { Arm, ScoreArm, ScoreGroups } from './scoreGroups.ts';

/** Rows from which a variance is taken, the row itself being one: as few as give one, for the least bias (Abadie & Imbens 2016). */
export const LOCAL_ROWS = 2;

/** Windows of the rows of each arm nearest to each score. */
export function localWindows({ scores, arms, tolerance }: ScoreGroups): readonly [Windows, Windows] {
  const windows = (arm: Arm): Windows =>
    nearestScores(scores, arms[arm], LOCAL_ROWS, Number.POSITIVE_INFINITY, tolerance);
  return [windows(0), windows(1)];
}

/** Of an outcome and a second variable, over the rows of an arm at each of its scores. */
export interface ScoreMoments {
  readonly means: Float64Array;
  /** Σ w (y − mean)². */
  readonly spreads: Float64Array;
  readonly secondMeans: Float64Array;
  /** Σ w (y − mean)(m − mean of m). */
  readonly products: Float64Array;
}

/** @param second of the two variables; null for 0 everywhere */
export function scoreMoments(
  arm: ScoreArm,
  weights: Float64Array,
  outcome: Float64Array,
  second: Float64Array | null,
): ScoreMoments {
  const size = arm.scores.length;
  const means = new Float64Array(size);
  const spreads = new Float64Array(size);
  const secondMeans = new Float64Array(size);
  const products = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    for (let i = arm.starts[k]; i < arm.starts[k + 1]; i++) {
      const row = arm.rows[i];
      means[k] += (weights[row] * outcome[row]) / arm.weights[k];
      if (second !== null) secondMeans[k] += (weights[row] * second[row]) / arm.weights[k];
    }
    if (arm.starts[k + 1] - arm.starts[k] === 1) {
      // One row is its own mean, to the last bit.
      means[k] = outcome[arm.rows[arm.starts[k]]];
      continue;
    }
    for (let i = arm.starts[k]; i < arm.starts[k + 1]; i++) {
      const row = arm.rows[i];
      const deviation = weights[row] * (outcome[row] - means[k]);
      spreads[k] += deviation * (outcome[row] - means[k]);
      if (second !== null) products[k] += deviation * (second[row] - secondMeans[k]);
    }
  }
  return { means, spreads, secondMeans, products };
}

/** Weighted mean of the outcome over the scores of a window of `arm`. */
export function windowMean(
  arm: ScoreArm,
  { means }: ScoreMoments,
  { first, last }: Windows,
  g: number,
): number {
  if (first[g] === last[g]) return means[first[g]];
  let weight = 0;
  let sum = 0;
  for (let k = first[g]; k <= last[g]; k++) {
    weight += arm.weights[k];
    sum += arm.weights[k] * means[k];
  }
  return sum / weight;
}

export interface LocalMoments {
  readonly means: Float64Array;
  /** Σ w − Σ w²/Σ w, the divisor that makes a variance unbiased: n − 1 where weights are 1. */
  readonly divisors: Float64Array;
  readonly variances: Float64Array;
  /** Of the outcome with the second variable. */
  readonly covariances: Float64Array;
}

/** Over the rows in each of `windows` of `arm`, one a score. */
export function localMoments(arm: ScoreArm, moments: ScoreMoments, windows: Windows): LocalMoments {
  const { first, last } = windows;
  const size = first.length;
  const means = new Float64Array(size);
  const divisors = new Float64Array(size);
  const variances = new Float64Array(size);
  const covariances = new Float64Array(size);
  for (let g = 0; g < size; g++) {
    let weight = 0;
    let squares = 0;
    let sum = 0;
    let secondSum = 0;
    for (let k = first[g]; k <= last[g]; k++) {
      weight += arm.weights[k];
      squares += arm.squares[k];
      sum += arm.weights[k] * moments.means[k];
      secondSum += arm.weights[k] * moments.secondMeans[k];
    }
    const mean = sum / weight;
    const secondMean = secondSum / weight;
    const divisor = weight - squares / weight;
    for (let k = first[g]; k <= last[g]; k++) {
      const deviation = moments.means[k] - mean;
      const secondDeviation = moments.secondMeans[k] - secondMean;
      variances[g] += (moments.spreads[k] + arm.weights[k] * deviation * deviation) / divisor;
      covariances[g] += (moments.products[k] + arm.weights[k] * deviation * secondDeviation) / divisor;
    }
    means[g] = mean;
    divisors[g] = divisor;
  }
  return { means, divisors, variances, covariances };
}
