import { describe, expect, it } from 'vitest';
import { augment } from '../../../engine/estimate/aipw.ts';
import type { DesignTerm } from '../../../engine/estimate/coding.ts';
import type { EstimatorAnswer, RowScore } from '../../../engine/estimate/estimator.ts';
import { learnPropensity } from '../../../engine/estimate/learnedPropensity.ts';
import { learnedNuisances, type Nuisances } from '../../../engine/estimate/nuisances.ts';
import { fitOutcomeModels } from '../../../engine/estimate/outcomeModel.ts';
import { levelPairs } from '../../../engine/estimate/pairs.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { type EstimationProblem, prepareProblem } from '../../../engine/estimate/problem.ts';
import { fitPropensity } from '../../../engine/estimate/propensity.ts';
import { target } from '../../../engine/estimate/tmle.ts';
import type { Learner } from '../../../engine/learn/learner.ts';
import { complement, linear, type RowExpression, rowValues } from '../../../engine/stats/rowExpression.ts';
import { dataOf, estimateOf, outcomesOf, planOf, study } from '../../support/estimation.ts';

const POINT = { pointOnly: false };

function problemOf(
  columns: Readonly<Record<string, readonly (number | string)[]>>,
  change: Partial<EstimatePlan> = {},
): EstimationProblem {
  const problem = prepareProblem(
    dataOf(columns),
    planOf({ method: 'aipw', adjusted: ['a', 'b'], ...change }),
  );
  if ('kind' in problem) throw new Error(problem.message);
  return problem;
}

/** Both models, each with covariates of its own. */
async function nuisancesOf(
  problem: EstimationProblem,
  ofTreatment: readonly string[],
  ofOutcome: readonly string[],
): Promise<Nuisances> {
  const among = (names: readonly string[]): EstimationProblem => ({
    ...problem,
    covariates: problem.covariates.filter((term: DesignTerm) => names.includes(term.variable)),
  });
  const pairs = levelPairs(problem);
  const propensity = await fitPropensity(among(ofTreatment));
  if (pairs.kind === 'failure' || propensity.kind === 'failure') throw new Error('no propensity');
  const fitted = await fitOutcomeModels(among(ofOutcome), pairs.levels, pairs.compared);
  if (fitted.kind === 'failure') throw new Error(fitted.message);
  const { models } = fitted;
  const means = new Map([...models].map(([level, { mean }]) => [level, mean]));
  return { kind: 'nuisances', propensity, means, models, warnings: [] };
}

async function answered(
  method: typeof augment,
  problem: EstimationProblem,
  nuisances: Nuisances,
): Promise<EstimatorAnswer> {
  const pairs = levelPairs(problem);
  if (pairs.kind === 'failure') throw new Error(pairs.message);
  const answer = await method(problem, POINT, pairs, nuisances);
  if (answer.kind === 'failure') throw new Error(answer.message);
  return answer;
}

