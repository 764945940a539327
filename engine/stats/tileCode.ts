/**
 * The innermost loop of all cross-products, as WebAssembly: two rows an instruction, and each number that is loaded is used three times.
 *
 * Its arithmetic is that of IEEE 754 with a rounding after each operation, the same on every machine (WebAssembly Core Specification 2.0, section 4.3.3:
 * only a NaN may differ in its bits), so that sums do not depend on the processor. The format is that of its chapter 5.
 */

/** Columns a side of a tile. */
export const TILE = 3;

/** One of the few that a module of WebAssembly can be made of without types of a browser. */
interface CompiledModule {
  readonly exports: {
    /** See `tileModule`. */
    tile(left: number, right: number, bytes: number, out: number): void;
    readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  };
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => unknown;
  Instance: new (module: unknown) => CompiledModule;
};

const I32 = 0x7f;
const V128 = 0x7b;

const OP = {
  loop: 0x03,
  end: 0x0b,
  branchIf: 0x0d,
  get: 0x20,
  set: 0x21,
  constant: 0x41,
  lessThan: 0x49,
  add: 0x6a,
} as const;

/** Each after the prefix 0xfd. */
const SIMD = { load: 0x00, store: 0x0b, add: 0xf0, multiply: 0xf2 } as const;

/** A whole number, not negative, seven bits a byte (LEB128). */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same with a sign: the last byte's seventh bit. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  return [id, ...sized([...unsigned(items.length), ...items.flat()])];
}

function name(text: string): number[] {
  return sized(Array.from(text, (letter) => letter.charCodeAt(0)));
}

function simd(operation: number, ...immediate: readonly number[]): number[] {
  return [0xfd, ...unsigned(operation), ...immediate];
}

/** Address and offset of a load or a store; 3 says that they are multiples of 8. */
function at(offset: number): number[] {
  return [3, ...unsigned(offset)];
}

const get = (local: number): number[] => [OP.get, ...unsigned(local)];
const set = (local: number): number[] => [OP.set, ...unsigned(local)];

/** Parameters, then locals: where the rows end, the sums of the tile, its left columns and one on the right. */
const [LEFT, RIGHT, BYTES, OUT, END, SUMS] = [0, 1, 2, 3, 4, 5];
const LEFTS = SUMS + TILE * TILE;
const RIGHT_VALUE = LEFTS + TILE;

/** Σ over the rows of each of three columns on the left times each of three on the right, the even rows and the odd ones apart. */
function tileBody(stride: number): number[] {
  const places = Array.from({ length: TILE }, (_value, j) => j);
  const load = (base: number, column: number): number[] => [
    ...get(base),
    ...simd(SIMD.load, ...at(column * stride)),
  ];
  const advance = (base: number): number[] => [
    ...get(base),
    OP.constant,
    ...signed(16),
    OP.add,
    ...set(base),
  ];
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
    ...advance(LEFT),
    ...advance(RIGHT),
  ];
  const store = places.flatMap((i) =>
    places.flatMap((j) => [
      ...get(OUT),
      ...get(SUMS + i * TILE + j),
      ...simd(SIMD.store, ...at(16 * (i * TILE + j))),
    ]),
  );
  const locals = [2, 1, I32, ...unsigned(TILE * TILE + TILE + 1), V128];
  return [
    ...locals,
    ...[...get(LEFT), ...get(BYTES), OP.add, ...set(END)],
    ...[OP.loop, 0x40, ...step, ...get(LEFT), ...get(END), OP.lessThan, OP.branchIf, 0, OP.end],
    ...store,
    OP.end,
  ];
}

/**
 * A module with `tile(left, right, bytes, out)` and its memory. `left` and `right` are the addresses of three columns each, `stride` bytes from one to the
 * next, of which the first `bytes` count, a multiple of 16 above 0; the nine sums are put to `out`, two numbers each that are to be added.
 */
export function tileModule(stride: number): CompiledModule['exports'] {
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...sized([I32, I32, I32, I32]), 0]]),
    ...section(3, [[0]]),
    ...section(5, [[0, 1]]),
    ...section(7, [
      [...name('tile'), 0, 0],
      [...name('memory'), 2, 0],
    ]),
    ...section(10, [sized(tileBody(stride))]),
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
}
