import { beforeAll, describe, expect, test } from 'vitest';
import type { RefutationDetails } from '../../../engine/estimate/refutation.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { biasAt, estimateLine, intervalLine, sensitivityOf } from '../../../views/plots/sensitivity.ts';
import { samples } from './samples.ts';

let estimates: Readonly<Record<string, Estimate>>;
beforeAll(async () => {
  estimates = await samples(600);
});

function linear(estimate: Estimate): Extract<RefutationDetails, { kind: 'linear-bounds' }> {
  const details = estimate.refutations[0]?.details;
  if (details?.kind !== 'linear-bounds') throw new Error('no bounds');
  return details;
}

describe('the lines of a sensitivity contour', () => {
  test('agree with the grid that the refuter computes', () => {
    const details = linear(estimates['modest']!);
    const sensitivity = sensitivityOf(estimates['modest']!)!;
    const { treatment, outcome, estimates: grid } = details.contour;
    for (const i of [1, 7, 20]) {
      for (const j of [2, 11, 20]) {
        const expected = sensitivity.estimate - biasAt(sensitivity.bias, [treatment[i]!, outcome[j]!]);
        expect(expected).toBeCloseTo(grid[i]![j]!, 9);
      }
    }
    expect(sensitivity.end).toBeCloseTo(treatment.at(-1)!, 12);
  });
  test('reach zero where both strengths are the robustness value', () => {
    const sensitivity = sensitivityOf(estimates['modest']!)!;
    const value = sensitivity.robustness;
    expect(biasAt(sensitivity.bias, [value, value])).toBeCloseTo(Math.abs(sensitivity.estimate), 9);
    for (const point of estimateLine(sensitivity, 0)) {
      expect(biasAt(sensitivity.bias, point)).toBeCloseTo(Math.abs(sensitivity.estimate), 9);
      expect(point[1]).toBeLessThanOrEqual(sensitivity.end + 1e-9);
    }
    for (const point of estimateLine(sensitivity, sensitivity.estimate / 2)) {
      expect(biasAt(sensitivity.bias, point)).toBeCloseTo(Math.abs(sensitivity.estimate) / 2, 9);
    }
  });
  test('show where the interval reaches zero: t has its critical value all along', () => {
    const details = linear(estimates['modest']!);
    const sensitivity = sensitivityOf(estimates['modest']!)!;
    const points = intervalLine(sensitivity).filter(([, outcome]) => outcome > 0);
    expect(points.length).toBeGreaterThan(20);
    const se = Math.abs(sensitivity.estimate / details.t);
    const tOf = ([treatment, outcome]: readonly [number, number]): number =>
      (Math.abs(sensitivity.estimate) - biasAt(sensitivity.bias, [treatment, outcome])) /
      (se * Math.sqrt((1 - outcome) / (1 - treatment)) * Math.sqrt(details.df / (details.df - 1)));
    // 0.975 quantile of t with as many degrees of freedom.
    for (const point of points) expect(tOf(point)).toBeCloseTo(1.96, 1);
    const spread = points.map(tOf);
    expect(Math.max(...spread) - Math.min(...spread)).toBeLessThan(1e-9);
    const value = sensitivity.robustnessAlpha!;
    expect(tOf([value, value])).toBeCloseTo(spread[0]!, 9);
  });
  test('are the same from the robustness value that a regression tells by itself', () => {
    const own = { ...estimates['modest']!, refutations: [] };
    const told = sensitivityOf(estimates['modest']!)!;
    const found = sensitivityOf(own)!;
    expect(found.bias).toBeCloseTo(told.bias, 9);
    expect(found.robustnessAlpha).toBeNull();
    expect(intervalLine(found)).toEqual([]);
  });
  test('go by the bounds of a doubly robust estimate as well', () => {
    const sensitivity = sensitivityOf(estimates['robust']!)!;
    const details = estimates['robust']!.refutations[0]!.details;
    if (details?.kind !== 'nonparametric-bounds') throw new Error('no bounds');
    const { treatment, outcome, estimates: grid } = details.contour;
    expect(sensitivity.estimate - biasAt(sensitivity.bias, [treatment[9]!, outcome[4]!])).toBeCloseTo(
      grid[9]![4]!,
      9,
    );
    const value = sensitivity.robustnessAlpha!;
    for (const point of intervalLine(sensitivity)) {
      expect(biasAt(sensitivity.bias, point)).toBeCloseTo(biasAt(sensitivity.bias, [value, value]), 9);
    }
  });
  test('are not there without an effect, and mirror for one below zero', () => {
    const base = { ...estimates['modest']!, refutations: [], estimate: 0 };
    expect(sensitivityOf(base)).toBeNull();
    const turned = sensitivityOf({ ...base, estimate: -estimates['modest']!.estimate })!;
    expect(estimateLine(turned, turned.estimate / 2).length).toBeGreaterThan(0);
    expect(estimateLine(turned, -turned.estimate).length).toBe(
      estimateLine({ ...turned, estimate: -turned.estimate }, turned.estimate).length,
    );
    expect(sensitivityOf({ ...base, diagnostics: { metrics: { robustness_value: 0 } } })).toBeNull();
  });
});