async function scoreNamed(answer: EstimatorAnswer, name: RowScore['name']): Promise<Float64Array> {
  const found = ((await answer.rowScores?.()) ?? []).find((score) => score.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.values;
}

/** Known nuisances of six rows. */
const SMALL = {
  t: [1, 1, 1, 0, 0, 0],
  y: [3, 5, 4, 1, 2, 6],
  a: [1, 2, 3, 4, 5, 7],
};
const E = [0.5, 0.6, 0.8, 0.4, 0.3, 0.2];
const MU1 = [3.2, 4.1, 4.4, 3.9, 2.5, 5.5];
const MU0 = [2.1, 2.2, 2.9, 1.5, 1.8, 5.2];

function known(problem: EstimationProblem, e: readonly number[] = E): Nuisances {
  const probability = rowValues(Float64Array.from(e));
  const { treatment } = problem;
  if (treatment.kind !== 'discrete') throw new Error('no levels');
  return {
    kind: 'nuisances',
    propensity: {
      kind: 'propensity',
      levels: 'two',
      model: 'boosting',
      terms: [],
      dropped: [],
      fit: null,
      importances: [],
      probabilities: [complement(probability), probability],
      treated: treatment.levels[1]!.indicator,
      probability,
      linearPredictor: linear(0, [], []),
    },
    means: new Map<number, RowExpression>([
      [0, rowValues(Float64Array.from(MU0))],
      [1, rowValues(Float64Array.from(MU1))],
    ]),
    models: null,
    warnings: [],
  };
}

const sum = (f: (i: number) => number): number => SMALL.t.reduce((total, _t, i) => total + f(i), 0);
const logit = (q: number): number => Math.log(q / (1 - q));
const expit = (eta: number): number => 1 / (1 + Math.exp(-eta));

/** Weights of the two arms, by hand. */
const weights = (estimand: string, i: number): [number, number] => {
  const e = E[i]!;
  const [one, zero] = estimand === 'att' ? [1, e / (1 - e)] : [1 / e, 1 / (1 - e)];
  return [SMALL.t[i]! * one, (1 - SMALL.t[i]!) * zero];
};

describe.each(['ate', 'att'] as const)('with known nuisances (%s)', (estimand) => {
  const problem = problemOf(SMALL, { adjusted: ['a'], estimand });
  const omega = (i: number): number => (estimand === 'att' ? SMALL.t[i]! : 1);

  it('aipw is its formula, by hand', async () => {
    const score = (i: number): number => {
      const [w1, w0] = weights(estimand, i);
      return omega(i) * (MU1[i]! - MU0[i]!) + w1 * (SMALL.y[i]! - MU1[i]!) - w0 * (SMALL.y[i]! - MU0[i]!);
    };
    const effect = sum(score) / sum(omega);
    const squares = sum((i) => (score(i) - omega(i) * effect) ** 2) / sum(omega) ** 2;
    const [contrast] = (await answered(augment, problem, known(problem))).contrasts;
    expect(contrast?.estimate).toBeCloseTo(effect, 12);
    expect(contrast?.se).toBeCloseTo(Math.sqrt((squares * 6) / 5), 12);
    const riesz = sum((i) => weights(estimand, i).reduce((total, w) => total + w * w, 0));
    expect(contrast?.diagnostics?.rieszVariance).toBeCloseTo((riesz * 6) / sum(omega) ** 2, 10);
    const left = sum((i) => (SMALL.y[i]! - (SMALL.t[i] === 1 ? MU1[i]! : MU0[i]!)) ** 2);
    expect(contrast?.diagnostics?.outcomeVariance).toBeCloseTo(left / 6, 12);
  });

  it('tmle is a search for ε by bisection', async () => {
    const [low, span] = [1, 5];
    const targeted = (arm: 0 | 1, means: readonly number[]): number[] => {
      const offset = means.map((mean) => logit((mean - low) / span));
      const equation = (epsilon: number): number =>
        sum(
          (i) => weights(estimand, i)[1 - arm]! * ((SMALL.y[i]! - low) / span - expit(offset[i]! + epsilon)),
        );
      let [left, right] = [-30, 30];
      for (let step = 0; step < 200; step++) {
        const middle = (left + right) / 2;
        if (equation(middle) > 0) left = middle;
        else right = middle;
      }
      return offset.map((eta) => low + span * expit(eta + left));
    };
    const [q1, q0] = [targeted(1, MU1), targeted(0, MU0)];
    const effect = sum((i) => omega(i) * (q1[i]! - q0[i]!)) / sum(omega);
    const answer = await answered(target, problem, known(problem));
    expect(answer.contrasts[0]?.estimate).toBeCloseTo(effect, 10);
    const effects = await scoreNamed(answer, 'effect');
    for (let i = 0; i < 6; i++) expect(effects[i]).toBeCloseTo(q1[i]! - q0[i]!, 9);
  });
});

const ROWS = study(800);
const numbers = (name: string): number[] => ROWS[name]!.map(Number);

describe('targeted learning', () => {
  it('solves its score equation, and stays within the bounds of the outcome', async () => {
    for (const y of [numbers('y'), numbers('y').map((v) => Number(v > 2))]) {
      const problem = problemOf({ ...ROWS, y }, { adjusted: ['a', 'b'] });
      const nuisances = await nuisancesOf(problem, ['a', 'b'], ['a', 'b']);
      const answer = await answered(target, problem, nuisances);
      // With targeted predictions nothing is left to augment: the mean of the effects is the estimate that aipw would make of them.
      const effects = await scoreNamed(answer, 'effect');
      const mean = effects.reduce((total, effect) => total + effect, 0) / 800;
      expect(answer.contrasts[0]?.estimate).toBeCloseTo(mean, 12);
      const span = Math.max(...y) - Math.min(...y);
      expect(Math.max(...effects.map(Math.abs))).toBeLessThan(span);
    }
  });

  it('leaves nothing of the weighted residuals of either arm', async () => {
    const problem = problemOf(ROWS, { adjusted: ['a', 'b'] });
    const nuisances = await nuisancesOf(problem, ['a', 'b'], ['a']);
    const answer = await answered(target, problem, nuisances);
    const effects = await scoreNamed(answer, 'effect');
    const e = await problem.moments.values(nuisances.propensity.probabilities[1]!);
    // aipw of predictions that only differ by the targeted effect: the effect moved in either arm's predictions by hand.
    const [mu1, mu0] = await Promise.all(
      [1, 0].map((level) => problem.moments.values(nuisances.means.get(level)!)),
    );
    const low = Math.min(...numbers('y'));
    const span = Math.max(...numbers('y')) - low;
    const bounded = (mean: number): number => Math.min(1 - 5e-4, Math.max(5e-4, (mean - low) / span));
    const epsilon = (arm: 0 | 1, means: Float64Array): number => {
      let [left, right] = [-20, 20];
      for (let step = 0; step < 200; step++) {
        const middle = (left + right) / 2;
        let total = 0;
        for (let i = 0; i < 800; i++) {
          if (ROWS['t']![i] !== arm) continue;
          const weight = arm === 1 ? 1 / e[i]! : 1 / (1 - e[i]!);
          total += weight * ((numbersY[i]! - low) / span - expit(logit(bounded(means[i]!)) + middle));
        }
        if (total > 0) left = middle;
        else right = middle;
      }
      return left;
    };
    const numbersY = numbers('y');
    const [e1, e0] = [epsilon(1, mu1!), epsilon(0, mu0!)];
    for (let i = 0; i < 800; i += 37) {
      const q1 = expit(logit(bounded(mu1![i]!)) + e1);
      const q0 = expit(logit(bounded(mu0![i]!)) + e0);
      expect(effects[i]).toBeCloseTo(span * (q1 - q0), 9);
    }
  });

  it('says how many predictions were beyond the outcome', async () => {
    const steep = {
      ...ROWS,
      y: numbers('a').map((a, i) => Math.max(-1, Math.min(1, 3 * a)) + numbers('t')[i]! / 2),
    };
    const { warnings } = await estimateOf(dataOf(steep), { method: 'tmle', adjusted: ['a'] });
    expect(warnings).toContainEqual({
      code: 'bounded',
      message: expect.stringMatching(/^\d+ predictions of y lay beyond/),
    });
  });
});

/** y and t both depend on b and its square; the effect is 1, for everyone. */
function curved(n: number): Record<string, number[]> {
  const base = study(n, 77);
  const [a, b] = [base['a']!.map(Number), base['b']!.map(Number)];
  let state = 4242;
  const uniform = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const t = a.map((value, i) => Number(uniform() < expit(0.5 * value + 0.8 * b[i]! ** 2 - 0.8)));
  const y = a.map((value, i) => t[i]! + value + 1.5 * b[i]! ** 2 + uniform() - 0.5);
  return { a, b, b2: b.map((value) => value ** 2), t, y };
}

describe('double robustness', () => {
  const data = curved(4000);
  const ALL = ['a', 'b', 'b2'];
  const WRONG = ['a', 'b'];
  const problem = problemOf(data, { adjusted: ALL });

  it.each([
    ['both right', ALL, ALL],
    ['the outcome wrong', ALL, WRONG],
    ['the treatment wrong', WRONG, ALL],
  ])('holds with %s', async (_what, treatment, outcome) => {
    const nuisances = await nuisancesOf(problem, treatment, outcome);
    for (const method of [augment, target]) {
      const [contrast] = (await answered(method, problem, nuisances)).contrasts;
      expect(Math.abs(contrast!.estimate - 1)).toBeLessThan(3.5 * contrast!.se);
    }
  });

  it('does not with both wrong', async () => {
    const nuisances = await nuisancesOf(problem, WRONG, WRONG);
    for (const method of [augment, target]) {
      const [contrast] = (await answered(method, problem, nuisances)).contrasts;
      expect(contrast!.estimate - 1).toBeGreaterThan(10 * contrast!.se);
    }
  });

  it('comes with the error that holds where one model is wrong: that of the bootstrap', async () => {
    const small = dataOf(
      Object.fromEntries(Object.entries(curved(400)).map(([name, values]) => [name, values])),
    );
    // Of b alone, both models miss its square.
    const plan = { method: 'aipw', adjusted: ['a', 'b'] };
    const analytic = await estimateOf(small, plan);
    const resampled = await estimateOf(small, { ...plan, bootstrap: 150 });
    expect(analytic.diagnostics.stackedSe! / resampled.se).toBeGreaterThan(0.8);
    expect(analytic.diagnostics.stackedSe! / resampled.se).toBeLessThan(1.25);
  });
});

/** The mean of the training rows in each half of the first feature: a stump, for tests. */
const stump: Learner = ({ features: [feature] }, { rows, response, weights }) => {
  if (feature?.kind !== 'numeric') throw new Error('no feature');
  const means = [0, 1].map((side) => {
    let [total, weight] = [0, 0];
    for (const row of rows) {
      if (Number(feature.values[row]! > 0) !== side) continue;
      total += (weights?.[row] ?? 1) * response[row]!;
      weight += weights?.[row] ?? 1;
    }
    return total / weight;
  });
  const predict = (held: Int32Array): Float64Array[] => [
    Float64Array.from(held, (row) => means[Number(feature.values[row]! > 0)]!),
  ];
  return { predict, importances: [1] };
};

describe('learned nuisances', () => {
  it('are cross-fitted means of the other folds, an arm at a time', async () => {
    const side = numbers('a').map((a) => Number(a > 0));
    const rows = { ...ROWS, y: numbers('t').map((t, i) => 2 * t + 3 * side[i]!) };
    const problem = problemOf(rows, { adjusted: ['a'] });
    const pairs = levelPairs(problem);
    if (pairs.kind === 'failure') throw new Error(pairs.message);
    const nuisances = await learnedNuisances(problem, pairs, stump, (folds) =>
      learnPropensity(problem, pairs.levels, folds, { model: 'boosting', learner: stump }),
    );
    if (nuisances.kind === 'failure') throw new Error(nuisances.message);
    const mean = await problem.moments.values(nuisances.means.get(1)!);
    for (let i = 0; i < 800; i++) expect(mean[i]).toBeCloseTo(2 + 3 * side[i]!, 12);
    const [contrast] = (await answered(augment, problem, nuisances)).contrasts;
    expect(contrast?.estimate).toBeCloseTo(2, 10);
    expect(contrast?.diagnostics?.stackedSe).toBeUndefined();
  });

  it('by boosting do what the models of a line miss', async () => {
    const outer = numbers('b').map((b) => Number(b * b > 1));
    const t = outer.map((out, i) => Number(out === 1 ? i % 10 < 7 : i % 10 < 3));
    const noise = numbers('y').map(
      (y, i) => y - 2 * numbers('t')[i]! - numbers('a')[i]! - 0.5 * numbers('b')[i]!,
    );
    const y = outer.map((out, i) => t[i]! + 4 * out + noise[i]!);
    const plan = { method: 'aipw', adjusted: ['a', 'b'] };
    const data = dataOf({ ...ROWS, t, y });
    const line = await estimateOf(data, plan);
    const trees = await estimateOf(data, { ...plan, learner: 'boosting' });
    expect(line.estimate).toBeGreaterThan(2);
    expect(Math.abs(trees.estimate - 1)).toBeLessThan(3.5 * trees.se);
    expect(trees.diagnostics.metrics.min_propensity).toBeGreaterThan(0);
    expect(trees.diagnostics.propensityModel?.importances?.[0]?.variable).toBe('b');
  });

  it('do not depend on the order of the rows', async () => {
    const columns = study(300, 8);
    const order = columns['y']!.map((_y, i) => (i * 77) % 300);
    const moved = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, order.map((row) => values[row]!)]),
    );
    const plan: Partial<EstimatePlan> = {
      method: 'tmle',
      adjusted: ['a', 'g'],
      learner: 'boosting',
      folds: 2,
    };
    const [here, there] = [await estimateOf(dataOf(columns), plan), await estimateOf(dataOf(moved), plan)];
    expect(there.estimate).toBeCloseTo(here.estimate, 9);
    expect(there.se).toBeCloseTo(here.se, 9);
  });

  it('refuse a second model of the treatment beside boosting', async () => {
    const plan: Partial<EstimatePlan> = {
      method: 'aipw',
      adjusted: ['a'],
      learner: 'boosting',
      propensity: 'probit',
    };
    expect(await outcomesOf(dataOf(ROWS), plan)).toMatchObject([{ error: { code: 'method-mismatch' } }]);
  });
});

