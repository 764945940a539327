import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConfidenceSet,
  contains,
  emptySet,
  formatSet,
  type Interval,
  isBounded,
  isEmpty,
  isWholeLine,
  quadraticSublevel,
  scaleSet,
  shiftSet,
  unionOf,
  wholeLine,
} from '../../../engine/stats/confidenceSet.ts';

const FROM = Number.NEGATIVE_INFINITY;
const TO = Number.POSITIVE_INFINITY;

const end = fc.oneof(fc.constantFrom(FROM, TO), fc.integer({ min: -20, max: 20 }));
const sets: fc.Arbitrary<ConfidenceSet> = fc
  .array(
    fc.tuple(end, end).map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]),
    { maxLength: 5 },
  )
  .map((intervals) => unionOf(intervals.filter(([low, high]) => low < TO && high > FROM)));

describe('where a quadratic is not positive', () => {
  it('is an interval, two rays, the whole line, or empty', () => {
    expect(quadraticSublevel(1, -3, 2)).toEqual([[1, 2]]);
    expect(quadraticSublevel(-1, 3, -2)).toEqual([
      [FROM, 1],
      [2, TO],
    ]);
    expect(quadraticSublevel(-1, 0, -1)).toEqual(wholeLine);
    expect(quadraticSublevel(1, 0, 1)).toEqual(emptySet);
    expect(quadraticSublevel(0, 2, -4)).toEqual([[FROM, 2]]);
    expect(quadraticSublevel(0, 0, 1)).toEqual(emptySet);
  });
  it('is one piece where its rays touch', () => {
    expect(quadraticSublevel(-1, 4, -4)).toEqual(wholeLine);
  });
  it('holds a point just where the quadratic does', () => {
    const coefficient = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(
        coefficient,
        coefficient,
        coefficient,
        fc.double({ min: -50, max: 50, noNaN: true }),
        (a, b, c, x) => {
          const value = a * x * x + b * x + c;
          fc.pre(Math.abs(value) > 1e-6);
          expect(contains(quadraticSublevel(a, b, c), x)).toBe(value < 0);
        },
      ),
    );
  });
});

describe('a union of intervals', () => {
  it('is ascending and disjoint, and holds what one of them holds', () => {
    const interval = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(interval), fc.integer({ min: -20, max: 20 }), (intervals, doubled) => {
        const set = unionOf(intervals);
        const x = doubled / 2;
        expect(contains(set, x)).toBe(intervals.some(([low, high]) => low <= x && x <= high));
        for (let i = 1; i < set.length; i++) expect(set[i]![0]).toBeGreaterThan(set[i - 1]![1]);
      }),
    );
  });
});

describe('a set that is scaled or shifted', () => {
  it('holds the scaled and shifted values', () => {
    const factor = fc.constantFrom(-4, -0.5, 0.25, 2);
    fc.assert(
      fc.property(sets, factor, fc.integer({ min: -9, max: 9 }), end, (set, scale, distance, x) => {
        fc.pre(Number.isFinite(x));
        expect(contains(scaleSet(set, scale), scale * x)).toBe(contains(set, x));
        expect(contains(shiftSet(set, distance), x + distance)).toBe(contains(set, x));
        expect(scaleSet(set, scale)).toEqual(unionOf(scaleSet(set, scale)));
      }),
    );
  });
});

describe('what kind of set it is', () => {
  it('is told', () => {
    expect([emptySet, wholeLine, [[0, 1]] as const, [[FROM, 1]] as const].map(isBounded)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([emptySet, wholeLine].map(isEmpty)).toEqual([true, false]);
    expect([emptySet, wholeLine, [[FROM, 1]] as const].map(isWholeLine)).toEqual([false, true, false]);
  });
  it('is written in words', () => {
    const words = (set: ConfidenceSet): string => formatSet(set, String);
    expect(words(emptySet)).toBe('no value');
    expect(words(wholeLine)).toBe('every value');
    expect(words([[-1, 2.5]])).toBe('-1 to 2.5');
    expect(
      words([
        [FROM, -1],
        [2, 3],
        [5, TO],
      ]),
    ).toBe('up to -1, or 2 to 3, or from 5 on');
  });
});
