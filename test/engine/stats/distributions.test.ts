import { describe, expect, it } from 'vitest';
import {
  chiSquareUpperP,
  fQuantile,
  fUpperP,
  noncentralChiSquareP,
  noncentralChiSquareQuantile,
  normalQuantile,
  normalTwoSidedP,
  studentQuantile,
  studentTwoSidedP,
} from '../../../engine/stats/distributions.ts';
import { correctDigits } from '../../support/numeric.ts';

/** To 12 digits of values computed with 30 digits (mpmath 1.3, incomplete beta and gamma functions). */
function agrees(value: number, exact: number): void {
  expect(correctDigits(value, exact), `${value} rather than ${exact}`).toBeGreaterThanOrEqual(12);
}

describe('tails and quantiles', () => {
  it('of the normal, far out', () => {
    agrees(normalTwoSidedP(1.959963984540054), 0.05);
    agrees(normalTwoSidedP(-10), 1.523970604832105e-23);
    agrees(normalTwoSidedP(37), 1.1451142445049154e-299);
    agrees(normalQuantile(0.975), 1.959963984540054);
  });
  it("of Student's t", () => {
    agrees(studentQuantile(0.975, 2994), 1.9607566412647666);
    agrees(studentQuantile(0.995, 3), 5.840909309733357);
    agrees(studentTwoSidedP(2.228138851986275, 10), 0.05);
    expect(studentTwoSidedP(0, 5)).toBe(1);
  });
  it('of F and χ², without losing the tail', () => {
    agrees(fUpperP(4, 1, 100) * 1e6, studentTwoSidedP(2, 100) * 1e6);
    agrees(chiSquareUpperP(3.8414588206941254, 1), 0.05);
    expect(fUpperP(900, 1, 50_000)).toBeGreaterThan(0);
    agrees(fQuantile(0.95, 1, 2994), 1.9607566412647666 ** 2);
    expect(fUpperP(0, 2, 10)).toBe(1);
  });

  it('of the noncentral χ², with one degree of freedom that of a squared normal', () => {
    const normal = (z: number): number => (z > 0 ? 1 - normalTwoSidedP(z) / 2 : normalTwoSidedP(z) / 2);
    for (const [value, noncentrality] of [
      [0.5, 0.3],
      [23, 10],
      [30, 20],
      [900, 1000],
    ] as const) {
      const [root, shift] = [Math.sqrt(value), Math.sqrt(noncentrality)];
      const exact = normal(root - shift) - normal(-root - shift);
      expect(correctDigits(noncentralChiSquareP(value, 1, noncentrality), exact)).toBeGreaterThanOrEqual(10);
    }
    expect(noncentralChiSquareP(5, 2.5, 0)).toBeCloseTo(1 - chiSquareUpperP(5, 2.5), 12);
    expect(noncentralChiSquareP(-1, 2, 3)).toBe(0);
  });

  it('whose quantiles are the critical values of Montiel Olea & Pflueger (2013) for one instrument', () => {
    const critical = [0.05, 0.1, 0.2].map((tau) => noncentralChiSquareQuantile(0.95, 1, 1 / tau));
    expect(critical.map((value) => value.toFixed(3))).toEqual(['37.418', '23.109', '15.062']);
  });
});
