import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { cutPoints } from '../../../engine/stats/weightedQuantiles.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';

const ROWS = study(1200);
const DATA = dataOf(ROWS);
const PLAN: Partial<EstimatePlan> = { method: 'stratification', adjusted: ['a', 'b', 'g'] };

type Columns = Readonly<Record<string, readonly (number | string)[]>>;

const taken = (columns: Columns, rows: readonly number[]): Columns =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, rows.map((row) => values[row] ?? '')]),
  );

/** A covariate of four levels, which the propensity of its dummies tells exactly. */
const LEVELS = { ...ROWS, x: ROWS['a']!.map((a) => ['i', 'j', 'k', 'l'][Math.floor(Number(a) + 2) & 3]!) };

function byHand(columns: Columns, isAtt: boolean): { estimate: number; se: number } {
  const [x, t, y] = ['x', 't', 'y'].map((name) => columns[name]!);
  let [estimate, variance, total] = [0, 0, 0];
  const parts = [...new Set(x)].map((level) => {
    const arm = (value: number): { n: number; mean: number; s2: number } => {
      const rows = y!.map(Number).filter((_y, i) => x![i] === level && t![i] === value);
      const mean = rows.reduce((sum, each) => sum + each, 0) / rows.length;
      const squares = rows.reduce((sum, each) => sum + (each - mean) ** 2, 0);
      return { n: rows.length, mean, s2: squares / (rows.length - 1) };
    };
    return { treated: arm(1), control: arm(0) };
  });
  for (const { treated, control } of parts) total += treated.n + (isAtt ? 0 : control.n);
  for (const { treated, control } of parts) {
    const share = (treated.n + (isAtt ? 0 : control.n)) / total;
    estimate += share * (treated.mean - control.mean);
    variance += share ** 2 * (treated.s2 / treated.n + control.s2 / control.n);
  }
  return { estimate, se: Math.sqrt(variance) };
}

describe.each(['ate', 'att'] as const)('stratification, %s', (estimand) => {
  const plan = { ...PLAN, estimand };

  it('takes away most of the confounding, as five classes do', async () => {
    const { estimate, n } = await estimateOf(DATA, plan);
    const naive = await estimateOf(DATA, { method: 'difference' });
    // Cochran (1968): five classes remove about nine tenths of the bias of one covariate.
    expect(Math.abs(estimate - 2)).toBeLessThan(0.25 * Math.abs(naive.estimate - 2));
    expect(n).toBe(1200);
  });

  it('on the levels of one covariate is the comparison within its levels, with their variances', async () => {
    const { estimate, se, seType } = await estimateOf(dataOf(LEVELS), {
      ...plan,
      adjusted: ['x'],
      strata: 50,
    });
    const exact = byHand(LEVELS, estimand === 'att');
    expect(estimate).toBeCloseTo(exact.estimate, 11);
    expect(se).toBeCloseTo(exact.se, 11);
    expect(seType).toBe('stratified');
  });

  it('counts a row of weight 2 as two rows', async () => {
    const weight = ROWS['y']!.map((_y, i) => i % 3);
    const long = weight.flatMap((count, i) => Array<number>(count).fill(i));
    const weighted = await estimateOf(dataOf({ ...ROWS, w: weight }), { ...plan, weight: 'w' });
    const repeated = await estimateOf(dataOf(taken(ROWS, long)), plan);
    expect(weighted.estimate).toBeCloseTo(repeated.estimate, 9);
    expect(weighted.diagnostics.metrics.auc).toBeCloseTo(repeated.diagnostics.metrics.auc ?? 0, 9);
  });

  it('does not depend on the unit of fractional weights', async () => {
    const weight = ROWS['a']!.map((a) => Math.exp(Number(a) / 3));
    const w1000 = weight.map((each) => each * 1000.25);
    const here = await estimateOf(dataOf({ ...ROWS, w: weight }), { ...plan, weight: 'w' });
    const there = await estimateOf(dataOf({ ...ROWS, w: w1000 }), { ...plan, weight: 'w' });
    expect(there.estimate).toBeCloseTo(here.estimate, 9);
    expect(there.se).toBeCloseTo(here.se, 9);
  });

  it('does not depend on the order of the rows, moves with the unit, and turns with the contrast', async () => {
    const here = await estimateOf(DATA, plan);
    const order = ROWS['y']!.map((_y, i) => (i * 701) % 1200);
    const there = await estimateOf(dataOf(taken(ROWS, order)), plan);
    expect(there.estimate).toBeCloseTo(here.estimate, 11);
    expect(there.se).toBeCloseTo(here.se, 11);
    const y = ROWS['y']!.map((value) => 1000 * Number(value) + 5e6);
    const scaled = await estimateOf(dataOf({ ...ROWS, y }), plan);
    expect(scaled.estimate / 1000).toBeCloseTo(here.estimate, 7);
    expect(scaled.se / 1000).toBeCloseTo(here.se, 7);
    const turned = await estimateOf(DATA, { ...plan, contrast: { level: '0', reference: '1' } });
    expect(turned.estimate).toBeCloseTo(-here.estimate, 12);
    expect(turned.se).toBeCloseTo(here.se, 12);
  });

  it('adds up the rows of a cluster', async () => {
    const alone = dataOf({ ...ROWS, own: ROWS['y']!.map((_y, i) => `r${i}`) });
    const clustered = await estimateOf(alone, { ...plan, cluster: 'own' });
    const plain = await estimateOf(alone, plan);
    // Not the same: the variances within classes are over n − 1 each.
    expect(Math.abs(clustered.se / plain.se - 1)).toBeLessThan(0.01);
    expect(clustered.seType).toBe('cluster');
  });

  it('says which classes have nobody to compare with, and leaves their rows out', async () => {
    const t = ROWS['t']!.map((value, i) => (Number(ROWS['a']![i]) > 1.2 ? 1 : Number(value)));
    const outcome = await estimateOf(dataOf({ ...ROWS, t }), { ...plan, adjusted: ['a'], strata: 40 });
    const left = (outcome.diagnostics.strata ?? []).filter(({ difference }) => difference === null);
    const rows = left.reduce((sum, { treated, control }) => sum + treated + control, 0);
    expect(rows).toBeGreaterThan(0);
    expect(outcome.n).toBe(1200 - rows);
    const told = outcome.warnings.find(({ code }) => code === 'one-armed-stratum');
    expect(told?.message).toMatch(new RegExp(`^${rows} rows were left out`));
    expect(told?.message).toMatch(/all with t = 1/);
    const shares = (outcome.diagnostics.strata ?? []).reduce((sum, { share }) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 12);
  });
});

