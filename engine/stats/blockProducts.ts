/** Cross-products of the columns of one block of rows. */

import { columnStride, type RoomColumn, type RowRoom } from './rowRoom.ts';
import { TILE } from './tileCode.ts';

/** Columns in the memory of the loop that multiplies them. */
export interface BlockProducts {
  /** Room for a block of each column. */
  readonly columns: readonly RoomColumn[];
  /** Room for those that stand on the left; the same where no weights are. */
  readonly lefts: readonly RoomColumn[];
  /** Adds Σ left_i · column_j over the first `count` rows to `totals[i · size + j]`, for j ≥ i. */
  addTo(totals: Float64Array, count: number): void;
}

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

/** Columns of the room that `blockProducts` takes. */
export function columnsOfProducts(size: number, weighted: boolean): number {
  return (weighted ? 2 : 1) * Math.ceil(size / TILE) * TILE;
}

/** Takes room for `size` columns, and for as many that they are multiplied with where `weighted`. */
export function blockProducts(room: RowRoom, size: number, weighted: boolean): BlockProducts {
  const padded = Math.ceil(size / TILE) * TILE;
  const columns = room.take(padded);
  const lefts = weighted ? room.take(padded) : columns;
  // What stands in the columns that fill up the last tile is multiplied too, and must be finite only to be fast.
  for (const { values } of [...columns.slice(size), ...lefts.slice(size)]) values.fill(0);
  const first = columns[0]?.address ?? 0;
  const firstLeft = lefts[0]?.address ?? 0;
  const { tile } = room.loops;
  const sums = room.tileSums;
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
    if (even > count) for (let j = 0; j < size; j++) columns[j].values[count] = lefts[j].values[count] = 0;
    for (let i = 0; i < size; i += TILE) {
      for (let j = i; j < size; j += TILE) {
        tile(firstLeft + i * columnStride, first + j * columnStride, even * DOUBLE, 0);
        addTile(totals, i, j);
      }
    }
  };
  return { columns: columns.slice(0, size), lefts: lefts.slice(0, size), addTo };
}
