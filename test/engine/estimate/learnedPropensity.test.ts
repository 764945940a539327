import { describe, expect, it } from 'vitest';
import { learnedPropensity } from '../../../engine/estimate/learnedPropensity.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { dataOf, planOf } from '../../support/estimation.ts';
import { drawsOf, rootMeanSquare } from '../../support/learning.ts';

const draws = drawsOf(11);
const n = 3000;
const x = Array.from({ length: n }, () => draws.normal());
const g = Array.from({ length: n }, () => (draws.uniform() < 0.5 ? 'north' : 'south'));
const noise = Array.from({ length: n }, () => draws.normal());
const chance = x.map((value, i) => (Math.abs(value) < 0.8 ? 0.7 : 0.3) + (g[i] === 'north' ? 0.15 : -0.15));
const t = chance.map((value) => (draws.uniform() < value ? 1 : 0));
const y = x.map(() => draws.normal());

async function learned(
  columns: Record<string, (number | string)[]>,
  model: 'tree' | 'boosting',
  change = {},
) {
  const plan = planOf({ adjusted: ['g', 'noise', 'x'], propensity: model, method: 'ipw', ...change });
  const problem = prepareProblem(dataOf(columns), plan);
  if ('kind' in problem) throw new Error(problem.message);
  if (problem.treatment.kind !== 'discrete') throw new Error('The treatment has levels.');
  const answer = await learnedPropensity(problem, problem.treatment.levels, model);
  if (answer.kind === 'failure') throw new Error(answer.message);
  const importances = answer.importances ?? [];
  return {
    features: importances.map(({ variable }) => variable),
    importances: importances.map(({ importance }) => importance),
    probabilities: await Promise.all(answer.probabilities.map((each) => problem.moments.values(each))),
  };
}

describe('learned propensity', () => {
  it.each(['tree', 'boosting'] as const)('finds chances that are no straight line: %s', async (model) => {
    const answer = await learned({ t, y, x, g, noise }, model);
    expect(answer.features).toEqual(['g', 'noise', 'x']);
    expect(rootMeanSquare(answer.probabilities[1]!, chance)).toBeLessThan(0.08);
    const [region, none, own] = answer.importances;
    expect(own).toBeGreaterThan(region!);
    expect(region).toBeGreaterThan(none!);
    expect(region! + none! + own!).toBeCloseTo(1, 10);
    for (let i = 0; i < n; i++) {
      const [untreated, treated] = answer.probabilities.map((values) => values[i]!);
      expect(untreated! + treated!).toBeCloseTo(1, 12);
      expect(Math.min(untreated!, treated!)).toBeGreaterThan(0);
    }
  });
  it('does not know the rows that it predicts', async () => {
    const coin = x.map(() => (draws.uniform() < 0.5 ? 1 : 0));
    const { probabilities } = await learned({ t: coin, y, x, g, noise }, 'boosting');
    const inArm = (arm: number): number => {
      const own = probabilities[1]!.filter((_value, i) => coin[i] === arm);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expect(Math.abs(inArm(1) - inArm(0))).toBeLessThan(0.01);
  });
  it('takes several levels', async () => {
    const level = x.map((value, i) => (t[i] === 1 ? 'b' : value > 0 ? 'c' : 'a'));
    const { probabilities } = await learned({ t: level, y, x, g, noise }, 'boosting');
    expect(probabilities).toHaveLength(3);
    for (let i = 0; i < n; i++) {
      expect(probabilities.reduce((sum, values) => sum + values[i]!, 0)).toBeCloseTo(1, 10);
    }
    expect(rootMeanSquare(probabilities[1]!, chance)).toBeLessThan(0.1);
  });
  it('does not see the order of the rows', async () => {
    const order = x.map((_value, i) => (i * 1009 + 17) % n);
    const moved = <T>(values: readonly T[]): T[] => order.map((row) => values[row]!);
    const first = await learned({ t, y, x, g, noise }, 'boosting');
    const second = await learned(
      { t: moved(t), y: moved(y), x: moved(x), g: moved(g), noise: moved(noise) },
      'boosting',
    );
    expect([...second.probabilities[1]!]).toEqual(moved([...first.probabilities[1]!]));
  });
});
