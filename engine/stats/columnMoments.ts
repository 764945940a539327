/** The data kernel over columns in memory. */

import { columnOf, type Table } from '../data/table.ts';
import { triangularise } from './blockedQr.ts';
import { blockProducts, columnsOfProducts } from './blockProducts.ts';
import { type BlockEvaluator, compileExpressions } from './evaluate.ts';
import { exactDots } from './exactDot.ts';
import type {
  CrossProducts,
  Extremes,
  GroupSums,
  MomentAnswer,
  MomentRequest,
  Moments,
  RowMoments,
} from './moments.ts';
import { one, product, type RowExpression } from './rowExpression.ts';
import { BLOCK, bytesOf, type RoomColumn, type RowRoom, wholeTurns } from './rowRoom.ts';

/** Blocks of a table that has a sample, and how many of them make one of the sample's. */
const SAMPLED_BLOCKS = 128;
const BLOCKS_A_SAMPLED = 16;

/** A kernel that answers from `table`. */
export function columnMoments(table: Table): RowMoments {
  const all = everyBlock(table.rowCount);
  const sample = table.rowCount < SAMPLED_BLOCKS * BLOCK ? {} : { sample: sampleOf(table, all) };
  return {
    ...sample,
    rowCount: table.rowCount,
    pass: async (request) => pass(table, all, request),
    triangularFactor: async (terms, weight) => triangularFactor(table, all, terms, weight),
    values: async (term) => values(table, term),
  };
}

function sampleOf(table: Table, all: readonly RowBlock[]): Moments {
  const blocks = all.filter((_block, b) => b % BLOCKS_A_SAMPLED === 0);
  return {
    rowCount: rowsOf(blocks),
    pass: async (request) => pass(table, blocks, request),
    triangularFactor: async (terms, weight) => triangularFactor(table, blocks, terms, weight),
  };
}

/** Consecutive rows that are evaluated at once. */
interface RowBlock {
  readonly start: number;
  readonly count: number;
}

function everyBlock(rows: number): readonly RowBlock[] {
  return Array.from({ length: Math.ceil(rows / BLOCK) }, (_block, b) => ({
    start: b * BLOCK,
    count: Math.min(BLOCK, rows - b * BLOCK),
  }));
}

/** shift + slope · argument. */
interface Affine {
  readonly argument: RowExpression;
  readonly shift: number;
  readonly slope: number;
}

/** A column about a value or in other units is not written down row by row: its sums follow from those of the column. */
function affineOf(term: RowExpression): Affine {
  if (term.kind !== 'linear' || term.terms.length !== 1) return { argument: term, shift: 0, slope: 1 };
  return { argument: term.terms[0], shift: term.intercept, slope: term.coefficients[0] };
}

/** One or two factors whose product is the term, only the second of them in other units. */
function factorsOf(term: RowExpression): readonly Affine[] {
  if (term.kind !== 'product' || term.factors.length < 2) return [{ argument: term, shift: 0, slope: 1 }];
  const [first, second, ...others] = term.factors;
  const left = others.length === 0 ? first : product(first, ...others);
  return [{ argument: left, shift: 0, slope: 1 }, affineOf(second)];
}

/** Takes in one block after the other, and tells the whole at the end. */
interface Accumulator<Result> {
  add(start: number, count: number): void;
  finish(): Result;
}

function pass(table: Table, blocks: readonly RowBlock[], request: MomentRequest): MomentAnswer {
  const productTerms = request.products?.terms ?? [];
  const weight = request.products?.weight;
  const affine = productTerms.map(affineOf);
  const factors = (request.sums ?? []).map(factorsOf);
  const groupTerms = request.groupSums?.terms ?? [];
  const extremeTerms = request.extremes ?? [];
  const dotTerms = request.dots === undefined ? [] : [request.dots.left, ...request.dots.rights];
  const parts = [
    affine.map(({ argument }) => argument),
    groupTerms,
    extremeTerms,
    dotTerms,
    [weight ?? one],
    ...factors.map((each) => each.map(({ argument }) => argument)),
  ];
  const evaluator = compileExpressions(
    table,
    parts.flat(),
    columnsOfProducts(affine.length, weight !== undefined),
  );
  const { room } = evaluator;
  const columns = partition(evaluator.outputs, parts);
  const weights = weight === undefined ? undefined : columns[4][0];
  const products = accumulateProducts(room, columns[0], weights, affine, rowsOf(blocks));
  const sums = accumulateSums(room, columns.slice(5), factors);
  const groupSums = accumulateGroupSums(table, valuesOf(columns[1]), request.groupSums?.group);
  const extremes = accumulateExtremes(valuesOf(columns[2]));
  const dots = accumulateDots(valuesOf(columns[3]));
  eachBlock(blocks, evaluator, (start, count) => {
    products.add(start, count);
    sums.add(start, count);
    groupSums.add(start, count);
    extremes.add(start, count);
    dots.add(start, count);
  });
  return {
    products: products.finish(),
    sums: sums.finish(),
    dots: dots.finish(),
    groupSums: groupSums.finish(),
    extremes: extremes.finish(),
  };
}

