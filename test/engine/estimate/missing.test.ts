/** Rows without a value, and rows of one unit: what is filled in, what is clustered, and what is said of it. */

import { describe, expect, it } from 'vitest';
import { groupColumn } from '../../../engine/data/request.ts';
import type { Column } from '../../../engine/data/table.ts';
import { fillCovariates } from '../../../engine/estimate/missing.ts';
import type { EstimationData } from '../../../engine/estimate/problem.ts';
import { dataOf, estimateOf, outcomesOf, planOf, study } from '../../support/estimation.ts';

const NONE = Number.NaN;

/** `data` with holes: of a number NaN, of text no level. */
function withGaps(data: EstimationData, name: string, rows: (row: number) => boolean): EstimationData {
  const column = data.table.columns.get(name);
  if (column === undefined) throw new Error(name);
  const gapped: Column =
    column.kind === 'numeric'
      ? { ...column, values: column.values.map((value, i) => (rows(i) ? NONE : value)) }
      : { ...column, codes: column.codes.map((code, i) => (rows(i) ? -1 : code)) };
  return { ...data, table: { ...data.table, columns: new Map(data.table.columns).set(name, gapped) } };
}

const third = (row: number): boolean => row % 3 === 0;

describe('missing mean', () => {
  it('puts the mean of a number and the commonest level, the first of several', () => {
    const data = dataOf({ a: [1, 2, NONE, 6], g: ['p', 'q', 'q', 'p'], t: [0, 1, 0, 1], y: [1, 2, 3, 4] });
    const { data: filled, filled: names } = fillCovariates(
      withGaps(data, 'g', (row) => row === 1),
      planOf({ adjusted: ['a', 'g'], missing: 'mean' }),
    );
    expect(names).toEqual(['a', 'g']);
    expect(filled.table.columns.get('a')).toMatchObject({ values: Float64Array.of(1, 2, 3, 6) });
    expect(filled.table.columns.get('g')).toMatchObject({ codes: Int32Array.of(0, 0, 1, 0) });
  });
  it('is the regression on filled columns, and says that its error is too small', async () => {
    const rows = study(300);
    const data = withGaps(dataOf(rows), 'a', third);
    const kept = (rows['a'] as number[]).filter((_value, i) => !third(i));
    const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
    const byHand = dataOf({
      ...rows,
      a: (rows['a'] as number[]).map((value, i) => (third(i) ? mean : value)),
    });
    const found = await estimateOf(data, { adjusted: ['a', 'b', 'g'], missing: 'mean' });
    const expected = await estimateOf(byHand, { adjusted: ['a', 'b', 'g'] });
    expect(found.estimate).toBeCloseTo(expected.estimate, 10);
    expect(found.se).toBeCloseTo(expected.se, 10);
    expect(found.n).toBe(300);
    expect(found.warnings.at(-1)).toMatchObject({
      code: 'missing-filled',
      message: expect.stringMatching(/a in 100 of 300 rows.*it is too small/),
    });
  });
  it('fills in no treatment, outcome, instrument, weight or cluster', async () => {
    for (const name of ['t', 'y', 'z', 'b']) {
      const data = withGaps(dataOf(study(300)), name, third);
      const plan = { method: 'iv', instruments: ['z'], adjusted: ['a'], weight: name === 'b' ? 'b' : null };
      const rows = name === 'b' ? { ...data } : data;
      const [outcome] = await outcomesOf(positive(rows), { ...plan, missing: 'mean' });
      expect(outcome).toMatchObject({ n: 200 });
    }
  });
  it('leaves a variable without any value as it is', async () => {
    const data = withGaps(dataOf(study(50)), 'a', () => true);
    const [outcome] = await outcomesOf(data, { adjusted: ['a'], missing: 'mean' });
    expect(outcome).toMatchObject({ kind: 'failure', error: { code: 'too-few-rows' } });
  });
  it('says nothing where nothing was missing', async () => {
    const plain = await estimateOf(dataOf(study(100)), { adjusted: ['a'] });
    expect(await estimateOf(dataOf(study(100)), { adjusted: ['a'], missing: 'mean' })).toEqual(plain);
  });
});

