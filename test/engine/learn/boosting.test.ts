import { describe, expect, it } from 'vitest';
import { binnedTable } from '../../../engine/learn/bins.ts';
import { boostedModel, boosting, boostingSettings, predictRows } from '../../../engine/learn/boosting.ts';
import type { LearningTask } from '../../../engine/learn/learner.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { allRows, drawsOf, featuresOf, rootMeanSquare } from '../../support/learning.ts';

const mean: LearningTask = { kind: 'mean' };
const probability: LearningTask = { kind: 'probability' };

function fitted(
  columns: Record<string, (number | string)[]>,
  y: number[],
  task: LearningTask = mean,
  weights: number[] | null = null,
  rows = allRows(y.length),
) {
  const table = featuresOf(columns);
  const training = {
    rows,
    response: Float64Array.from(y),
    weights: weights === null ? null : Float64Array.from(weights),
  };
  return boosting(table, training, task, randomStreams(7)());
}

/** Ten uniform covariates of which five matter (Friedman 1991, MARS, equation 61). */
function friedman(n: number, seed: number) {
  const draws = drawsOf(seed);
  const columns: Record<string, number[]> = {};
  for (let j = 0; j < 10; j++) columns[`x${j}`] = Array.from({ length: n }, draws.uniform);
  const x = (j: number, i: number): number => columns[`x${j}`]![i]!;
  const truth = Array.from(
    { length: n },
    (_row, i) =>
      10 * Math.sin(Math.PI * x(0, i) * x(1, i)) + 20 * (x(2, i) - 0.5) ** 2 + 10 * x(3, i) + 5 * x(4, i),
  );
  return { columns, truth, y: truth.map((value) => value + draws.normal()) };
}

