/** Tails and quantiles of the reference distributions; every p value of the engine comes from here. */

import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import fDistributionQuantile from '@stdlib/stats-base-dists-f-quantile';
import normalDistributionQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tDistributionQuantile from '@stdlib/stats-base-dists-t-quantile';

/** P(|N(0, 1)| > |z|). */
export function normalTwoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** P(|t| > |value|) for Student's t with `df` > 0 degrees of freedom. */
export function studentTwoSidedP(value: number, df: number): number {
  return betainc(df / (df + value * value), df / 2, 0.5);
}

/** P(F > value) for the F distribution with `df1` and `df2` degrees of freedom, exact in the far tail. */
export function fUpperP(value: number, df1: number, df2: number): number {
  return value <= 0 ? 1 : betainc(df2 / (df2 + df1 * value), df2 / 2, df1 / 2);
}

/** P(χ² > value) with `df` degrees of freedom. */
export function chiSquareUpperP(value: number, df: number): number {
  return value <= 0 ? 1 : gammainc(value / 2, df / 2, true, true);
}

/** z with P(N(0, 1) ≤ z) = `probability`. */
export function normalQuantile(probability: number): number {
  return normalDistributionQuantile(probability, 0, 1);
}

/** t with P(t(`df`) ≤ t) = `probability`. */
export function studentQuantile(probability: number, df: number): number {
  return tDistributionQuantile(probability, df);
}

/** f with P(F(`df1`, `df2`) ≤ f) = `probability`. */
export function fQuantile(probability: number, df1: number, df2: number): number {
  return fDistributionQuantile(probability, df1, df2);
}

/** P(χ² ≤ value) for the noncentral χ² distribution: central ones, mixed with Poisson weights about half the noncentrality. */
export function noncentralChiSquareP(value: number, df: number, noncentrality: number): number {
  if (value <= 0) return 0;
  const half = noncentrality / 2;
  let sum = 0;
  let logWeight = -half;
  // The weights fall faster than geometrically past their mean, half the noncentrality.
  for (let j = 0; j <= half || logWeight > NEGLIGIBLE_WEIGHT; j++) {
    sum += Math.exp(logWeight) * gammainc(value / 2, df / 2 + j, true, false);
    logWeight += Math.log(half / (j + 1));
  }
  return sum;
}

/** Log of a Poisson weight that no longer matters. */
const NEGLIGIBLE_WEIGHT = -40;

/** x with P(χ² ≤ x) = `probability` for the noncentral χ² distribution with `df` > 0, which need not be whole, by bisection. */
export function noncentralChiSquareQuantile(probability: number, df: number, noncentrality: number): number {
  let low = 0;
  let high = df + noncentrality;
  while (noncentralChiSquareP(high, df, noncentrality) < probability) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (noncentralChiSquareP(middle, df, noncentrality) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
