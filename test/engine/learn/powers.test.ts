import { describe, expect, test } from 'vitest';
import type { FeatureTable } from '../../../engine/learn/learner.ts';
import { curveOf, standardisedFeatures, surfaceOf } from '../../../engine/learn/powers.ts';

const numeric = (values: readonly number[]): FeatureTable => ({
  rows: values.length,
  features: [{ kind: 'numeric', label: 'x', values: Float64Array.from(values) }],
});
const two = Int32Array.of(0, 1);

describe('powers of features', () => {
  test('are those of the standardised value, by the rows that are given', () => {
    // Of the first two rows the mean is 1 and the standard deviation 1.
    const [x] = standardisedFeatures(numeric([0, 2, 3, 1]), two);
    expect([...x!]).toEqual([-1, 1, 2, 0]);
    expect(curveOf(x!).map((power) => [...power])).toEqual([
      [1, 1, 4, 0],
      [-1, 1, 8, 0],
    ]);
  });

  test('take what is far off for three standard deviations', () => {
    const [x] = standardisedFeatures(numeric([0, 2, 1000, -1000]), two);
    expect([...x!]).toEqual([-1, 1, 3, -3]);
  });

  test('there are none of what does not vary, and of levels', () => {
    const levels = { kind: 'categorical', label: 'k', codes: Int32Array.of(0, 1), levels: 2 } as const;
    const constant = { kind: 'numeric', label: 'c', values: Float64Array.of(7, 7) } as const;
    expect(standardisedFeatures({ rows: 2, features: [levels, constant] }, two)).toEqual([null, null]);
  });

  test('of two features every power of one goes with every one of the other', () => {
    const products = surfaceOf(Float64Array.of(2), Float64Array.of(3)).map(([value]) => value);
    expect(products).toEqual([6, 18, 54, 12, 36, 108, 24, 72, 216]);
  });
});
