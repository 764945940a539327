import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';

const ROWS = study(1500);
const DATA = dataOf(ROWS);
const ADJUSTED = ['a', 'b', 'g'];

/** Every method with what it needs. */
const METHODS: readonly [name: string, plan: Partial<EstimatePlan>][] = [
  ['difference', { method: 'difference' }],
  ['regression', { method: 'regression', adjusted: ADJUSTED }],
  ['ipw ate', { method: 'ipw', adjusted: ADJUSTED }],
  ['ipw att', { method: 'ipw', estimand: 'att', adjusted: ADJUSTED }],
  ['ipw atc', { method: 'ipw', estimand: 'atc', adjusted: ADJUSTED }],
  ['ipw overlap', { method: 'ipw', estimand: 'overlap', adjusted: ADJUSTED }],
  ['ipw probit', { method: 'ipw', propensity: 'probit', adjusted: ADJUSTED }],
  ['iv', { method: 'iv', estimand: 'late', adjusted: ADJUSTED, instruments: ['z'] }],
];

const reordered = (columns: typeof ROWS, order: readonly number[]): typeof ROWS =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, order.map((row) => values[row] ?? '')]),
  );

const order = ROWS['y']!.map((_value, i) => (i * 701) % 1500);

describe.each(METHODS)('%s', (name, plan) => {
  it('is near the truth where it is right', async () => {
    const { estimate, se, ci } = await estimateOf(DATA, plan);
    expect(ci[0]).toBeLessThan(estimate);
    if (name === 'difference') expect(estimate).toBeGreaterThan(2.15);
    else expect(Math.abs(estimate - 2)).toBeLessThan(3.5 * se);
  });

  it('does not depend on the order of the rows', async () => {
    const [here, there] = [
      await estimateOf(DATA, plan),
      await estimateOf(dataOf(reordered(ROWS, order)), plan),
    ];
    expect(there.estimate).toBeCloseTo(here.estimate, 11);
    expect(there.se).toBeCloseTo(here.se, 11);
  });

  it('gives the same bits again', async () => {
    expect(await estimateOf(DATA, plan)).toEqual(await estimateOf(DATA, plan));
  });

  it('moves with the unit of the outcome', async () => {
    const scaled = dataOf({ ...ROWS, y: ROWS['y']!.map((y) => 1000 * Number(y) + 5e6) });
    const [here, there] = [await estimateOf(DATA, plan), await estimateOf(scaled, plan)];
    expect(there.estimate / 1000).toBeCloseTo(here.estimate, 8);
    expect(there.se / 1000).toBeCloseTo(here.se, 8);
  });

  it('counts a row of weight 2 as two rows', async () => {
    const weight = ROWS['y']!.map((_y, i) => i % 3);
    const long = ROWS['y']!.flatMap((_y, i) => Array<number>(weight[i] ?? 0).fill(i));
    const weighted = await estimateOf(dataOf({ ...ROWS, w: weight }), { ...plan, weight: 'w' });
    const repeated = await estimateOf(dataOf(reordered(ROWS, long)), plan);
    expect(weighted.estimate).toBeCloseTo(repeated.estimate, 9);
    expect(weighted.n).toBe(1000);
  });

  it('has a clustered error that equals the robust one where every row is a cluster, but for its factor', async () => {
    const alone = dataOf({ ...ROWS, own: ROWS['y']!.map((_y, i) => `r${i}`) });
    const robust = await estimateOf(alone, plan);
    const clustered = await estimateOf(alone, { ...plan, cluster: 'own' });
    const factor = plan.method === 'ipw' ? Math.sqrt(1500 / 1499) : 1;
    expect(clustered.se).toBeCloseTo(robust.se * factor, 10);
    expect(clustered.seType).toBe('cluster');
  });

  it('turns its sign with the contrast', async () => {
    const here = await estimateOf(DATA, plan);
    const there = await estimateOf(DATA, { ...plan, contrast: { level: '0', reference: '1' } });
    expect(there.estimate).toBeCloseTo(-here.estimate, 12);
    expect(there.se).toBeCloseTo(here.se, 12);
    expect(there.contrast).toEqual(['0', '1']);
  });

  it('has a bootstrap error like its own, that the seed repeats', async () => {
    const small = dataOf(study(300, 5));
    const analytic = await estimateOf(small, plan);
    const first = await estimateOf(small, { ...plan, bootstrap: 120, seed: 3 });
    const again = await estimateOf(small, { ...plan, bootstrap: 120, seed: 3 });
    const other = await estimateOf(small, { ...plan, bootstrap: 120, seed: 4 });
    expect(first.se / analytic.se).toBeGreaterThan(0.7);
    expect(first.se / analytic.se).toBeLessThan(1.5);
    expect(again).toEqual(first);
    expect(other.se).not.toBe(first.se);
    expect(first.estimate).toBe(analytic.estimate);
  });
});

