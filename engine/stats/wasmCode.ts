/** WebAssembly by hand: as much of its format (Core Specification 2.0, chapter 5) as loops over columns need. */

/** Of the few that a module can be made of without types of a browser. */
interface Instance {
  readonly exports: unknown;
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => unknown;
  Instance: new (module: unknown) => Instance;
};

/** A piece of code: its bytes. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

export const OP = {
  loop: 0x03,
  end: 0x0b,
  branchIf: 0x0d,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  constant: 0x41,
  lessThan: 0x49,
  add: 0x6a,
  addDoubles: 0xa0,
} as const;

/** Each after the prefix 0xfd; of pairs of doubles where nothing else is said. */
export const SIMD = {
  load: 0x00,
  store: 0x0b,
  constant: 0x0c,
  splat: 0x14,
  extract: 0x21,
  atMost: 0x4b,
  atLeast: 0x4c,
  and: 0x4e,
  select: 0x52,
  nearest: 0x94,
  shiftLeftLong: 0xcb,
  addLong: 0xce,
  absolute: 0xec,
  negate: 0xed,
  add: 0xf0,
  subtract: 0xf1,
  multiply: 0xf2,
  divide: 0xf3,
  min: 0xf4,
  max: 0xf5,
  /** The second where it is less (more) than the first: a NaN in it is passed over. */
  lesser: 0xf6,
  greater: 0xf7,
} as const;

/** A whole number, not negative, seven bits a byte (LEB128). */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same with a sign: the last byte's seventh bit. */
export function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

/** The eight bytes of a double. */
function doubleBytes(value: number): number[] {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value, true);
  return Array.from({ length: 8 }, (_byte, i) => bytes.getUint8(i));
}

export function simd(operation: number, ...immediate: readonly number[]): number[] {
  return [0xfd, ...unsigned(operation), ...immediate];
}

/** Both halves of a vector hold `value`. */
export function pairOf(value: number): number[] {
  return simd(SIMD.constant, ...doubleBytes(value), ...doubleBytes(value));
}

/** A vector of 16 bytes, loaded from `offset` after the address on the stack or stored there; 3 says that addresses are multiples of 8. */
export function loadAt(offset: number): number[] {
  return simd(SIMD.load, 3, ...unsigned(offset));
}

export function storeAt(offset: number): number[] {
  return simd(SIMD.store, 3, ...unsigned(offset));
}

export const get = (local: number): number[] => [OP.get, ...unsigned(local)];
export const set = (local: number): number[] => [OP.set, ...unsigned(local)];
export const tee = (local: number): number[] => [OP.tee, ...unsigned(local)];

/** Adds a number of bytes to an address. */
export function advance(local: number, bytes: number): number[] {
  return [...get(local), OP.constant, ...signed(bytes), OP.add, ...set(local)];
}

/** Runs `step` until the address in `local` has reached the one in `end`; once at least. */
export function untilReached(local: number, end: number, step: Code): number[] {
  return [OP.loop, 0x40, ...step, ...get(local), ...get(end), OP.lessThan, OP.branchIf, 0, OP.end];
}

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Types of the locals after the parameters. */
  readonly locals: readonly number[];
  readonly code: Code;
}

/** An instance of a module with these functions and one growing memory, called `memory`: what it exports. */
export function instantiate(functions: readonly WasmFunction[]): unknown {
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters, results }) => [0x60, ...vector(parameters), ...vector(results)]),
    ),
    ...section(
      3,
      functions.map((_function, i) => unsigned(i)),
    ),
    ...section(5, [[0, 1]]),
    ...section(7, [
      ...functions.map(({ name }, i) => [...nameBytes(name), 0, ...unsigned(i)]),
      [...nameBytes('memory'), 2, 0],
    ]),
    ...section(10, functions.map(bodyOf)),
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
}

function bodyOf({ locals, code }: WasmFunction): number[] {
  const declared = locals.map((type) => [1, type]);
  return sized([...unsigned(declared.length), ...declared.flat(), ...code, OP.end]);
}

function sized(bytes: Code): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function vector(items: Code): number[] {
  return [...unsigned(items.length), ...items];
}

function section(id: number, items: readonly Code[]): number[] {
  return [id, ...sized([...unsigned(items.length), ...items.flat()])];
}

function nameBytes(text: string): number[] {
  return sized(Array.from(text, (letter) => letter.charCodeAt(0)));
}
