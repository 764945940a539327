import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';
import { infinitesimalJackknife } from '../../support/infinitesimalJackknife.ts';

const ROWS = study(800);
const DATA = dataOf(ROWS);
const PLAN: Partial<EstimatePlan> = { method: 'entropy_balance', adjusted: ['a', 'b', 'g'] };

type Columns = Readonly<Record<string, readonly (number | string)[]>>;

const taken = (columns: Columns, rows: readonly number[]): Columns =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, rows.map((row) => values[row] ?? '')]),
  );

describe.each(['att', 'ate'] as const)('entropy balancing, %s', (estimand) => {
  const plan = { ...PLAN, estimand };

  it('balances every mean and every share exactly, and is near the truth', async () => {
    const { diagnostics, estimate, se } = await estimateOf(DATA, plan);
    expect(diagnostics.balance).toHaveLength(4);
    expect(diagnostics.metrics.max_smd).toBeLessThan(1e-8);
    expect(Math.abs(estimate - 2)).toBeLessThan(3.5 * se);
  });

  it('has the standard error of its linearisation', async () => {
    const small = study(70, 21);
    const { se } = await estimateOf(dataOf(small), plan);
    const [exact] = await infinitesimalJackknife(small, plan);
    expect(se / (exact ?? 0)).toBeCloseTo(1, 5);
  });

  it('has a clustered error of its linearisation, with weights', async () => {
    const small = study(70, 21);
    const weights = small['a']!.map((_a, i) => 1 + (i % 3));
    const { se } = await estimateOf(dataOf({ ...small, w: weights }), { ...plan, weight: 'w', cluster: 'c' });
    const [exact] = await infinitesimalJackknife(small, { ...plan, cluster: 'c' }, weights);
    expect(se / (exact ?? 0)).toBeCloseTo(1, 5);
  });

  it('counts a row of weight 2 as two rows', async () => {
    const weight = ROWS['y']!.map((_y, i) => i % 3);
    const long = weight.flatMap((count, i) => Array<number>(count).fill(i));
    const weighted = await estimateOf(dataOf({ ...ROWS, w: weight }), { ...plan, weight: 'w' });
    const repeated = await estimateOf(dataOf(taken(ROWS, long)), plan);
    expect(weighted.estimate).toBeCloseTo(repeated.estimate, 9);
    expect(weighted.diagnostics.balance?.[0]?.smdBefore).toBeCloseTo(
      repeated.diagnostics.balance?.[0]?.smdBefore ?? 0,
      2,
    );
  });

  it('does not depend on the order of the rows, moves with the unit, and turns with the contrast', async () => {
    const here = await estimateOf(DATA, plan);
    const order = ROWS['y']!.map((_y, i) => (i * 701) % 800);
    const there = await estimateOf(dataOf(taken(ROWS, order)), plan);
    expect(there.estimate).toBeCloseTo(here.estimate, 10);
    expect(there.se).toBeCloseTo(here.se, 10);
    const y = ROWS['y']!.map((value) => 1000 * Number(value) + 5e6);
    const scaled = await estimateOf(dataOf({ ...ROWS, y }), plan);
    expect(scaled.estimate / 1000).toBeCloseTo(here.estimate, 7);
    expect(scaled.se / 1000).toBeCloseTo(here.se, 7);
    const turned = await estimateOf(DATA, { ...plan, contrast: { level: '0', reference: '1' } });
    expect(turned.estimate).toBeCloseTo(-here.estimate, 12);
    expect(turned.se).toBeCloseTo(here.se, 12);
  });
});

