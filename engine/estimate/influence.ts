/** From influence functions to variances. */

import type { LeastSquaresFit } from '../stats/leastSquares.ts';
import { apply, linear, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { StandardErrorType } from './result.ts';

/**
 * Variance of an estimate from the influence of each row on it (what the row, with its weight, adds to the estimate's error; they sum to 0):
 * Σ φ², and with clusters G/(G − 1) · Σ over clusters of (Σ φ)² (Stefanski & Boos 2002; Liang & Zeger 1986).
 */
export async function influenceVariance(
  problem: EstimationProblem,
  influence: RowExpression,
): Promise<number> {
  const { cluster } = problem.plan;
  if (cluster === null) {
    const { sums } = await problem.moments.pass({ sums: [apply('square', influence)] });
    return sums[0];
  }
  const { groupSums } = await problem.moments.pass({
    groupSums: { terms: [influence, one], group: cluster },
  });
  let total = 0;
  let groups = 0;
  for (let g = 0; g < groupSums.groups; g++) {
    if (groupSums.sums[2 * g + 1] === 0) continue;
    groups += 1;
    total += groupSums.sums[2 * g] ** 2;
  }
  return (total * groups) / (groups - 1);
}

/** Square root of `influenceVariance`. */
export async function influenceError(problem: EstimationProblem, influence: RowExpression): Promise<number> {
  return Math.sqrt(await influenceVariance(problem, influence));
}

/** Under which name the error of a function of estimates is reported. */
export function influenceErrorType({ plan }: EstimationProblem): StandardErrorType {
  return plan.cluster === null ? 'delta' : 'cluster';
}

/** Σ gradient · slope of a least-squares fit as a sum over rows to first order: each row's part of the error, holding its weight. */
export function slopeInfluence(
  fit: Pick<LeastSquaresFit, 'inverse' | 'centredTerms' | 'residual'>,
  gradient: readonly number[],
  weight: RowExpression | undefined,
): RowExpression {
  const coefficients = fit.inverse.map((row) => row.reduce((sum, value, j) => sum + value * gradient[j], 0));
  const along = linear(0, coefficients, fit.centredTerms);
  return weight === undefined ? product(along, fit.residual) : product(along, fit.residual, weight);
}
