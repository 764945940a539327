/** Warnings of individual effects: when they cannot be told from one effect for everyone, and when groups are too small. */

import { nameList } from '../../wording.ts';
import type { EffectGroup, Heterogeneity } from '../diagnostics/heterogeneity.ts';
import type { EstimationProblem } from '../problem.ts';
import type { EstimateWarning } from '../result.ts';

/** Above this chance, that predictions which say nothing of the effects would do as well, they are not to be believed. */
const DOUBT = 0.05;

/**
 * What a reader of one contrast's effects must be told.
 *
 * @param kept rows that are averaged
 * @param about which contrast it is, where there are several: ` (b against a)`
 */
export function effectWarnings(
  problem: EstimationProblem,
  { calibration, groups }: Heterogeneity,
  kept: number,
  about: string,
): EstimateWarning[] {
  const { plan, table } = problem;
  const warnings: EstimateWarning[] = [];
  if (calibration === null) {
    warnings.push({
      code: 'no-heterogeneity',
      message: `All rows are predicted the same effect${about}: ${sameEffect(problem)}`,
    });
  } else if (calibration.p > DOUBT) {
    warnings.push({
      code: 'no-heterogeneity',
      message: `The effects predicted for single rows${about} cannot be told from one effect for everyone (calibration slope ${calibration.slope.toFixed(2)}, p = ${calibration.p.toFixed(2)}; 1 would be perfect). Rely on the average, and do not rank people by the predictions.`,
    });
  }
  const left = table.rowCount - kept;
  if (left > 0) {
    warnings.push({
      code: 'trimmed',
      message: `${left} of ${table.rowCount} rows were left out${about}: their propensity is outside ${plan.trim} to ${1 - plan.trim}. The averages are about the others.`,
    });
  }
  const thin = groups.filter(({ rows }) => rows < THIN_GROUP);
  if (thin.length > 0) warnings.push(thinGroups(thin));
  return warnings;
}

function sameEffect({ plan }: EstimationProblem): string {
  if (plan.adjusted.length === 0)
    return 'there are no covariates that they could differ by. Name some in `adjust`.';
  return plan.method === 's_learner' && plan.learner === 'linear'
    ? 'one linear model of the outcome has one effect. Use `learner boosting`, or `t_learner`.'
    : 'nothing was found that they differ by. Rely on the average.';
}

const THIN_GROUP = 20;

function thinGroups(groups: readonly EffectGroup[]): EstimateWarning {
  const names = nameList(groups.map(({ variable, label, rows }) => `${variable} = ${label} (${rows})`));
  return {
    code: 'thin-group',
    message: `Some groups have fewer than ${THIN_GROUP} rows: ${names}. Their standard errors are too small to be trusted.`,
  };
}
