/** Refits with some columns permuted among the rows, or among whole clusters. */

import { columnOf } from '../data/table.ts';
import { randomStreams } from '../stats/random.ts';
import { one, type RowExpression } from '../stats/rowExpression.ts';
import { headFactor, type InnerProducts, innerProducts, type LinearModel } from './linearModel.ts';
import { contrastsFrom } from './linearRefits.ts';
import { clusterCodes, permuted, problemOf, type Refits, refit, usedTable } from './refits.ts';
import type { RefutationTask } from './refuter.ts';
import {
  type ShuffledColumns,
  type Shuffles,
  shuffle,
  shuffledColumns,
  shuffledProducts,
  shufflesOf,
  sourcesOf,
  type UnitColumn,
  WIDTH,
} from './shuffles.ts';

/** What stays and what moves. */
export interface Permutation {
  /** Columns of the table that move. */
  readonly names: readonly string[];
  /** Which of the model's columns after its head these are. */
  readonly moving: (model: LinearModel) => readonly number[];
}

/** The rows in a random order that depends on their values and the seed. */
export function randomOrder(task: RefutationTask, seed: number): Int32Array {
  const order = task.order().slice();
  // Rows that are alike stand together in the order of their values: they are dealt out.
  shuffle(order, randomStreams(seed)().integer);
  return order;
}

/** Refits with the columns permuted among all rows. */
export async function permuteRows(
  task: RefutationTask,
  permutation: Permutation,
  seed: number,
): Promise<Refits> {
  const shuffles = shufflesOf(randomOrder(task, seed), task.repetitions, seed);
  const model = await task.linear();
  if (model !== null) return fromProducts(task, model, permutation, shuffles, null);
  return fromSources(task, permutation, (b) => sourcesOf(shuffles, b));
}

/**
 * Refits with the columns permuted as the clusters were treated: whole clusters where the columns are the same all through each cluster, else the
 * rows within each.
 */
export async function permuteClusters(
  task: RefutationTask,
  permutation: Permutation,
  seed: number,
  codes: Int32Array,
): Promise<Refits> {
  const table = usedTable(task);
  const firsts = firstRows(codes);
  const constant = permutation.names.every((name) => {
    const column = columnOf(table, name);
    const values: ArrayLike<number> = column.kind === 'numeric' ? column.values : column.codes;
    return codes.every((code, row) => values[row] === values[firsts[code]]);
  });
  if (!constant) return withinClusters(task, permutation, seed, codes);
  const occurring = Int32Array.from(firsts.keys()).filter((code) => firsts[code] >= 0);
  const unitOfCode = new Int32Array(firsts.length);
  for (let unit = 0; unit < occurring.length; unit++) unitOfCode[occurring[unit]] = unit;
  const unitOf = codes.map((code) => unitOfCode[code]);
  const order = Int32Array.from(occurring, (_code, unit) => unit);
  shuffle(order, randomStreams(seed)().integer);
  const shuffles = shufflesOf(order, task.repetitions, seed);
  const model = await task.linear();
  if (model !== null) return fromProducts(task, model, permutation, shuffles, unitOf);
  return fromSources(task, permutation, (b) => {
    const sources = sourcesOf(shuffles, b);
    return unitOf.map((unit) => firsts[occurring[sources[unit]]]);
  });
}

/** Permutes as the plan's clusters ask. */
export function permuteTreatment(
  task: RefutationTask,
  permutation: Permutation,
  seed: number,
): Promise<Refits> {
  const codes = clusterCodes(task);
  return codes === null
    ? permuteRows(task, permutation, seed)
    : permuteClusters(task, permutation, seed, codes);
}

/** The first row of each cluster, −1 for one that does not occur. */
function firstRows(codes: Int32Array): Int32Array {
  const firsts = new Int32Array(codes.reduce((most, code) => Math.max(most, code + 1), 0)).fill(-1);
  for (let row = codes.length - 1; row >= 0; row--) firsts[codes[row]] = row;
  return firsts;
}

function withinClusters(
  task: RefutationTask,
  permutation: Permutation,
  seed: number,
  codes: Int32Array,
): Promise<Refits> {
  const members = new Map<number, number[]>();
  for (const row of task.order()) {
    const rows = members.get(codes[row]);
    if (rows === undefined) members.set(codes[row], [row]);
    else rows.push(row);
  }
  const clusters = [...members].sort(([a], [b]) => a - b).map(([_code, rows]) => Int32Array.from(rows));
  const nextStream = randomStreams(seed);
  return fromSources(task, permutation, () => {
    const { integer } = nextStream();
    const sources = new Int32Array(codes.length);
    for (const rows of clusters) {
      const moved = rows.slice();
      shuffle(moved, integer);
      for (let i = 0; i < rows.length; i++) sources[rows[i]] = moved[i];
    }
    return sources;
  });
}

function fromSources(
  task: RefutationTask,
  { names }: Permutation,
  sources: (b: number) => Int32Array,
): Promise<Refits> {
  const table = usedTable(task);
  return refit(task, task.repetitions, (b) => problemOf(task, permuted(table, names, sources(b))));
}

