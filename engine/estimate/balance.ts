import { apply, product, type RowExpression, shifted } from '../stats/rowExpression.ts';
import type { CovariateBalance } from './diagnostics/weighting.ts';
import type { EstimationProblem } from './problem.ts';

/** Rows of the two arms as 0/1 indicators, and their weights. */
export interface BalancedArms {
  readonly treated: RowExpression;
  readonly control: RowExpression;
  readonly treatedRows: RowExpression;
  readonly controlRows: RowExpression;
}

/**
 * Standardised mean differences of the covariates between two arms, before and after weighting.
 * The denominator is √((s₁² + s₀²)/2) of the unweighted arms in both, so that the two can be compared (Austin 2009).
 */
export async function covariateBalance(
  problem: EstimationProblem,
  arms: BalancedArms,
): Promise<CovariateBalance[]> {
  const treated = await armMeans(problem, arms.treatedRows);
  const control = await armMeans(problem, arms.controlRows);
  const weightedTreated = await armMeans(problem, arms.treated);
  const weightedControl = await armMeans(problem, arms.control);
  const treatedVariances = await armVariances(problem, arms.treatedRows, treated);
  const controlVariances = await armVariances(problem, arms.controlRows, control);
  return problem.covariates.map((term, j) => {
    const spread = Math.sqrt((treatedVariances[j] + controlVariances[j]) / 2);
    const standardise = (difference: number): number => (spread === 0 ? 0 : difference / spread);
    return {
      covariate: term.label,
      smdBefore: standardise(treated.means[j] - control.means[j]),
      smdAfter: standardise(weightedTreated.means[j] - weightedControl.means[j]),
    };
  });
}

interface ArmMeans {
  readonly weight: number;
  /** One a covariate. */
  readonly means: readonly number[];
}

async function armMeans(problem: EstimationProblem, weight: RowExpression): Promise<ArmMeans> {
  const { sums } = await problem.moments.pass({
    sums: [weight, ...problem.covariates.map((term) => product(weight, term.expression))],
  });
  const [total, ...rest] = sums;
  return { weight: total, means: rest.map((sum) => sum / total) };
}

/** Variances about the means just found, with n − 1: a second pass, so that large means cost no digits. */
async function armVariances(
  problem: EstimationProblem,
  rows: RowExpression,
  arm: ArmMeans,
): Promise<readonly number[]> {
  const { sums } = await problem.moments.pass({
    sums: problem.covariates.map((term, j) =>
      product(rows, apply('square', shifted(term.expression, arm.means[j]))),
    ),
  });
  return Array.from(sums, (sum) => sum / Math.max(arm.weight - 1, 1));
}