describe('regression', () => {
  it('without covariates is the difference of means with the error of Neyman under hc2', async () => {
    const { estimate, se } = await estimateOf(DATA, { method: 'difference', standardError: 'hc2' });
    const arm = (level: number): number[] =>
      ROWS['y']!.map(Number).filter((_y, i) => ROWS['t']![i] === level);
    const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = (values: number[]): number =>
      values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1);
    expect(estimate).toBeCloseTo(mean(arm(1)) - mean(arm(0)), 12);
    expect(se).toBeCloseTo(
      Math.sqrt(variance(arm(1)) / arm(1).length + variance(arm(0)) / arm(0).length),
      12,
    );
  });

  it('compares each level of a categorical treatment with the first', async () => {
    const outcomes = await outcomesOf(DATA, { treatment: 'g', method: 'difference' });
    expect(outcomes.map(({ contrast }) => contrast)).toEqual([
      ['o', 'n'],
      ['s', 'n'],
    ]);
    const [swapped] = await outcomesOf(DATA, {
      treatment: 'g',
      method: 'difference',
      contrast: { level: 's', reference: 'o' },
    });
    const value = (outcome: (typeof outcomes)[number] | undefined): number =>
      outcome?.kind === 'estimate' ? outcome.estimate : Number.NaN;
    expect(value(swapped)).toBeCloseTo(value(outcomes[1]) - value(outcomes[0]), 10);
  });

  it('multiplies the slope of a dose by the change that is asked for', async () => {
    const slope = await estimateOf(DATA, { treatment: 'a', adjusted: ['b'] });
    const change = await estimateOf(DATA, {
      treatment: 'a',
      adjusted: ['b'],
      contrast: { level: '10', reference: '5' },
    });
    expect(change.estimate).toBeCloseTo(5 * slope.estimate, 12);
    expect(change.se).toBeCloseTo(5 * slope.se, 12);
    expect(change.p).toBeCloseTo(slope.p, 12);
  });

  it('names the covariates that say nothing new, and keeps its number', async () => {
    const copied = dataOf({
      ...ROWS,
      double: ROWS['a']!.map((a) => 2 * Number(a)),
      five: ROWS['a']!.map(() => 5),
    });
    const plain = await estimateOf(DATA, { adjusted: ['a', 'b'] });
    const { estimate, warnings } = await estimateOf(copied, { adjusted: ['a', 'b', 'double', 'five'] });
    expect(estimate).toBeCloseTo(plain.estimate, 10);
    expect(warnings.find(({ code }) => code === 'collinear')?.message).toMatch(
      /^double and five were left out/,
    );
  });

  it('refuses a treatment that the covariates fix', async () => {
    const copied = dataOf({ ...ROWS, twin: ROWS['t']!.map((t) => 1 - Number(t)) });
    expect(await outcomesOf(copied, { adjusted: ['a', 'twin'] })).toMatchObject([
      { error: { code: 'collinear' } },
    ]);
  });

  it('finds a curve by the RESET test, and none in a straight line', async () => {
    const curved = dataOf({ ...ROWS, y: ROWS['a']!.map((a, i) => Number(ROWS['y']![i]) + Number(a) ** 2) });
    const codes = (await estimateOf(curved, { adjusted: ['a', 'b'] })).warnings.map(({ code }) => code);
    expect(codes).toContain('functional-form');
    expect((await estimateOf(DATA, { adjusted: ADJUSTED })).warnings).toEqual([]);
  });

  it('has no hc3 where a row is the only one of its kind', async () => {
    const lone = dataOf({ ...ROWS, only: ROWS['y']!.map((_y, i) => (i === 7 ? 1 : 0)) });
    expect(await outcomesOf(lone, { adjusted: ['only'], standardError: 'hc3' })).toMatchObject([
      { error: { code: 'leverage-one' } },
    ]);
    expect((await estimateOf(lone, { adjusted: ['only'] })).se).toBeGreaterThan(0);
  });
});

/** Charig, Webb, Payne & Wickham (1986), British Medical Journal 292, table: operations on kidney stones and their success. */
const KIDNEY = [
  { large: 0, open: 1, success: 81, all: 87 },
  { large: 0, open: 0, success: 234, all: 270 },
  { large: 1, open: 1, success: 192, all: 263 },
  { large: 1, open: 0, success: 55, all: 80 },
].flatMap(({ large, open, success, all }) =>
  Array.from({ length: all }, (_row, i) => ({ large, t: open, y: i < success ? 1 : 0 })),
);