/**
 * From cross-products: those among the columns that stay do not change, and those among the columns that move only where rows weigh
 * differently; what is left are the products of the ones with the others.
 */
async function fromProducts(
  task: RefutationTask,
  model: LinearModel,
  permutation: Permutation,
  shuffles: Shuffles,
  unitOf: Int32Array | null,
): Promise<Refits> {
  const { head, size } = model;
  const base = innerProducts(model.gram, size, head);
  const moving = permutation.moving(model);
  const staying = Array.from({ length: size }, (_column, i) => i).filter(
    (i) => i < head || !moving.includes(i - head),
  );
  const sums = await unitColumns(task, model, unitOf);
  const movingColumns: UnitColumn[] = [];
  for (const j of moving) movingColumns.push(await sums.value(head + j));
  const uneven = sums.weights !== null || unitOf !== null;
  const pairs = uneven ? moving.flatMap((_j, a) => moving.slice(a).map((_k, b) => [a, a + b] as const)) : [];
  const squares = pairs.map(([a, b]) => productColumn(movingColumns[a], movingColumns[b]));
  const rights = shuffledColumns(shuffles, [...movingColumns, ...squares]);
  const products = await leftProducts(task, shuffles, sums, staying, rights);
  const factor = headFactor(model, model.gram);
  const draws = Array.from({ length: shuffles.repetitions }, (_draw, b) => {
    const changed: InnerProducts = { ...base, cross: base.cross.slice(), inner: base.inner.slice() };
    const { count } = base;
    for (const [s, i] of staying.entries()) {
      for (const [m, j] of moving.entries()) {
        const value = products[m][s][b];
        if (i < head) changed.cross[i * count + j] = value;
        else {
          changed.inner[(i - head) * count + j] = value;
          changed.inner[j * count + i - head] = value;
        }
      }
    }
    for (const [index, [m, k]] of pairs.entries()) {
      // The constant is the first of the columns that stay.
      const value = products[moving.length + index][0][b];
      changed.inner[moving[m] * count + moving[k]] = value;
      changed.inner[moving[k] * count + moving[m]] = value;
    }
    return contrastsFrom(model, factor, changed);
  });
  return { computation: 'cross-products', draws };
}

function productColumn(a: UnitColumn, b: UnitColumn): UnitColumn {
  const values = a.values.map((value, i) => (value - a.mean) * a.factor * (b.values[i] - b.mean) * b.factor);
  return { values, mean: 0, factor: 1 };
}

/** `result[right][left]` by repetition, a few left columns at a time. */
export async function leftProducts(
  task: RefutationTask,
  shuffles: Shuffles,
  sums: UnitColumns,
  staying: readonly number[],
  rights: ShuffledColumns,
): Promise<Float64Array[][]> {
  const products: Float64Array[][] = rights.map(() => []);
  for (let start = 0; start < staying.length; start += WIDTH) {
    const lefts: UnitColumn[] = [];
    for (const i of staying.slice(start, start + WIDTH)) lefts.push(await sums.total(i));
    const found = shuffledProducts(shuffles, lefts, sums.weights, rights);
    for (const [r, columns] of found.entries()) products[r].push(...columns);
    task.onProgress(start / staying.length);
  }
  return products;
}

/** The model's columns by unit. */
interface UnitColumns {
  /** Weights that the totals still lack. */
  readonly weights: Float64Array | null;
  /** The scaled column itself, the same all through a unit. */
  value(column: number): Promise<UnitColumn>;
  /** The scaled column, summed with weights over the rows of each unit. */
  total(column: number): Promise<UnitColumn>;
}

export async function unitColumns(
  { problem }: RefutationTask,
  { scaled }: LinearModel,
  unitOf: Int32Array | null,
): Promise<UnitColumns> {
  const { moments, weight } = problem;
  const weights = weight === undefined ? null : await moments.values(weight);
  const rowColumn = async (column: number): Promise<UnitColumn> => {
    const term: RowExpression = column === 0 ? one : scaled.terms[column - 1];
    const values = await moments.values(term);
    if (column === 0) return { values, mean: 0, factor: 1 };
    return { values, mean: scaled.means[column - 1], factor: 1 / scaled.scales[column - 1] };
  };
  if (unitOf === null) return { weights, value: rowColumn, total: rowColumn };
  const units = unitOf.reduce((most, unit) => Math.max(most, unit + 1), 0);
  const gathered = async (column: number, sum: boolean): Promise<UnitColumn> => {
    const { values, mean, factor } = await rowColumn(column);
    const totals = new Float64Array(units);
    for (let row = 0; row < values.length; row++) {
      const value = (values[row] - mean) * factor;
      if (sum) totals[unitOf[row]] += value * (weights === null ? 1 : weights[row]);
      else totals[unitOf[row]] = value;
    }
    return { values: totals, mean: 0, factor: 1 };
  };
  return {
    weights: null,
    value: (column) => gathered(column, false),
    total: (column) => gathered(column, true),
  };
}