function valuesOf(columns: readonly RoomColumn[]): readonly Float64Array[] {
  return columns.map((column) => column.values);
}

/** Cuts `items` into consecutive parts as long as those of `like`. */
function partition<T>(items: readonly T[], like: readonly (readonly unknown[])[]): (readonly T[])[] {
  let next = 0;
  return like.map((part) => {
    const start = next;
    next += part.length;
    return items.slice(start, next);
  });
}

function eachBlock(
  blocks: readonly RowBlock[],
  evaluator: BlockEvaluator,
  visit: (start: number, count: number) => void,
): void {
  for (const { start, count } of blocks) {
    evaluator.run(start, count);
    visit(start, count);
  }
}

function rowsOf(blocks: readonly RowBlock[]): number {
  return blocks.reduce((rows, { count }) => rows + count, 0);
}

/**
 * Blocks are merged by the update of Chan, Golub & LeVeque (1983), "Algorithms for computing the sample variance", eq. 1.5, extended to weights.
 *
 * A block is centred about the means of those before it, which takes one look at its rows, and then moved to its own. What that rounds off is a part of
 * (difference of the means)² times the block's weight, and as much of it stays in the sum as the lesser weight of the two: so where the block weighs far
 * more than all before it, as the first does, it is centred about its own means from the start.
 */
function accumulateProducts(
  room: RowRoom,
  terms: readonly RoomColumn[],
  weights: RoomColumn | undefined,
  affine: readonly Affine[],
  rows: number,
): Accumulator<CrossProducts> {
  const size = terms.length;
  const means = new Float64Array(size);
  const centred = new Float64Array(size * size);
  const centres = new Float64Array(size);
  const blockMeans = new Float64Array(size);
  const { columns, lefts, addTo } = blockProducts(room, size, weights !== undefined);
  let total = 0;
  const add = (_start: number, count: number): void => {
    const blockWeight = weights === undefined ? count : sumOf(room, weights, count);
    if (blockWeight === 0) return;
    const own = blockWeight > 4 * total;
    for (let j = 0; j < size; j++) {
      const term = terms[j];
      if (own) centres[j] = totalOf(room, term, weights, count) / blockWeight;
      else centres[j] = means[j];
      const sum =
        weights === undefined
          ? centre(room, term, centres[j], columns[j], count)
          : centreAndWeigh(room, term, centres[j], columns[j], weights, lefts[j], count);
      blockMeans[j] = centres[j] + sum / blockWeight;
    }
    addTo(centred, count);
    const merged = total + blockWeight;
    const shift = (total * blockWeight) / merged;
    for (let i = 0; i < size; i++) {
      const off = blockWeight * (blockMeans[i] - centres[i]);
      const apart = shift * (blockMeans[i] - means[i]);
      for (let j = i; j < size; j++) {
        centred[i * size + j] += apart * (blockMeans[j] - means[j]) - off * (blockMeans[j] - centres[j]);
      }
    }
    for (let j = 0; j < size; j++) means[j] += ((blockMeans[j] - means[j]) * blockWeight) / merged;
    total = merged;
  };
  const finish = (): CrossProducts => {
    for (let i = 0; i < size; i++) {
      means[i] = affine[i].shift + affine[i].slope * means[i];
      for (let j = i; j < size; j++) centred[i * size + j] *= affine[i].slope * affine[j].slope;
    }
    mirrorUpperTriangle(centred, size);
    return { size, rows, weight: total, means, centred };
  };
  return { add, finish };
}

function mirrorUpperTriangle(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i];
  }
}

/** Σ of the products of the buffers of each group. */
function accumulateSums(
  room: RowRoom,
  groups: readonly (readonly RoomColumn[])[],
  factors: readonly (readonly Affine[])[],
): Accumulator<Float64Array> {
  const totals = new Float64Array(groups.length);
  return {
    add: (_start, count) => {
      for (let j = 0; j < totals.length; j++) {
        const [first, second] = groups[j];
        if (second === undefined) totals[j] += sumOf(room, first, count);
        else {
          const { shift, slope } = factors[j][1];
          totals[j] +=
            shift === 0 && slope === 1
              ? dot(room, first, second, count)
              : affineDot(room, first, second, shift, slope, count);
        }
      }
    },
    finish: () => totals,
  };
}

/** The first buffer times each of the others. */
function accumulateDots(buffers: readonly Float64Array[]): Accumulator<Float64Array> {
  const [left, ...rights] = buffers;
  const totals = exactDots(rights.length);
  return {
    add: (_start, count) => {
      for (let j = 0; j < rights.length; j++) totals.add(j, left, rights[j], count);
    },
    finish: () => totals.finish(),
  };
}