describe('weighting', () => {
  const kidney = dataOf({
    large: KIDNEY.map(({ large }) => large),
    t: KIDNEY.map(({ t }) => t),
    y: KIDNEY.map(({ y }) => y),
  });

  it('with a saturated propensity is standardisation: the kidney stones turn round', async () => {
    expect((await estimateOf(kidney, { method: 'difference' })).estimate).toBeCloseTo(-0.0457142857143, 12);
    expect((await estimateOf(kidney, { method: 'ipw', adjusted: ['large'] })).estimate).toBeCloseTo(
      0.0536712173856,
      11,
    );
    expect(
      (await estimateOf(kidney, { method: 'ipw', estimand: 'att', adjusted: ['large'] })).estimate,
    ).toBeCloseTo(0.0479642857143, 11);
  });

  it('by overlap balances the means exactly', async () => {
    const { diagnostics } = await estimateOf(DATA, {
      method: 'ipw',
      estimand: 'overlap',
      adjusted: ADJUSTED,
    });
    expect(diagnostics.metrics.max_smd).toBeLessThan(1e-10);
    expect(
      Math.max(...(diagnostics.balance ?? []).map(({ smdBefore }) => Math.abs(smdBefore))),
    ).toBeGreaterThan(0.2);
  });

  it('says how many rows trimming leaves out', async () => {
    const all = await estimateOf(DATA, { method: 'ipw', adjusted: ADJUSTED });
    const trimmed = await estimateOf(DATA, { method: 'ipw', adjusted: ADJUSTED, trim: 0.3 });
    expect(trimmed.n).toBeLessThan(all.n);
    expect(trimmed.warnings[0]).toMatchObject({
      code: 'trimmed',
      message: expect.stringContaining(`${all.n - trimmed.n} of 1500 rows`),
    });
  });

  it('refuses a treatment that is a number, and a probit of three levels', async () => {
    expect(await outcomesOf(DATA, { method: 'ipw', treatment: 'a', adjusted: ['b'] })).toMatchObject([
      { error: { code: 'method-mismatch' } },
    ]);
    expect(
      await outcomesOf(DATA, { method: 'ipw', treatment: 'g', adjusted: ['b'], propensity: 'probit' }),
    ).toMatchObject([{ error: { message: expect.stringContaining('has 3 levels (n, o and s)') } }]);
  });

  it('is unreliable where an arm hardly counts, and says so first', async () => {
    const n = 600;
    const a = Array.from({ length: n }, (_row, i) => i / n);
    const rows = { a, t: a.map((v, i) => (v > 0.9 || i % 97 === 0 ? 1 : 0)), y: a.map((v) => v + 1) };
    const outcome = await estimateOf(dataOf(rows), { method: 'ipw', adjusted: ['a'] });
    expect(outcome.reliable).toBe(false);
    expect(outcome.warnings[0]).toMatchObject({
      code: 'positivity',
      message: expect.stringMatching(/^Unreliable/),
    });
  });

  it('is unreliable with fewer than twenty rows in an arm', async () => {
    const few = dataOf(study(60, 9));
    const rows = await estimateOf(few, { method: 'difference' });
    expect(rows.reliable).toBe(true);
    expect((await estimateOf(dataOf(study(25, 9)), { method: 'difference' })).reliable).toBe(false);
  });
});

describe('instruments', () => {
  it('give the Wald ratio', async () => {
    const { estimate } = await estimateOf(DATA, { method: 'iv', instruments: ['z'] });
    const mean = (name: string, level: number): number => {
      const values = ROWS[name]!.map(Number).filter((_v, i) => ROWS['z']![i] === level);
      return values.reduce((sum, v) => sum + v, 0) / values.length;
    };
    expect(estimate).toBeCloseTo((mean('y', 1) - mean('y', 0)) / (mean('t', 1) - mean('t', 0)), 10);
  });

  it('are least squares where the treatment is its own instrument', async () => {
    const twin = dataOf({ ...ROWS, same: ROWS['t']! });
    const iv = await estimateOf(twin, { method: 'iv', instruments: ['same'], adjusted: ADJUSTED });
    const ols = await estimateOf(twin, { adjusted: ADJUSTED });
    expect(iv.estimate).toBeCloseTo(ols.estimate, 10);
    expect(iv.se).toBeCloseTo(ols.se, 10);
  });

  it('say when they are weak, with the set that holds nevertheless', async () => {
    const noise = dataOf({ ...ROWS, q: ROWS['y']!.map((_y, i) => (i * 7919) % 2) });
    const { warnings, diagnostics } = await estimateOf(noise, { method: 'iv', instruments: ['q'] });
    expect(warnings.map(({ code }) => code)).toContain('instrument-weak');
    expect(diagnostics.andersonRubin?.flat()).toContain(Number.POSITIVE_INFINITY);
  });

  it('fail where they do not move the treatment at all', async () => {
    const still = dataOf({ ...ROWS, q: ROWS['y']!.map(() => 3) });
    expect(await outcomesOf(still, { method: 'iv', instruments: ['q'] })).toMatchObject([
      { error: { code: 'instrument-irrelevant' } },
    ]);
  });
});

