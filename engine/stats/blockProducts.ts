/** Cross-products of the columns of one block of rows. */

import { BLOCK } from './evaluate.ts';
import { TILE, tileModule } from './tileCode.ts';

/** Columns in the memory of the loop that multiplies them. */
export interface BlockProducts {
  /** Room for a block of each column. */
  readonly columns: readonly Float64Array[];
  /** Room for those that stand on the left; the same where no weights are. */
  readonly lefts: readonly Float64Array[];
  /** Adds Σ left_i · column_j over the first `count` rows to `totals[i · size + j]`, for j ≥ i. */
  addTo(totals: Float64Array, count: number): void;
}

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
const PAGE = 65536;

/** A little more than a block, so that the same row of several columns does not fall on the same few lines of the cache. */
const STRIDE = (BLOCK + 8) * DOUBLE;

/** Two numbers a pair of columns. */
const TILE_DOUBLES = 2 * TILE * TILE;

let loop: ReturnType<typeof tileModule> | null = null;

/**
 * Room for `size` columns, and for as many that they are multiplied with where `weighted`.
 *
 * The memory is one for all: it belongs to whoever asked last, until the next asks.
 */
export function blockProducts(size: number, weighted: boolean): BlockProducts {
  loop ??= tileModule(STRIDE);
  const { tile, memory } = loop;
  const padded = Math.ceil(size / TILE) * TILE;
  const first = TILE_DOUBLES * DOUBLE;
  const firstLeft = weighted ? first + padded * STRIDE : first;
  const needed = firstLeft + padded * STRIDE;
  const missing = Math.ceil((needed - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  const sums = new Float64Array(memory.buffer, 0, TILE_DOUBLES);
  // What stands in the columns that fill up the last tile is multiplied too, and must be finite only to be fast.
  const roomAt = (start: number): Float64Array[] =>
    Array.from({ length: padded }, (_value, j) =>
      new Float64Array(memory.buffer, start + j * STRIDE, BLOCK).fill(0),
    );
  const columns = roomAt(first);
  const lefts = weighted ? roomAt(firstLeft) : columns;
  const addTile = (totals: Float64Array, i: number, j: number): void => {
    for (let a = i; a < Math.min(size, i + TILE); a++) {
      for (let b = Math.max(a, j); b < Math.min(size, j + TILE); b++) {
        const place = 2 * ((a - i) * TILE + b - j);
        totals[a * size + b] += sums[place] + sums[place + 1];
      }
    }
  };
  const addTo = (totals: Float64Array, count: number): void => {
    const even = count + (count & 1);
    if (even > count) for (let j = 0; j < size; j++) columns[j][count] = lefts[j][count] = 0;
    for (let i = 0; i < size; i += TILE) {
      for (let j = i; j < size; j += TILE) {
        tile(firstLeft + i * STRIDE, first + j * STRIDE, even * DOUBLE, 0);
        addTile(totals, i, j);
      }
    }
  };
  return { columns: columns.slice(0, size), lefts: lefts.slice(0, size), addTo };
}
