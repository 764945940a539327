/** What is drawn from a graph against what the graph says of it. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causalGraph } from '../../../engine/graph/kernel/graph.ts';
import type { DrawnType } from '../../../engine/simulate/draws.ts';
import {
  type SimulatedEdge,
  type Simulation,
  type SimulationModel,
  simulate,
} from '../../../engine/simulate/simulate.ts';
import { dataOf, estimateOf } from '../../support/estimation.ts';

const CONTINUOUS: DrawnType = { kind: 'continuous', levels: [] };

type Written = readonly [from: number, to: number, coefficient: number | null, kind?: 'bidirected'];

function modelOf(
  types: readonly DrawnType[],
  written: readonly Written[],
  selection: readonly number[] = [],
): SimulationModel {
  const edges = written.map(
    ([from, to, coefficient, kind]): SimulatedEdge => ({ kind: kind ?? 'directed', from, to, coefficient }),
  );
  const variables = types.map((type, i) => ({ name: `v${i}`, latent: false, type }));
  return {
    graph: causalGraph({
      variables,
      directed: edges.filter(({ kind }) => kind === 'directed'),
      bidirected: edges.filter(({ kind }) => kind === 'bidirected'),
    }),
    variables,
    edges,
    selection,
  };
}

function drawn(model: SimulationModel, rows: number, seed = 1): Simulation {
  const found = simulate(model, rows, seed);
  if (found.kind === 'failure') throw new Error(found.message);
  return found;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(x: Float64Array, y: Float64Array): number {
  const [a, b] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - a) * ((y[i] ?? 0) - b), 0) / (x.length - 1);
}

/** Σ = (I − B)⁻¹ Ω (I − B)⁻ᵀ, by following each path forward: nodes are numbered in the order of their causes. */
function implied(size: number, written: readonly Written[]): number[][] {
  const omega = Array.from({ length: size }, (_row, i) =>
    Array.from({ length: size }, (_cell, j): number => (i === j ? 1 : 0)),
  );
  const total = Array.from({ length: size }, (_row, i) =>
    Array.from({ length: size }, (_cell, j): number => (i === j ? 1 : 0)),
  );
  for (const [a, b, c, kind] of written) {
    if (kind !== 'bidirected') continue;
    const size = c ?? 0;
    omega[a]![b]! += size;
    omega[b]![a]! += size;
    omega[a]![a]! += Math.abs(size);
    omega[b]![b]! += Math.abs(size);
  }
  for (let node = 0; node < size; node++) {
    for (const [from, to, c, kind] of written) {
      if (to !== node || kind === 'bidirected') continue;
      for (let k = 0; k < size; k++) total[node]![k]! += (c ?? 0) * total[from]![k]!;
    }
  }
  return total.map((row) =>
    total.map((other) =>
      row.reduce((sum, a, k) => sum + other.reduce((inner, b, l) => inner + a * b * omega[k]![l]!, 0), 0),
    ),
  );
}

const SIZE = 5;

/** Edges among five variables, each from a lower number to a higher one. */
const graphs = fc
  .uniqueArray(
    fc.record({
      pair: fc.constantFrom(
        ...Array.from(
          { length: SIZE * SIZE },
          (_pair, i) => [Math.floor(i / SIZE), i % SIZE] as const,
        ).filter(([a, b]) => a < b),
      ),
      coefficient: fc.integer({ min: -9, max: 9 }),
      bidirected: fc.boolean(),
    }),
    { selector: ({ pair, bidirected }) => `${pair} ${bidirected}`, maxLength: 10 },
  )
  .map((edges) =>
    edges.map(
      ({ pair, coefficient, bidirected }): Written =>
        bidirected ? [...pair, coefficient / 10, 'bidirected'] : [...pair, coefficient / 10],
    ),
  );

