import { describe, expect, it } from 'vitest';
import type { Heterogeneity } from '../../../engine/estimate/diagnostics/heterogeneity.ts';
import { upliftCurve } from '../../../engine/estimate/effects/upliftCurve.ts';
import { ESTIMATORS } from '../../../engine/estimate/estimators.ts';
import { drLearner } from '../../../engine/estimate/individualEffects.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { propensityCache } from '../../../engine/estimate/propensity.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { dataOf, estimateOf, outcomesOf, planOf } from '../../support/estimation.ts';
import { drawsOf } from '../../support/learning.ts';

const METHODS = ['s_learner', 't_learner', 'x_learner', 'dr_learner'] as const;

/** Treatment depends on x and g; so does the outcome; the effect is 1 + slope · x, and 1 more in the south. */
function trial(n: number, slope: number, seed: number) {
  const draws = drawsOf(seed);
  const x = Array.from({ length: n }, () => draws.normal());
  const z = x.map(() => draws.normal());
  const g = x.map(() => (draws.uniform() < 0.5 ? 'north' : 'south'));
  const t = x.map((value) => (draws.uniform() < 1 / (1 + Math.exp(-0.7 * value)) ? 1 : 0));
  const effect = x.map((value, i) => 1 + slope * value + (g[i] === 'south' ? slope : 0));
  const y = x.map((value, i) => value + z[i]! + t[i]! * effect[i]! + draws.normal());
  return { columns: { x, z, g, t, y }, effect };
}

const adjusted = ['g', 'x', 'z'];

function heterogeneityOf(estimate: Estimate): Heterogeneity {
  const { heterogeneity } = estimate.diagnostics;
  if (heterogeneity === undefined) throw new Error('no heterogeneity');
  return heterogeneity;
}

/** The answer for the one contrast of a plan, with its row scores, from a single run. */
async function answerOf(columns: Record<string, (number | string)[]>, change: Parameters<typeof planOf>[0]) {
  const plan = planOf({ estimand: 'cate', adjusted, ...change });
  const problem = prepareProblem(dataOf(columns), plan);
  if ('kind' in problem) throw new Error(problem.message);
  const answer = await ESTIMATORS.get(plan.method)!(problem, {
    pointOnly: false,
    propensity: propensityCache(),
  });
  if (answer.kind === 'failure') throw new Error(answer.message);
  const [contrast] = answer.contrasts;
  const heterogeneity = contrast?.diagnostics?.heterogeneity;
  if (contrast === undefined || heterogeneity === undefined) throw new Error('no contrast');
  return { ...contrast, ...answer, heterogeneity, scores: (await answer.rowScores?.()) ?? [] };
}

