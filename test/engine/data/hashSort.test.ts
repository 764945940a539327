import { describe, expect, it } from 'vitest';
import { sortedByHash } from '../../../engine/data/hashSort.ts';

const sorted = (high: Uint32Array, low: Uint32Array): number[] =>
  Array.from(high.keys()).sort(
    (a, b) => (high[a] ?? 0) - (high[b] ?? 0) || (low[a] ?? 0) - (low[b] ?? 0) || a - b,
  );
const scattered = (length: number, values: number): Uint32Array =>
  Uint32Array.from({ length }, (_value, i) => Math.imul((i * 7919) % values, 0x9e3779b1));

describe('sorting by hashes', () => {
  it.each([
    [0, 1],
    [1, 1],
    [500, 500],
    [5000, 3],
    [5000, 4000],
  ])('%i rows of %i values are in order, those that are alike as they came', (length, values) => {
    const high = scattered(length, values);
    const low = scattered(length, 2);
    expect(Array.from(sortedByHash(high, low))).toEqual(sorted(high, low));
  });
  it('holds where many different keys share their upper bits', () => {
    const high = Uint32Array.from({ length: 2000 }, (_value, i) => (i * 37) % 50);
    const low = scattered(2000, 2000);
    expect(Array.from(sortedByHash(high, low))).toEqual(sorted(high, low));
  });
});
