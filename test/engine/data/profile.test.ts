/** What a table holds, checked by hand and against what DuckDB would say. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareArms } from '../../../engine/data/profile/comparison.ts';
import { correlate } from '../../../engine/data/profile/correlations.ts';
import { profileTable } from '../../../engine/data/profile/profile.ts';
import { quantile, summariseColumn } from '../../../engine/data/profile/summary.ts';
import { dataOf } from '../../support/estimation.ts';

const numbers = (...values: number[]) => ({ kind: 'numeric' as const, values: Float64Array.from(values) });

describe('a variable', () => {
  it('of numbers', () => {
    const found = summariseColumn('x', numbers(3, 1, Number.NaN, 2, 10, 4, 5, 6), null);
    expect(found).toMatchObject({
      kind: 'count',
      rows: 8,
      missing: 1,
      distinct: 7,
      integer: true,
      levels: null,
    });
    expect(found.numbers).toMatchObject({ min: 1, q25: 2.5, median: 4, q75: 5.5, max: 10 });
    expect(found.numbers?.mean).toBeCloseTo(31 / 7, 12);
    expect(found.numbers?.sd).toBeCloseTo(Math.sqrt((191 - 31 ** 2 / 7) / 6), 12);
    expect(found.bins?.counts.reduce((sum, count) => sum + count)).toBe(7);
  });
  it('of a few numbers, one by one', () => {
    const found = summariseColumn('x', numbers(1, 0, 1, Number.NaN), null);
    expect(found).toMatchObject({ kind: 'binary', distinct: 2, bins: null });
    expect(found.levels).toEqual([
      { level: '0', rows: 1 },
      { level: '1', rows: 2 },
    ]);
  });
  it('of numbers at the ends of what there is', () => {
    const found = summariseColumn('x', numbers(1e308, -1e308, 1e308, -1e308), null).numbers;
    expect(found?.mean).toBe(0);
    expect((found?.sd ?? 0) / 1e308).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect((summariseColumn('x', numbers(1e-300, 2e-300), null).numbers?.sd ?? 0) * 1e300).toBeCloseTo(
      0.5 ** 0.5,
    );
  });
  it('far from zero keeps its digits', () => {
    const found = summariseColumn('x', numbers(1e9 + 1, 1e9 + 2, 1e9 + 3), null).numbers;
    expect(found?.mean).toBe(1e9 + 2);
    expect(found?.sd).toBeCloseTo(1, 5);
  });
  it('without values', () => {
    expect(summariseColumn('x', numbers(Number.NaN), null)).toMatchObject({
      distinct: 0,
      numbers: null,
      levels: null,
    });
  });
  it('of levels', () => {
    const column = {
      kind: 'categorical' as const,
      codes: Int32Array.of(0, 1, 1, -1),
      levels: ['a', 'b', 'never'],
    };
    expect(summariseColumn('g', column, null)).toMatchObject({
      kind: 'binary',
      missing: 1,
      distinct: 2,
      levels: [
        { level: 'b', rows: 2 },
        { level: 'a', rows: 1 },
      ],
    });
  });
  it('has quantiles between its extremes, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        const found = [0, 0.05, 0.5, 0.95, 1].map((share) => quantile(sorted, share));
        expect(found[0]).toBe(sorted[0]);
        expect(found.at(-1)).toBe(sorted.at(-1));
        expect(found.every((value, i) => i === 0 || value >= (found[i - 1] ?? 0) - 1e-6)).toBe(true);
      }),
    );
  });
});

describe('correlations', () => {
  it("are Pearson's, over the rows with both values, and none of what does not vary", () => {
    const { table } = dataOf({
      x: [1, 2, 3, 4],
      y: [2, 1, 4, Number.NaN],
      c: [5, 5, 5, 5],
      g: ['a', 'b', 'a', 'b'],
    });
    const found = correlate(table, ['x', 'y', 'c', 'g']);
    expect(found.variables).toEqual(['x', 'y']);
    expect(found.matrix[0]?.[1]).toBeCloseTo(2 / Math.sqrt(2 * (14 / 3)), 12);
    expect(found.matrix[0]?.[0]).toBeCloseTo(1, 12);
  });
  it('do not care for units, however large', () => {
    const { table } = dataOf({ x: [1, 5, 3, 4], y: [-1e308, 1e308, 2e307, 1e307] });
    const small = dataOf({ x: [1, 5, 3, 4], y: [-10, 10, 2, 1] }).table;
    const r = correlate(small, ['x', 'y']).matrix[0]?.[1] ?? 0;
    expect(correlate(table, ['x', 'y']).matrix[0]?.[1]).toBeCloseTo(r, 12);
  });
});

describe('treated against untreated', () => {
  it('in means, spreads and shares', () => {
    const { table } = dataOf({
      t: [1, 1, 1, 0, 0, 0],
      x: [4, 5, 6, 1, 3, 5],
      g: ['a', 'b', 'b', 'a', 'a', 'b'],
    });
    const [found] = compareArms(table, 't', ['t', 'x', 'g']);
    expect(found).toMatchObject({ contrast: ['1', '0'], rows: [3, 3] });
    const [x, g] = found?.variables ?? [];
    expect(x).toMatchObject({ means: [5, 3], varianceRatio: 0.25 });
    expect(x?.difference).toBeCloseTo(2 / Math.sqrt(2.5), 12);
    expect(g).toMatchObject({ label: 'g = b', varianceRatio: null });
    expect(g?.difference).toBeCloseTo(1 / 3 / Math.sqrt(2 / 9), 12);
  });
  it('level by level, and not at all for a dose', () => {
    const { table } = dataOf({ t: ['a', 'b', 'c', 'a', 'b', 'c'], d: [1, 2, 3, 4, 5, 6] });
    expect(compareArms(table, 't', ['t', 'd']).map(({ contrast }) => contrast)).toEqual([
      ['b', 'a'],
      ['c', 'a'],
    ]);
    expect(compareArms(table, 'd', ['t', 'd'])).toEqual([]);
  });
});

describe('suspicious', () => {
  const rows = Array.from({ length: 40 }, (_row, i) => i);
  const table = dataOf({
    id: rows.map((i) => `u${i}`),
    key: rows,
    t: rows.map((i) => i % 2),
    after: rows.map((i) => (i % 2 === 0 ? -1 : 1)),
    score: rows.map((i) => (i % 2) * 100 + ((i * 7) % 13)),
    y: rows.map((i) => (i % 3 === 0 ? 'yes' : 'no')),
    x: rows.map((i) => (i * 7) % 11),
    again: rows.map((i) => (i * 7) % 11),
    double: rows.map((i) => 2 * ((i * 7) % 11) + 1),
    same: rows.map(() => 3),
    none: rows.map(() => Number.NaN),
    rare: rows.map((i) => (i < 2 ? i : Number.NaN)),
  }).table;
  const found = profileTable(table, [...table.columns.keys()], new Map(), {
    treatment: ['t'],
    outcome: ['y'],
  });
  it.each([
    ['id', 'identifier'],
    ['key', 'identifier'],
    ['after', 'determines-treatment'],
    ['score', 'determines-treatment'],
    ['y', 'text-outcome'],
    ['again', 'duplicate'],
    ['double', 'nearly-duplicate'],
    ['same', 'constant'],
    ['none', 'empty'],
    ['rare', 'nearly-empty'],
  ])('%s: %s', (variable, code) => {
    expect(
      found.suspicions.find((each) => each.variable === variable && each.code === code)?.message,
    ).toContain(variable);
  });
  it('are not those that are as they should be', () => {
    expect(found.suspicions.filter(({ variable }) => variable === 'x' || variable === 't')).toEqual([]);
  });
});
