import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { localWindows } from '../../../engine/estimate/matching/localMoments.ts';
import { knownScoreVariance, matchedEffect } from '../../../engine/estimate/matching/matchedEffect.ts';
import { firstMatches, matchingWeights, matchRows } from '../../../engine/estimate/matching/matchedRows.ts';
import { groupByScore } from '../../../engine/estimate/matching/scoreGroups.ts';
import { matching } from '../../../engine/estimate/matching.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { propensityCache } from '../../../engine/estimate/propensity.ts';
import { type Random, randomStreams } from '../../../engine/stats/random.ts';
import { dataOf, estimateOf, outcomesOf, planOf, study } from '../../support/estimation.ts';
import {
  covarianceByHand,
  type HandSample,
  matchByHand,
  nearestByHand,
} from '../../support/matchingByHand.ts';
import { SEED } from '../../support/seed.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** Scores on a coarse grid, so that many rows tie, some at equal distances on both sides. */
function tiedSample(random: Random, rows: number, weighted: boolean): HandSample {
  const draw = <T>(make: () => T): T[] => Array.from({ length: rows }, make);
  return {
    scores: draw(() => Math.round(normal(random) * 8) / 8),
    treated: draw(() => (random.uniform() < 0.4 ? 1 : 0)),
    weights: draw(() => (weighted ? 0.5 + random.uniform() : 1)),
    outcome: draw(() => normal(random)),
    modelled: draw(() => normal(random)),
  };
}

async function answerOf(columns: Record<string, (number | string)[]>, change: Partial<EstimatePlan>) {
  const problem = prepareProblem(dataOf(columns), planOf({ method: 'matching', ...change }));
  if ('kind' in problem) throw new Error(problem.message);
  const answer = await matching(problem, { pointOnly: false, propensity: propensityCache() });
  if (answer.kind === 'failure') throw new Error(answer.message);
  return answer;
}

describe('nearest neighbours', () => {
  const random = randomStreams(SEED)();
  it.each([
    { estimand: 'att', neighbors: 1, caliper: null, weighted: false },
    { estimand: 'att', neighbors: 3, caliper: 0.1, weighted: true },
    { estimand: 'ate', neighbors: 1, caliper: null, weighted: true },
    { estimand: 'ate', neighbors: 2, caliper: 0.05, weighted: false },
    { estimand: 'ate', neighbors: 4, caliper: null, weighted: false },
  ] as const)('are those that comparing all rows finds: %j', ({ estimand, neighbors, caliper, weighted }) => {
    for (let round = 0; round < 10; round++) {
      const sample = tiedSample(random, 60, weighted);
      const weights = Float64Array.from(sample.weights);
      const groups = groupByScore(
        Float64Array.from(sample.scores),
        Float64Array.from(sample.treated),
        weights,
      );
      const matched = matchRows(groups, weights, estimand, neighbors, caliper);
      const outcome = {
        values: Float64Array.from(sample.outcome),
        modelled: Float64Array.from(sample.modelled),
      };
      const effect = matchedEffect(matched, outcome, localWindows(groups));
      const limit = caliper === null ? Number.POSITIVE_INFINITY : caliper * groups.deviation;
      const expected = matchByHand(sample, estimand, neighbors, limit);
      expect(effect.estimate).toBeCloseTo(expected.estimate, 11);
      expect(matched.unmatched).toBe(expected.unmatched);
      expect(knownScoreVariance(matched, effect)).toBeCloseTo(expected.knownVariance, 11);
      matchingWeights(matched).forEach((weight, row) => {
        expect(weight).toBeCloseTo(expected.weights[row], 11);
      });
      effect.differences.forEach((difference, row) => {
        if (Number.isNaN(expected.differences[row])) expect(difference).toBeNaN();
        else expect(difference).toBeCloseTo(expected.differences[row], 11);
      });
      firstMatches(matched).forEach((match, row) => {
        const near = nearestByHand(sample, row, 1 - sample.treated[row], 1, limit);
        if (near.length === 0 || (estimand === 'att' && sample.treated[row] === 0)) expect(match).toBeNaN();
        else expect(match).toBe(near[0]);
      });
    }
  });
});

