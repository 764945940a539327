import { describe, expect, it } from 'vitest';
import { crossPredict, type Folds, fitStreams, foldsOf } from '../../../engine/estimate/crossFitting.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { type EstimationProblem, prepareProblem } from '../../../engine/estimate/problem.ts';
import type { Learner } from '../../../engine/learn/learner.ts';
import { dataOf, planOf, study } from '../../support/estimation.ts';

const ROWS = study(200);

function problemOf(columns: typeof ROWS, change: Partial<EstimatePlan> = {}): EstimationProblem {
  const problem = prepareProblem(dataOf(columns), planOf({ adjusted: ['a', 'b'], ...change }));
  if ('kind' in problem) throw new Error(problem.message);
  return problem;
}

function cut(columns: typeof ROWS, change: Partial<EstimatePlan> = {}): Folds {
  const folds = foldsOf(problemOf(columns, change));
  if (folds.kind === 'failure') throw new Error(folds.message);
  return folds;
}

/** Predicts the mean of the training rows, and remembers which rows they were. */
function recorder(seen: number[][]): Learner {
  return (_table, { rows, response, weights }) => {
    seen.push([...rows]);
    let [sum, total] = [0, 0];
    for (const row of rows) {
      sum += (weights?.[row] ?? 1) * response[row]!;
      total += weights?.[row] ?? 1;
    }
    return { predict: (held) => [new Float64Array(held.length).fill(sum / total)], importances: [] };
  };
}

describe('folds', () => {
  it('have as many rows of either arm as each other, but for one', () => {
    const { foldOf } = cut(ROWS);
    for (const level of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map(
        (fold) => ROWS['t']!.filter((t, row) => t === level && foldOf[row] === fold).length,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('take a row with them wherever it stands in the file', () => {
    const order = ROWS['y']!.map((_y, i) => (i * 77) % 200);
    const moved = Object.fromEntries(
      Object.entries(ROWS).map(([name, values]) => [name, order.map((row) => values[row]!)]),
    );
    const [here, there] = [cut(ROWS), cut(moved)];
    expect([...there.foldOf]).toEqual(order.map((row) => here.foldOf[row]));
  });

  it.each([77, 3, 21, 49, 93])('of rows far from zero do not depend on their order either (%i)', (stride) => {
    const far = { ...ROWS, a: ROWS['a']!.map((a) => Number(a) + 3000) };
    const order = ROWS['y']!.map((_y, i) => (i * stride) % 200);
    const moved = Object.fromEntries(
      Object.entries(far).map(([name, values]) => [name, order.map((row) => values[row]!)]),
    );
    const [here, there] = [cut(far), cut(moved)];
    expect([...there.foldOf]).toEqual(order.map((row) => here.foldOf[row]));
  });

  it('change with the seed', () => {
    expect([...cut(ROWS, { seed: 2 }).foldOf]).not.toEqual([...cut(ROWS).foldOf]);
  });

  it('keep clusters whole', () => {
    const { foldOf } = cut(ROWS, { cluster: 'c' });
    for (const cluster of new Set(ROWS['c']!)) {
      expect(new Set(foldOf.filter((_fold, row) => ROWS['c']![row] === cluster)).size).toBe(1);
    }
    const sizes = [0, 1, 2, 3, 4].map((fold) => foldOf.filter((other) => other === fold).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(25);
  });

  it('cannot be made of an arm with one row, and say so', () => {
    const one = { ...ROWS, t: ROWS['t']!.map((_t, i) => Number(i === 7)) };
    expect(foldsOf(problemOf(one))).toMatchObject({
      kind: 'failure',
      code: 'too-few-rows',
      message: expect.stringContaining('only one row'),
    });
    const together = { ...ROWS, t: ROWS['c']!.map((c) => Number(c === 'c3')) };
    expect(foldsOf(problemOf(together, { cluster: 'c' }))).toMatchObject({ code: 'too-few-rows' });
  });
});

describe('cross-fitted predictions', () => {
  const problem = problemOf(ROWS);
  const response = Float64Array.from(ROWS['y']!, Number);
  const features = { rows: 200, features: [] };

  it('come from a model of the other folds, and of the rows to learn from alone', () => {
    const folds = cut(ROWS);
    const seen: number[][] = [];
    const trained = Float64Array.from(ROWS['t']!, Number);
    const prediction = {
      learner: recorder(seen),
      features,
      task: { kind: 'mean' },
      response,
      weights: null,
      trained,
    } as const;
    const predicted = crossPredict(folds, prediction, fitStreams(problem)())?.values[0];
    for (let fold = 0; fold < 5; fold++) {
      const others = ROWS['t']!.flatMap((t, row) => (t === 1 && folds.foldOf[row] !== fold ? [row] : []));
      expect([...seen[fold]!].sort((a, b) => a - b)).toEqual(others);
      const mean = others.reduce((sum, row) => sum + response[row]!, 0) / others.length;
      expect(predicted![folds.foldOf.indexOf(fold)]).toBeCloseTo(mean, 12);
    }
  });

  it('are none where a training part weighs nothing', () => {
    const weights = Float64Array.from(cut(ROWS).foldOf, (fold) => Number(fold === 2));
    const prediction = {
      learner: recorder([]),
      features,
      task: { kind: 'mean' },
      response,
      weights,
      trained: null,
    } as const;
    expect(crossPredict(cut(ROWS), prediction, fitStreams(problem)())).toBeNull();
  });
});