function accumulateGroupSums(
  table: Table,
  buffers: readonly Float64Array[],
  group: string | undefined,
): Accumulator<GroupSums> {
  if (group === undefined) return { add: () => {}, finish: () => ({ groups: 0, sums: new Float64Array(0) }) };
  const column = columnOf(table, group);
  if (column.kind !== 'categorical') throw new Error(`Column ${group} holds numbers, not groups.`);
  const { codes, levels } = column;
  const size = buffers.length;
  const totals = new Float64Array(levels.length * size);
  return {
    add: (start, count) => {
      for (let j = 0; j < size; j++) {
        const buffer = buffers[j];
        for (let i = 0; i < count; i++) totals[codes[start + i] * size + j] += buffer[i];
      }
    },
    finish: () => ({ groups: levels.length, sums: totals }),
  };
}

function accumulateExtremes(buffers: readonly Float64Array[]): Accumulator<readonly Extremes[]> {
  const min = buffers.map(() => Number.POSITIVE_INFINITY);
  const max = buffers.map(() => Number.NEGATIVE_INFINITY);
  return {
    add: (_start, count) => {
      for (let j = 0; j < buffers.length; j++) {
        for (let i = 0; i < count; i++) {
          const value = buffers[j][i];
          if (value < min[j]) min[j] = value;
          if (value > max[j]) max[j] = value;
        }
      }
    },
    finish: () => buffers.map((_buffer, j) => ({ min: min[j], max: max[j] })),
  };
}

function triangularFactor(
  table: Table,
  blocks: readonly RowBlock[],
  terms: readonly RowExpression[],
  weight: RowExpression | undefined,
): Float64Array {
  const size = terms.length;
  const factor = triangularise(size);
  const row = new Float64Array(size);
  const evaluator = compileExpressions(table, [...terms, weight ?? one]);
  const buffers = valuesOf(evaluator.outputs);
  eachBlock(blocks, evaluator, (_start, count) => {
    for (let i = 0; i < count; i++) {
      const scale = Math.sqrt(buffers[size][i]);
      for (let j = 0; j < size; j++) row[j] = scale * buffers[j][i];
      factor.add(row);
    }
  });
  return factor.finish();
}

/** Of what is there already nothing is copied. */
function values(table: Table, term: RowExpression): Float64Array {
  if (term.kind === 'values') return term.values;
  if (term.kind === 'column') {
    const known = columnOf(table, term.name);
    if (known.kind === 'numeric') return known.values;
  }
  const result = new Float64Array(table.rowCount);
  const evaluator = compileExpressions(table, [term]);
  eachBlock(everyBlock(table.rowCount), evaluator, (start, count) => {
    result.set(evaluator.outputs[0].values.subarray(0, count), start);
  });
  return result;
}

/** Of what stands in no whole turn of a loop: the last rows of the last block. */
function remainder(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = wholeTurns(count); i < count; i++) sum += term(i);
  return sum;
}

function sumOf({ loops }: RowRoom, a: RoomColumn, count: number): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.sum(a.address, bytesOf(whole));
  return whole === count ? main : main + remainder(count, (i) => a.values[i]);
}

function dot({ loops }: RowRoom, a: RoomColumn, b: RoomColumn, count: number): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.dot(a.address, b.address, bytesOf(whole));
  return whole === count ? main : main + remainder(count, (i) => a.values[i] * b.values[i]);
}

/** Σ a · (shift + slope · b). */
function affineDot(
  { loops }: RowRoom,
  a: RoomColumn,
  b: RoomColumn,
  shift: number,
  slope: number,
  count: number,
): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.affineDot(a.address, b.address, bytesOf(whole), slope, shift);
  if (whole === count) return main;
  return main + remainder(count, (i) => a.values[i] * (shift + slope * b.values[i]));
}

function totalOf(room: RowRoom, a: RoomColumn, weights: RoomColumn | undefined, count: number): number {
  return weights === undefined ? sumOf(room, a, count) : dot(room, weights, a, count);
}

/** target = a − value; gives the sum of it. */
function centre({ loops }: RowRoom, a: RoomColumn, value: number, target: RoomColumn, count: number): number {
  const whole = wholeTurns(count);
  const main = whole === 0 ? 0 : loops.centre(target.address, a.address, bytesOf(whole), value);
  if (whole === count) return main;
  return main + remainder(count, (i) => (target.values[i] = a.values[i] - value));
}

/** target = a − value, and weighed = weights · target; gives the sum of the latter. */
function centreAndWeigh(
  { loops }: RowRoom,
  a: RoomColumn,
  value: number,
  target: RoomColumn,
  weights: RoomColumn,
  weighed: RoomColumn,
  count: number,
): number {
  const whole = wholeTurns(count);
  const main =
    whole === 0
      ? 0
      : loops.centreAndWeigh(
          target.address,
          weighed.address,
          a.address,
          weights.address,
          bytesOf(whole),
          value,
        );
  if (whole === count) return main;
  return (
    main +
    remainder(count, (i) => {
      target.values[i] = a.values[i] - value;
      weighed.values[i] = weights.values[i] * target.values[i];
      return weighed.values[i];
    })
  );
}
