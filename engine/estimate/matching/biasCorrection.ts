/** Matched outcomes corrected for what is left between a row and its matches, by regression (Abadie & Imbens 2011). */

import { leastSquares } from '../../stats/leastSquares.ts';
import { rowValues } from '../../stats/rowExpression.ts';
import { type EstimationFailure, type EstimationProblem, failure } from '../problem.ts';
import type { MatchedOutcome } from './matchedEffect.ts';
import { type MatchedRows, useWeights } from './matchedRows.ts';
import type { Arm } from './scoreGroups.ts';

/**
 * With μₐ the least squares fit of the outcome on the covariates among the rows of arm a that are matches, each weighted by what it counts as one:
 * for the effect on the treated y − μ₀(x) is compared; for the average effect y − μ of the row's own arm, and μ₁(x) − μ₀(x) is added to each difference.
 *
 * Fails where an arm has no more matches than coefficients.
 */
export async function correctedOutcome(
  problem: EstimationProblem,
  matched: MatchedRows,
  outcome: Float64Array,
  treated: Float64Array,
): Promise<MatchedOutcome | EstimationFailure> {
  const control = await fittedOutcome(problem, matched, 0);
  if ('kind' in control) return control;
  if (matched.estimand === 'att') {
    return { values: outcome.map((value, row) => value - control[row]), modelled: null };
  }
  const treatment = await fittedOutcome(problem, matched, 1);
  if ('kind' in treatment) return treatment;
  return {
    values: outcome.map((value, row) => value - (treated[row] === 1 ? treatment[row] : control[row])),
    modelled: treatment.map((value, row) => value - control[row]),
  };
}

async function fittedOutcome(
  problem: EstimationProblem,
  matched: MatchedRows,
  arm: Arm,
): Promise<Float64Array | EstimationFailure> {
  const weights = useWeights(matched, arm);
  const terms = problem.covariates.map((term) => term.expression);
  const fit = await leastSquares(problem.moments, problem.outcome, terms, rowValues(weights));
  const matches = weights.reduce((count, weight) => (weight > 0 ? count + 1 : count), 0);
  if (matches > fit.parameters) return problem.moments.values(fit.fitted);
  return failure(
    'too-few-rows',
    `Only ${matches} rows serve as matches on one side, too few to correct ${fit.parameters - 1} differences in covariates by regression. Adjust for fewer variables, or ask for more \`neighbors\`.`,
  );
}
