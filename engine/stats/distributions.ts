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

/**
 * P(χ² ≤ value) for the noncentral χ² distribution with `df` > 0, which need not be whole: central ones, mixed with Poisson weights about half the noncentrality. Both are summed
 * downwards, where their recurrences add and never cancel (Ding 1992, Applied Statistics 41, algorithm AS 275, takes the same sums upwards).
 */
export function noncentralChiSquareP(value: number, df: number, noncentrality: number): number {
  if (value <= 0) return 0;
  if (noncentrality === 0) return gammainc(value / 2, df / 2, true, false);
  const [x, half] = [value / 2, noncentrality / 2];
  let j = 0;
  let logWeight = -half;
  for (; j < SHORTEST_SUM || j <= half || logWeight > NEGLIGIBLE_WEIGHT; j++)
    logWeight += Math.log(half / (j + 1));
  let weight = Math.exp(logWeight);
  let central = gammainc(x, df / 2 + j, true, false);
  // What a central probability gains with two degrees of freedom less.
  let gain = Math.exp((df / 2 + j - 1) * Math.log(x) - x - logGamma(df / 2 + j));
  let sum = weight * central;
  for (; j > 0; j--) {
    central += gain;
    gain *= (df / 2 + j - 1) / x;
    weight *= j / half;
    sum += weight * central;
  }
  return Math.min(1, sum);
}

/** Log of a Poisson weight that no longer matters. */
const NEGLIGIBLE_WEIGHT = -40;

/** Terms that are summed at least, so that `logGamma` is good to the last digits. */
const SHORTEST_SUM = 25;

/** log Γ(x) for x of 25 or more, by Stirling's series. */
function logGamma(x: number): number {
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/**
 * x with P(χ² ≤ x) = `probability` for the noncentral χ² distribution with `df` > 0, which need not be whole. By false position,
 * halving the value at an end that stays twice (Dowell & Jarratt 1971).
 */
export function noncentralChiSquareQuantile(probability: number, df: number, noncentrality: number): number {
  const excess = (value: number): number => noncentralChiSquareP(value, df, noncentrality) - probability;
  let [low, high] = [0, df + noncentrality];
  let [below, above] = [-probability, excess(high)];
  while (above < 0) {
    [low, below] = [high, above];
    high *= 2;
    above = excess(high);
  }
  let side = 0;
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const middle = low - (below * (high - low)) / (above - below);
    const value = excess(middle);
    if (Math.abs(value) < 1e-13) return middle;
    if (value > 0) {
      [high, above] = [middle, value];
      if (side > 0) below /= 2;
    } else {
      [low, below] = [middle, value];
      if (side < 0) above /= 2;
    }
    side = Math.sign(value);
  }
  return (low + high) / 2;
}
