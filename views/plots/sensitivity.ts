/** What a hidden confounder would do to an estimate: the lines of a sensitivity contour, in closed form (Cinelli & Hazlett 2020; Chernozhukov et al. 2022). */

import type { BenchmarkBound, RefutationDetails } from '../../engine/estimate/refutation.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { FURTHEST } from './scale.ts';

/** A point of the plane: what the confounder explains of what is left of the treatment, and of the outcome; shares from 0 to 1. */
export type StrengthPoint = readonly [treatment: number, outcome: number];

export interface Sensitivity {
  /** The estimate that the bounds are about, and the bias of a confounder of strength 1 in the sense of `biasAt`; above 0. */
  readonly estimate: number;
  readonly bias: number;
  /** Strength with treatment and outcome alike at which the estimate is zero. */
  readonly robustness: number;
  /** The same for the interval, 0 where it holds zero as it is; null where it is not known. */
  readonly robustnessAlpha: number | null;
  /** Degrees of freedom of a regression's coefficient; null for bounds that have none. */
  readonly df: number | null;
  readonly benchmarks: readonly BenchmarkBound[];
  /** Both axes run from 0 to here. */
  readonly end: number;
}

/** |bias| of a confounder. */
export function biasAt(bias: number, [treatment, outcome]: StrengthPoint): number {
  return bias * Math.sqrt((outcome * treatment) / (1 - treatment));
}

function endOf(robustness: number, benchmarks: readonly BenchmarkBound[]): number {
  const strengths = benchmarks.flatMap((bound) => [bound.partialR2Treatment, bound.partialR2Outcome]);
  return Math.min(0.95, Math.max(0.1, 1.25 * Math.max(robustness, ...strengths)));
}

/** The odds-like f with f²/(1 + …) behind a robustness value: ρ²/(1 − ρ) = f². */
function strengthRoot(robustness: number): number {
  return robustness / Math.sqrt(1 - robustness);
}

function fromDetails(estimate: Estimate, details: RefutationDetails): Omit<Sensitivity, 'end'> | null {
  if (details.kind === 'linear-bounds') {
    const own = details.contour.estimates[0]?.[0] ?? estimate.estimate;
    return {
      estimate: own,
      bias: (Math.abs(own) * Math.sqrt(details.df)) / Math.abs(details.t),
      robustness: details.robustnessValue,
      robustnessAlpha: details.robustnessValueAlpha,
      df: details.df,
      benchmarks: details.bounds,
    };
  }
  if (details.kind !== 'nonparametric-bounds') return null;
  return {
    estimate: estimate.estimate,
    bias: details.scale,
    robustness: details.robustnessValue,
    robustnessAlpha: details.robustnessValueAlpha,
    df: null,
    benchmarks: [],
  };
}

/** A regression tells its robustness value by itself, from which the bias follows; its interval does not. */
function fromMetric({ estimate, method, diagnostics }: Estimate): Omit<Sensitivity, 'end'> | null {
  const robustness = diagnostics.metrics.robustness_value;
  if (robustness === undefined || !['regression', 'difference'].includes(method)) return null;
  return {
    estimate,
    bias: Math.abs(estimate) / strengthRoot(robustness),
    robustness,
    robustnessAlpha: null,
    df: null,
    benchmarks: [],
  };
}

/** What is known of an estimate's sensitivity: by the refuter `sensitivity` where it was asked, else by its robustness value; null without either. */
export function sensitivityOf(estimate: Estimate): Sensitivity | null {
  const details = estimate.refutations.map((refutation) => refutation.details);
  const told = details.map((one) => (one === null ? null : fromDetails(estimate, one)));
  const found = told.find((one) => one !== null) ?? fromMetric(estimate);
  if (found === null || !(found.bias > 0) || !Number.isFinite(found.bias)) return null;
  if (!(Math.abs(found.estimate) > 0 && Math.abs(found.estimate) < FURTHEST)) return null;
  if (!(found.robustness > 0 && found.robustness < 1)) return null;
  const benchmarks = found.benchmarks.filter((bound) =>
    [bound.partialR2Treatment, bound.partialR2Outcome].every((part) => part >= 0 && part <= 1),
  );
  return { ...found, benchmarks, end: endOf(found.robustness, benchmarks) };
}

const STEPS = 48;

/** Strengths with the treatment from `from` to the end of the axis, closer together where curves are steep. */
function along(from: number, end: number): readonly number[] {
  return Array.from({ length: STEPS + 1 }, (_step, i) => from + (end - from) * (i / STEPS) ** 2);
}

/** Where the estimate, pulled towards zero, would be `level`; without points where no confounder of the plane does that. */
export function estimateLine({ estimate, bias, end }: Sensitivity, level: number): readonly StrengthPoint[] {
  const pull = (Math.abs(estimate) - level * Math.sign(estimate)) / bias;
  if (!(pull > 0)) return [];
  const square = pull * pull;
  const first = square / (end + square);
  if (first >= end) return [];
  return along(first, end).map((treatment) => [treatment, (square * (1 - treatment)) / treatment]);
}

/**
 * Where the interval would reach zero. The critical value is that behind the robustness value of the interval; a regression's standard error shrinks with what the confounder
 * explains of the outcome, and grows with what it explains of the treatment, so that √outcome solves a quadratic equation.
 */
export function intervalLine(sensitivity: Sensitivity): readonly StrengthPoint[] {
  const { estimate, bias, robustness, robustnessAlpha, df, end } = sensitivity;
  if (robustnessAlpha === null || robustnessAlpha <= 0) return [];
  const size = Math.abs(estimate);
  if (df === null) {
    const sure = bias * strengthRoot(robustnessAlpha);
    return estimateLine({ ...sensitivity, estimate: sure }, 0);
  }
  const critical = criticalF(strengthRoot(robustness), robustnessAlpha);
  const points = along(1e-4, end).flatMap((treatment): StrengthPoint[] => {
    const pull = bias * Math.sqrt(treatment / (1 - treatment));
    // t · se of a confounder that explains nothing of the outcome: the factor √(df/(df − 1)) is in both and cancels.
    const reach = (critical * bias) / Math.sqrt(1 - treatment);
    if (reach >= size) return [[treatment, 0]];
    const root = (size * pull) ** 2 - (pull ** 2 + reach ** 2) * (size ** 2 - reach ** 2);
    if (root < 0) return [];
    const outcome = ((size * pull - Math.sqrt(root)) / (pull ** 2 + reach ** 2)) ** 2;
    return outcome <= end ? [[treatment, outcome]] : [];
  });
  return points;
}

/** The critical value over √(df − 1) behind a robustness value of the interval: the two cases of Cinelli & Hazlett (2025) read backwards. */
function criticalF(f: number, robustnessAlpha: number): number {
  const critical = f - strengthRoot(robustnessAlpha);
  if (f < 1 / critical) return critical;
  return Math.sqrt(Math.max(0, f * f - robustnessAlpha * (1 + f * f)));
}
