/** Estimates of changed problems: from changed cross-products where the method is least squares, else by running the estimator again. */

import type { Column, Table } from '../data/table.ts';
import { columnOf, selectRows } from '../data/table.ts';
import { pacer } from '../estimate/pace.ts';
import type { EstimatePlan } from '../estimate/plan.ts';
import {
  type EstimationFailure,
  type EstimationProblem,
  plannedColumns,
  prepareProblem,
} from '../estimate/problem.ts';
import { propensityCache } from '../estimate/propensity.ts';
import type { RefutationTask } from './refuter.ts';

/** Refitted estimates. */
export interface Refits {
  readonly computation: 'cross-products' | 'refits';
  /** One a repetition: by contrast, `NaN` for a contrast that it lacks; null where nothing could be estimated. */
  readonly draws: readonly (readonly number[] | null)[];
}

/** The rows and columns that an estimate used, as they were read. */
export function usedTable({ problem }: Pick<RefutationTask, 'problem'>): Table {
  return selectRows(problem.data.table, plannedColumns(problem.plan), problem.rows);
}

/** The problem of a changed table: coded anew, as if its rows had been all there was. */
export function problemOf(
  { data, problem }: RefutationTask,
  table: Table,
  change: Partial<EstimatePlan> = {},
): EstimationProblem | EstimationFailure {
  const plan = { ...problem.plan, filter: null, ...change };
  return prepareProblem({ ...data, table, problems: new Map() }, plan);
}

/** The table with the columns `names` permuted: row i gets the value of row `sources[i]`. */
export function permuted(table: Table, names: readonly string[], sources: Int32Array): Table {
  const moved = selectRows(table, names, sources);
  return { ...table, columns: new Map([...table.columns, ...moved.columns]) };
}

/** Name of a covariate that a refuter adds; a name of the user's cannot hold a newline. */
export const ADDED = '\n added';

/** The table with one more column, and what to change of the plan for it to be a covariate. */
export function withCovariate(
  task: RefutationTask,
  table: Table,
  values: Float64Array,
): EstimationProblem | EstimationFailure {
  const column: Column = { kind: 'numeric', values };
  const columns = new Map([...table.columns, [ADDED, column] as const]);
  return problemOf(task, { ...table, columns }, { adjusted: [...task.problem.plan.adjusted, ADDED] });
}

/**
 * Runs the estimator on each of `count` changed problems, with everything in it fitted anew: no propensity of the real treatment is kept.
 */
export async function refit(
  task: RefutationTask,
  count: number,
  change: (b: number) => EstimationProblem | EstimationFailure,
): Promise<Refits> {
  const step = pacer(count, task.onProgress);
  const draws: (readonly number[] | null)[] = [];
  for (let b = 0; b < count; b++) {
    draws.push(await estimateOnce(task, change(b)));
    await step();
  }
  return { computation: 'refits', draws };
}

async function estimateOnce(
  { estimator, estimates }: RefutationTask,
  problem: EstimationProblem | EstimationFailure,
): Promise<readonly number[] | null> {
  if ('kind' in problem) return null;
  const answer = await estimator(problem, { pointOnly: true, propensity: propensityCache() });
  if (answer.kind === 'failure') return null;
  return estimates.map(({ contrast }, c) => {
    const same = ({ contrast: [level, reference] }: { contrast: readonly [string, string] }): boolean =>
      level === contrast[0] && reference === contrast[1];
    // Several questions about one contrast stand in the same order each time.
    const found = answer.contrasts.length === estimates.length ? answer.contrasts[c] : undefined;
    return (found !== undefined && same(found) ? found : answer.contrasts.find(same))?.estimate ?? Number.NaN;
  });
}

/** Codes of the clusters, −1 never; null where rows are independent. */
export function clusterCodes({ problem }: RefutationTask): Int32Array | null {
  const { plan, table } = problem;
  if (plan.cluster === null) return null;
  const column = columnOf(table, plan.cluster);
  if (column.kind !== 'categorical') throw new Error('Clusters are levels.');
  return column.codes;
}