describe('entropy balancing', () => {
  it('of one indicator is the comparison within its two groups', async () => {
    const patients = { t: [] as number[], y: [] as number[], large: [] as number[] };
    for (const [t, large, y, count] of [
      [1, 0, 1, 81],
      [1, 0, 0, 6],
      [1, 1, 1, 192],
      [1, 1, 0, 71],
      [0, 0, 1, 234],
      [0, 0, 0, 36],
      [0, 1, 1, 55],
      [0, 1, 0, 25],
    ] as const) {
      for (let i = 0; i < count; i++) {
        patients.t.push(t);
        patients.y.push(y);
        patients.large.push(large);
      }
    }
    const data = dataOf(patients);
    const plan = { method: 'entropy_balance', adjusted: ['large'] };
    expect((await estimateOf(data, plan)).estimate).toBeCloseTo(0.0536712173856, 11);
    expect((await estimateOf(data, { ...plan, estimand: 'att' })).estimate).toBeCloseTo(0.0479642857143, 11);
  });

  it('of the treated removes a linear confounder without error', async () => {
    // Y is exactly linear: balanced means leave nothing but the effect.
    const y = ROWS['t']!.map((t, i) => 2 * Number(t) + 3 * Number(ROWS['a']![i]) - Number(ROWS['b']![i]));
    const { estimate, se } = await estimateOf(dataOf({ ...ROWS, y }), { ...PLAN, estimand: 'att' });
    expect(estimate).toBeCloseTo(2, 9);
    expect(se).toBeLessThan(1e-8);
  });

  it('balances each level of a treatment with several', async () => {
    const outcomes = await outcomesOf(DATA, { ...PLAN, treatment: 'g', adjusted: ['a', 'b'] });
    expect(outcomes.map(({ contrast }) => contrast)).toEqual([
      ['o', 'n'],
      ['s', 'n'],
    ]);
    for (const outcome of outcomes) {
      if (outcome.kind === 'failure') throw new Error(outcome.error.message);
      expect(outcome.diagnostics.metrics.max_smd).toBeLessThan(1e-8);
    }
  });

  it('leaves out what other covariates say already, by name', async () => {
    const twice = { ...ROWS, twice: ROWS['a']!.map((a) => 2 * Number(a) + 1) };
    const { estimate, warnings } = await estimateOf(dataOf(twice), {
      ...PLAN,
      adjusted: ['a', 'b', 'g', 'twice'],
    });
    expect(estimate).toBeCloseTo((await estimateOf(DATA, PLAN)).estimate, 9);
    expect(warnings).toMatchObject([{ code: 'collinear', message: expect.stringMatching(/^twice was/) }]);
  });

  it.each([
    ['beyond all rows of an arm', (t: number, a: number) => (t === 1 ? 5 + Math.abs(a) : a)],
    ['at the edge of an arm', (t: number, a: number) => (t === 1 ? 0 : Math.max(0, a))],
  ])('names the covariate whose target is %s', async (_name, oddOf) => {
    const odd = ROWS['t']!.map((t, i) => oddOf(Number(t), Number(ROWS['a']![i])));
    const [outcome] = await outcomesOf(dataOf({ ...ROWS, odd }), {
      ...PLAN,
      estimand: 'att',
      adjusted: ['a', 'b', 'odd'],
    });
    expect(outcome).toMatchObject({
      kind: 'failure',
      error: {
        code: 'infeasible-balance',
        message: expect.stringMatching(
          /^No weights give the rows with t = 0 the mean of odd that the treated/,
        ),
      },
    });
  });

  it('says that no weights do it where only the covariates together are out of reach', async () => {
    // Among the untreated u + v is 0 or 1, among the treated 2, though each of u and v is 0 and 1 in both.
    const pairs = ROWS['t']!.map((t, i) => {
      if (t === 1) return [1, i % 20 === 0 ? 0 : 1];
      return [
        [0, 0],
        [1, 0],
        [0, 1],
      ][i % 3]!;
    });
    const columns = { ...ROWS, u: pairs.map(([u]) => u!), v: pairs.map(([, v]) => v!) };
    const [outcome] = await outcomesOf(dataOf(columns), { ...PLAN, estimand: 'att', adjusted: ['u', 'v'] });
    expect(outcome).toMatchObject({
      error: { code: 'infeasible-balance', message: expect.stringMatching(/the mean of (u|v)/) },
    });
  });

  it('refuses a treatment that is a number', async () => {
    expect(await outcomesOf(DATA, { ...PLAN, treatment: 'a', adjusted: ['b'] })).toMatchObject([
      { error: { code: 'method-mismatch' } },
    ]);
  });

  it('is unreliable where the weights rest on few rows', async () => {
    const n = 400;
    const a = Array.from({ length: n }, (_row, i) => i / n);
    const t = a.map((value, i) => Number(value > 0.5 ? i % 23 !== 0 : i % 31 === 0));
    const y = a.map((value, i) => value + (i % 5));
    const { reliable, warnings } = await estimateOf(dataOf({ a, t, y }), {
      ...PLAN,
      estimand: 'att',
      adjusted: ['a'],
    });
    expect(reliable).toBe(false);
    expect(warnings[0]).toMatchObject({ code: 'positivity' });
  });
});
