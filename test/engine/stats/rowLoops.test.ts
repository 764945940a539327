import { describe, expect, it } from 'vitest';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import {
  apply,
  column,
  linear,
  product,
  type RowExpression,
  within,
} from '../../../engine/stats/rowExpression.ts';
import { openRoom } from '../../../engine/stats/rowRoom.ts';

const ENDS = [
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
  -1e308,
  -746,
  -745.13,
  -709,
  -708.3,
  -37,
  -5e-324,
  -0,
  0,
  1e-300,
  1e-17,
  1e-8,
  36.7,
  709.7,
  709.79,
  1e308,
];

const random = randomStreams(11)();
const rows = 3001;
const x = Float64Array.from(
  { length: rows },
  (_value, i) => ENDS[i] ?? (random.uniform() - 0.5) * 10 ** (random.integer(6) - 2),
);
const y = Float64Array.from({ length: rows }, () => random.uniform() - 0.3);
const table = {
  rowCount: rows,
  columns: new Map([
    ['x', { kind: 'numeric' as const, values: x }],
    ['y', { kind: 'numeric' as const, values: y }],
  ]),
};

const valuesOf = (expression: RowExpression): Promise<Float64Array> =>
  columnMoments(table).values(expression);

/** How many doubles lie between two numbers, at most: 1 for neighbours. */
function apart(a: number, b: number): number {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(b) * Number.EPSILON, 5e-324);
}

describe('loops over rows', () => {
  it.each([
    ['exp', Math.exp, 1],
    ['logistic', (v: number) => (v >= 0 ? 1 : Math.exp(v)) / (1 + Math.exp(-Math.abs(v))), 3],
    ['softplus', (v: number) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))), 3],
    ['reciprocal', (v: number) => 1 / v, 0],
    ['square', (v: number) => v * v, 0],
  ] as const)('%s is that of the language to the last digits, at all ends', async (name, exact, digits) => {
    const found = await valuesOf(apply(name, column('x')));
    found.forEach((value, i) => {
      const far = apart(value, exact(x[i] ?? 0));
      if (!(far <= digits)) throw new Error(`${name}(${x[i]}) is ${value}, and not ${exact(x[i] ?? 0)}.`);
    });
  });

  it('add, multiply and compare as numbers do, in any number of terms', async () => {
    const terms = [column('y'), product(column('y'), column('y')), column('y'), column('y'), column('y')];
    for (const size of [0, 1, 2, 3, 4, 5]) {
      const coefficients = [0.5, -2, 3, 0.125, 7].slice(0, size);
      const found = await valuesOf(linear(1.5, coefficients, terms.slice(0, size)));
      const expected = y.map((v) =>
        coefficients.reduce((sum, c, j) => sum + c * ([v, v * v, v, v, v][j] ?? 0), 1.5),
      );
      expect(found.findIndex((value, i) => value !== expected[i])).toBe(-1);
    }
    const inside = await valuesOf(within(column('x'), -1, 1));
    const expected = x.map((v) => (v >= -1 && v <= 1 ? 1 : 0));
    expect(inside.findIndex((value, i) => value !== expected[i])).toBe(-1);
  });

  it.each([1, 7, 8, 9, 1023, 1024, 1025, 2999])('sum %i rows and no others', async (count) => {
    const whole = (seed: number): Float64Array =>
      Float64Array.from({ length: count }, (_value, i) => ((i * seed) % 17) - 5);
    const [a, b] = [whole(3), whole(7)];
    const moments = columnMoments({
      rowCount: count,
      columns: new Map([
        ['a', { kind: 'numeric' as const, values: a }],
        ['b', { kind: 'numeric' as const, values: b }],
      ]),
    });
    // An earlier evaluation has left numbers behind the rows.
    await valuesOf(apply('reciprocal', column('x')));
    const [left, right] = [column('a'), column('b')];
    const { sums } = await moments.pass({
      sums: [left, product(left, right), product(left, linear(3, [2], [right]))],
    });
    const exact = (term: (u: number, v: number) => number): number =>
      a.reduce((sum, value, i) => sum + term(value, b[i] ?? 0), 0);
    expect(Array.from(sums)).toEqual([
      exact((u) => u),
      exact((u, v) => u * v),
      exact((u, v) => u * (3 + 2 * v)),
    ]);
  });

  it('have the room that was asked for and no more', () => {
    const room = openRoom(3);
    expect(room.take(3).map(({ values }) => values.length)).toEqual([1024, 1024, 1024]);
    expect(() => room.take(1)).toThrow('room for 3');
  });
});
