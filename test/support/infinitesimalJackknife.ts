import { ESTIMATORS } from '../../engine/estimate/estimators.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { prepareProblem } from '../../engine/estimate/problem.ts';
import { propensityCache } from '../../engine/estimate/propensity.ts';
import { dataOf, planOf } from './estimation.ts';

/** A step of a row's weight at which the difference quotient is good to eight digits or so. */
const STEP = 1e-4;

/**
 * √Σ (∂τ/∂wᵢ)², one a contrast, by moving the weight of each row a little and estimating again: what the error of stacked estimating equations
 * must be, since both linearise the same estimator (Efron 1982, chapter 6). With `cluster` the derivatives of a cluster are added first,
 * with the factor G/(G − 1).
 */
export async function infinitesimalJackknife(
  columns: Readonly<Record<string, readonly (number | string)[]>>,
  plan: Partial<EstimatePlan>,
  weights?: readonly number[],
): Promise<readonly number[]> {
  const rows = Object.values(columns)[0]?.length ?? 0;
  const own = plan.weight === undefined || plan.weight === null ? undefined : columns[plan.weight];
  const base = weights ?? own?.map(Number) ?? Array<number>(rows).fill(1);
  const groups = plan.cluster === undefined || plan.cluster === null ? null : columns[plan.cluster];
  const at = async (row: number, step: number): Promise<number[]> => {
    const moved = base.map((weight, i) => (i === row ? weight + step : weight));
    const full = planOf({ ...plan, weight: 'moved' });
    const problem = prepareProblem(dataOf({ ...columns, moved }), full);
    const estimator = ESTIMATORS.get(full.method);
    if ('kind' in problem || estimator === undefined) throw new Error(`${full.method} cannot be prepared.`);
    const answer = await estimator(problem, { pointOnly: true, propensity: propensityCache() });
    if (answer.kind === 'failure') throw new Error(answer.message);
    return answer.contrasts.map(({ estimate }) => estimate);
  };
  const influences = new Map<number | string, number[]>();
  for (let row = 0; row < rows; row++) {
    const [up, down] = [await at(row, STEP), await at(row, -STEP)];
    const group = groups?.[row] ?? row;
    const before = influences.get(group) ?? up.map(() => 0);
    // A row that weighs w counts w times the derivative in its weight.
    const own = base[row] ?? 1;
    influences.set(
      group,
      before.map((sum, c) => sum + (own * ((up[c] ?? 0) - (down[c] ?? 0))) / (2 * STEP)),
    );
  }
  const all = [...influences.values()];
  const factor = groups === null ? 1 : all.length / (all.length - 1);
  return (all[0] ?? []).map((_first, c) =>
    Math.sqrt(factor * all.reduce((sum, influence) => sum + (influence[c] ?? 0) ** 2, 0)),
  );
}
