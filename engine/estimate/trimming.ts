/** Rows left out because their treatment was all but certain. */

import { one, product } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { Propensity } from './propensity.ts';
import type { EstimateWarning } from './result.ts';
import { keptRows } from './weightedArms.ts';

/** Rows whose propensities are all within [trim, 1 − trim]. */
export async function keptRowCount(
  { plan, moments, table }: EstimationProblem,
  propensity: Propensity,
): Promise<number> {
  if (plan.trim === 0) return table.rowCount;
  const probabilities = propensity.levels === 'two' ? [propensity.probability] : propensity.probabilities;
  const { sums } = await moments.pass({ sums: [product(one, ...keptRows(probabilities, plan.trim))] });
  return sums[0];
}

/** Says how many rows were left out; nothing where none were. */
export function trimWarning({ plan, table }: EstimationProblem, kept: number): readonly EstimateWarning[] {
  const left = table.rowCount - kept;
  if (left === 0) return [];
  return [
    {
      code: 'trimmed',
      message: `${left} of ${table.rowCount} rows were left out: their propensity is outside ${plan.trim} to ${1 - plan.trim}. The estimate is about the others.`,
    },
  ];
}
