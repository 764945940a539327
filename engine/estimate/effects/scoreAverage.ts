/** Averages of scores over a part of the rows, with the error that their influence function gives. */

import { constant, one, product, type RowExpression, rowValues, shifted } from '../../stats/rowExpression.ts';
import { influenceError } from '../influence.ts';
import type { EstimationProblem } from '../problem.ts';

export interface ScoreAverage {
  readonly rows: number;
  readonly estimate: number;
  readonly se: number;
}

/** Scores of the rows, and how much each counts. */
export interface WeightedScores {
  readonly scores: Float64Array;
  /** Own weights, 0 in rows that are left out. */
  readonly weights: Float64Array;
}

/** Σ w Γ/Σ w over the rows where `part` is 1, with Σ (w (Γ − mean)/Σ w)² as variance; null where none of them counts. */
export async function scoreAverage(
  problem: EstimationProblem,
  { scores, weights }: WeightedScores,
  part: RowExpression = one,
): Promise<ScoreAverage | null> {
  const weight = product(rowValues(weights), part);
  const counted = rowValues(weights.map((value) => (value > 0 ? 1 : 0)));
  const score = rowValues(scores);
  const { sums } = await problem.moments.pass({
    sums: [weight, product(weight, score), product(counted, part)],
  });
  if (!(sums[0] > 0)) return null;
  const estimate = sums[1] / sums[0];
  const se = await influenceError(problem, product(constant(1 / sums[0]), weight, shifted(score, estimate)));
  return { rows: sums[2], estimate, se };
}
