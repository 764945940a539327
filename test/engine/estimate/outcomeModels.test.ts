import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { dataOf, estimateOf, outcomesOf, planOf, study } from '../../support/estimation.ts';

const ROWS = study(600);
const ADJUSTED = ['a', 'b', 'g'];
const numbers = (name: string): number[] => ROWS[name]!.map(Number);
const HIT = numbers('y').map((y) => Number(y > 2));
const COUNT = numbers('y').map((y) => Math.round(Math.exp(Math.max(-3, Math.min(y, 4)) / 2)));
const DATA = dataOf({ ...ROWS, hit: HIT, count: COUNT }, { count: 'count' });

/** Every method with what it needs; whether its error of single-row clusters has a factor. */
const METHODS: readonly [name: string, plan: Partial<EstimatePlan>, factor: number][] = [
  ['lin', { method: 'lin', standardError: 'robust' }, 1],
  ['standardization ate', { method: 'standardization' }, 600 / 599],
  ['standardization att', { method: 'standardization', estimand: 'att' }, 600 / 599],
  ['standardization atc', { method: 'standardization', estimand: 'atc' }, 600 / 599],
  ['aipw ate', { method: 'aipw' }, 1],
  ['aipw att', { method: 'aipw', estimand: 'att' }, 1],
  ['aipw probit', { method: 'aipw', propensity: 'probit' }, 1],
  ['tmle ate', { method: 'tmle' }, 1],
  ['tmle att', { method: 'tmle', estimand: 'att' }, 1],
  ['dml', { method: 'dml' }, 600 / 599],
];

const reordered = (columns: typeof ROWS, order: readonly number[]): typeof ROWS =>
  Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, order.map((row) => values[row] ?? '')]),
  );

const order = ROWS['y']!.map((_value, i) => (i * 701) % 600);

describe.each(METHODS)('%s', (_name, options, factor) => {
  const plan: Partial<EstimatePlan> = { ...options, adjusted: ADJUSTED };
  // Repeating a row, or naming a cluster, cuts other folds.
  const cutsFolds = plan.method === 'dml';

  it('is near the truth where it is right', async () => {
    const { estimate, se } = await estimateOf(DATA, plan);
    expect(Math.abs(estimate - 2)).toBeLessThan(3.5 * se);
    expect(se).toBeGreaterThan(0);
  });

  it('does not depend on the order of the rows', async () => {
    const here = await estimateOf(DATA, plan);
    const there = await estimateOf(dataOf(reordered(ROWS, order)), plan);
    expect(there.estimate).toBeCloseTo(here.estimate, 10);
    expect(there.se).toBeCloseTo(here.se, 10);
  });

  it('moves with the unit of the outcome', async () => {
    const scaled = dataOf({ ...ROWS, y: numbers('y').map((y) => 1000 * y + 5e6) });
    if (cutsFolds) return;
    const [here, there] = [await estimateOf(DATA, plan), await estimateOf(scaled, plan)];
    expect(there.estimate / 1000).toBeCloseTo(here.estimate, 7);
    expect(there.se / 1000).toBeCloseTo(here.se, 7);
  });

  it('counts a row of weight 2 as two rows', async () => {
    const weight = ROWS['y']!.map((_y, i) => i % 3);
    const long = ROWS['y']!.flatMap((_y, i) => Array<number>(weight[i] ?? 0).fill(i));
    const weighted = await estimateOf(dataOf({ ...ROWS, w: weight }), { ...plan, weight: 'w' });
    expect(weighted.n).toBe(400);
    if (cutsFolds) return;
    const repeated = await estimateOf(dataOf(reordered(ROWS, long)), plan);
    expect(weighted.estimate).toBeCloseTo(repeated.estimate, 9);
  });

  it('has a clustered error that equals the one of rows where every row is a cluster, but for its factor', async () => {
    const alone = dataOf({ ...ROWS, own: ROWS['y']!.map((_y, i) => `r${i}`) });
    const plain = await estimateOf(alone, plan);
    const clustered = await estimateOf(alone, { ...plan, cluster: 'own' });
    expect(clustered.seType).toBe('cluster');
    if (cutsFolds) expect(clustered.se / plain.se).toBeCloseTo(1, 1);
    else expect(clustered.se).toBeCloseTo(plain.se * Math.sqrt(factor), 10);
  });

  it('turns its sign with the contrast', async () => {
    const here = await estimateOf(DATA, plan);
    const there = await estimateOf(DATA, { ...plan, contrast: { level: '0', reference: '1' } });
    expect(there.estimate).toBeCloseTo(-here.estimate, 12);
    expect(there.se).toBeCloseTo(here.se, 12);
    expect(there.contrast).toEqual(['0', '1']);
  });

  it('has a bootstrap error like its own', async () => {
    const small = dataOf(study(250, 5));
    const analytic = await estimateOf(small, { ...plan, seed: 3 });
    const resampled = await estimateOf(small, { ...plan, bootstrap: 40, seed: 3 });
    expect(resampled.se / analytic.se).toBeGreaterThan(0.65);
    expect(resampled.se / analytic.se).toBeLessThan(1.55);
    expect(resampled.estimate).toBe(analytic.estimate);
  });

  it('compares each of several levels with the first', async () => {
    const several = { ...plan, treatment: 'g', adjusted: ['a', 'b'], propensity: 'logistic' } as const;
    const outcomes = await outcomesOf(DATA, several);
    expect(outcomes.map(({ contrast }) => contrast)).toEqual([
      ['o', 'n'],
      ['s', 'n'],
    ]);
    const [first] = outcomes;
    if (first?.kind !== 'estimate') throw new Error(first?.error.message);
    expect(Math.abs(first.estimate - 1)).toBeLessThan(3.5 * first.se);
    const [turned] = await outcomesOf(DATA, { ...several, contrast: { level: 'n', reference: 'o' } });
    if (turned?.kind !== 'estimate') throw new Error(turned?.error.message);
    expect(turned.estimate).toBeCloseTo(-first.estimate, 10);
    expect(turned.se).toBeCloseTo(first.se, 10);
  });
});

