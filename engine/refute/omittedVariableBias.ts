/** Bias from omitted variables in partial R²: Cinelli & Hazlett (2020), "Making sense of sensitivity", JRSS-B 82, and what builds on it. */

import { studentQuantile } from '../stats/distributions.ts';

/** A coefficient of a regression, with its classical standard error and the degrees of freedom n − k. */
export interface Coefficient {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
}

/** Part that an omitted variable explains of what the covariates leave of the treatment, and treatment and covariates of the outcome. */
export interface Strength {
  readonly treatment: number;
  readonly outcome: number;
}

/** Size of the bias: their equation 8. */
export function biasOf({ se, df }: Coefficient, { treatment, outcome }: Strength): number {
  return Math.sqrt((outcome * treatment) / (1 - treatment)) * se * Math.sqrt(df);
}

/** The coefficient with the omitted variable, pulling the estimate towards zero (and beyond), held fixed: their equations 8 and 9. */
export function adjustedFor(coefficient: Coefficient, strength: Strength): Coefficient {
  const { estimate, se, df } = coefficient;
  const sign = estimate < 0 ? -1 : 1;
  return {
    estimate: sign * (Math.abs(estimate) - biasOf(coefficient, strength)),
    se: Math.sqrt((1 - strength.outcome) / (1 - strength.treatment)) * se * Math.sqrt(df / (df - 1)),
    df: df - 1,
  };
}

/** The strength ρ with ρ²/(1 − ρ) = f². */
export function strengthOf(f: number): number {
  const square = f * f;
  // ½(√(f⁴ + 4f²) − f²), without the difference of two large numbers.
  return f <= 0 ? 0 : (2 * square) / (Math.sqrt(square * square + 4 * square) + square);
}

/** The strength, with treatment and outcome alike, at which the estimate is zero: their equation 19. */
export function robustnessValue({ estimate, se, df }: Coefficient): number {
  return strengthOf(Math.abs(estimate / se) / Math.sqrt(df));
}

/**
 * The same at which the interval with coverage 1 − `alpha` reaches zero: their equation 20, and where the bound binds for the treatment alone
 * its correction of Cinelli & Hazlett (2025), "An omitted variable bias framework for sensitivity analysis of instrumental variables".
 */
export function robustnessValueAt({ estimate, se, df }: Coefficient, alpha: number): number {
  const f = Math.abs(estimate / se) / Math.sqrt(df);
  const critical = studentQuantile(1 - alpha / 2, df - 1) / Math.sqrt(df - 1);
  if (f <= critical) return 0;
  if (f < 1 / critical) return strengthOf(f - critical);
  return (f * f - critical * critical) / (1 + f * f);
}

/** Partial R² of the coefficient's variable with the outcome. */
export function partialR2({ estimate, se, df }: Coefficient): number {
  const t = estimate / se;
  return (t * t) / (t * t + df);
}

/**
 * The strength of a confounder `times` as strong as a covariate that explains these parts, in both relations: their equations 14 to 16.
 * Null where it would have to explain more of the treatment than there is.
 */
export function benchmark(covariate: Strength, times: number): Strength | null {
  const odds = covariate.treatment / (1 - covariate.treatment);
  const treatment = times * odds;
  if (!(treatment < 1)) return null;
  const given = times * covariate.treatment;
  if (!(given < 1)) return null;
  const shared = (times * covariate.treatment ** 2) / ((1 - given) * (1 - covariate.treatment));
  if (!(shared < 1)) return null;
  const pull = (Math.sqrt(times) + Math.sqrt(shared)) / Math.sqrt(1 - shared);
  const outcome = pull * pull * (covariate.outcome / (1 - covariate.outcome));
  return { treatment, outcome: Math.min(1, outcome) };
}