describe('linear Gaussian data', () => {
  it('have the covariances that the graph implies', () => {
    const rows = 4000;
    fc.assert(
      fc.property(graphs, fc.integer({ min: 0, max: 1e6 }), (written, seed) => {
        const { values } = drawn(
          modelOf(
            Array.from({ length: SIZE }, () => CONTINUOUS),
            written,
          ),
          rows,
          seed,
        );
        const expected = implied(SIZE, written);
        for (let i = 0; i < SIZE; i++) {
          for (let j = 0; j <= i; j++) {
            const [ii, jj, ij] = [expected[i]![i]!, expected[j]![j]!, expected[i]![j]!];
            // The standard error of a covariance of normal variables (Anderson 1958).
            const se = Math.sqrt((ii * jj + ij * ij) / rows);
            expect(Math.abs(covariance(values[i]!, values[j]!) - ij)).toBeLessThan(5.5 * se);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
  it('give the coefficient back to the regression on a valid set, and not without it', async () => {
    // v0 confounds v1 → v2; v3 is a cause of v2 alone.
    const model = modelOf(
      [CONTINUOUS, CONTINUOUS, CONTINUOUS, CONTINUOUS],
      [
        [0, 1, 0.8],
        [0, 2, 0.7],
        [1, 2, -0.5],
        [3, 2, 1],
      ],
    );
    const { values } = drawn(model, 2000, 3);
    const data = dataOf(
      Object.fromEntries(['a', 't', 'y', 'b'].map((name, i) => [name, Array.from(values[i]!)])),
    );
    const found = await estimateOf(data, { adjusted: ['a', 'b'] });
    expect(Math.abs(found.estimate + 0.5)).toBeLessThan(4 * found.se);
    const biased = await estimateOf(data, {});
    expect(Math.abs(biased.estimate + 0.5)).toBeGreaterThan(4 * biased.se);
  });
});

describe('other types', () => {
  it('binary: about half are 1, and a logit gives the coefficient back', async () => {
    const { values } = drawn(
      modelOf([CONTINUOUS, { kind: 'binary', levels: ['0', '1'] }], [[0, 1, 0.8]]),
      4000,
    );
    const [x, t] = values as [Float64Array, Float64Array];
    expect(new Set(t)).toEqual(new Set([0, 1]));
    expect(Math.abs(mean(t) - 0.5)).toBeLessThan(0.04);
    // The score of the logistic likelihood is zero at the truth.
    const score = x.reduce(
      (sum, value, i) => sum + (value - mean(x)) * (t[i]! - 1 / (1 + Math.exp(-0.8 * (value - mean(x))))),
      0,
    );
    expect(Math.abs(score) / Math.sqrt(4000 * 0.25)).toBeLessThan(4);
  });
  it('count: whole, never negative, with the mean of a Poisson variable', () => {
    const { values } = drawn(modelOf([{ kind: 'count', levels: [] }], []), 4000);
    expect(values[0]!.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    expect(Math.abs(mean(values[0]!) - 3)).toBeLessThan(4 * Math.sqrt(3 / 4000));
    expect(Math.abs(covariance(values[0]!, values[0]!) - 3)).toBeLessThan(0.4);
  });
  it('count: large means stay finite', () => {
    const { values } = drawn(modelOf([CONTINUOUS, { kind: 'count', levels: [] }], [[0, 1, 9]]), 500);
    expect(Math.max(...values[1]!)).toBeLessThan(1300);
  });
  it('levels: equally many, higher with the cause', () => {
    const levels = ['low', 'mid', 'high', 'top'];
    const { values } = drawn(modelOf([CONTINUOUS, { kind: 'ordinal', levels }], [[0, 1, 0.8]]), 4000);
    for (const place of [0, 1, 2, 3]) {
      expect(Math.abs(values[1]!.filter((value) => value === place).length - 1000)).toBeLessThan(120);
    }
    expect(covariance(values[0]!, values[1]!)).toBeGreaterThan(0.3);
  });
});

describe('selection', () => {
  it('keeps what is above the middle, and as many rows as were asked for', () => {
    const binary: DrawnType = { kind: 'binary', levels: ['0', '1'] };
    const { values } = drawn(
      modelOf(
        [CONTINUOUS, CONTINUOUS, binary],
        [
          [0, 2, 2],
          [1, 2, 2],
        ],
        [2],
      ),
      1000,
    );
    expect(values.map(({ length }) => length)).toEqual([1000, 1000, 1000]);
    expect(values[2]!.every((value) => value === 1)).toBe(true);
    // Two causes of what rows are selected by go against each other among them (Berkson 1946).
    expect(covariance(values[0]!, values[1]!)).toBeLessThan(-0.05);
  });
  it('of too much is a failure', () => {
    const many = Array.from({ length: 12 }, () => CONTINUOUS);
    expect(
      simulate(
        modelOf(
          many,
          [],
          many.map((_type, i) => i),
        ),
        100,
        1,
      ),
    ).toMatchObject({ kind: 'failure', code: 'selection' });
  });
});

describe('seeds', () => {
  const model = modelOf([CONTINUOUS, CONTINUOUS], [[0, 1, null]]);
  it('give the same numbers again, and others others', () => {
    expect(drawn(model, 50, 7)).toEqual(drawn(model, 50, 7));
    expect(drawn(model, 50, 7).values).not.toEqual(drawn(model, 50, 8).values);
  });
  it('draw coefficients that are not written between 0.3 and 0.8, of either sign', () => {
    const found = Array.from({ length: 40 }, (_seed, seed) => drawn(model, 1, seed).coefficients[0] ?? 0);
    expect(found.every((c) => Math.abs(c) >= 0.3 && Math.abs(c) <= 0.8)).toBe(true);
    expect(found.some((c) => c < 0) && found.some((c) => c > 0)).toBe(true);
  });
  it('do not help a cycle', () => {
    expect(
      simulate(
        modelOf(
          [CONTINUOUS, CONTINUOUS],
          [
            [0, 1, 1],
            [1, 0, 1],
          ],
        ),
        5,
        1,
      ),
    ).toMatchObject({ code: 'cycle' });
    expect(simulate(modelOf([CONTINUOUS], [[0, 0, 1]]), 5, 1)).toMatchObject({ code: 'cycle' });
  });
});