describe('the standard error', () => {
  /** Σ x f …/Σ w as Abadie & Imbens (2016) write it, from rows compared one by one. */
  async function termByHand(
    columns: Record<string, number[]>,
    estimand: 'ate' | 'att',
    weights: readonly number[],
  ): Promise<number> {
    const { t, y, a, b } = columns;
    const problem = prepareProblem(
      dataOf({ ...columns, w: [...weights] }),
      planOf({ adjusted: ['a', 'b'], weight: 'w' }),
    );
    if ('kind' in problem) throw new Error(problem.message);
    const propensity = await propensityCache()(problem);
    if (propensity.kind === 'failure' || propensity.levels !== 'two') throw new Error('no propensity');
    const scores = [...(await problem.moments.values(propensity.linearPredictor))];
    const e = scores.map((score) => 1 / (1 + Math.exp(-score)));
    const sample = { scores, treated: t, weights, outcome: y, modelled: t.map(() => 0) };
    const { estimate, differences, knownVariance } = matchByHand(sample, estimand, 1);
    const rows = t.map((_t, i) => i);
    const design = [t.map(() => 1), a, b];
    const total = sum(rows.map((i) => (estimand === 'ate' || t[i] === 1 ? weights[i] : 0)));
    const local = (i: number, arm: number, x: readonly number[]): number =>
      covarianceByHand(nearestByHand(sample, i, arm, 2), weights, x, y);
    const covariance = (power: number): number[] =>
      design.map((x) =>
        sum(
          rows.map((i) => {
            const slope = e[i] * (1 - e[i]);
            const byArm =
              (local(i, 1, x) / e[i] + local(i, 0, x) / (1 - e[i])) * (estimand === 'att' ? e[i] : 1);
            return (weights[i] ** power * slope * byArm) / total;
          }),
        ),
      );
    const derivative = design.map((x) =>
      estimand === 'ate'
        ? 0
        : sum(
            rows.map((i) => {
              const slope = e[i] * (1 - e[i]);
              const missing = (1 - e[i]) * local(i, 1, x) - e[i] * local(i, 0, x);
              return (weights[i] * slope * (x[i] * (differences[i] - estimate) + missing)) / total;
            }),
          ),
    );
    const squares = (factor: (i: number) => number): Matrix =>
      new Matrix(
        design.map((left) => design.map((right) => sum(rows.map((i) => factor(i) * left[i] * right[i])))),
      );
    const bread = inverse(squares((i) => weights[i] * e[i] * (1 - e[i])));
    const meat = squares((i) => weights[i] ** 2 * (t[i] - e[i]) ** 2);
    const q = Matrix.columnVector(covariance(1).map((value, j) => derivative[j] - value));
    const c = Matrix.columnVector(covariance(2));
    const information = squares((i) => e[i] * (1 - e[i]));
    const equal = weights.every((weight) => weight === 1);
    const spread = q
      .transpose()
      .mmul(bread)
      .mmul(equal ? information : meat)
      .mmul(bread)
      .mmul(q);
    return Math.sqrt(knownVariance + 2 * q.transpose().mmul(bread).mmul(c).get(0, 0) + spread.get(0, 0));
  }

  const random = randomStreams(SEED)();
  const rows = Array.from({ length: 90 }, () => {
    const [a, b] = [normal(random), Math.round(normal(random) * 2) / 2];
    const t = random.uniform() < 1 / (1 + Math.exp(0.4 - 0.8 * a + 0.5 * b)) ? 1 : 0;
    return { a, b, t, y: a * a + b + t * (1 + a) + normal(random) };
  });
  const columns = Object.fromEntries(
    (['a', 'b', 't', 'y'] as const).map((name) => [name, rows.map((row) => row[name])]),
  );
  const weights = rows.map(() => 0.5 + random.uniform());

  it.each(['ate', 'att'] as const)('is the formula of Abadie and Imbens: %s', async (estimand) => {
    const { diagnostics } = await answerOf(columns, { estimand, adjusted: ['a', 'b'] });
    const expected = await termByHand(
      columns,
      estimand,
      rows.map(() => 1),
    );
    expect(diagnostics.matching?.uncorrected.se).toBeCloseTo(expected, 9);
  });

  it.each(['ate', 'att'] as const)('is its extension to weights: %s', async (estimand) => {
    const change = { estimand, adjusted: ['a', 'b'], weight: 'w' };
    const { diagnostics } = await answerOf({ ...columns, w: weights }, change);
    const expected = await termByHand(columns, estimand, weights);
    expect(diagnostics.matching?.uncorrected.se).toBeCloseTo(expected, 9);
  });

  it('is in the middle of what repeated samples give, with and without correction', async () => {
    const stream = randomStreams(SEED)();
    const draws = 40;
    for (const estimand of ['ate', 'att'] as const) {
      const results: { estimate: number; se: number }[][] = [[], []];
      for (let draw = 0; draw < draws; draw++) {
        const sample = Array.from({ length: 400 }, () => {
          const [a, b] = [stream.uniform() * 2 - 1, stream.uniform() * 2 - 1];
          const t = stream.uniform() < 1 / (1 + Math.exp(0.5 - a - b)) ? 1 : 0;
          return { a, b, t, y: 3 * a - 2 * b + t * (1 + 2 * a) + normal(stream) };
        });
        const columnsOf = Object.fromEntries(
          (['a', 'b', 't', 'y'] as const).map((name) => [name, sample.map((row) => row[name])]),
        );
        const answer = await answerOf(columnsOf, { estimand, adjusted: ['a', 'b'] });
        const [{ estimate, se }] = answer.contrasts;
        results[0].push({ estimate, se });
        if (answer.diagnostics.matching) results[1].push(answer.diagnostics.matching.uncorrected);
      }
      // E(a | treated) by Riemann sum over the square.
      let [mass, moment] = [0, 0];
      for (let i = 0; i < 200; i++) {
        for (let j = 0; j < 200; j++) {
          const [a, b] = [(i + 0.5) / 100 - 1, (j + 0.5) / 100 - 1];
          const e = 1 / (1 + Math.exp(0.5 - a - b));
          mass += e;
          moment += e * a;
        }
      }
      const truth = estimand === 'ate' ? 1 : 1 + (2 * moment) / mass;
      for (const found of results) {
        const covered = found.filter(({ estimate, se }) => Math.abs(estimate - truth) < 1.96 * se).length;
        const mean = sum(found.map(({ estimate }) => estimate)) / draws;
        const spread = Math.sqrt(sum(found.map(({ estimate }) => (estimate - mean) ** 2)) / (draws - 1));
        const typical = Math.sqrt(sum(found.map(({ se }) => se ** 2)) / draws);
        expect(covered / draws).toBeGreaterThan(0.87);
        expect(typical / spread).toBeGreaterThan(0.8);
        expect(typical / spread).toBeLessThan(1.25);
      }
    }
  });
});

