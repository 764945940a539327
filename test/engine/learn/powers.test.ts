import { describe, expect, test } from 'vitest';
import type { FeatureTable } from '../../../engine/learn/learner.ts';
import { withPowers } from '../../../engine/learn/powers.ts';

const numeric = (values: readonly number[]): FeatureTable => ({
  rows: values.length,
  features: [{ kind: 'numeric', label: 'x', values: Float64Array.from(values) }],
});

const valuesOf = (table: FeatureTable, place: number): number[] => {
  const feature = table.features[place];
  return feature?.kind === 'numeric' ? [...feature.values] : [];
};

describe('powers of features', () => {
  test('are those of the standardised value, by the rows that are given', () => {
    // Of the first two rows the mean is 1 and the standard deviation 1.
    const table = withPowers(numeric([0, 2, 3, 1]), Int32Array.of(0, 1), 3);
    expect(table.features).toHaveLength(3);
    expect(valuesOf(table, 0)).toEqual([0, 2, 3, 1]);
    expect(valuesOf(table, 1)).toEqual([1, 1, 4, 0]);
    expect(valuesOf(table, 2)).toEqual([-1, 1, 8, 0]);
  });

  test('take what is far off for three standard deviations', () => {
    const table = withPowers(numeric([0, 2, 1000, -1000]), Int32Array.of(0, 1), 2);
    expect(valuesOf(table, 1)).toEqual([1, 1, 9, 9]);
  });

  test('are nothing for what does not vary, and of levels there are none', () => {
    const levels = { kind: 'categorical', label: 'k', codes: Int32Array.of(0, 1), levels: 2 } as const;
    const constant = { kind: 'numeric', label: 'c', values: Float64Array.of(7, 7) } as const;
    const table = withPowers({ rows: 2, features: [levels, constant] }, Int32Array.of(0, 1), 3);
    expect(table.features).toHaveLength(4);
    expect(valuesOf(table, 2)).toEqual([0, 0]);
    expect(withPowers({ rows: 2, features: [levels] }, Int32Array.of(0, 1), 3).features).toHaveLength(1);
  });
});
