/** What a valid instrument forbids in the rows, whatever the effect is and whoever it moves. */

import { normalQuantile } from '../stats/distributions.ts';
import { apply, complement, product, type RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { EstimateWarning } from './result.ts';

/** Chance, over the four inequalities together, of rejecting an instrument that is valid. */
const FALSE_ALARM = 0.05;

/**
 * Pearl's instrumental inequality (1995, "On the testability of causal models with latent and instrumental variables", eq. 2) where instrument, treatment and outcome have two values each:
 * P(y, t | z) + P(not y, t | not z) ≤ 1 for each y and t. Rejected where one of the four sums exceeds 1 by more than chance, by the normal distribution with Bonferroni's correction.
 *
 * Says nothing where a variable has more values, covariates are held fixed, or the rows are weighted or clustered: the inequality or its error is then another.
 *
 * @param treatment one number a row
 */
export async function instrumentalInequality(
  problem: EstimationProblem,
  treatment: RowExpression,
): Promise<EstimateWarning[]> {
  const { plan, covariates, instruments, outcome, moments } = problem;
  if (covariates.length > 0 || instruments.length !== 1 || plan.weight !== null || plan.cluster !== null)
    return [];
  const [{ expression: instrument }] = instruments;
  const variables = [instrument, treatment, outcome];
  // v²(1 − v)² is zero in all rows just where v is 0 or 1.
  const between = variables.map((v) => product(apply('square', v), apply('square', complement(v))));
  const { sums } = await moments.pass({
    sums: [...between, ...cellsOf(instrument, treatment, outcome)],
  });
  if (!sums.subarray(0, 3).every((sum) => sum === 0)) return [];
  const worst = worstExcess(Array.from(sums.subarray(3)));
  if (worst === null) return [];
  const name = plan.instruments[0];
  return [
    {
      code: 'instrument-refuted',
      message: `${name} cannot be a valid instrument for ${plan.treatment}: it moves ${plan.outcome} among rows with the same ${plan.treatment} by more than any effect allows (two shares that together cannot exceed 1 add up to ${(1 + worst).toFixed(3)}). It reaches ${plan.outcome} in another way, or shares a cause with it. Hold that cause fixed with \`given\`, or find another instrument.`,
    },
  ];
}

/** Rows with z, t and y, for z, t, y = 0 and 1, y running fastest. */
function cellsOf(z: RowExpression, t: RowExpression, y: RowExpression): RowExpression[] {
  const values = (v: RowExpression): readonly RowExpression[] => [complement(v), v];
  return values(z).flatMap((zv) => values(t).flatMap((tv) => values(y).map((yv) => product(zv, tv, yv))));
}

/** The largest excess over 1 that chance does not explain; null where there is none. */
function worstExcess(cells: readonly number[]): number | null {
  const rows = [0, 4].map((start) => cells.slice(start, start + 4).reduce((sum, count) => sum + count, 0));
  const limit = normalQuantile(1 - FALSE_ALARM / 4);
  const excesses = [0, 1].flatMap((t) =>
    [0, 1].flatMap((y) => {
      const shares = [cells[2 * t + 1 - y] / rows[0], cells[4 + 2 * t + y] / rows[1]];
      const excess = shares[0] + shares[1] - 1;
      const variance = shares.reduce((sum, share, z) => sum + (share * (1 - share)) / rows[z], 0);
      return excess > 0 && excess > limit * Math.sqrt(variance) ? [excess] : [];
    }),
  );
  return excesses.length === 0 ? null : Math.max(...excesses);
}
