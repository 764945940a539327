/** The memory of the loops over rows, and columns in it for one block at a time. */

import { ROW_LOOPS, ROWS_A_TURN, type RowLoops } from './rowLoops.ts';
import { TILE, tileFunction } from './tileCode.ts';
import { instantiate } from './wasmCode.ts';

/** Rows a block: small enough that the columns of a few dozen terms stay in the cache. */
export const BLOCK = 1024;

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
const PAGE = 65536;

/** From one column to the next: a little more than a block, so that the same row of several columns does not fall on the same few lines of the cache. */
const STRIDE = (BLOCK + 8) * DOUBLE;

/** Two numbers a pair of columns, at the start of the memory. */
const TILE_DOUBLES = 2 * TILE * TILE;
const FIRST = TILE_DOUBLES * DOUBLE;

interface Loops extends RowLoops {
  /** See `tileFunction`. */
  tile(left: number, right: number, bytes: number, out: number): void;
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** A column of one block. */
export interface RoomColumn {
  readonly address: number;
  /** The same memory. */
  readonly values: Float64Array;
}

export interface RowRoom {
  readonly loops: Omit<Loops, 'memory'>;
  /** Sums of the last tile. */
  readonly tileSums: Float64Array;
  /** The next `count` columns side by side, `columnStride` bytes from one to the next. */
  take(count: number): readonly RoomColumn[];
}

export const columnStride = STRIDE;

let known: Loops | null = null;

/**
 * Room for `columns` columns and no more.
 *
 * The memory is one for all: it belongs to whoever asked last, until the next asks.
 */
export function openRoom(columns: number): RowRoom {
  // What is made by hand exports what its list says.
  known ??= instantiate([...ROW_LOOPS, tileFunction(STRIDE)]) as Loops;
  const loops = known;
  const { memory } = loops;
  const missing = Math.ceil((FIRST + columns * STRIDE - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  const { buffer } = memory;
  let taken = 0;
  return {
    loops,
    tileSums: new Float64Array(buffer, 0, TILE_DOUBLES),
    take: (count) => {
      if (taken + count > columns) throw new Error(`There is room for ${columns} columns only.`);
      return Array.from({ length: count }, () => {
        const address = FIRST + STRIDE * taken++;
        return { address, values: new Float64Array(buffer, address, BLOCK) };
      });
    },
  };
}

/** Bytes that a loop without sums has to go over for the first `count` rows: what stands behind them is computed too, and counts for nothing. */
export function bytesOf(count: number): number {
  return DOUBLE * (count + ((ROWS_A_TURN - (count % ROWS_A_TURN)) % ROWS_A_TURN));
}

/** How many of the first `count` rows a loop that sums can go over; the others are added one by one. */
export function wholeTurns(count: number): number {
  return count - (count % ROWS_A_TURN);
}