describe('boosting', () => {
  it('finds a function that is not linear, and which features are in it', () => {
    const { columns, truth, y } = friedman(4000, 1);
    const train = allRows(3000);
    const test = Int32Array.from({ length: 1000 }, (_row, i) => 3000 + i);
    const model = fitted(columns, y, mean, null, train);
    const error = rootMeanSquare(
      model.predict(test)[0]!,
      Array.from(test, (row) => truth[row]!),
    );
    // The spread of the truth is 4.9, that of a linear fit's error 2.4.
    expect(error).toBeLessThan(0.7);
    expect(model.importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    const noise = Math.max(...model.importances.slice(5));
    for (const importance of model.importances.slice(0, 5)) expect(importance).toBeGreaterThan(5 * noise);
  });
  it('stops where there is nothing to learn', () => {
    const { columns } = friedman(1000, 2);
    const draws = drawsOf(3);
    const y = Array.from({ length: 1000 }, () => draws.normal());
    const average = y.reduce((sum, value) => sum + value, 0) / 1000;
    const [predictions] = fitted(columns, y).predict(allRows(1000));
    expect(rootMeanSquare(predictions!, Array(1000).fill(average))).toBeLessThan(0.15);
    const [chances] = fitted(
      columns,
      y.map((value) => (value > 0 ? 1 : 0)),
      probability,
    ).predict(allRows(1000));
    for (const chance of chances!) expect(Math.abs(chance - 0.5)).toBeLessThan(0.2);
  });
  it.each([mean, probability, { kind: 'classes', classes: 3 } as const])(
    'never makes the loss of its own rows worse by a step: $kind',
    (task) => {
      const { columns, truth } = friedman(300, 4);
      const response = Float64Array.from(truth, (value, i) => {
        if (task.kind === 'mean') return value;
        return Math.min(task.kind === 'classes' ? 2 : 1, Math.floor(Math.max(0, value + (i % 7) - 10) / 6));
      });
      const table = featuresOf(columns);
      const rows = allRows(300);
      const lossOf = (rounds: number): number => {
        const { model } = boostedModel(table, { rows, response, weights: null }, task, randomStreams(1)(), {
          ...boostingSettings(300),
          rounds,
          validation: 0,
        });
        const predictions = predictRows(binnedTable(table), model, rows);
        let loss = 0;
        for (let i = 0; i < 300; i++) {
          if (task.kind === 'mean') loss += (response[i]! - predictions[0]![i]!) ** 2;
          else if (task.kind === 'classes') loss -= Math.log(predictions[response[i]!]![i]!);
          else loss -= Math.log(response[i] === 1 ? predictions[0]![i]! : 1 - predictions[0]![i]!);
        }
        return loss;
      };
      const losses = Array.from({ length: 15 }, (_round, r) => lossOf(r));
      for (let r = 1; r < 15; r++) expect(losses[r]).toBeLessThan(losses[r - 1]!);
    },
  );
  it('gives classes chances that sum to 1 and follow the truth', () => {
    const draws = drawsOf(5);
    const x = Array.from({ length: 3000 }, () => draws.normal());
    const z = Array.from({ length: 3000 }, () => draws.normal());
    const truth = x.map((value, i) => {
      const odds = [1, Math.exp(1.5 * value), Math.exp(z[i]! > 0 ? 1 : -1)];
      const total = odds[0]! + odds[1]! + odds[2]!;
      return odds.map((odd) => odd / total);
    });
    const y = truth.map((chances) => {
      const draw = draws.uniform();
      return draw < chances[0]! ? 0 : draw < chances[0]! + chances[1]! ? 1 : 2;
    });
    const predictions = fitted({ x, z }, y, { kind: 'classes', classes: 3 }).predict(allRows(3000));
    for (let i = 0; i < 3000; i++) {
      expect(predictions[0]![i]! + predictions[1]![i]! + predictions[2]![i]!).toBeCloseTo(1, 12);
    }
    for (let c = 0; c < 3; c++) {
      expect(
        rootMeanSquare(
          predictions[c]!,
          truth.map((chances) => chances[c]!),
        ),
      ).toBeLessThan(0.06);
    }
  });
  it('keeps probabilities off 0 and 1, even where only one class occurs', () => {
    const x = Array.from({ length: 200 }, (_row, i) => i);
    const separated = fitted(
      { x },
      x.map((value) => (value < 100 ? 0 : 1)),
      probability,
    ).predict(allRows(200))[0]!;
    const bound = 1 / (2 * 200 + 2);
    for (const [i, value] of separated.entries()) {
      expect(value).toBeGreaterThanOrEqual(bound - 1e-12);
      expect(value).toBeLessThanOrEqual(1 - bound + 1e-12);
      expect(value > 0.5).toBe(i >= 100);
    }
    const always = fitted(
      { x },
      x.map(() => 1),
      probability,
    ).predict(allRows(200))[0]!;
    for (const value of always) expect(value).toBeCloseTo(1 - bound, 12);
    const [, , third] = fitted(
      { x },
      x.map((value) => value % 2),
      { kind: 'classes', classes: 3 },
    ).predict(allRows(200));
    for (const value of third!) expect(value).toBeGreaterThan(0);
  });
  it('takes levels without an order, more of them than there are bins too', () => {
    const draws = drawsOf(6);
    const effects = Array.from({ length: 300 }, () => draws.normal());
    const g = Array.from({ length: 12_000 }, () => Math.floor(300 * draws.uniform() ** 2));
    const y = g.map((level) => 3 * effects[level]! + draws.normal());
    const [predictions] = fitted({ g: g.map((level) => `level ${level}`) }, y).predict(allRows(12_000));
    expect(
      rootMeanSquare(
        predictions!,
        g.map((level) => 3 * effects[level]!),
      ),
    ).toBeLessThan(1);
  });
  it('does not see the order of the rows, if those of training come in the same order', () => {
    const { columns, y } = friedman(500, 8);
    const shuffled = Array.from({ length: 500 }, (_row, i) => (i * 177 + 31) % 500);
    const [first] = fitted(columns, y).predict(allRows(500));
    const moved = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, shuffled.map((row) => values[row]!)]),
    );
    const back = new Int32Array(500);
    for (const [i, row] of shuffled.entries()) back[row] = i;
    const [second] = fitted(
      moved,
      shuffled.map((row) => y[row]!),
      mean,
      null,
      back,
    ).predict(back);
    expect(second).toEqual(first);
    expect(fitted(columns, y).predict(allRows(500))[0]).toEqual(first);
  });
  it('counts a row as often as its weight says', () => {
    const { columns: drawn, y } = friedman(300, 9);
    const columns = Object.fromEntries(
      Object.entries(drawn).map(([name, values]) => [name, values.map((value) => Math.round(20 * value))]),
    );
    const weights = y.map((_value, i) => i % 4);
    const settings = { ...boostingSettings(300), validation: 0, rounds: 30 };
    const fixed = (table: Record<string, number[]>, response: number[], own: number[] | null) => {
      const features = featuresOf(table);
      const rows = allRows(response.length).filter((row) => own === null || own[row]! > 0);
      const training = {
        rows,
        response: Float64Array.from(response),
        weights: own === null ? null : Float64Array.from(own),
      };
      const { model } = boostedModel(features, training, mean, randomStreams(1)(), settings);
      return predictRows(binnedTable(features), model, allRows(300))[0]!;
    };
    // The first 300 rows stay themselves so that both predict the same; copies follow, and rows of weight 0 are predicted only.
    const weighted = fixed(columns, y, weights);
    const copies = weights.flatMap((weight, i) => Array<number>(Math.max(0, weight - 1)).fill(i));
    const rows = [...y.keys(), ...copies];
    const repeated = fixed(
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, rows.map((row) => values[row]!)]),
      ),
      rows.map((row) => y[row]!),
      rows.map((row, i) => (i < 300 ? Math.min(1, weights[row]!) : 1)),
    );
    expect(rootMeanSquare(weighted, repeated)).toBeLessThan(1e-9);
  });
  it('tells the mean where there is nothing to split on', () => {
    const rows = allRows(40);
    const y = Array.from({ length: 40 }, (_row, i) => i % 5);
    const table = { rows: 40, features: [] };
    const model = boosting(
      table,
      { rows, response: Float64Array.from(y), weights: null },
      mean,
      randomStreams(1)(),
    );
    for (const value of model.predict(rows)[0]!) expect(value).toBeCloseTo(2, 12);
    expect(model.importances).toEqual([]);
    const constant = fitted({ x: Array(40).fill(3) }, y);
    expect(constant.importances).toEqual([0]);
    expect(constant.predict(rows)[0]![0]).toBeCloseTo(2, 12);
    const x = Array.from({ length: 40 }, (_row, i) => i);
    const same = fitted({ x }, Array(40).fill(0.1));
    for (const value of same.predict(rows)[0]!) expect(value).toBeCloseTo(0.1, 14);
    const few = fitted({ x: [1, 2, 3] }, [1, 2, 6]);
    for (const value of few.predict(allRows(3))[0]!) expect(value).toBeCloseTo(3, 12);
  });
  it('bears the largest numbers', () => {
    const x = Array.from({ length: 200 }, (_row, i) => (i % 2 === 0 ? 1e300 : -1e300) * (1 + i / 200));
    const y = x.map((value) => (value > 0 ? 1.5e308 : -1e308));
    const [predictions] = fitted({ x }, y).predict(allRows(200));
    for (const [i, value] of predictions!.entries()) {
      expect(Number.isFinite(value)).toBe(true);
      expect(value > 0).toBe(y[i]! > 0);
    }
  });
});