describe('lin', () => {
  it('has errors of HC2 unless it is told otherwise', async () => {
    const plain = await estimateOf(DATA, { method: 'lin', adjusted: ADJUSTED });
    const hc2 = await estimateOf(DATA, { method: 'lin', adjusted: ADJUSTED, standardError: 'hc2' });
    const hc1 = await estimateOf(DATA, { method: 'lin', adjusted: ADJUSTED, standardError: 'robust' });
    expect([plain.se, plain.seType]).toEqual([hc2.se, 'hc2']);
    expect(hc1.se).not.toBe(hc2.se);
  });

  it('is standardisation with a line an arm, and without covariates the difference of means', async () => {
    const line = await estimateOf(DATA, { method: 'standardization', adjusted: ADJUSTED });
    const lin = await estimateOf(DATA, { method: 'lin', adjusted: ADJUSTED });
    expect(lin.estimate).toBeCloseTo(line.estimate, 10);
    const bare = await estimateOf(DATA, { method: 'lin' });
    expect(bare.estimate).toBeCloseTo((await estimateOf(DATA, { method: 'difference' })).estimate, 12);
  });

  it('of a dose gives the slope at the mean covariates', async () => {
    const dose = { treatment: 'a', adjusted: ['b'] };
    // y = a·b has the slope b̄ there.
    const data = dataOf({ ...ROWS, y: numbers('a').map((a, i) => 3 + a * numbers('b')[i]!) });
    const mean = numbers('b').reduce((sum, b) => sum + b, 0) / 600;
    const { estimate } = await estimateOf(data, { ...dose, method: 'lin', standardError: 'robust' });
    expect(estimate).toBeCloseTo(mean, 10);
  });

  it('says where an arm cannot tell how a covariate matters', async () => {
    const alone = numbers('t').map((t, i) => Number(t === 0 && i % 3 === 0));
    const { warnings } = await estimateOf(dataOf({ ...ROWS, alone }), {
      method: 'lin',
      adjusted: ['a', 'alone'],
      standardError: 'robust',
    });
    expect(warnings).toContainEqual({
      code: 'extrapolation',
      message: expect.stringContaining('too few rows to tell how alone matters'),
    });
  });
});

/** Solves a small linear system by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.slice(i).reduce((best, row) => (Math.abs(row[i]!) > Math.abs(best[i]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(i, 0, pivot);
    for (let k = 0; k < rows.length; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / pivot[i]!;
      rows[k] = rows[k]!.map((value, j) => value - factor * pivot[j]!);
    }
  }
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}

const MEANS: Readonly<Record<string, (eta: number) => number>> = {
  y: (eta) => eta,
  hit: (eta) => 1 / (1 + Math.exp(-eta)),
  count: Math.exp,
};

/** Estimating functions of a row: the scores of both arms in (1, a, b), and that of the effect. */
function equations(outcome: string, estimand: string): (row: number, theta: readonly number[]) => number[] {
  const [a, b, t] = [numbers('a'), numbers('b'), numbers('t')];
  const y = { y: numbers('y'), hit: HIT, count: COUNT }[outcome]!;
  const mean = MEANS[outcome]!;
  return (i, theta) => {
    const x = [1, a[i]!, b[i]!];
    const eta = (start: number): number => x.reduce((sum, value, j) => sum + value * theta[start + j]!, 0);
    const [control, treated] = [mean(eta(0)), mean(eta(3))];
    const target = { ate: 1, att: t[i]!, atc: 1 - t[i]! }[estimand]!;
    return [
      ...x.map((value) => (1 - t[i]!) * (y[i]! - control) * value),
      ...x.map((value) => t[i]! * (y[i]! - treated) * value),
      target * (treated - control - theta[6]!),
    ];
  };
}