describe('variables of every kind', () => {
  it('count a binary outcome as 0 and 1, whatever its values are called', async () => {
    const plain = dataOf({ ...ROWS, y: ROWS['y']!.map((y) => (Number(y) > 2 ? 1 : 0)) });
    const numbers = dataOf({ ...ROWS, y: ROWS['y']!.map((y) => (Number(y) > 2 ? 7 : 4)) });
    const words = dataOf({ ...ROWS, y: ROWS['y']!.map((y) => (Number(y) > 2 ? 'yes' : 'no')) });
    const expected = await estimateOf(plain, { adjusted: ADJUSTED });
    expect((await estimateOf(numbers, { adjusted: ADJUSTED })).estimate).toBeCloseTo(expected.estimate, 12);
    expect((await estimateOf(words, { adjusted: ADJUSTED })).estimate).toBeCloseTo(expected.estimate, 12);
  });

  it('take the last level of a treatment against the first', async () => {
    const words = dataOf({ ...ROWS, t: ROWS['t']!.map((t) => (t === 1 ? 'treated' : 'control')) });
    const { estimate, contrast } = await estimateOf(words, { method: 'ipw', adjusted: ADJUSTED });
    expect(contrast).toEqual(['treated', 'control']);
    expect(estimate).toBeCloseTo(
      (await estimateOf(DATA, { method: 'ipw', adjusted: ADJUSTED })).estimate,
      12,
    );
  });

  it('leave out rows with a missing value, and no others', async () => {
    const gaps = dataOf({ ...ROWS, a: ROWS['a']!.map((a, i) => (i % 10 === 0 ? Number.NaN : a)) });
    expect((await estimateOf(gaps, { adjusted: ['a'] })).n).toBe(1350);
    expect((await estimateOf(gaps, { adjusted: ['b'] })).n).toBe(1500);
  });

  it('fail in words where nothing is left, or nothing varies', async () => {
    const codes = async (columns: Record<string, (number | string)[]>): Promise<string[]> =>
      (await outcomesOf(dataOf(columns), {})).map((outcome) =>
        outcome.kind === 'failure' ? outcome.error.code : 'none',
      );
    expect(await codes({ t: [], y: [] })).toEqual(['too-few-rows']);
    expect(await codes({ t: [1, 0], y: [Number.NaN, Number.NaN] })).toEqual(['too-few-rows']);
    expect(await codes({ t: [1, 1, 1], y: [1, 2, 3] })).toEqual(['constant-column']);
    expect(await codes({ t: [1, 0, 1], y: [2, 2, 2] })).toEqual(['constant-column']);
    expect(await codes({ t: [1, 0, 1], y: ['a', 'b', 'c'] })).toEqual(['type-mismatch']);
    expect(await codes({ t: [1, 0], y: [1, 2] })).toEqual(['too-few-rows']);
  });

  it('refuse a negative weight, and hundreds of dummies', async () => {
    const negative = dataOf({ ...ROWS, w: ROWS['y']!.map((_y, i) => i - 3) });
    expect(await outcomesOf(negative, { weight: 'w' })).toMatchObject([
      { error: { message: expect.stringContaining('holds -3') } },
    ]);
    const ids = dataOf({ ...ROWS, id: ROWS['y']!.map((_y, i) => `u${i}`) });
    expect(await outcomesOf(ids, { adjusted: ['id'] })).toMatchObject([
      { error: { message: expect.stringContaining('too many to adjust for') } },
    ]);
  });
});

describe('expectations', () => {
  it('are kept or broken, and say what they got', async () => {
    const { expectations } = await estimateOf(DATA, {
      adjusted: ADJUSTED,
      expectations: [
        { metric: 'estimate', comparison: { kind: 'between', low: 1.8, high: 2.2 } },
        { metric: 'se', comparison: { kind: '<', value: 1e-6 } },
        { metric: 'first_stage_f', comparison: { kind: '>', value: 10 } },
      ],
    });
    expect(expectations).toEqual([
      { metric: 'estimate', expected: 'between 1.8 and 2.2', actual: expect.any(Number), passed: true },
      { metric: 'se', expected: '< 0.000001', actual: expect.any(Number), passed: false },
      { metric: 'first_stage_f', expected: '> 10', actual: null, passed: false },
    ]);
  });
});
