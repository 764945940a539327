import { describe, expect, it } from 'vitest';
import { binnedTable } from '../../../engine/learn/bins.ts';
import { growTree, growthSpace } from '../../../engine/learn/growTree.ts';
import { gradientScale, packGradients, packWeights } from '../../../engine/learn/packing.ts';
import { costAtPrice, pruningSequence } from '../../../engine/learn/pruning.ts';
import { trainingBins } from '../../../engine/learn/trainingBins.ts';
import { tree } from '../../../engine/learn/tree.ts';
import type { TreeNodes } from '../../../engine/learn/treeNodes.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { allRows, drawsOf, featuresOf, rootMeanSquare } from '../../support/learning.ts';

/** The one split of rows with these gradients. */
function stump(
  columns: Record<string, (number | string)[]>,
  gradients: number[],
  weights: number[] | null,
  least: number,
) {
  const n = gradients.length;
  const table = binnedTable(featuresOf(columns));
  const packed = new Float64Array(n);
  const own = packWeights(weights === null ? null : Float64Array.from(weights), n);
  const weighted = Float64Array.from(gradients, (value, i) => value * (weights?.[i] ?? 1));
  const scale = gradientScale(own, weighted);
  packGradients(own, weighted, scale, packed);
  const space = growthSpace(n);
  const grown = growTree(
    trainingBins(table, allRows(n)),
    n,
    [packed],
    { place: own.place, leafWeight: least * own.unit, penalty: 0 },
    { leaves: 2, unit: own.unit },
    space,
  );
  const [left] = grown.leaves;
  const rows = [...space.positions.subarray(left!.start, left!.end)].sort((a, b) => a - b);
  return { rows, gain: (grown.nodes.gain[0]! * own.unit) / scale ** 2 };
}

/** Reduction of Σ w (g − mean)² by sending `left` apart. */
function gainOf(gradients: number[], weights: number[], left: readonly boolean[]): number {
  const part = (keep: (row: number) => boolean): number => {
    let [sum, weight] = [0, 0];
    for (const [i, value] of gradients.entries()) {
      if (keep(i)) [sum, weight] = [sum + weights[i]! * value, weight + weights[i]!];
    }
    return weight === 0 ? 0 : (sum * sum) / weight;
  };
  return part((i) => left[i]!) + part((i) => !left[i]!) - part(() => true);
}

describe('the split of a leaf', () => {
  const draws = drawsOf(1);
  const n = 60;
  const x = Array.from({ length: n }, () => draws.normal());
  const z = Array.from({ length: n }, () => Math.floor(6 * draws.uniform()));
  const g = Array.from({ length: n }, () => 'abcdefg'[Math.floor(7 * draws.uniform())]!);
  const y = x.map((value, i) => Math.sin(3 * value) + (g[i]! > 'd' ? 0.4 : 0) + draws.normal());
  it.each([null, y.map((_value, i) => 1 + (i % 3)), y.map((_value, i) => 0.1 + (i % 7) / 3)])(
    'is the best of all',
    (weights) => {
      const own = weights ?? y.map(() => 1);
      const enough = (left: boolean[]): boolean => {
        const weight = own.reduce((sum, value, i) => sum + (left[i] ? value : 0), 0);
        return weight >= 5 && own.reduce((sum, value) => sum + value, 0) - weight >= 5;
      };
      const cuts = [x, z].flatMap((column) => column.map((limit) => column.map((value) => value <= limit)));
      const best = Math.max(...cuts.filter(enough).map((left) => gainOf(y, own, left)));
      const found = stump({ x, z }, y, weights, 5);
      // Weights that are not whole are rounded to a part in 2²⁶ of their sum.
      expect(found.gain / best).toBeCloseTo(1, 5);
      expect(
        gainOf(
          y,
          own,
          y.map((_value, i) => found.rows.includes(i)),
        ),
      ).toBeCloseTo(best, 8);
    },
  );
  it('groups levels as well as the best of all groupings', () => {
    // Levels are ordered by means that ten rows of zeros shrink: equal counts leave that order alone.
    const level = y.map((_value, i) => 'abcdef'[i % 6]!);
    const own = y.map(() => 1);
    const centred = y.map((value) => value - y.reduce((sum, other) => sum + other, 0) / n);
    let best = 0;
    for (let mask = 1; mask < 63; mask++) {
      const left = level.map((label) => ((mask >> 'abcdef'.indexOf(label)) & 1) === 1);
      best = Math.max(best, gainOf(centred, own, left));
    }
    expect(stump({ level }, centred, null, 1).gain).toBeCloseTo(best, 8);
  });
});