/** Weights have to be 0 or more. */
function positive(data: EstimationData): EstimationData {
  const column = data.table.columns.get('b');
  if (column?.kind !== 'numeric') return data;
  const values = column.values.map((value) => Math.abs(value) + 0.1);
  return {
    ...data,
    table: { ...data.table, columns: new Map(data.table.columns).set('b', { ...column, values }) },
  };
}

describe('missing indicator', () => {
  it('is the regression on the filled column and the indicator', async () => {
    const rows = study(300);
    const data = withGaps(dataOf(rows), 'a', third);
    const byHand = dataOf({
      ...rows,
      a: (rows['a'] as number[]).map((value, i) => (third(i) ? 0 : value)),
      m: (rows['a'] as number[]).map((_value, i) => (third(i) ? 1 : 0)),
    });
    const found = await estimateOf(data, { adjusted: ['a', 'b'], missing: 'indicator' });
    // With its indicator beside it, it makes no difference which number is filled in.
    const expected = await estimateOf(byHand, { adjusted: ['a', 'b', 'm'] });
    expect(found.estimate).toBeCloseTo(expected.estimate, 9);
    expect(found.se).toBeCloseTo(expected.se, 9);
    expect(found.adjusted).toEqual(['a', 'b', 'a is missing']);
  });
  it('has one indicator for variables that are missing together, and none where all or no rows used are marked', async () => {
    const both = withGaps(withGaps(dataOf(study(300)), 'a', third), 'b', third);
    const found = await estimateOf(both, { adjusted: ['a', 'b'], missing: 'indicator' });
    expect(found.adjusted).toEqual(['a', 'b', 'a is missing']);
    const alike = withGaps(withGaps(dataOf(study(300)), 'a', third), 'y', third);
    const none = await estimateOf(alike, { adjusted: ['a'], missing: 'indicator' });
    expect(none.adjusted).toEqual(['a']);
    expect(none.warnings.map(({ code }) => code)).not.toContain('missing-filled');
  });
});

describe('rows of one unit', () => {
  const withUnits = (units: (row: number) => string) => {
    const rows = study(200);
    return dataOf({ ...rows, [groupColumn('u')]: (rows['a'] ?? []).map((_value, i) => units(i)) });
  };
  const id = groupColumn('u');
  it('are clustered, with a warning', async () => {
    const data = withUnits((row) => `u${row % 60}`);
    const found = await estimateOf(data, { adjusted: ['a'], id });
    const expected = await estimateOf(data, { adjusted: ['a'], cluster: id });
    expect({ ...found, warnings: [] }).toEqual({ ...expected, warnings: [] });
    expect(found.warnings.at(-1)).toMatchObject({
      code: 'repeated-units',
      message: expect.stringMatching(
        /^60 of 60 units of u have several rows \(u0 has 4\): standard errors are clustered/,
      ),
    });
  });
  it('that come once each change nothing', async () => {
    const found = await estimateOf(
      withUnits((row) => `u${row}`),
      { adjusted: ['a'], id },
    );
    expect(found).toMatchObject({ seType: 'robust', n: 200 });
    expect(found.warnings.map(({ code }) => code)).not.toContain('repeated-units');
  });
  it('leave `cluster` and `se` to who wrote them', async () => {
    const data = withUnits((row) => `u${row % 60}`);
    const other = dataOf({ ...study(200), [id]: (study(200)['a'] ?? []).map((_value, i) => `u${i % 60}`) });
    expect(await estimateOf(other, { adjusted: ['a'], cluster: 'c', id })).toMatchObject({
      seType: 'cluster',
    });
    const asked = await estimateOf(data, { adjusted: ['a'], standardError: 'hc3', id });
    expect(asked.seType).toBe('hc3');
    expect(asked.warnings.at(-1)?.message).toMatch(/`se hc3` takes them for independent/);
  });
});
