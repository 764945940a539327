import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';
import { infinitesimalJackknife } from '../../support/infinitesimalJackknife.ts';

const ESTIMANDS = ['ate', 'att', 'atc', 'overlap'] as const;

/** Three levels that depend on a and b; the effects of m and h against l are 1 and 3. */
function threeLevels(n: number, seed = 4): Record<string, (number | string)[]> {
  const rows = study(n, seed);
  const level = rows['a']!.map((a, i) => {
    const draw = Number(rows['b']![i]) + Number(a) * 0.5 + ((i * 7919) % n) / n;
    return draw < 0 ? 'l' : draw < 1 ? 'm' : 'h';
  }).map((sure, i) => (i % 2 === 0 ? (['l', 'm', 'h'][i % 3] ?? 'l') : sure));
  const effect: Record<string, number> = { l: 0, m: 1, h: 3 };
  return {
    a: rows['a']!,
    b: rows['b']!,
    c: rows['c']!,
    d: level,
    y: rows['y']!.map(
      (y, i) => Number(y) - 2 * Number(rows['t']![i]) - (rows['g']![i] === 'o' ? 1 : 0) + effect[level[i]!]!,
    ),
  };
}

const ROWS = threeLevels(1200);
const PLAN: Partial<EstimatePlan> = { method: 'ipw', treatment: 'd', adjusted: ['a', 'b'] };

async function estimates(
  change: Partial<EstimatePlan>,
  columns: Readonly<Record<string, readonly (number | string)[]>> = ROWS,
): Promise<readonly Estimate[]> {
  return (await outcomesOf(dataOf(columns), { ...PLAN, ...change })).map((outcome) => {
    if (outcome.kind === 'failure') throw new Error(outcome.error.message);
    return outcome;
  });
}

describe.each(ESTIMANDS)('weighting of three levels, %s', (estimand) => {
  it('compares each level with the first, near the truth', async () => {
    // Levels stand in code unit order: h, l, m.
    const found = await estimates({ estimand });
    expect(found.map(({ contrast }) => contrast)).toEqual([
      ['l', 'h'],
      ['m', 'h'],
    ]);
    expect(Math.abs(found[0]!.estimate + 3)).toBeLessThan(4 * found[0]!.se);
    expect(Math.abs(found[1]!.estimate + 2)).toBeLessThan(4 * found[1]!.se);
  });

  it('has the standard error of its linearisation', async () => {
    const small = threeLevels(60, 12);
    const found = await estimates({ estimand }, small);
    const exact = await infinitesimalJackknife(small, { ...PLAN, estimand });
    found.forEach(({ se }, c) => {
      expect(se / exact[c]!).toBeCloseTo(1, 5);
    });
  });

  it('turns its sign with the contrast', async () => {
    const [here] = await estimates({ estimand, contrast: { level: 'm', reference: 'l' } });
    const [there] = await estimates({ estimand, contrast: { level: 'l', reference: 'm' } });
    expect(there!.estimate).toBeCloseTo(-here!.estimate, 12);
    expect(there!.se).toBeCloseTo(here!.se, 12);
  });
});

describe('weighting of three levels', () => {
  it('has a clustered error of its linearisation', async () => {
    const small = threeLevels(60, 12);
    const [found] = await estimates({ cluster: 'c' }, small);
    const [exact] = await infinitesimalJackknife(small, { ...PLAN, cluster: 'c' });
    expect(found!.se / exact!).toBeCloseTo(1, 5);
    expect(found!.seType).toBe('cluster');
  });

  it('averages over the rows of the level for the treated', async () => {
    // With one 0/1 covariate the weights are counts, and the answer is a table.
    const x = Array.from({ length: 240 }, (_row, i) => Number(i % 3 === 0));
    const d = x.map((v, i) => ['h', 'l', 'm'][(Math.floor(i / 3) + (v === 1 && i % 4 === 0 ? 1 : 0)) % 3]!);
    const y = d.map((level, i) => (level === 'h' ? 2 : 1) * (x[i]! + 1) + (i % 7) / 7);
    const mean = (level: string, value: number): number => {
      const rows = y.filter((_y, i) => d[i] === level && x[i] === value);
      return rows.reduce((sum, each) => sum + each, 0) / rows.length;
    };
    const share = (rows: (i: number) => boolean): number => {
      const all = x.filter((_x, i) => rows(i));
      return all.reduce((sum, each) => sum + each, 0) / all.length;
    };
    const [ate] = await estimates({ adjusted: ['x'] }, { x, d, y });
    const [att] = await estimates({ adjusted: ['x'], estimand: 'att' }, { x, d, y });
    const over = (p: number): number =>
      p * (mean('l', 1) - mean('h', 1)) + (1 - p) * (mean('l', 0) - mean('h', 0));
    expect(ate!.estimate).toBeCloseTo(over(share(() => true)), 11);
    expect(att!.estimate).toBeCloseTo(over(share((i) => d[i] === 'l')), 11);
  });

  it('of two levels that are declared so is the weighting of two', async () => {
    // The generalised overlap weights of two levels are e(1 − e).
    const rows = study(400, 8);
    const two = await estimateOf(dataOf(rows), { method: 'ipw', estimand: 'overlap', adjusted: ['a'] });
    const text = { ...rows, t: rows['t']!.map((t) => (t === 1 ? 'yes' : 'no')) };
    const named = await estimateOf(dataOf(text), { method: 'ipw', estimand: 'overlap', adjusted: ['a'] });
    expect(named.estimate).toBeCloseTo(two.estimate, 12);
    expect(named.contrast).toEqual(['yes', 'no']);
  });

  it('brings the covariates of the levels together', async () => {
    for (const { diagnostics } of await estimates({})) {
      for (const row of diagnostics.balance ?? []) {
        expect(Math.abs(row.smdAfter)).toBeLessThan(Math.abs(row.smdBefore));
        expect(row.ksAfter).toBeLessThan(row.ksBefore);
      }
    }
  });

  it('leaves out rows of which any level is unlikely, and says so', async () => {
    const [all] = await estimates({});
    const [trimmed] = await estimates({ trim: 0.15 });
    expect(trimmed!.n).toBeLessThan(all!.n);
    expect(trimmed!.warnings[0]?.code).toBe('trimmed');
  });

  it('tells the balance, the overlap and the model of each contrast', async () => {
    const [first, second] = await estimates({});
    expect(first!.diagnostics.essTreated).not.toBe(second!.diagnostics.essTreated);
    expect(first!.diagnostics.overlap).toHaveLength(20);
    const model = first!.diagnostics.propensityModel;
    expect(model?.coefficients?.map(({ covariate, level }) => [covariate, level])).toEqual([
      ['a', 'l'],
      ['b', 'l'],
      ['a', 'm'],
      ['b', 'm'],
    ]);
  });

  it('is unreliable for the contrast whose arm hardly counts, and for no other', async () => {
    const rows = threeLevels(600, 2);
    let kept = 0;
    const d = rows['d']!.map((level) => (level === 'm' && kept++ >= 12 ? 'l' : level));
    const [l, m] = await estimates({}, { ...rows, d });
    expect(l!.reliable).toBe(true);
    expect(m!.reliable).toBe(false);
    expect(m!.warnings[0]).toMatchObject({ code: 'positivity' });
  });
});
