/** Closed forms, against published values, brute force and regressions on simulated confounders. */

import { describe, expect, it } from 'vitest';
import { contentOrder } from '../../../engine/data/contentOrder.ts';
import { distributionOf } from '../../../engine/refute/distribution.ts';
import { eValueOf, eValueOfLimit } from '../../../engine/refute/eValue.ts';
import { contrastCoefficient } from '../../../engine/refute/linearCoefficient.ts';
import {
  adjustedFor,
  benchmark,
  robustnessValue,
  robustnessValueAt,
} from '../../../engine/refute/omittedVariableBias.ts';
import { shuffledColumns, shuffledProducts, shufflesOf, sourcesOf } from '../../../engine/refute/shuffles.ts';
import { studentQuantile } from '../../../engine/stats/distributions.ts';
import { leastSquares } from '../../../engine/stats/leastSquares.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';
import { findingsOf, taskOf } from '../../support/refutation.ts';

describe('E-values', () => {
  it('are those of VanderWeele & Ding (2017)', () => {
    expect(eValueOf(3.9)).toBeCloseTo(7.26, 2);
    expect(eValueOfLimit([1.8, 8.7])).toBeCloseTo(3.0, 2);
    expect(eValueOf(1 / 3.9)).toBeCloseTo(eValueOf(3.9), 12);
    expect(eValueOfLimit([0.8, 2])).toBe(1);
    expect(eValueOfLimit([0.2, 0.5])).toBeCloseTo(eValueOf(2), 12);
  });
  it('of a binary outcome come from its risks', async () => {
    // 10 of 40 untreated and 30 of 40 treated: a risk ratio of 3, whichever risk is known.
    const t = Array.from({ length: 80 }, (_row, i) => (i < 40 ? 0 : 1));
    const y = t.map((arm, i) => (i % 40 < (arm === 1 ? 30 : 10) ? 1 : 0));
    const task = await taskOf(dataOf({ t, y }), { method: 'difference', estimand: 'unadjusted' });
    const [finding] = (await findingsOf('e_value', task)).findings;
    expect(finding?.details).toMatchObject({
      kind: 'e-value',
      scale: 'risks',
      riskRatio: expect.closeTo(3, 10),
    });
  });
  it('of another outcome come from its standardised difference', async () => {
    const t = [0, 0, 1, 1];
    const y = [0, 2, 4, 6];
    const estimate = await estimateOf(dataOf({ t, y }), {
      method: 'difference',
      estimand: 'unadjusted',
      refuters: ['e_value'],
    });
    const [refutation] = estimate.refutations;
    expect(refutation?.details).toMatchObject({
      riskRatio: expect.closeTo(Math.exp((0.91 * 4) / Math.sqrt(5)), 10),
    });
  });
});

describe('robustness values', () => {
  const coefficients = [
    { estimate: 0.0973, se: 0.02326, df: 783 },
    { estimate: -3, se: 1, df: 12 },
    { estimate: 40, se: 1, df: 6 },
    { estimate: 1, se: 1, df: 50 },
  ];
  it.each(coefficients)('are where a confounder of that strength undoes the estimate: %j', (coefficient) => {
    const strength = robustnessValue(coefficient);
    expect(adjustedFor(coefficient, { treatment: strength, outcome: strength }).estimate).toBeCloseTo(0, 10);
  });
  it.each(coefficients)(
    'of the interval are where the worst confounder up to that strength brings it to zero: %j',
    (coefficient) => {
      const reaches = (limit: number): boolean => {
        const critical = studentQuantile(0.975, coefficient.df - 1);
        const grid = Array.from({ length: 401 }, (_step, i) => (limit * i) / 400);
        return grid.some((outcome) => {
          const { estimate, se } = adjustedFor(coefficient, { treatment: limit, outcome });
          return Math.sign(coefficient.estimate) * estimate <= critical * se;
        });
      };
      const strength = robustnessValueAt(coefficient, 0.05);
      expect(reaches(Math.min(0.9999, strength + 0.002))).toBe(true);
      if (strength > 0) expect(reaches(strength - 0.002)).toBe(false);
    },
  );
  it('have no benchmark where a confounder would explain more than there is', () => {
    expect(benchmark({ treatment: 0.4, outcome: 0.1 }, 3)).toBeNull();
  });
});

