/** The answer to a request from some of the rows, and the whole of it from those of all parts, in their order. */

import { columnOf, type Table } from '../data/table.ts';
import { blockProducts, columnsOfProducts } from './blockProducts.ts';
import { affineDot, centre, centreAndWeigh, dot, sumOf, totalOf } from './blockSums.ts';
import { compileExpressions } from './evaluate.ts';
import { addExactDots, type DotTotals, exactDots } from './exactDot.ts';
import type { CrossProducts, Extremes, GroupSums, MomentAnswer, MomentRequest } from './moments.ts';
import { type RowBlock, rowsOf } from './rowBlocks.ts';
import { one, product, type RowExpression } from './rowExpression.ts';
import type { RoomColumn, RowRoom } from './rowRoom.ts';

/** What some of the rows add to an answer. */
export interface MomentPart {
  readonly products: ProductPart;
  readonly sums: Float64Array;
  readonly dots: DotTotals;
  readonly groupSums: GroupSums;
  readonly extremes: readonly Extremes[];
}

/** Of the arguments of the terms, before those that are in other units are moved: see `affineOf`. */
interface ProductPart {
  readonly rows: number;
  readonly weight: number;
  readonly means: Float64Array;
  /** The upper triangle of the centred products; 0 below. */
  readonly centred: Float64Array;
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

/** Of the rows of `blocks`. */
export function momentPart(table: Table, blocks: readonly RowBlock[], request: MomentRequest): MomentPart {
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
  const products = accumulateProducts(room, columns[0], weights, rowsOf(blocks));
  const sums = accumulateSums(room, columns.slice(5), factors);
  const groupSums = accumulateGroupSums(table, valuesOf(columns[1]), request.groupSums?.group);
  const extremes = accumulateExtremes(valuesOf(columns[2]));
  const dots = accumulateDots(valuesOf(columns[3]));
  for (const { start, count } of blocks) {
    evaluator.run(start, count);
    products.add(start, count);
    sums.add(start, count);
    groupSums.add(start, count);
    extremes.add(start, count);
    dots.add(start, count);
  }
  return {
    products: products.finish(),
    sums: sums.finish(),
    dots: dots.finish(),
    groupSums: groupSums.finish(),
    extremes: extremes.finish(),
  };
}

/** The answer of all rows, from the parts that they were cut into. */
export function wholeAnswer(parts: readonly MomentPart[], request: MomentRequest): MomentAnswer {
  const [first, ...others] = parts;
  for (const part of others) {
    addInto(first.sums, part.sums);
    addInto(first.groupSums.sums, part.groupSums.sums);
    addExactDots(first.dots, part.dots);
  }
  const products = parts.map((part) => part.products).reduce(mergedProducts);
  return {
    products: finishedProducts(products, (request.products?.terms ?? []).map(affineOf)),
    sums: first.sums,
    dots: first.dots.totals.map((total, j) => total + first.dots.errors[j]),
    groupSums: first.groupSums,
    extremes: first.extremes.map((_extremes, j) => ({
      min: Math.min(...parts.map(({ extremes }) => extremes[j].min)),
      max: Math.max(...parts.map(({ extremes }) => extremes[j].max)),
    })),
  };
}

function addInto(totals: Float64Array, others: Float64Array): void {
  for (let j = 0; j < totals.length; j++) totals[j] += others[j];
}

/** Chan, Golub & LeVeque (1983), eq. 1.5: see `accumulateProducts`. */
function mergedProducts(left: ProductPart, right: ProductPart): ProductPart {
  const weight = left.weight + right.weight;
  const rows = left.rows + right.rows;
  if (weight === 0) return { ...left, rows };
  const shift = (left.weight * right.weight) / weight;
  const size = left.means.length;
  const centred = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const apart = shift * (right.means[i] - left.means[i]);
    for (let j = i; j < size; j++) {
      const place = i * size + j;
      centred[place] = left.centred[place] + right.centred[place] + apart * (right.means[j] - left.means[j]);
    }
  }
  const means = left.means.map((mean, j) => mean + ((right.means[j] - mean) * right.weight) / weight);
  return { rows, weight, means, centred };
}

function finishedProducts(part: ProductPart, affine: readonly Affine[]): CrossProducts {
  const { rows, weight } = part;
  const size = affine.length;
  const means = part.means.map((mean, j) => affine[j].shift + affine[j].slope * mean);
  const centred = part.centred.slice();
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) centred[i * size + j] *= affine[i].slope * affine[j].slope;
  }
  mirrorUpperTriangle(centred, size);
  return { size, rows, weight, means, centred };
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
  rows: number,
): Accumulator<ProductPart> {
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
  return { add, finish: () => ({ rows, weight: total, means, centred }) };
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
function accumulateDots(buffers: readonly Float64Array[]): Accumulator<DotTotals> {
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
