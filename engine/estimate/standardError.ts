/** Which standard error a plan asks for, and what is said where it does not exist. */

import type { CovarianceType } from '../stats/covariance.ts';
import type { StandardErrorOption } from './plan.ts';
import { type EstimationFailure, type EstimationProblem, failure, tooFewClusters } from './problem.ts';
import type { StandardErrorType } from './result.ts';

/** The covariance that a plan asks for; `fallback` is that of the method, where the plan says nothing. */
export function covarianceType(
  problem: EstimationProblem,
  fallback: StandardErrorOption = 'robust',
): CovarianceType {
  if (problem.plan.cluster !== null) return { kind: 'cluster', column: problem.plan.cluster };
  const asked = problem.plan.standardError ?? fallback;
  return { kind: asked === 'robust' ? 'hc1' : asked };
}

/** The name under which a plan's standard error is reported. */
export function standardErrorType(
  problem: EstimationProblem,
  fallback: StandardErrorOption = 'robust',
): StandardErrorType {
  return problem.plan.cluster !== null ? 'cluster' : (problem.plan.standardError ?? fallback);
}

/** A covariance that does not exist, in words. */
export function covarianceFailure(
  code: 'too-few-rows' | 'too-few-clusters' | 'leverage-one',
  problem: EstimationProblem,
  parameters: number,
): EstimationFailure {
  if (code === 'too-few-rows') {
    return failure(
      code,
      `${problem.table.rowCount} rows cannot carry ${parameters} coefficients. Adjust for fewer variables or bring more data.`,
    );
  }
  if (code === 'too-few-clusters') return tooFewClusters(problem.plan.cluster ?? '');
  return failure(
    code,
    'Some row is the only one of its kind, so the model fits it exactly and hc2 and hc3 do not exist. Use `se robust`.',
  );
}
