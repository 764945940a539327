/**
 * Loops over columns of doubles: what every row expression and every sum is made of, eight rows a turn.
 *
 * Their arithmetic is that of IEEE 754 with a rounding after each operation, the same on every machine (WebAssembly Core Specification 2.0, section 4.3.3:
 * only a NaN may differ in its bits), so that numbers do not depend on the processor.
 */

import {
  advance,
  type Code,
  F64,
  get,
  I32,
  loadAt,
  OP,
  pairOf,
  SIMD,
  set,
  simd,
  storeAt,
  tee,
  untilReached,
  V128,
  type WasmFunction,
} from './wasmCode.ts';

/** Rows a turn: a loop goes over a multiple of it. */
export const ROWS_A_TURN = 8;

const VECTORS = ROWS_A_TURN / 2;

/** Addresses are of columns; `bytes` are those that count of each, a multiple of `8 · ROWS_A_TURN` above 0. A target may be one of the sources. */
export interface RowLoops {
  /** target = start + c · a. */
  affine(target: number, a: number, bytes: number, c: number, start: number): void;
  /** target = start + c · a + d · b. */
  affineOfTwo(target: number, a: number, b: number, bytes: number, c: number, d: number, start: number): void;
  /** target += c · a + d · b + e · f. */
  addThree(
    target: number,
    a: number,
    b: number,
    f: number,
    bytes: number,
    c: number,
    d: number,
    e: number,
  ): void;
  /** target += c · a. */
  addOne(target: number, a: number, bytes: number, c: number): void;
  /** target += a · b. */
  addProduct(target: number, a: number, b: number, bytes: number): void;
  multiply(target: number, a: number, b: number, bytes: number): void;
  reciprocal(target: number, a: number, bytes: number): void;
  exp(target: number, a: number, bytes: number): void;
  /** target = exp(−|a|). */
  decay(target: number, a: number, bytes: number): void;
  /** target = 1/(1 + exp(−a)), from `decay`. */
  logistic(target: number, a: number, decay: number, bytes: number): void;
  /** target = log(1 + exp(a)), from `decay`. */
  softplus(target: number, a: number, decay: number, bytes: number): void;
  /** target = 1 where low ≤ a ≤ high, else 0. */
  within(target: number, a: number, bytes: number, low: number, high: number): void;
  sum(a: number, bytes: number): number;
  dot(a: number, b: number, bytes: number): number;
  /** Σ a · (shift + slope · b). */
  affineDot(a: number, b: number, bytes: number, slope: number, shift: number): number;
  /** target = a − value; Σ of it. */
  centre(target: number, a: number, bytes: number, value: number): number;
  /** target = a − value, weighed = weights · target; Σ of the latter. */
  centreAndWeigh(
    target: number,
    weighed: number,
    a: number,
    weights: number,
    bytes: number,
    value: number,
  ): number;
}

/** Where a turn's code finds what it works on: the columns' addresses, the numbers given as pairs, room for its own, and the running sum. */
interface Turn {
  readonly columns: readonly number[];
  readonly numbers: readonly number[];
  readonly room: readonly number[];
  readonly sum: number;
  /** Of this vector, from the address of a column. */
  readonly offset: number;
}

interface LoopShape {
  readonly columns: number;
  readonly numbers?: number;
  readonly room?: number;
  /** Are sums kept, one a vector of the turn? */
  readonly sums?: boolean;
}

/** A loop over columns: parameters are their addresses, the bytes, then numbers. */
function loop(name: string, shape: LoopShape, step: (turn: Turn) => Code): WasmFunction {
  const { columns, numbers = 0, room = 0, sums = false } = shape;
  const range = (first: number, length: number): number[] => Array.from({ length }, (_local, j) => first + j);
  const bytes = columns;
  const given = range(columns + 1, numbers);
  const end = columns + 1 + numbers;
  const pairs = range(end + 1, numbers);
  const own = range(end + 1 + numbers, room);
  const running = range(end + 1 + numbers + room, sums ? VECTORS : 0);
  const addresses = range(0, columns);
  const turns = range(0, VECTORS).flatMap((vector) =>
    step({ columns: addresses, numbers: pairs, room: own, sum: running[vector] ?? 0, offset: 16 * vector }),
  );
  const next = addresses.flatMap((address) => advance(address, 16 * VECTORS));
  // Always in this order: what is added first decides on the last digit.
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = running;
  const total = sums
    ? [
        ...[...get(s0), ...get(s1), ...simd(SIMD.add)],
        ...[...get(s2), ...get(s3), ...simd(SIMD.add), ...simd(SIMD.add), ...tee(s0)],
        ...[...simd(SIMD.extract, 0), ...get(s0), ...simd(SIMD.extract, 1), OP.addDoubles],
      ]
    : [];
  return {
    name,
    parameters: [...addresses.map(() => I32), I32, ...given.map(() => F64)],
    results: sums ? [F64] : [],
    locals: [I32, ...[...pairs, ...own, ...running].map(() => V128)],
    code: [
      ...[...get(0), ...get(bytes), OP.add, ...set(end)],
      ...given.flatMap((number, j) => [...get(number), ...simd(SIMD.splat), ...set(pairs[j] ?? 0)]),
      ...untilReached(0, end, [...turns, ...next]),
      ...total,
    ],
  };
}

