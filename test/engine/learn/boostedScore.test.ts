import { describe, expect, it } from 'vitest';
import { boostedScore } from '../../../engine/learn/boostedScore.ts';
import { boosting } from '../../../engine/learn/boosting.ts';
import type { FeatureTable, Learner, LearningTask } from '../../../engine/learn/learner.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { drawsOf, rootMeanSquare } from '../../support/learning.ts';

const draws = drawsOf(5);
const n = 1200;
const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: n }, () => draws.normal()));
const g = Int32Array.from({ length: n }, () => Math.floor(draws.uniform() * 3));
const table: FeatureTable = {
  rows: n,
  features: [
    ...columns.map((values, j) => ({ kind: 'numeric', label: `x${j}`, values }) as const),
    { kind: 'categorical', label: 'g', codes: g, levels: 3 },
  ],
};
const half = Int32Array.from({ length: n / 2 }, (_row, i) => i);
const rest = Int32Array.from({ length: n / 2 }, (_row, i) => n / 2 + i);
const [a, b] = columns as [Float64Array, Float64Array];

function errorOf(learner: Learner, truth: (row: number) => number, task: LearningTask): number {
  const noise = drawsOf(9);
  const response = Float64Array.from({ length: n }, (_value, row) =>
    task.kind === 'mean' ? truth(row) + noise.normal() : Number(noise.uniform() < truth(row)),
  );
  const fit = learner(table, { rows: half, response, weights: null }, task, randomStreams(3)());
  expect(fit.importances.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 10);
  const [predicted] = fit.predict(rest);
  return rootMeanSquare(predicted!, [...rest].map(truth));
}

const line = (row: number): number => 2 * a[row]! - b[row]! + (g[row] === 2 ? 1 : 0);
const curve = (row: number): number => 2 * Math.sin(2 * a[row]!) + (b[row]! > 0 ? 1 : 0);
const chance = (score: (row: number) => number) => (row: number) => 1 / (1 + Math.exp(-score(row)));

describe('boosting on a line', () => {
  it('is as good as the line where the truth is one, which trees alone are not', () => {
    const [own, trees] = [boostedScore, boosting].map((each) => errorOf(each, line, { kind: 'mean' }));
    expect(own).toBeLessThan(0.2);
    expect(trees).toBeGreaterThan(2 * own!);
    const task = { kind: 'probability' } as const;
    expect(errorOf(boostedScore, chance(line), task)).toBeLessThan(errorOf(boosting, chance(line), task));
  });
  it('is about as good as trees where the truth is a curve', () => {
    for (const task of [{ kind: 'mean' }, { kind: 'probability' }] as const) {
      const truth = task.kind === 'mean' ? curve : chance(curve);
      expect(errorOf(boostedScore, truth, task)).toBeLessThan(1.35 * errorOf(boosting, truth, task));
    }
  });
  it('has no line with few rows, and none of several classes', () => {
    const response = Float64Array.from(g);
    const few = { rows: half.subarray(0, 50), response, weights: null };
    const predict = (each: Learner, task: LearningTask) =>
      each(table, few, task, randomStreams(1)()).predict(rest);
    expect(predict(boostedScore, { kind: 'mean' })).toEqual(predict(boosting, { kind: 'mean' }));
    const classes = { kind: 'classes', classes: 3 } as const;
    expect(predict(boostedScore, classes)).toEqual(predict(boosting, classes));
  });
});
