/** Standard errors of estimates that are sums over rows to first order. */

import type { LeastSquaresFit } from '../stats/leastSquares.ts';
import { apply, linear, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { StandardErrorType } from './result.ts';

/**
 * √Σ IFᵢ² of an estimate whose error is Σ IFᵢ to first order; with clusters the sum within each is squared, with the factor G/(G − 1)
 * (Stefanski & Boos 2002; Liang & Zeger 1986). `influence` holds the row's weight.
 */
export async function influenceError(
  { moments, plan }: EstimationProblem,
  influence: RowExpression,
): Promise<number> {
  if (plan.cluster === null) {
    const { sums } = await moments.pass({ sums: [apply('square', influence)] });
    return Math.sqrt(sums[0]);
  }
  const { groupSums } = await moments.pass({
    groupSums: { terms: [influence, one], group: plan.cluster },
  });
  let total = 0;
  let groups = 0;
  for (let g = 0; g < groupSums.groups; g++) {
    if (groupSums.sums[2 * g + 1] === 0) continue;
    groups += 1;
    total += groupSums.sums[2 * g] ** 2;
  }
  return Math.sqrt((total * groups) / (groups - 1));
}

/** Under which name such an error is reported. */
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