/** Solves Σ ψ(θ) = 0 by Newton's method with numerical derivatives, and gives the effect with its sandwich error. */
function stackedByNumbers(outcome: string, estimand: string): { effect: number; se: number } {
  const psi = equations(outcome, estimand);
  const total = (theta: readonly number[]): number[] => {
    const sums = theta.map(() => 0);
    for (let i = 0; i < 600; i++) for (const [j, value] of psi(i, theta).entries()) sums[j]! += value;
    return sums;
  };
  const slopes = (theta: readonly number[]): number[][] => {
    const columns = theta.map((_value, k) => {
      const moved = (step: number): number[] => total(theta.map((value, j) => value + (j === k ? step : 0)));
      const [up, down] = [moved(1e-5), moved(-1e-5)];
      return up.map((value, j) => (value - down[j]!) / 2e-5);
    });
    return theta.map((_value, j) => columns.map((column) => column[j]!));
  };
  let theta = [0, 0, 0, 0, 0, 0, 0];
  for (let iteration = 0; iteration < 12; iteration++) {
    const step = solve(slopes(theta), total(theta));
    theta = theta.map((value, j) => value - step[j]!);
  }
  // The last row of the inverse of the slopes, times the estimating functions, is the influence on the effect.
  const last = slopes(theta);
  const transposed = last.map((_row, k) => last.map((row) => row[k]!));
  const direction = solve(transposed, [0, 0, 0, 0, 0, 0, 1]);
  let variance = 0;
  for (let i = 0; i < 600; i++) {
    variance += psi(i, theta).reduce((sum, value, j) => sum + value * direction[j]!, 0) ** 2;
  }
  return { effect: theta[6]!, se: Math.sqrt(variance) };
}

describe('standardisation', () => {
  const CASES = ['y', 'hit', 'count'].flatMap((outcome) =>
    ['ate', 'att', 'atc'].map((estimand) => [outcome, estimand] as const),
  );

  it.each(CASES)(
    'of %s (%s) is the stacked system, solved and differentiated by numbers',
    async (outcome, estimand) => {
      const plan = { method: 'standardization', estimand: estimand as 'ate', outcome, adjusted: ['a', 'b'] };
      const { estimate, se, seType } = await estimateOf(DATA, plan);
      const { effect, se: error } = stackedByNumbers(outcome, estimand);
      expect(estimate).toBeCloseTo(effect, 8);
      expect(se / error).toBeCloseTo(1, 5);
      expect(seType).toBe('stacked');
    },
  );

  it('refuses a dose, a count below zero, an arm without outcomes of one kind, and one with too few rows', async () => {
    const code = async (columns: typeof ROWS, plan: Partial<EstimatePlan>, kinds = {}): Promise<string> => {
      const [outcome] = await outcomesOf(dataOf(columns, kinds), { method: 'standardization', ...plan });
      return outcome?.kind === 'failure' ? outcome.error.code : 'none';
    };
    expect(await code(ROWS, { treatment: 'a', adjusted: ['b'] })).toBe('method-mismatch');
    const negative = { ...ROWS, y: COUNT.map((count, i) => (i === 5 ? -1 : count)) };
    expect(await code(negative, { adjusted: ['a'] }, { y: 'count' })).toBe('type-mismatch');
    const never = { ...ROWS, y: HIT.map((hit, i) => (ROWS['t']![i] === 1 ? 1 : hit)) };
    expect(await code(never, { adjusted: ['a'] })).toBe('separation');
    const few = reordered(
      ROWS,
      [...Array(600).keys()].filter((i) => ROWS['t']![i] === 0 || i < 9),
    );
    expect(await code(few, { adjusted: ['a', 'b', 'g', 'z'] })).toBe('too-few-rows');
  });

  it('hands over an effect for each row, whose mean is the estimate', async () => {
    const plan = planOf({ method: 'standardization', outcome: 'hit', adjusted: ['a', 'b'] });
    const problem = prepareProblem(DATA, plan);
    if ('kind' in problem) throw new Error(problem.message);
    const { standardization } = await import('../../../engine/estimate/standardization.ts');
    const { propensityCache } = await import('../../../engine/estimate/propensity.ts');
    const answer = await standardization(problem, { pointOnly: false, propensity: propensityCache() });
    if (answer.kind === 'failure') throw new Error(answer.message);
    const [effects] = (await answer.rowScores?.()) ?? [];
    expect(effects?.contrast).toEqual(['1', '0']);
    const mean = effects!.values.reduce((sum, value) => sum + value, 0) / 600;
    expect(mean).toBeCloseTo(answer.contrasts[0]!.estimate, 12);
  });
});
