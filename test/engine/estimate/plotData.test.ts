/** What pictures of an estimate are drawn from. */

import { describe, expect, it } from 'vitest';
import { weightHistogram } from '../../../engine/estimate/weightHistogram.ts';
import { contains } from '../../../engine/stats/confidenceSet.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';

describe('the histogram of weights', () => {
  it('counts rows in average rows of their arm, those that do not count apart', () => {
    const { zero, bins } = weightHistogram([1, 1, 1, 1], [0, 0, 2, 6]);
    expect(zero).toEqual({ treated: 0, control: 2 });
    // Relative weights of the second arm: 0, 0, 1 and 3; 3 is 2^1.58, next to 2^1.5.
    expect(bins.map(({ treated, control }) => [treated, control])).toEqual([
      [4, 1],
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(bins[0]?.from).toBeCloseTo(2 ** -0.25, 14);
    expect(bins[3]?.to).toBeCloseTo(2 ** 1.75, 14);
    expect(bins[1]?.from).toBe(bins[0]?.to);
  });
  it('stays bounded whatever the weights are, and is empty without any', () => {
    const wild = weightHistogram([1e-300, 1, 1e12], [1e-9, 5]);
    expect(wild.bins.length).toBeLessThanOrEqual(60);
    expect(wild.bins.reduce((sum, bin) => sum + bin.treated + bin.control, 0)).toBe(5);
    expect(weightHistogram([], [0])).toEqual({ zero: { treated: 0, control: 1 }, bins: [] });
  });
  it('goes by the level that counts as treated, whichever way round the contrast is', async () => {
    const data = dataOf(study(400));
    const [there, back] = await Promise.all([
      estimateOf(data, { method: 'ipw', adjusted: ['a', 'b'] }),
      estimateOf(data, { method: 'ipw', adjusted: ['a', 'b'], contrast: { level: '0', reference: '1' } }),
    ]);
    expect(there.diagnostics.arms).toEqual({ treated: '1', control: '0' });
    expect(back.contrast).toEqual(['0', '1']);
    expect(back.diagnostics.arms).toEqual(there.diagnostics.arms);
    const { bins, zero } = there.diagnostics.weights ?? { bins: [], zero: { treated: 1, control: 1 } };
    expect(zero).toEqual({ treated: 0, control: 0 });
    expect(bins.reduce((sum, bin) => sum + bin.treated + bin.control, 0)).toBe(400);
  });
});

describe('the Anderson–Rubin curve', () => {
  it('is the p value of the instrument in a regression of what the effect leaves', async () => {
    const columns = study(200);
    const [y, t] = [columns.y as number[], columns.t as number[]];
    const estimate = await estimateOf(dataOf(columns), {
      method: 'iv',
      instruments: ['z'],
      adjusted: ['a'],
      standardError: 'classic',
    });
    const { points, robust } = estimate.diagnostics.andersonRubinCurve ?? { points: [], robust: true };
    expect(robust).toBe(false);
    for (const { effect, p } of points.filter((_point, i) => i % 9 === 0)) {
      const left = dataOf({ ...columns, y: y.map((value, i) => value - effect * (t[i] ?? 0)) });
      const test = await estimateOf(left, { treatment: 'z', adjusted: ['a'], standardError: 'classic' });
      expect(p).toBeCloseTo(test.p, 9);
    }
  });
  it.each([
    ['one instrument', ['z']],
    ['two instruments', ['z', 'b']],
  ])('crosses 1 − level at the ends of the set, with %s', async (_name, instruments) => {
    const estimate = await estimateOf(dataOf(study(300)), { method: 'iv', instruments });
    const { andersonRubinCurve: curve, andersonRubinRobust: set = [] } = estimate.diagnostics;
    const points = curve?.points ?? [];
    expect(curve?.robust).toBe(true);
    expect(points.length).toBeGreaterThan(40);
    expect(points.length).toBeLessThanOrEqual(60);
    expect(points.map(({ effect }) => effect)).toEqual(
      points.map(({ effect }) => effect).sort((a, b) => a - b),
    );
    const ends = set.flat().filter(Number.isFinite);
    for (const end of ends) {
      expect(points.find(({ effect }) => effect === end)?.p).toBeCloseTo(0.05, 6);
    }
    for (const { effect, p } of points) {
      if (!ends.includes(effect)) expect(contains(set, effect)).toBe(p > 0.05);
    }
  });
  it('goes by the contrast: turned round with it', async () => {
    const data = dataOf(study(200));
    const there = await estimateOf(data, { method: 'iv', instruments: ['z'] });
    const back = await estimateOf(data, {
      method: 'iv',
      instruments: ['z'],
      contrast: { level: '0', reference: '1' },
    });
    const points = there.diagnostics.andersonRubinCurve?.points ?? [];
    const turned = back.diagnostics.andersonRubinCurve?.points ?? [];
    expect(turned.map(({ effect }) => -effect).reverse()).toEqual(points.map(({ effect }) => effect));
  });
});

describe('the treatment by the instrument', () => {
  const t = [0, 0, 1, 0, 1, 1, 1, 0];
  const y = [1, 2, 4, 1, 5, 4, 6, 2];
  it('has a group a value, in the units that were read', async () => {
    const z = [2020, 2020, 2020, 2020, 2021, 2021, 2021, 2021];
    const { diagnostics } = await estimateOf(dataOf({ t, y, z }), { method: 'iv', instruments: ['z'] });
    expect(diagnostics.instrumentMeans?.instrument).toBe('z');
    const groups = diagnostics.instrumentMeans?.groups ?? [];
    expect(groups.map(({ label, at, rows, mean }) => [label, at, rows, mean])).toEqual([
      ['2020', 2020, 4, 0.25],
      ['2021', 2021, 4, 0.75],
    ]);
    // √(s²/n) with s² = (1 · 0.75² + 3 · 0.25²)/3.
    expect(groups[0]?.se).toBeCloseTo(0.25, 12);
  });
  it('has the levels of a text', async () => {
    const z = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];
    const { diagnostics } = await estimateOf(dataOf({ t, y, z }), { method: 'iv', instruments: ['z'] });
    expect(diagnostics.instrumentMeans?.groups.map(({ label }) => label)).toEqual(['a', 'b']);
  });
  it('cuts a number with many values into groups of about as many rows', async () => {
    const { diagnostics } = await estimateOf(dataOf(study(1000)), { method: 'iv', instruments: ['b'] });
    const groups = diagnostics.instrumentMeans?.groups ?? [];
    expect(groups).toHaveLength(20);
    expect(groups.every(({ rows, label }) => rows === 50 && label === null)).toBe(true);
  });
  it('goes by what several instruments say of the treatment together', async () => {
    const { diagnostics } = await estimateOf(dataOf(study(1000)), { method: 'iv', instruments: ['b', 'z'] });
    const { instrument, groups = [] } = diagnostics.instrumentMeans ?? { instrument: '' };
    expect(instrument).toBeNull();
    // The first stage without covariates is what the groups are cut by, so that mean and place agree over all.
    const of = (pick: (group: (typeof groups)[number]) => number): number =>
      groups.reduce((sum, group) => sum + group.rows * pick(group), 0) / 1000;
    expect(of(({ at }) => at)).toBeCloseTo(
      of(({ mean }) => mean),
      12,
    );
  });
});

describe('the parts of a mediated effect', () => {
  it('sum to the whole, and stand with each part that was asked for', async () => {
    const columns = study(400);
    const parts = await outcomesOf(dataOf(columns), {
      method: 'mediation',
      treatment: 'z',
      through: ['t'],
      adjusted: ['a'],
    });
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      if (part.kind !== 'estimate') throw new Error(part.error.message);
      const { decomposition } = part.diagnostics;
      if (decomposition === undefined) throw new Error('no parts');
      const { total, direct, indirect } = decomposition;
      expect(direct.estimate + indirect.estimate).toBeCloseTo(total.estimate, 12);
      const own = decomposition[part.estimand as 'total'];
      expect([own.estimate, own.se]).toEqual([part.estimate, part.se]);
    }
  });
});