describe('pruning', () => {
  it('takes the weakest link first', () => {
    // A root with a leaf and a branch of two leaves on either side; costs are made up.
    const nodes: TreeNodes = {
      count: 7,
      child: Int32Array.from([1, 3, 5, 0, 0, 0, 0]),
      feature: new Int32Array(7),
      threshold: new Int32Array(7),
      left: Array(7).fill(null),
      gain: new Float64Array(7),
    };
    const cost = Float64Array.from([10, 4, 3, 1, 2, 0.5, 0.5]);
    const sequence = pruningSequence(nodes, cost);
    // The left branch saves 1 for a leaf, the right one 2, the root then 10 − 7 = 3.
    expect(sequence.prices).toEqual([0, 1, 2, 3]);
    expect([0, 1, 2, 3].map((price) => costAtPrice(nodes, sequence, cost, price))).toEqual([4, 5, 7, 10]);
    for (const price of [0.2, 1.5, 2.5, 8]) {
      const costs = [4 + 4 * price, 5 + 3 * price, 6 + 3 * price, 7 + 2 * price, 10 + price];
      const leaves = price < 1 ? 4 : price < 2 ? 3 : price < 3 ? 2 : 1;
      expect(costAtPrice(nodes, sequence, cost, price) + leaves * price).toBeCloseTo(Math.min(...costs), 12);
    }
  });
});

describe('tree', () => {
  const draws = drawsOf(2);
  const n = 2000;
  const x = Array.from({ length: n }, () => draws.normal());
  const z = Array.from({ length: n }, () => draws.normal());
  const noise = Array.from({ length: n }, () => draws.normal());
  const rows = allRows(n);
  const grow = (response: ArrayLike<number>, task: Parameters<typeof tree>[2], order = rows) =>
    tree(
      featuresOf({ x, z, noise }),
      { rows: order, response: Float64Array.from(response), weights: null },
      task,
      randomStreams(3)(),
    );
  const step = x.map((value, i) => (value > 0.5 ? 3 : z[i]! > 0 ? 1 : 0));

  it('finds steps, and leaves out what is not there', () => {
    const fitted = grow(
      step.map((value) => value + draws.normal()),
      { kind: 'mean' },
    );
    expect(rootMeanSquare(fitted.predict(rows)[0]!, step)).toBeLessThan(0.15);
    expect(fitted.importances[2]).toBeLessThan(0.02);
    expect(fitted.importances[0]).toBeGreaterThan(fitted.importances[1]!);
  });
  it('is its root where there is nothing to find', () => {
    const response = Array.from({ length: n }, () => draws.normal());
    const fitted = grow(response, { kind: 'mean' });
    const mean = response.reduce((sum, value) => sum + value, 0) / n;
    for (const value of fitted.predict(rows)[0]!) expect(value).toBeCloseTo(mean, 10);
    expect(fitted.importances).toEqual([0, 0, 0]);
  });
  it('gives chances that follow the truth and are never 0 or 1', () => {
    const chance = step.map((value) => [0, 0.3, 0, 0.8][value]!);
    const response = chance.map((value) => (draws.uniform() < value ? 1 : 0));
    const [predicted] = grow(response, { kind: 'probability' }).predict(rows);
    expect(rootMeanSquare(predicted!, chance)).toBeLessThan(0.07);
    for (const value of predicted!) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  });
  it('tells several classes apart', () => {
    const response = step.map((value): number => (value === 3 ? 2 : value));
    const predicted = grow(response, { kind: 'classes', classes: 3 }).predict(rows);
    for (let i = 0; i < n; i++) {
      expect(predicted[0]![i]! + predicted[1]![i]! + predicted[2]![i]!).toBeCloseTo(1, 12);
    }
    // Only the rows of a bin in which a step lies may be told wrong.
    const right = response.reduce((sum, own, i) => sum + predicted[own]![i]!, 0) / n;
    expect(right).toBeGreaterThan(0.98);
  });
  it('bears few rows and a response that does not vary', () => {
    const few = tree(
      featuresOf({ x: [1, 2, 3] }),
      { rows: allRows(3), response: Float64Array.from([1, 2, 6]), weights: null },
      { kind: 'mean' },
      randomStreams(1)(),
    );
    expect(few.predict(allRows(3))[0]![1]).toBeCloseTo(3, 12);
    const same = grow(Array(n).fill(1), { kind: 'probability' }).predict(rows)[0]!;
    expect(same[0]).toBeCloseTo(1 - 0.5 / (n + 1), 12);
    const none = tree(
      { rows: 30, features: [] },
      { rows: allRows(30), response: new Float64Array(30).fill(2), weights: null },
      { kind: 'mean' },
      randomStreams(1)(),
    );
    expect(none.predict(allRows(2))[0]![0]).toBeCloseTo(2, 12);
  });
});
