import { describe, expect, it } from 'vitest';
import { linear } from '../../../engine/learn/linear.ts';
import { binaryRegression } from '../../../engine/stats/binaryRegression.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { leastSquares } from '../../../engine/stats/leastSquares.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { allRows, drawsOf, featuresOf, rootMeanSquare } from '../../support/learning.ts';
import { numericTable } from '../../support/numeric.ts';

const draws = drawsOf(1);
const n = 300;
const x = Array.from({ length: n }, () => draws.normal());
const z = x.map((value) => 1000 + value + draws.normal());
const south = x.map(() => (draws.uniform() < 0.4 ? 1 : 0));
const g = south.map((value) => (value === 1 ? 'south' : 'north'));
const weight = x.map((_value, i) => 1 + (i % 3));
const y = x.map((value, i) => 2 * value - z[i]! + south[i]! + draws.normal());
const t = y.map((value) => (value + 1000 + 2 * draws.normal() > 0 ? 1 : 0));
const rows = allRows(n);
const random = randomStreams(1)();
const features = featuresOf({ x, z, again: x, constant: x.map(() => 3), g });
const training = (response: number[]) => ({
  rows,
  response: Float64Array.from(response),
  weights: Float64Array.from(weight),
});

describe('linear', () => {
  const moments = columnMoments(numericTable({ x, z, south, y, t, weight }));
  const terms = ['x', 'z', 'south'].map(column);
  it('is weighted least squares, whatever repeats', async () => {
    const { fitted } = await leastSquares(moments, column('y'), terms, column('weight'));
    const [predicted] = linear(features, training(y), { kind: 'mean' }, random).predict(rows);
    expect(rootMeanSquare(predicted!, await moments.values(fitted))).toBeLessThan(1e-8);
  });
  it('is logistic regression', async () => {
    const result = await binaryRegression(moments, column('t'), terms, 'logistic', column('weight'));
    if (result.kind !== 'fit') throw new Error(result.kind);
    const [predicted] = linear(features, training(t), { kind: 'probability' }, random).predict(rows);
    expect(rootMeanSquare(predicted!, await moments.values(result.fit.probability))).toBeLessThan(1e-6);
  });
  it('tells several classes by their odds against the first', () => {
    const response: number[] = t.map((value, i): number => (value === 1 ? 1 : i % 2 === 0 ? 2 : 0));
    const chances = linear(features, training(response), { kind: 'classes', classes: 3 }, random).predict(
      rows,
    );
    for (let c = 0; c < 3; c++) {
      // Scores of the constants: weighted shares are met on average.
      const share = response.reduce((sum, own, i) => sum + (own === c ? weight[i]! : 0), 0);
      const predicted = chances[c]!.reduce((sum, value, i) => sum + weight[i]! * value, 0);
      expect(Math.abs(predicted - share) / share).toBeLessThan(0.05);
    }
    for (let i = 0; i < n; i++)
      expect(chances[0]![i]! + chances[1]![i]! + chances[2]![i]!).toBeCloseTo(1, 12);
  });
  it('ends where classes can be told without error', () => {
    const separated = x.map((value) => (value > 0 ? 1 : 0));
    const [chances] = linear(features, training(separated), { kind: 'probability' }, random).predict(rows);
    for (const [i, chance] of chances!.entries()) {
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
      expect(chance > 0.5).toBe(separated[i] === 1);
    }
  });
});