function correlation(a: ArrayLike<number>, b: readonly number[]): number {
  const n = b.length;
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('individual effects', () => {
  const { columns, effect } = trial(1200, 1, 1);
  const average = mean(effect);

  it.each(METHODS.flatMap((method) => [[method, 'linear'] as const, [method, 'boosting'] as const]))(
    '%s with learner %s finds the average, and who gains most',
    async (method, learner) => {
      const estimate = await answerOf(columns, { method, learner, folds: 3, by: ['g', 'x'] });
      expect(Math.abs(estimate.estimate - average)).toBeLessThan(3 * estimate.se);
      expect(estimate.se).toBeLessThan(0.12);
      expect(estimate.seType).toBe('influence');
      expect(estimate.unreliable).toBeNull();
      const { groups, ranked, projection, calibration, uplift, effects } = estimate.heterogeneity;
      const [north, south, ...quarters] = groups;
      for (const [group, own] of [
        [north, effect.filter((_value, i) => columns.g[i] === 'north')],
        [south, effect.filter((_value, i) => columns.g[i] === 'south')],
      ] as const) {
        expect(Math.abs(group!.estimate - mean(own))).toBeLessThan(3 * group!.se);
        expect(group!.rows).toBe(own.length);
      }
      expect(quarters.map(({ label }) => label)).toEqual([
        'lowest quarter',
        'second quarter',
        'third quarter',
        'highest quarter',
      ]);
      const sorted = effect.map((_value, i) => i).sort((a, b) => columns.x[a]! - columns.x[b]!);
      for (const [k, quarter] of quarters.entries()) {
        const truth = mean(sorted.slice(300 * k, 300 * (k + 1)).map((row) => effect[row]!));
        expect(Math.abs(quarter.estimate - truth)).toBeLessThan(3.5 * quarter.se);
      }
      for (const [label, slope] of [
        ['x', 1],
        ['z', 0],
        ['g = south', 1],
      ] as const) {
        const term = projection?.find(({ covariate }) => covariate === label);
        expect(Math.abs(term!.coefficient - slope)).toBeLessThan(3.5 * term!.se);
      }
      if (method === 's_learner' && learner === 'linear') {
        expect(effects.sd).toBeLessThan(0.1);
        return;
      }
      expect(calibration!.p).toBeLessThan(0.001);
      expect(Math.abs(calibration!.slope - 1)).toBeLessThan(0.35);
      expect(ranked[3]!.estimate).toBeGreaterThan(ranked[0]!.estimate + 1);
      expect(uplift.area).toBeGreaterThan(4 * uplift.se);
      expect(estimate.warnings.map(({ code }) => code)).toEqual([]);
      const [scores, propensity] = estimate.scores;
      expect(scores!.name).toBe('effect');
      expect(correlation(scores!.values, effect)).toBeGreaterThan(learner === 'linear' ? 0.95 : 0.75);
      expect(propensity!.name).toBe('propensity');
    },
  );
  it.each([
    ['t_learner', 'linear'],
    ['x_learner', 'linear'],
    ['dr_learner', 'linear'],
    ['t_learner', 'boosting'],
  ] as const)(
    '%s with learner %s claims nothing where the effect is the same for all',
    async (method, learner) => {
      const same = trial(1200, 0, 2).columns;
      const { heterogeneity, warnings, estimate, se } = await answerOf(same, { method, learner });
      expect(Math.abs(heterogeneity.uplift.area)).toBeLessThan(0.1);
      expect(warnings.map(({ code }) => code)).toEqual(['no-heterogeneity']);
      expect(Math.abs(estimate - 1)).toBeLessThan(3 * se);
    },
  );
  it('says so where one linear model has one effect for all', async () => {
    const estimate = await estimateOf(dataOf(columns), { method: 's_learner', estimand: 'cate', adjusted });
    expect(estimate.warnings.map(({ code }) => code)).toContain('no-heterogeneity');
  });
  it('draws the uplift curve by hand', async () => {
    const estimate = await estimateOf(dataOf(columns), { method: 't_learner', estimand: 'cate', adjusted });
    const { uplift } = heterogeneityOf(estimate);
    expect(uplift.curve).toHaveLength(21);
    expect(uplift.curve[0]).toEqual({ share: 0, gain: 0 });
    expect(uplift.curve[20]!.gain).toBeCloseTo(estimate.estimate, 10);
    // The area by the trapezoidal rule of the points, less the triangle under the line.
    const total =
      uplift.curve.reduce((sum, { gain }, k) => sum + gain * (k === 0 || k === 20 ? 0.5 : 1), 0) / 20;
    expect(total - estimate.estimate / 2).toBeCloseTo(uplift.area, 1);
    expect(uplift.area).toBeGreaterThan(0.25);
  });
  it('gives the area of the uplift curve the error that a jackknife of its scores gives', async () => {
    // Effects and scores held fixed, rows left out one by one.
    const draws = drawsOf(5);
    const n = 200;
    const predicted = Float64Array.from({ length: n }, () => Math.round(4 * draws.normal()) / 4);
    const scores = predicted.map((value) => value + 2 * draws.normal());
    const weights = predicted.map(() => 0.5 + draws.uniform());
    const problem = prepareProblem(
      dataOf({ t: Array.from(predicted, (_v, i) => i % 2), y: Array.from(scores) }),
      planOf({ method: 'dr_learner' }),
    );
    if ('kind' in problem) throw new Error(problem.message);
    const order = Int32Array.from({ length: n }, (_row, i) => i);
    const whole = await upliftCurve(problem, predicted, { scores, weights }, order);
    const left: number[] = [];
    for (let out = 0; out < n; out++) {
      const without = weights.map((weight, i) => (i === out ? 0 : weight));
      left.push((await upliftCurve(problem, predicted, { scores, weights: without }, order)).area);
    }
    const centre = mean(left);
    const jackknife = Math.sqrt(((n - 1) / n) * left.reduce((sum, value) => sum + (value - centre) ** 2, 0));
    expect(whole.se / jackknife).toBeCloseTo(1, 1);
    expect(Math.abs(whole.se / jackknife - 1)).toBeLessThan(0.02);
  });
  it('is the same in another order of the rows, and the other way round', async () => {
    const small = trial(400, 1, 3).columns;
    const order = small.x.map((_value, i) => (i * 131 + 7) % 400);
    const moved = Object.fromEntries(
      Object.entries(small).map(([name, values]) => [name, order.map((row) => values[row]!)]),
    );
    const change = {
      method: 'dr_learner',
      learner: 'boosting',
      estimand: 'cate',
      adjusted,
      folds: 2,
    } as const;
    const first = await estimateOf(dataOf(small), change);
    const second = await estimateOf(dataOf(moved), change);
    expect(second.estimate).toBeCloseTo(first.estimate, 12);
    expect(second.se).toBeCloseTo(first.se, 12);
    const turned = await estimateOf(dataOf(small), {
      method: 't_learner',
      estimand: 'cate',
      adjusted,
      contrast: { level: '0', reference: '1' },
    });
    const straight = await estimateOf(dataOf(small), { method: 't_learner', estimand: 'cate', adjusted });
    expect(turned.estimate).toBeCloseTo(-straight.estimate, 8);
    expect(turned.se).toBeCloseTo(straight.se, 8);
  });
  it('compares each of several levels with the first', async () => {
    const base = trial(900, 1, 4).columns;
    const draws = drawsOf(6);
    const dose = base.t.map((value) => (value === 0 ? 'a' : draws.uniform() < 0.5 ? 'b' : 'c'));
    const y = base.y.map((value, i) => value + (dose[i] === 'c' ? 2 : 0));
    const outcomes = await outcomesOf(dataOf({ ...base, t: dose, y }), {
      method: 'x_learner',
      estimand: 'cate',
      adjusted,
      cluster: null,
    });
    expect(outcomes.map(({ contrast }) => contrast)).toEqual([
      ['b', 'a'],
      ['c', 'a'],
    ]);
    for (const [k, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'estimate') throw new Error(outcome.error.message);
      expect(Math.abs(outcome.estimate - [1.5, 3.5][k]!)).toBeLessThan(3 * outcome.se + 0.1);
    }
  });
  it('honours weights, clusters, trimming and a 0/1 outcome', async () => {
    const small = trial(600, 1, 7).columns;
    const weight = small.x.map((_value, i) => 1 + (i % 2));
    const change = { method: 't_learner', estimand: 'cate', adjusted } as const;
    const plain = await estimateOf(dataOf(small), change);
    const weighted = await estimateOf(dataOf({ ...small, weight }), { ...change, weight: 'weight' });
    expect(weighted.estimate).not.toBe(plain.estimate);
    const cluster = small.x.map((_value, i) => `c${i % 40}`);
    const clustered = await estimateOf(dataOf({ ...small, cluster }), { ...change, cluster: 'cluster' });
    expect(clustered.seType).toBe('cluster');
    const trimmed = await estimateOf(dataOf(small), { ...change, trim: 0.3 });
    expect(trimmed.n).toBeLessThan(600);
    expect(trimmed.warnings.map(({ code }) => code)).toContain('trimmed');
    const binary = small.y.map((value) => (value > 0.5 ? 1 : 0));
    const chance = await estimateOf(dataOf({ ...small, y: binary }), change);
    const { effects } = heterogeneityOf(chance);
    expect(effects.quantiles[0]!.value).toBeGreaterThan(-1);
    expect(effects.quantiles[6]!.value).toBeLessThan(1);
  });
  it('fails with a reason', async () => {
    const small = trial(200, 1, 8).columns;
    const dose = await outcomesOf(dataOf({ ...small, t: small.x.map((value) => value + 1) }), {
      method: 't_learner',
      estimand: 'cate',
      adjusted: ['z'],
    });
    expect(dose).toMatchObject([{ kind: 'failure', error: { code: 'method-mismatch' } }]);
    const probit = await outcomesOf(dataOf(small), {
      method: 't_learner',
      estimand: 'cate',
      adjusted,
      propensity: 'probit',
    });
    expect(probit).toMatchObject([{ kind: 'failure', error: { code: 'method-mismatch' } }]);
    const few = trial(12, 1, 9).columns;
    const scarce = await outcomesOf(dataOf(few), {
      method: 'dr_learner',
      estimand: 'cate',
      adjusted,
      folds: 2,
    });
    expect(scarce).toMatchObject([{ kind: 'failure', error: { code: 'too-few-rows' } }]);
  });
  it('gives the number alone where only that is asked for', async () => {
    const small = trial(300, 1, 10).columns;
    const plan = planOf({ method: 'dr_learner', estimand: 'cate', adjusted });
    const problem = prepareProblem(dataOf(small), plan);
    if ('kind' in problem) throw new Error(problem.message);
    const answer = await drLearner(problem, { pointOnly: true, propensity: propensityCache() });
    const whole = await estimateOf(dataOf(small), { method: 'dr_learner', estimand: 'cate', adjusted });
    if (answer.kind === 'failure') throw new Error(answer.message);
    expect(answer.contrasts[0]!.estimate).toBe(whole.estimate);
    expect(answer.rowScores).toBeUndefined();
  });
});
