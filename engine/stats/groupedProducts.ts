/** Cross-products of the same terms in each of many groups of rows, in one pass: from their sums any choice of groups can be fitted. */

import type { Table } from '../data/table.ts';
import { compileExpressions } from './evaluate.ts';
import { one, type RowExpression } from './rowExpression.ts';
import { BLOCK } from './rowRoom.ts';

/** The terms of a design, each to be taken as (term − mean) / scale; the constant stands before them. */
export interface ScaledTerms {
  readonly terms: readonly RowExpression[];
  readonly weight: RowExpression | undefined;
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** Numbers in the upper triangle of a symmetric matrix. */
export function triangleSize(size: number): number {
  return (size * (size + 1)) / 2;
}

/**
 * Σ w · x xᵀ over the rows of each group, x being the constant and the scaled terms: upper triangles by rows, one group after the other.
 *
 * @param groupOf group of each row, from 0 to `groups` − 1
 */
export function groupedProducts(
  table: Table,
  { terms, weight, means, scales }: ScaledTerms,
  groupOf: Int32Array,
  groups: number,
): Float64Array {
  const size = terms.length + 1;
  const triangle = triangleSize(size);
  const totals = new Float64Array(groups * triangle);
  const evaluator = compileExpressions(table, [...terms, weight ?? one]);
  const buffers = evaluator.outputs.map(({ values }) => values);
  const factors = scales.map((scale) => 1 / scale);
  const width = size + 1;
  const waiting = new Float64Array(groups * TOGETHER * width);
  const counts = new Uint8Array(groups);
  for (let start = 0; start < table.rowCount; start += BLOCK) {
    const count = Math.min(BLOCK, table.rowCount - start);
    evaluator.run(start, count);
    for (let i = 0; i < count; i++) {
      const group = groupOf[start + i];
      let place = (group * TOGETHER + counts[group]) * width;
      waiting[place++] = 1;
      for (let j = 0; j < terms.length; j++) waiting[place++] = (buffers[j][i] - means[j]) * factors[j];
      waiting[place] = buffers[terms.length][i];
      if (++counts[group] < TOGETHER) continue;
      addOuterProducts(totals, group * triangle, waiting, group * TOGETHER * width, size);
      counts[group] = 0;
    }
  }
  for (let group = 0; group < groups; group++) {
    const first = group * TOGETHER * width;
    // Rows of an earlier round that still stand there weigh nothing.
    for (let r = counts[group]; r < TOGETHER; r++) waiting[first + r * width + size] = 0;
    if (counts[group] > 0) addOuterProducts(totals, group * triangle, waiting, first, size);
  }
  return totals;
}

/** Rows of a group that wait to be added at once: its totals, far apart in memory, are then touched a fourth as often. */
const TOGETHER = 4;

/** Adds four rows of `size` numbers and a weight each. */
function addOuterProducts(
  totals: Float64Array,
  start: number,
  rows: Float64Array,
  first: number,
  size: number,
): void {
  const second = first + size + 1;
  const third = second + size + 1;
  const fourth = third + size + 1;
  const [w1, w2, w3, w4] = [rows[first + size], rows[second + size], rows[third + size], rows[fourth + size]];
  let next = start;
  for (let a = 0; a < size; a++) {
    const x1 = w1 * rows[first + a];
    const x2 = w2 * rows[second + a];
    const x3 = w3 * rows[third + a];
    const x4 = w4 * rows[fourth + a];
    for (let b = a; b < size; b++) {
      totals[next++] +=
        x1 * rows[first + b] + x2 * rows[second + b] + (x3 * rows[third + b] + x4 * rows[fourth + b]);
    }
  }
}

/** Σ counts[g] · triangle of group g, as a full matrix by rows. */
export function combineGroups(totals: Float64Array, counts: Float64Array, size: number): Float64Array {
  const triangle = triangleSize(size);
  const sum = new Float64Array(triangle);
  for (let g = 0; g < counts.length; g++) {
    const count = counts[g];
    if (count === 0) continue;
    const start = g * triangle;
    for (let k = 0; k < triangle; k++) sum[k] += count * totals[start + k];
  }
  const matrix = new Float64Array(size * size);
  for (let a = 0, next = 0; a < size; a++) {
    for (let b = a; b < size; b++, next++) {
      matrix[a * size + b] = sum[next];
      matrix[b * size + a] = sum[next];
    }
  }
  return matrix;
}
