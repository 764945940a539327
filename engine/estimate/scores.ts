/** What estimates say of each row: propensities, weights, strata, matches and individual effects, as columns. */

import type { RowScore } from './estimator.ts';
import { ESTIMATORS } from './estimators.ts';
import type { EstimatePlan } from './plan.ts';
import { type EstimationData, type EstimationFailure, failure, prepareProblem } from './problem.ts';
import { propensityCache } from './propensity.ts';

export interface ScoreColumn {
  /** `weight`, or `weight_matching` where an estimate before it has a weight too. */
  readonly name: string;
  /** `row`: indices of rows of the data; `whole`: numbers of classes; `number`: anything else. */
  readonly holds: 'number' | 'whole' | 'row';
  /** One a row of the data; `NaN` where the estimate does not use the row, or gives it nothing. */
  readonly values: Float64Array;
}

/** The columns of one estimate, or why it has none. */
export type PlanScores =
  | { readonly kind: 'scores'; readonly plan: EstimatePlan; readonly columns: readonly ScoreColumn[] }
  | (EstimationFailure & { readonly plan: EstimatePlan });

/**
 * Runs each plan for the sake of its rows. Columns that an earlier plan has given alike are not given again.
 *
 * @param reserved names that no column gets
 */
export async function scoreRows(
  data: EstimationData,
  plans: readonly EstimatePlan[],
  reserved: readonly string[] = [],
  onProgress: (stage: string, fraction: number) => void = () => {},
): Promise<PlanScores[]> {
  const shared = { pointOnly: false, propensity: propensityCache() };
  const given: ScoreColumn[] = [];
  const results: PlanScores[] = [];
  for (const [index, plan] of plans.entries()) {
    onProgress(`Scoring by ${plan.name}`, index / plans.length);
    const scores = await scoresOf(data, plan, shared);
    if ('kind' in scores) {
      results.push({ ...scores, plan });
      continue;
    }
    const columns = scores.flatMap((score) => newColumn(score, plan, scores, given, reserved));
    results.push({ kind: 'scores', plan, columns });
  }
  return results;
}

async function scoresOf(
  data: EstimationData,
  plan: EstimatePlan,
  shared: Parameters<NonNullable<ReturnType<(typeof ESTIMATORS)['get']>>>[1],
): Promise<readonly RowScore[] | EstimationFailure> {
  const estimator = ESTIMATORS.get(plan.method);
  if (estimator === undefined) return withoutScores(plan);
  const problem = prepareProblem(data, plan);
  if ('kind' in problem) return problem;
  const answer = await estimator(problem, shared);
  if (answer.kind === 'failure') return answer;
  if (answer.rowScores === undefined) return withoutScores(plan);
  const scores = await answer.rowScores();
  return scores.map((score) => ({
    ...score,
    values: overAllRows(score, problem.rows, data.table.rowCount),
  }));
}

function withoutScores({ method }: EstimatePlan): EstimationFailure {
  return failure(
    'method-mismatch',
    `${method} gives rows nothing of their own. Methods that do weigh, match or stratify them, or predict an effect for each: ipw, matching, stratification, aipw, dr_learner.`,
  );
}

/** From the rows that the estimate used to all; matched rows become indices of the latter. */
function overAllRows({ name, values }: RowScore, rows: Int32Array, rowCount: number): Float64Array {
  const all = new Float64Array(rowCount).fill(Number.NaN);
  for (let i = 0; i < rows.length; i++) {
    const value = values[i];
    all[rows[i]] = name === 'matched_row' && !Number.isNaN(value) ? rows[value] : value;
  }
  return all;
}

const HOLDS: Readonly<Partial<Record<RowScore['name'], ScoreColumn['holds']>>> = {
  matched_row: 'row',
  stratum: 'whole',
};

function newColumn(
  { name, contrast, values }: RowScore,
  plan: EstimatePlan,
  siblings: readonly RowScore[],
  given: ScoreColumn[],
  reserved: readonly string[],
): ScoreColumn[] {
  const holds = HOLDS[name] ?? 'number';
  if (given.some((column) => column.holds === holds && sameValues(column.values, values))) return [];
  const several = siblings.filter((sibling) => sibling.name === name).length > 1;
  const about = several && contrast !== null ? `_${contrast[0]}_vs_${contrast[1]}` : '';
  const column: ScoreColumn = {
    name: freeName(`${name}${about}`, plan, [...reserved, ...given.map((one) => one.name)]),
    holds,
    values,
  };
  given.push(column);
  return [column];
}

function freeName(name: string, { method }: EstimatePlan, used: readonly string[]): string {
  const taken = new Set(used);
  if (!taken.has(name)) return name;
  const own = `${name}_${method}`;
  let count = 1;
  while (taken.has(count === 1 ? own : `${own}_${count}`)) count += 1;
  return count === 1 ? own : `${own}_${count}`;
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}