const read = ({ columns, offset }: Turn, column: number): number[] => [
  ...get(columns[column] ?? 0),
  ...loadAt(offset),
];

const write = ({ columns, offset }: Turn, column: number, value: Code): number[] => [
  ...get(columns[column] ?? 0),
  ...value,
  ...storeAt(offset),
];

/** Number or room of a turn, by its place. */
const number = ({ numbers }: Turn, place: number): number[] => get(numbers[place] ?? 0);
const own = ({ room }: Turn, place: number): number[] => get(room[place] ?? 0);
const keep = ({ room }: Turn, place: number, value: Code): number[] => [...value, ...set(room[place] ?? 0)];

const add = (a: Code, b: Code): number[] => [...a, ...b, ...simd(SIMD.add)];
const subtract = (a: Code, b: Code): number[] => [...a, ...b, ...simd(SIMD.subtract)];
const times = (a: Code, b: Code): number[] => [...a, ...b, ...simd(SIMD.multiply)];
const over = (a: Code, b: Code): number[] => [...a, ...b, ...simd(SIMD.divide)];
const addTo = ({ sum }: Turn, value: Code): number[] => [...add(get(sum), value), ...set(sum)];

/** c₀ + x (c₁ + x (c₂ + …)). */
function horner(x: Code, coefficients: readonly number[]): number[] {
  return coefficients
    .slice(0, -1)
    .reduceRight<number[]>((inner, c) => add(pairOf(c), times(x, inner)), pairOf(coefficients.at(-1) ?? 0));
}

/** ln 2 in two parts: the first has so few digits that its product with an exponent is exact (Cody & Waite 1980). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** A number so large that adding it leaves whole numbers in the last bits. */
const WHOLE = 6755399441055744;

/** Beyond it exp is 0 or infinite. */
const MOST = 800;

const reciprocalFactorials = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_value, j) => {
    let factorial = 1;
    for (let i = 2; i <= from + j; i++) factorial *= i;
    return 1 / factorial;
  });

/**
 * exp of what is kept in place 0, to the last digit or the one before: x = k ln 2 + r with |r| ≤ ln 2/2, exp(r) by its series, and 2ᵏ in two factors so
 * that small results lose their digits gradually. Uses places 0 to 3.
 */
function exponential(turn: Turn): number[] {
  const [x, k, r] = [own(turn, 0), own(turn, 1), own(turn, 2)];
  const power = (exponent: Code): number[] => [
    // The exponent's bits, one more than those of 1.0, put where a double has them.
    ...add(exponent, pairOf(WHOLE + 1023)),
    ...[OP.constant, 52],
    ...simd(SIMD.shiftLeftLong),
  ];
  return [
    ...keep(turn, 0, [...x, ...pairOf(-MOST), ...simd(SIMD.max), ...pairOf(MOST), ...simd(SIMD.min)]),
    ...keep(turn, 1, [...times(x, pairOf(Math.LOG2E)), ...simd(SIMD.nearest)]),
    ...keep(turn, 2, subtract(subtract(x, times(k, pairOf(LN2_HIGH))), times(k, pairOf(LN2_LOW)))),
    ...keep(turn, 3, [...times(k, pairOf(0.5)), ...simd(SIMD.nearest)]),
    ...times(
      times(
        add(pairOf(1), add(r, times(times(r, r), horner(r, reciprocalFactorials(2, 12))))),
        power(own(turn, 3)),
      ),
      power(subtract(k, own(turn, 3))),
    ),
  ];
}

/** log(1 + e) for 0 ≤ e ≤ 1, as 2 artanh(e/(2 + e)) by its series. Uses places 0 and 1. */
function logOfOneMore(turn: Turn, e: Code): number[] {
  const [s, z] = [own(turn, 0), own(turn, 1)];
  const series = Array.from({ length: 17 }, (_value, j) => 2 / (2 * j + 3));
  return [
    ...keep(turn, 0, over(e, add(pairOf(2), e))),
    ...keep(turn, 1, times(s, s)),
    ...add(times(pairOf(2), s), times(times(s, z), horner(z, series))),
  ];
}

