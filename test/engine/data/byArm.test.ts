/** Groups of rows by treatment, what is counted in them, and two variables together. */

import { describe, expect, it } from 'vitest';
import { splitArms } from '../../../engine/data/profile/armSplit.ts';
import { countByArm } from '../../../engine/data/profile/byArm.ts';
import { MOST_POINTS, pairOf } from '../../../engine/data/profile/pair.ts';
import { summariseColumn } from '../../../engine/data/profile/summary.ts';
import type { Column, Table } from '../../../engine/data/table.ts';

const numbers = (...values: number[]): Column => ({ kind: 'numeric', values: Float64Array.from(values) });
const levels = (names: readonly string[], ...codes: number[]): Column => ({
  kind: 'categorical',
  levels: names,
  codes: Int32Array.from(codes),
});

function tableOf(columns: Readonly<Record<string, Column>>): Table {
  const [first] = Object.values(columns);
  const rowCount = first?.kind === 'numeric' ? first.values.length : (first?.codes.length ?? 0);
  return { rowCount, columns: new Map(Object.entries(columns)) };
}

describe('the groups of a treatment', () => {
  it('are its levels, in their order, without the rows that lack one', () => {
    const found = splitArms(tableOf({ t: levels(['none', 'some'], 1, 0, -1, 1) }), 't');
    expect(found?.split).toEqual({
      treatment: 't',
      by: 'level',
      arms: [
        { label: '= none', rows: 1 },
        { label: '= some', rows: 2 },
      ],
      levelsLeftOut: 0,
      rest: 1,
    });
    expect([...(found?.places ?? [])]).toEqual([1, 0, -1, 1]);
  });
  it('are the five commonest levels where there are more', () => {
    const codes = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6];
    const found = splitArms(tableOf({ t: levels([...'abcdefg'], ...codes) }), 't');
    expect(found?.split.arms.map(({ label }) => label)).toEqual(['= b', '= c', '= d', '= e', '= g']);
    expect(found?.split).toMatchObject({ levelsLeftOut: 2, rest: 3 });
  });
  it('of a number are two halves around the median', () => {
    const found = splitArms(tableOf({ t: numbers(1, 2, 3, 4, 5, 6, Number.NaN) }), 't');
    expect(found?.split).toMatchObject({ by: 'median', rest: 1 });
    expect(found?.split.arms).toEqual([
      { label: '≤ 3.5', rows: 3 },
      { label: '> 3.5', rows: 3 },
    ]);
  });
  it('of a number that is mostly at its largest value are that value and the rest', () => {
    const found = splitArms(tableOf({ t: numbers(1, 2, 3, 4, 5, 9, 9, 9, 9, 9, 9, 9) }), 't');
    expect(found?.split.arms).toEqual([
      { label: '< 9', rows: 5 },
      { label: '= 9', rows: 7 },
    ]);
  });
  it('of a column without a value are none', () => {
    expect(splitArms(tableOf({ t: numbers(Number.NaN) }), 't')).toBeNull();
  });
});

describe('what is counted in the groups', () => {
  it('adds up to what is counted in all rows, in every interval', () => {
    const n = 300;
    const skewed = Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : (i * i) % 997));
    const table = tableOf({
      t: numbers(...Array.from({ length: n }, (_, i) => i % 2)),
      whole: numbers(...skewed),
      real: numbers(...skewed.map((value) => value / 3)),
      far: numbers(...skewed.map((value, i) => (i === 5 ? 1e9 : value / 3))),
    });
    const names = ['whole', 'real', 'far'];
    const summaries = names.flatMap((name) => {
      const column = table.columns.get(name);
      return column === undefined ? [] : [summariseColumn(name, column, null)];
    });
    const places = splitArms(table, 't')?.places ?? new Int8Array();
    for (const [i, { arms }] of countByArm(table, summaries, places, 2).entries()) {
      const sums = summaries[i]?.bins?.counts.map((_, bin) =>
        arms.reduce((sum, { counts }) => sum + (counts[bin] ?? 0), 0),
      );
      expect(sums, names[i]).toEqual(summaries[i]?.bins?.counts);
      expect(arms.reduce((sum, { missing }) => sum + missing, 0)).toBe(summaries[i]?.missing);
    }
  });
  it('of levels goes by the order of the summary', () => {
    const table = tableOf({ t: numbers(0, 0, 1, 1, 1), x: levels(['a', 'b'], 1, 1, 0, 1, -1) });
    const column = table.columns.get('x');
    const summary = column && summariseColumn('x', column, null);
    expect(summary?.levels?.map(({ level }) => level)).toEqual(['b', 'a']);
    const places = splitArms(table, 't')?.places ?? new Int8Array();
    expect(countByArm(table, summary ? [summary] : [], places, 2)[0]?.arms).toEqual([
      { counts: [2, 0], present: 2, missing: 0 },
      { counts: [1, 1], present: 2, missing: 1 },
    ]);
  });
});

describe('two variables', () => {
  const n = 5000;
  const many = (seed: number): number[] => Array.from({ length: n }, (_, i) => (i * seed) % 4999);

  it('of numbers are a sample of points that another order of the rows does not change', () => {
    const [x, y, t] = [many(37), many(113), many(1).map((value) => value % 2)];
    const picture = pairOf(tableOf({ x: numbers(...x), y: numbers(...y), t: numbers(...t) }), 'x', 'y', 't');
    const turned = pairOf(
      tableOf({
        x: numbers(...x.toReversed()),
        y: numbers(...y.toReversed()),
        t: numbers(...t.toReversed()),
      }),
      'x',
      'y',
      't',
    );
    expect(picture.kind === 'points' && picture.points.x.length).toBe(MOST_POINTS);
    expect(picture.kind === 'points' && picture.rows).toBe(n);
    const points = ({ kind, ...rest }: typeof picture): unknown => (kind === 'points' ? rest : null);
    const sorted = (shown: typeof picture): readonly string[] =>
      shown.kind === 'points' ? shown.points.x.map((at, i) => `${at} ${shown.points.y[i]}`).sort() : [];
    expect(points(picture)).not.toBeNull();
    expect(sorted(turned)).toEqual(sorted(picture));
  });
  it('of levels are counts of every row', () => {
    const table = tableOf({ x: numbers(0, 1, 1, Number.NaN), y: levels(['no', 'yes'], 0, 1, 0, 1) });
    expect(pairOf(table, 'x', 'y', null)).toMatchObject({
      kind: 'shares',
      rows: 3,
      counts: [
        [1, 0],
        [1, 1],
      ],
      r: null,
    });
  });
  it('of which one has too many levels show the commonest, and say so', () => {
    const codes = Array.from({ length: 40 }, (_, i) => Math.min(i, 19));
    const names = Array.from({ length: 20 }, (_, i) => `level ${String(i).padStart(2, '0')}`);
    const values = codes.map((_, i) => i / 3);
    const picture = pairOf(tableOf({ x: levels(names, ...codes), y: numbers(...values) }), 'x', 'y', null);
    expect(picture.kind).toBe('points');
    if (picture.kind !== 'points' || picture.x.kind !== 'levels') throw new Error('no levels');
    expect(picture.x.leftOut).toBe(8);
    expect(picture.x.levels).toContain('level 19');
    expect(picture.rows).toBe(32);
  });
  it('without a row in common show nothing', () => {
    const table = tableOf({ x: numbers(1, Number.NaN), y: numbers(Number.NaN, 2) });
    expect(pairOf(table, 'x', 'y', null)).toEqual({ kind: 'nothing' });
  });
});
