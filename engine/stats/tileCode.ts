/** The innermost loop of all cross-products: two rows an instruction, and each number that is loaded is used three times. */

import {
  advance,
  get,
  I32,
  loadAt,
  OP,
  SIMD,
  set,
  simd,
  storeAt,
  untilReached,
  V128,
  type WasmFunction,
} from './wasmCode.ts';

/** Columns a side of a tile. */
export const TILE = 3;

/** Parameters, then locals: where the rows end, the sums of the tile, its left columns and one on the right. */
const [LEFT, RIGHT, BYTES, OUT, END, SUMS] = [0, 1, 2, 3, 4, 5];
const LEFTS = SUMS + TILE * TILE;
const RIGHT_VALUE = LEFTS + TILE;

/**
 * `tile(left, right, bytes, out)`: Σ over the rows of each of three columns on the left times each of three on the right, the even rows and the odd ones
 * apart. `left` and `right` are the addresses of three columns each, `stride` bytes from one to the next, of which the first `bytes` count, a multiple of
 * 16 above 0; the nine sums are put to `out`, two numbers each that are to be added.
 */
export function tileFunction(stride: number): WasmFunction {
  const places = Array.from({ length: TILE }, (_value, j) => j);
  const load = (base: number, column: number): number[] => [...get(base), ...loadAt(column * stride)];
  const multiplyAdd = (i: number, j: number): number[] => [
    ...get(SUMS + i * TILE + j),
    ...get(LEFTS + i),
    ...get(RIGHT_VALUE),
    ...simd(SIMD.multiply),
    ...simd(SIMD.add),
    ...set(SUMS + i * TILE + j),
  ];
  const step = [
    ...places.flatMap((i) => [...load(LEFT, i), ...set(LEFTS + i)]),
    ...places.flatMap((j) => [
      ...load(RIGHT, j),
      ...set(RIGHT_VALUE),
      ...places.flatMap((i) => multiplyAdd(i, j)),
    ]),
    ...advance(LEFT, 16),
    ...advance(RIGHT, 16),
  ];
  const store = places.flatMap((i) =>
    places.flatMap((j) => [...get(OUT), ...get(SUMS + i * TILE + j), ...storeAt(16 * (i * TILE + j))]),
  );
  return {
    name: 'tile',
    parameters: [I32, I32, I32, I32],
    results: [],
    locals: [I32, ...new Array<number>(TILE * TILE + TILE + 1).fill(V128)],
    code: [...get(LEFT), ...get(BYTES), OP.add, ...set(END), ...untilReached(LEFT, END, step), ...store],
  };
}