export const ROW_LOOPS: readonly WasmFunction[] = [
  loop('affine', { columns: 2, numbers: 2 }, (turn) =>
    write(turn, 0, add(number(turn, 1), times(number(turn, 0), read(turn, 1)))),
  ),
  loop('affineOfTwo', { columns: 3, numbers: 3 }, (turn) =>
    write(
      turn,
      0,
      add(add(number(turn, 2), times(number(turn, 0), read(turn, 1))), times(number(turn, 1), read(turn, 2))),
    ),
  ),
  loop('addThree', { columns: 4, numbers: 3 }, (turn) =>
    write(
      turn,
      0,
      [0, 1, 2].reduce((sum, j) => add(sum, times(number(turn, j), read(turn, j + 1))), read(turn, 0)),
    ),
  ),
  loop('addOne', { columns: 2, numbers: 1 }, (turn) =>
    write(turn, 0, add(read(turn, 0), times(number(turn, 0), read(turn, 1)))),
  ),
  loop('addProduct', { columns: 3 }, (turn) =>
    write(turn, 0, add(read(turn, 0), times(read(turn, 1), read(turn, 2)))),
  ),
  loop('multiply', { columns: 3 }, (turn) => write(turn, 0, times(read(turn, 1), read(turn, 2)))),
  loop('reciprocal', { columns: 2 }, (turn) => write(turn, 0, over(pairOf(1), read(turn, 1)))),
  loop('exp', { columns: 2, room: 4 }, (turn) => [
    ...keep(turn, 0, read(turn, 1)),
    ...write(turn, 0, exponential(turn)),
  ]),
  loop('decay', { columns: 2, room: 4 }, (turn) => [
    ...keep(turn, 0, [...read(turn, 1), ...simd(SIMD.absolute), ...simd(SIMD.negate)]),
    ...write(turn, 0, exponential(turn)),
  ]),
  loop('logistic', { columns: 3, room: 1 }, (turn) => [
    ...keep(turn, 0, read(turn, 2)),
    ...write(
      turn,
      0,
      over(
        [
          ...[...pairOf(1), ...own(turn, 0)],
          ...[...read(turn, 1), ...pairOf(0), ...simd(SIMD.atLeast), ...simd(SIMD.select)],
        ],
        add(pairOf(1), own(turn, 0)),
      ),
    ),
  ]),
  loop('softplus', { columns: 3, room: 3 }, (turn) => [
    ...keep(turn, 2, read(turn, 2)),
    ...write(
      turn,
      0,
      add([...read(turn, 1), ...pairOf(0), ...simd(SIMD.max)], logOfOneMore(turn, own(turn, 2))),
    ),
  ]),
  loop('within', { columns: 2, numbers: 2, room: 1 }, (turn) => [
    ...keep(turn, 0, read(turn, 1)),
    ...write(turn, 0, [
      ...[...own(turn, 0), ...number(turn, 0), ...simd(SIMD.atLeast)],
      ...[...own(turn, 0), ...number(turn, 1), ...simd(SIMD.atMost)],
      ...[...simd(SIMD.and), ...pairOf(1), ...simd(SIMD.and)],
    ]),
  ]),
  loop('sum', { columns: 1, sums: true }, (turn) => addTo(turn, read(turn, 0))),
  loop('dot', { columns: 2, sums: true }, (turn) => addTo(turn, times(read(turn, 0), read(turn, 1)))),
  loop('affineDot', { columns: 2, numbers: 2, sums: true }, (turn) =>
    addTo(turn, times(read(turn, 0), add(number(turn, 1), times(number(turn, 0), read(turn, 1))))),
  ),
  loop('centre', { columns: 2, numbers: 1, room: 1, sums: true }, (turn) => [
    ...keep(turn, 0, subtract(read(turn, 1), number(turn, 0))),
    ...write(turn, 0, own(turn, 0)),
    ...addTo(turn, own(turn, 0)),
  ]),
  loop('centreAndWeigh', { columns: 4, numbers: 1, room: 1, sums: true }, (turn) => [
    ...keep(turn, 0, subtract(read(turn, 2), number(turn, 0))),
    ...write(turn, 0, own(turn, 0)),
    ...keep(turn, 0, times(own(turn, 0), read(turn, 3))),
    ...write(turn, 1, own(turn, 0)),
    ...addTo(turn, own(turn, 0)),
  ]),
];
