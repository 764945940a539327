/** What each row got from a method, for whoever wants the rows back with it. */

import type { BalancedArms } from './balance.ts';
import type { Contrast } from './contrasts.ts';
import type { RowScore } from './estimator.ts';
import type { EstimationProblem } from './problem.ts';
import type { Propensity } from './propensity.ts';
import { comparedLevels } from './weightedArms.ts';

/** The probability of the treated level of each contrast; of a treatment with two levels it is about all of them. */
export async function propensityScores(
  { moments }: EstimationProblem,
  propensity: Propensity,
  contrasts: readonly Contrast[],
): Promise<readonly RowScore[]> {
  return Promise.all(
    contrasts.map(async (contrast) => {
      const [treated] = comparedLevels(contrast).levels;
      const values = await moments.values(propensity.probabilities[treated]);
      return { name: 'propensity', contrast: propensity.levels === 'two' ? null : contrast.label, values };
    }),
  );
}

/** The weight of each row in its arm, of mean 1 there; `NaN` for rows that are in neither arm or were left out. */
export async function weightScores(
  { moments }: EstimationProblem,
  contrasts: readonly {
    readonly label: readonly [level: string, reference: string];
    readonly pair: BalancedArms;
  }[],
): Promise<readonly RowScore[]> {
  return Promise.all(
    contrasts.map(async ({ label, pair: { treated, control } }) => {
      const values = new Float64Array(moments.rowCount).fill(Number.NaN);
      for (const arm of [treated, control]) {
        const rows = await moments.values(arm.rows);
        const weights = await moments.values(arm.weight);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const count = rows.reduce((sum, row) => sum + row, 0);
        rows.forEach((inArm, row) => {
          if (inArm === 1) values[row] = (weights[row] * count) / total;
        });
      }
      return { name: 'weight', contrast: contrasts.length === 1 ? null : label, values };
    }),
  );
}