describe('stratification', () => {
  it('trims, refuses several levels and numbers, and repeats its bootstrap', async () => {
    const trimmed = await estimateOf(DATA, { ...PLAN, trim: 0.3 });
    expect(trimmed.warnings.some(({ code }) => code === 'trimmed')).toBe(true);
    for (const treatment of ['g', 'a']) {
      expect(await outcomesOf(DATA, { ...PLAN, treatment, adjusted: ['b'] })).toMatchObject([
        { error: { code: 'method-mismatch' } },
      ]);
    }
    const small = dataOf(study(300, 5));
    const first = await estimateOf(small, { ...PLAN, bootstrap: 40, seed: 3 });
    expect(await estimateOf(small, { ...PLAN, bootstrap: 40, seed: 3 })).toEqual(first);
  });

  it('fails where no class has both arms', async () => {
    // Each row a class of its own.
    const n = 60;
    const a = Array.from({ length: n }, (_row, i) => i);
    const t = a.map((value) => Number((value * 7919) % 60 < 20 + value / 4));
    const y = a.map((value, i) => value + t[i]!);
    expect(await outcomesOf(dataOf({ a, t, y }), { ...PLAN, adjusted: ['a'], strata: 1000 })).toMatchObject([
      { error: { code: 'positivity', message: expect.stringMatching(/fewer `strata`/) } },
    ]);
  });
});

describe('cut points', () => {
  it('are quantiles by linear interpolation, of values repeated as often as they weigh', () => {
    const values = Float64Array.of(3, 1, 2, 10);
    expect(cutPoints(values, null, 2)).toEqual([2.5]);
    expect(cutPoints(values, null, 4)).toEqual([1.75, 2.5, 4.75]);
    expect(cutPoints(values, Float64Array.of(1, 2, 0, 1), 2)).toEqual(
      cutPoints(Float64Array.of(1, 1, 3, 10), null, 2),
    );
    expect(cutPoints(Float64Array.of(1, 2), Float64Array.of(0.5, 0.25), 3)).toEqual([1, 1]);
  });
});
