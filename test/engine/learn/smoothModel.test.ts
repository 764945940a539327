import { describe, expect, test } from 'vitest';
import { boostedScore } from '../../../engine/learn/boostedScore.ts';
import { boosting } from '../../../engine/learn/boosting.ts';
import type { FeatureTable, Learner, LearningTask } from '../../../engine/learn/learner.ts';
import { smoothModel } from '../../../engine/learn/smoothModel.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { drawsOf, rootMeanSquare } from '../../support/learning.ts';

const n = 5000;
const draws = drawsOf(12);
const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: n }, () => draws.normal()));
const [a, b, c, d, e] = columns as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
const table: FeatureTable = {
  rows: n,
  features: columns.map((values, j) => ({ kind: 'numeric', label: `x${j}`, values })),
};
const half = Int32Array.from({ length: n / 2 }, (_row, i) => i);
const rest = Int32Array.from({ length: n / 2 }, (_row, i) => n / 2 + i);
const TASKS: readonly LearningTask[] = [{ kind: 'mean' }, { kind: 'probability' }];

type Truth = (row: number) => number;
const product: Truth = (row) => a[row]! * b[row]! + 0.5 * c[row]!;
const curve: Truth = (row) => d[row]! ** 2 - 1 + 0.5 * e[row]!;
const step: Truth = (row) => (a[row]! > 0.5 ? 1.5 : 0) + (b[row]! > -0.3 && c[row]! > 0 ? 1 : 0);
const wave: Truth = (row) => 2 * Math.sin(2 * a[row]!) + (b[row]! > 0 ? 1 : 0);

/** Means, or chances of which the truth is the log odds. */
const levelOf = (truth: Truth, task: LearningTask): Truth =>
  task.kind === 'mean' ? truth : (row) => 1 / (1 + Math.exp(-truth(row)));

function trainingFor(truth: Truth, task: LearningTask) {
  const noise = drawsOf(31);
  const level = levelOf(truth, task);
  const response = Float64Array.from({ length: n }, (_value, row) =>
    task.kind === 'mean' ? level(row) + noise.normal() : Number(noise.uniform() < level(row)),
  );
  return { rows: half, response, weights: null };
}

function errorOf(learner: Learner, truth: Truth, task: LearningTask): number {
  const fit = learner(table, trainingFor(truth, task), task, randomStreams(3)());
  return rootMeanSquare(fit.predict(rest)[0]!, [...rest].map(levelOf(truth, task)));
}

/** The smooth model alone. */
const smooth: Learner = (features, training, task, random) => {
  const { fitted, importances } = smoothModel(features, training, task, random, (own) => own)!;
  return { importances, predict: (rows) => [Float64Array.from(rows, (row) => fitted[row]!)] };
};

describe.each(TASKS)('the smooth model of a $kind', (task) => {
  test.each([
    ['product', product],
    ['curve', curve],
  ])('follows a %s, which trees do half as well', (_what, truth) => {
    const trees = errorOf(boosting, truth, task);
    expect(errorOf(smooth, truth, task)).toBeLessThan(0.5 * trees);
    // Chances are what trees make of the score: they gain less.
    expect(errorOf(boostedScore, truth, task)).toBeLessThan((task.kind === 'mean' ? 0.6 : 1.1) * trees);
  });

  test.each([
    ['steps', step],
    ['waves', wave],
  ])('does no harm to trees where the truth is made of %s', (_what, truth) => {
    expect(errorOf(boostedScore, truth, task)).toBeLessThan(1.3 * errorOf(boosting, truth, task));
  });

  test('says which features it is made of', () => {
    const { importances } = smooth(table, trainingFor(product, task), task, randomStreams(1)());
    expect(importances.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 10);
    const [own, other, , unused] = importances;
    expect(own).toBeGreaterThan(0.2);
    expect(other).toBeCloseTo(own!, 0);
    expect(unused).toBeLessThan(0.05);
  });

  test('is the same for the same rows, and holds its tongue where they are few', () => {
    const training = trainingFor(product, task);
    const fits = [1, 2].map(
      () => smoothModel(table, training, task, randomStreams(1)(), (own) => own)?.fitted,
    );
    expect(fits[0]).toEqual(fits[1]);
    const few = { ...training, rows: half.subarray(0, 50) };
    expect(smoothModel(table, few, task, randomStreams(1)(), (own) => own)).toBeNull();
  });
});
