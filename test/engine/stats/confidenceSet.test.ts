import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, quadraticSublevel } from '../../../engine/stats/confidenceSet.ts';

describe('where a quadratic is not positive', () => {
  it('is an interval, two rays, the whole line, or empty', () => {
    expect(quadraticSublevel(1, -3, 2)).toEqual([[1, 2]]);
    expect(quadraticSublevel(-1, 3, -2)).toEqual([
      [Number.NEGATIVE_INFINITY, 1],
      [2, Number.POSITIVE_INFINITY],
    ]);
    expect(quadraticSublevel(-1, 0, -1)).toEqual([[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]]);
    expect(quadraticSublevel(1, 0, 1)).toEqual([]);
    expect(quadraticSublevel(0, 2, -4)).toEqual([[Number.NEGATIVE_INFINITY, 2]]);
    expect(quadraticSublevel(0, 0, 1)).toEqual([]);
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