describe('a contrast as a coefficient', () => {
  const rows = study(300);
  const arms = (rows['t'] ?? []).map((t, i) => (Number(t) === 0 ? 'none' : i % 3 === 0 ? 'some' : 'much'));
  it('has the estimate and the classical error of the regression', async () => {
    const data = dataOf({ ...rows, arms });
    const change = {
      treatment: 'arms',
      adjusted: ['a', 'g'],
      contrast: { level: 'some', reference: 'none' },
    };
    const reported = await estimateOf(data, { ...change, standardError: 'classic' });
    const model = await (await taskOf(data, change)).linear();
    const found = model === null ? null : contrastCoefficient(model, 0);
    expect(found?.coefficient.estimate).toBeCloseTo(reported.estimate, 10);
    expect(found?.coefficient.se).toBeCloseTo(reported.se, 10);
    expect(found?.coefficient.df).toBe(300 - 6);
  });
  it('tells what each covariate explains, its dummies together', async () => {
    const data = dataOf(rows);
    const task = await taskOf(data, { adjusted: ['a', 'b', 'g'] });
    const model = await task.linear();
    const found = model === null ? null : contrastCoefficient(model, 0);
    const { moments, covariates, outcome, treatment } = task.problem;
    if (treatment.kind !== 'discrete') throw new Error('a dose');
    const dose = treatment.levels[1]?.indicator;
    if (dose === undefined) throw new Error('one level');
    for (const name of ['a', 'g']) {
      const rest = covariates.filter(({ variable }) => variable !== name).map(({ expression }) => expression);
      const every = covariates.map(({ expression }) => expression);
      const left = async (response: typeof outcome, terms: typeof rest): Promise<number> =>
        (await leastSquares(moments, response, terms)).residualSum;
      expect(found?.covariates.get(name)?.treatment).toBeCloseTo(
        1 - (await left(dose, every)) / (await left(dose, rest)),
        10,
      );
      expect(found?.covariates.get(name)?.outcome).toBeCloseTo(
        1 - (await left(outcome, [...every, dose])) / (await left(outcome, [...rest, dose])),
        10,
      );
    }
  });
});

describe('distributions', () => {
  it('hold their middle 95 % and count the value asked about among the draws', () => {
    const draws = Array.from({ length: 101 }, (_draw, i) => i);
    const { mean, interval, p, holds } = distributionOf(draws.reverse());
    expect([mean, ...interval]).toEqual([50, expect.closeTo(2.5, 10), 97.5]);
    expect([p(50), p(-1), p(100)]).toEqual([1, 2 / 102, 4 / 102]);
    expect([holds(2.4), holds(2.6)]).toEqual([false, true]);
  });
});

describe('shuffles', () => {
  it.each([
    [200, 7],
    [131, 7],
    [50, 100],
  ])(
    'of %i units, %i times, are permutations whose products are those of the permuted columns',
    (units, repetitions) => {
      const table = dataOf({ x: Array.from({ length: units }, (_row, i) => (i * 37) % 101) }).table;
      const shuffles = shufflesOf(contentOrder(table, ['x'], 3), repetitions, 3);
      const column = (step: number) => ({
        values: Float64Array.from({ length: units }, (_v, i) => (i * step) % 17),
        mean: 8,
        factor: 0.5,
      });
      const [left, other, right, weights] = [column(5), column(3), column(7), column(11).values];
      const products = shuffledProducts(shuffles, [left, other], weights, shuffledColumns(shuffles, [right]));
      for (let b = 0; b < repetitions; b++) {
        const sources = sourcesOf(shuffles, b);
        expect(new Set(sources).size).toBe(units);
        for (const [j, each] of [left, other].entries()) {
          const sum = each.values.reduce(
            (total, value, i) =>
              total +
              (weights[i] ?? 0) * (value - 8) * 0.5 * ((right.values[sources[i] ?? 0] ?? 0) - 8) * 0.5,
            0,
          );
          expect(products[0]?.[j]?.[b]).toBeCloseTo(sum, 8);
        }
      }
    },
  );
});
