import { ESTIMATORS } from '../../engine/estimate/estimators.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { prepareProblem } from '../../engine/estimate/problem.ts';
import { propensityCache } from '../../engine/estimate/propensity.ts';
import { dataOf, planOf } from './estimation.ts';

/** Change of a row's weight by which the derivative is taken. */
const STEP = 1e-4;

/**
 * √Σ (∂ estimate / ∂ wᵢ)² of each estimate of a plan, by weighing every row a little more and a little less (Jaeckel 1972): what a standard
 * error by influence functions is, with nothing of how it was derived.
 */
export async function infinitesimalJackknife(
  columns: Readonly<Record<string, readonly (number | string)[]>>,
  change: Partial<EstimatePlan>,
): Promise<number[]> {
  const rows = Object.values(columns)[0]?.length ?? 0;
  const own = columns[change.weight ?? ''];
  const plan = planOf({ ...change, weight: 'weights' });
  const estimator = ESTIMATORS.get(plan.method);
  const estimatesWith = async (row: number, factor: number): Promise<number[]> => {
    const weights = Array.from({ length: rows }, (_w, i) => Number(own?.[i] ?? 1) * (i === row ? factor : 1));
    const problem = prepareProblem(dataOf({ ...columns, weights }), plan);
    if ('kind' in problem) throw new Error(problem.message);
    const answer = await estimator?.(problem, { pointOnly: true, propensity: propensityCache() });
    if (answer?.kind !== 'answer') throw new Error(answer?.message ?? 'no estimator');
    return answer.contrasts.map(({ estimate }) => estimate);
  };
  const squares: number[] = [];
  for (let row = 0; row < rows; row++) {
    const [more, less] = [await estimatesWith(row, 1 + STEP), await estimatesWith(row, 1 - STEP)];
    more.forEach((value, e) => {
      const derivative = (value - (less[e] ?? Number.NaN)) / (2 * STEP);
      squares[e] = (squares[e] ?? 0) + derivative ** 2;
    });
  }
  return squares.map(Math.sqrt);
}
