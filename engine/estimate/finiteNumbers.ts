/** Numbers that a computer can no longer hold, and estimates without an error: both are said rather than shown. */

import type { RowExpression } from '../stats/rowExpression.ts';
import type { ContrastEstimate } from './estimator.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

/** Why the terms cannot be put into equations: their squares add up to more than a number can be. Null where they can. */
export async function unboundedTerms(
  problem: EstimationProblem,
  terms: readonly RowExpression[],
): Promise<EstimationFailure | null> {
  const { products } = await problem.moments.pass({ products: { terms, weight: problem.weight } });
  return products.centred.every(Number.isFinite) ? null : tooLarge(problem);
}

/** Why one of the estimates is none: it or its error is no number, or it is 0 without an error. Null where all are. */
export function unusableEstimate(
  problem: EstimationProblem,
  estimates: readonly ContrastEstimate[],
): EstimationFailure | null {
  if (estimates.some(({ estimate, se }) => !Number.isFinite(estimate) || !Number.isFinite(se)))
    return tooLarge(problem);
  if (estimates.every(({ estimate, se }) => se > 0 || estimate !== 0)) return null;
  return failure(
    'no-variance',
    `What ${problem.plan.method} compares does not vary in these rows: the estimate is 0 with an error of 0, and says nothing of other rows. Check ${problem.plan.outcome} and the variables that the estimate goes through.`,
  );
}

function tooLarge({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'type-mismatch',
    `The numbers of ${plan.outcome} or of a variable that the estimate uses are too large to be squared and added up. Derive variables in larger units, as in \`variable ${plan.outcome}_scaled = ${plan.outcome} / 1e100\`.`,
  );
}