describe('trimming', () => {
  it.each(['aipw', 'tmle'])('leaves rows out of %s, and says how many', async (method) => {
    const all = await estimateOf(dataOf(ROWS), { method, adjusted: ['a', 'b'] });
    const trimmed = await estimateOf(dataOf(ROWS), { method, adjusted: ['a', 'b'], trim: 0.3 });
    expect(trimmed.n).toBeLessThan(all.n);
    expect(trimmed.warnings[0]).toMatchObject({ code: 'trimmed' });
    expect(trimmed.diagnostics.metrics.ess).toBeLessThan(all.diagnostics.metrics.ess! + 1);
  });

  it('that leaves nobody is a failure, and a propensity of 0 one too', async () => {
    expect(
      await outcomesOf(dataOf(ROWS), { method: 'aipw', adjusted: ['a', 'b'], trim: 0.499999 }),
    ).toMatchObject([{ error: { code: 'positivity' } }]);
    const problem = problemOf(SMALL, { adjusted: ['a'] });
    const pairs = levelPairs(problem);
    if (pairs.kind === 'failure') throw new Error(pairs.message);
    const certain = known(problem, [0, 0.6, 0.8, 0.4, 0.3, 0.2]);
    expect(await augment(problem, POINT, pairs, certain)).toMatchObject({
      kind: 'failure',
      code: 'positivity',
    });
  });
});
