/** Refits on random choices of rows: subsets and resamples. */

import { columnOf, indicesOf, selectRows, type Table } from '../data/table.ts';
import type { EstimationFailure, EstimationProblem } from '../estimate/problem.ts';
import { combineGroups, groupedProducts, triangleSize } from '../stats/groupedProducts.ts';
import { type Random, randomStreams } from '../stats/random.ts';
import { headFactor, innerProducts, type LinearModel } from './linearModel.ts';
import { contrastsFrom } from './linearRefits.ts';
import { randomOrder } from './permutation.ts';
import { ADDED, clusterCodes, problemOf, type Refits, refit, usedTable } from './refits.ts';
import type { RefutationTask } from './refuter.ts';
import { shuffle } from './shuffles.ts';

/** Rows that are drawn together: each alone, a cluster, or some rows put together at random. */
export interface RowGroups {
  readonly groupOf: Int32Array;
  readonly count: number;
}

/** More rows or clusters than these are put into so many random groups of almost equal size, and groups are drawn. */
const MOST_GROUPS = 1000;

/** Numbers that the cross-products of all groups may take. */
const MOST_NUMBERS = 2e7;

/** Fewer groups than this say too little of the spread of estimates. */
const FEWEST_GROUPS = 100;

/** How often each group is taken: 0 or 1 in a subset, any number in a resample. */
export type Draw = (groups: number, random: Random) => Float64Array;

/** One refit a repetition on the groups drawn; without cross-products each row, or cluster, is a group of its own. */
export async function drawGroups(task: RefutationTask, seed: number, draw: Draw): Promise<Refits> {
  const model = await task.linear();
  const nextStream = randomStreams(seed + 1);
  if (model === null) {
    const groups = groupsOf(task, seed, Number.POSITIVE_INFINITY);
    const table = usedTable(task);
    return refit(task, task.repetitions, () =>
      takenProblem(task, table, groups, draw(groups.count, nextStream())),
    );
  }
  const most = Math.max(FEWEST_GROUPS, Math.min(MOST_GROUPS, MOST_NUMBERS / triangleSize(model.size)));
  return fromGroups(task, model, groupsOf(task, seed, Math.floor(most)), (groups) =>
    draw(groups, nextStream()),
  );
}

function fromGroups(
  { problem, repetitions }: RefutationTask,
  model: LinearModel,
  { groupOf, count }: RowGroups,
  draw: (groups: number) => Float64Array,
): Refits {
  const totals = groupedProducts(problem.table, model.scaled, groupOf, count);
  const draws = Array.from({ length: repetitions }, () => {
    const gram = combineGroups(totals, draw(count), model.size);
    return contrastsFrom(model, headFactor(model, gram), innerProducts(gram, model.size, model.head));
  });
  return { computation: 'cross-products', draws };
}

function groupsOf(task: RefutationTask, seed: number, most: number): RowGroups {
  const codes = clusterCodes(task);
  if (codes === null) return dealt(randomOrder(task, seed), most);
  const occurring = Int32Array.from(new Set(codes)).sort();
  const order = Int32Array.from(occurring, (_code, i) => i);
  shuffle(order, randomStreams(seed)().integer);
  const clusters = dealt(order, most);
  const groupOfCode = new Map(Array.from(occurring, (code, i) => [code, clusters.groupOf[i]] as const));
  return { groupOf: codes.map((code) => groupOfCode.get(code) ?? 0), count: clusters.count };
}

/** Units in the given order, dealt to at most `most` groups. */
function dealt(order: Int32Array, most: number): RowGroups {
  const count = Math.min(order.length, most);
  const groupOf = new Int32Array(order.length);
  for (let p = 0; p < order.length; p++) groupOf[order[p]] = p % count;
  return { groupOf, count };
}

/** The problem of the rows whose groups are taken; those taken more than once weigh as much, so that no fold sees the same row as another one. */
function takenProblem(
  task: RefutationTask,
  table: Table,
  { groupOf }: RowGroups,
  counts: Float64Array,
): EstimationProblem | EstimationFailure {
  const names = [...table.columns.keys()];
  const rows = indicesOf(Uint8Array.from(groupOf, (group) => (counts[group] > 0 ? 1 : 0)));
  const taken = selectRows(table, names, rows);
  if (counts.every((count) => count <= 1)) return problemOf(task, taken);
  const { plan } = task.problem;
  const own = plan.weight === null ? null : columnOf(taken, plan.weight);
  const values = Float64Array.from(
    rows,
    (row, i) => counts[groupOf[row]] * (own?.kind === 'numeric' ? own.values[i] : 1),
  );
  const columns = new Map([...taken.columns, [ADDED, { kind: 'numeric', values }] as const]);
  return problemOf(task, { ...taken, columns }, { weight: ADDED });
}