describe('matching', () => {
  const columns = study(400);
  const change = { method: 'matching', estimand: 'att', adjusted: ['a', 'b', 'g'] } as const;

  it('finds the effect, and says how rows were used', async () => {
    const estimate = await estimateOf(dataOf(columns), change);
    expect(Math.abs(estimate.estimate - 2)).toBeLessThan(3 * estimate.se);
    expect(estimate).toMatchObject({ seType: 'robust', reliable: true, n: 400 });
    const { matching: used, essTreated, metrics } = estimate.diagnostics;
    const treated = columns['t'].filter((value) => value === 1).length;
    expect(used).toMatchObject({ matched: treated, unmatched: 0, caliper: null });
    expect(used?.mostUsed).toBeGreaterThan(1);
    expect(essTreated).toBeCloseTo(treated, 9);
    expect(metrics.max_smd).toBeLessThan(0.2);
  });

  it.each(['ate', 'att'] as const)('is the same in any order of the rows: %s', async (estimand) => {
    const order = columns['t'].map((_t, i) => (i * 171 + 13) % 400);
    const shuffled = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, order.map((i) => values[i])]),
    );
    const there = await estimateOf(dataOf(columns), { ...change, estimand });
    const again = await estimateOf(dataOf(shuffled), { ...change, estimand });
    expect(again.estimate).toBeCloseTo(there.estimate, 11);
    expect(again.se).toBeCloseTo(there.se, 11);
    expect(again.diagnostics.matching?.mostUsed).toBe(there.diagnostics.matching?.mostUsed);
  });

  it('follows the scale of the outcome and the way of the contrast', async () => {
    const plain = await estimateOf(dataOf(columns), change);
    const scaled = { ...columns, y: columns['y'].map((y) => 5 - 3 * Number(y)) };
    const other = await estimateOf(dataOf(scaled), change);
    expect(other.estimate).toBeCloseTo(-3 * plain.estimate, 10);
    expect(other.se).toBeCloseTo(3 * plain.se, 10);
    const contrast = { level: '0', reference: '1' };
    const flipped = await estimateOf(dataOf(columns), { ...change, contrast });
    expect(flipped.estimate).toBeCloseTo(-plain.estimate, 12);
    expect(flipped.diagnostics.matching?.uncorrected.estimate).toBeCloseTo(
      -(plain.diagnostics.matching?.uncorrected.estimate ?? 0),
      12,
    );
    expect(flipped.se).toBeCloseTo(plain.se, 12);
  });

  it('takes weights of any scale, the same everywhere being none, and rows of weight 0 as absent', async () => {
    const plain = await estimateOf(dataOf(columns), change);
    const same = { ...columns, w: columns['t'].map(() => 0.001) };
    const weighted = await estimateOf(dataOf(same), { ...change, weight: 'w' });
    expect(weighted.estimate).toBeCloseTo(plain.estimate, 9);
    // The score's variance is then estimated from its squares rather than from the information.
    expect(weighted.se / plain.se).toBeCloseTo(1, 1);
    const half = { ...columns, w: columns['t'].map((_t, i) => i % 2) };
    const kept = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values.filter((_value, i) => i % 2 === 1)]),
    );
    const absent = await estimateOf(dataOf(half), { ...change, weight: 'w' });
    expect(absent.estimate).toBeCloseTo((await estimateOf(dataOf(kept), change)).estimate, 9);
  });

  it('gives rows of twice the weight what rows that occur twice get', async () => {
    const twice = columns['t'].map((_t, i) => (i % 3 === 0 ? 2 : 1));
    const repeated = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        values.flatMap((value, i) => Array(twice[i]).fill(value)),
      ]),
    );
    for (const estimand of ['ate', 'att'] as const) {
      const weighted = await estimateOf(dataOf({ ...columns, w: twice }), {
        ...change,
        estimand,
        weight: 'w',
      });
      const doubled = await estimateOf(dataOf(repeated), { ...change, estimand });
      expect(weighted.estimate).toBeCloseTo(doubled.estimate, 9);
    }
  });

  it('is exact where the outcome is linear and the same without noise: the correction takes the rest', async () => {
    const { a, b, t } = columns;
    const y = t.map((value, i) => 4 * Number(value) + 3 * Number(a[i]) - Number(b[i]) + 1e-3 * Math.sin(i));
    const estimate = await estimateOf(dataOf({ ...columns, y }), { ...change, adjusted: ['a', 'b'] });
    expect(Math.abs(estimate.estimate - 4)).toBeLessThan(1e-3);
    expect(Math.abs((estimate.diagnostics.matching?.uncorrected.estimate ?? 4) - 4)).toBeGreaterThan(1e-3);
  });

  it('is the difference of means where nothing is adjusted for', async () => {
    const estimate = await estimateOf(dataOf(columns), { ...change, adjusted: [] });
    const naive = await estimateOf(dataOf(columns), { method: 'difference' });
    expect(estimate.estimate).toBeCloseTo(naive.estimate, 11);
    // All rows tie, so all of an arm share: the variance of the two means.
    expect(estimate.se / naive.se).toBeCloseTo(1, 1);
  });

  it('leaves out rows without a match within the caliper, and says how many', async () => {
    const estimate = await estimateOf(dataOf(columns), { ...change, caliper: 0.01 });
    const { unmatched = 0, matched = 0 } = estimate.diagnostics.matching ?? {};
    expect(unmatched).toBeGreaterThan(0);
    expect(estimate.n).toBe(400 - unmatched);
    expect(estimate.warnings[0]).toEqual({
      code: 'unmatched',
      message: `${unmatched} of ${unmatched + matched} treated rows have no match within \`caliper 0.01\` and were left out. The estimate is about the others.`,
    });
  });

  it('gives each row its propensity, weight and first match', async () => {
    const answer = await answerOf(columns, { ...change });
    const scores = (await answer.rowScores?.()) ?? [];
    expect(scores.map(({ name }) => name)).toEqual(['propensity', 'weight', 'matched_row']);
    const [propensity, weight, match] = scores.map(({ values }) => values);
    const total = (arm: number): number => sum([...weight].filter((_w, i) => columns['t'][i] === arm));
    for (const arm of [0, 1]) {
      expect(total(arm)).toBeCloseTo(columns['t'].filter((value) => value === arm).length, 9);
    }
    match.forEach((other, row) => {
      if (columns['t'][row] === 0) expect(other).toBeNaN();
      else expect(columns['t'][other]).toBe(0);
    });
    expect(Math.max(...propensity)).toBeLessThan(1);
  });

  it('takes probit, text and treatments of any two numbers', async () => {
    const probit = await estimateOf(dataOf(columns), { ...change, propensity: 'probit' });
    expect(Math.abs(probit.estimate - 2)).toBeLessThan(3 * probit.se);
    const plain = await estimateOf(dataOf(columns), change);
    for (const [low, high] of [
      ['no', 'yes'],
      [0.1, 0.3],
    ]) {
      const t = columns['t'].map((value) => (value === 1 ? high : low));
      const other = await estimateOf(dataOf({ ...columns, t }), change);
      expect(other.estimate).toBeCloseTo(plain.estimate, 9);
      expect(other.se).toBeCloseTo(plain.se, 9);
    }
  });

  it('marks a comparison that rests on a few controls as unreliable', async () => {
    const rows = Array.from({ length: 300 }, (_row, i) => {
      const a = i < 150 ? Math.sin(i) + 2.5 : Math.cos(i) - 0.5;
      return { a, t: i < 150 ? 1 : 0, y: a + Math.sin(7 * i), c: i };
    });
    const far = Object.fromEntries(
      (['a', 't', 'y'] as const).map((name) => [name, rows.map((row) => row[name])]),
    );
    far['a'][160] = 3;
    far['a'][170] = 2.2;
    const estimate = await estimateOf(dataOf(far), { ...change, adjusted: ['a'], neighbors: 2 });
    expect(estimate.reliable).toBe(false);
    expect(estimate.warnings[0].code).toBe('positivity');
    expect(estimate.warnings.map(({ code }) => code)).toContain('reused-match');
  });

  it.each([
    [{ bootstrap: 100 }, 'method-mismatch', /bootstrap is not valid for matching/],
    [{ cluster: 'c' }, 'method-mismatch', /takes rows to be independent/],
    [{ neighbors: 390 }, 'too-few-rows', /more matches than the \d+ rows with t = 0/],
    [{ caliper: 1e-13, adjusted: ['a'] }, 'positivity', /None of \d+ rows has a match/],
    [{ treatment: 'g', adjusted: ['a'] }, 'method-mismatch', /3 levels/],
    [{ treatment: 'a', adjusted: ['b'] }, 'method-mismatch', /number with many values/],
  ] as const)('fails with a reason: %j', async (wrong, code, message) => {
    const [outcome] = await outcomesOf(dataOf(columns), { ...change, ...wrong });
    expect(outcome.kind).toBe('failure');
    if (outcome.kind !== 'failure') return;
    expect(outcome.error.code).toBe(code);
    expect(outcome.error.message).toMatch(message);
  });

  it('refuses a correction with as many coefficients as matches', async () => {
    const few = study(40, 3);
    const noise = Object.fromEntries(
      Array.from({ length: 3 }, (_x, j) => [`x${j}`, few['t'].map((_t, i) => Math.sin((j + 2) * i * i))]),
    );
    const t = few['t'].map((_t, i) => (i % 13 === 0 ? 1 : 0));
    const [outcome] = await outcomesOf(dataOf({ ...few, ...noise, t }), {
      ...change,
      adjusted: ['x0', 'x1', 'x2'],
    });
    expect(outcome).toMatchObject({ kind: 'failure', error: { code: 'too-few-rows' } });
  });
});
