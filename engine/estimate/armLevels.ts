/** Is there, at every level of a covariate, somebody of either arm? */

import { selectRows } from '../data/table.ts';
import { stratifiedCounts } from './independence/contingency.ts';
import { levelsOf } from './independence/levels.ts';
import type { EstimatePlan } from './plan.ts';
import { type EstimationData, plannedColumns, plannedRows, readColumns } from './problem.ts';
import { settlePlan } from './settle.ts';

/** A level at which all rows are of one arm. */
export interface OneArmedLevel {
  readonly label: string;
  readonly rows: number;
  /** Level of the treatment that all of them have. */
  readonly arm: string;
}

export interface OneArmedCovariate {
  readonly covariate: string;
  /** Of this many levels that occur. */
  readonly levels: number;
  readonly oneArmed: readonly OneArmedLevel[];
}

/** A covariate with more levels is not looked through one by one. */
const MOST_LEVELS = 50;

/**
 * The covariates of a plan with levels at which nobody can be compared, among the rows that the plan uses. Empty unless the treatment has
 * two levels there.
 */
export function oneArmedCovariates(asked: EstimationData, wanted: EstimatePlan): OneArmedCovariate[] {
  if (readColumns(wanted).some((name) => asked.problems.has(name))) return [];
  const { data, plan } = settlePlan(asked, wanted);
  const names = plannedColumns(plan);
  const table = selectRows(data.table, names, plannedRows(data.table, plan));
  const arms = levelsOf(table, plan.treatment, data.kinds.get(plan.treatment));
  if (arms === null || arms.labels.length !== 2) return [];
  return plan.adjusted.flatMap((covariate) => {
    const levels = levelsOf(table, covariate, data.kinds.get(covariate));
    if (levels === null || levels.labels.length < 2 || levels.labels.length > MOST_LEVELS) return [];
    const [counts] = stratifiedCounts(levels, arms, []).tables;
    const oneArmed = levels.labels.flatMap((label, level) => {
      const [first, second] = [counts[level * 2], counts[level * 2 + 1]];
      if (first > 0 && second > 0) return [];
      return [{ label, rows: first + second, arm: arms.labels[first > 0 ? 0 : 1] }];
    });
    return oneArmed.length === 0 ? [] : [{ covariate, levels: levels.labels.length, oneArmed }];
  });
}
