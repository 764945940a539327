/** The p values of the Anderson–Rubin test over hypothesised effects: the curve whose part above 1 − level is the confidence set. */

import type { ConfidenceSet } from '../stats/confidenceSet.ts';
import { fUpperP } from '../stats/distributions.ts';
import { waldStatistic } from '../stats/waldSet.ts';
import type { AndersonRubinCurve } from './diagnostics/instrument.ts';
import type { SlopeCovariances } from './instrumentScores.ts';
import type { TwoStageFit } from './twoStage.ts';

/** Evenly spaced effects, and as many more for the ends of the set and the estimate. */
const STEPS = 40;
const MOST_ENDS = 18;

/** The p value of each effect, for errors of the same variance in all rows. Null without degrees of freedom. */
export function andersonRubinP({
  explained,
  left,
  first,
  count,
}: TwoStageFit): ((effect: number) => number) | null {
  const df = first.rows - first.parameters;
  if (df <= 0) return null;
  const form = ({ tt, ty, yy }: TwoStageFit['left'], effect: number): number =>
    yy - effect * (2 * ty - effect * tt);
  return (effect) =>
    fUpperP(((df / count) * Math.max(0, form(explained, effect))) / form(left, effect), count, df);
}

/** The same with robust or clustered errors; null where that test does not exist. */
export function robustAndersonRubinP(
  { treatmentSlopes, outcomeSlopes, count }: TwoStageFit,
  { treatment, outcome, cross, df }: SlopeCovariances,
): ((effect: number) => number) | null {
  const statistic = waldStatistic({
    a: outcomeSlopes,
    b: treatmentSlopes,
    aa: outcome,
    ab: cross,
    bb: treatment,
  });
  return statistic === null ? null : (effect) => fUpperP(statistic(effect) / count, count, df);
}

/** The curve over the effects of interest. */
export function andersonRubinCurve(
  pOf: (effect: number) => number,
  robust: boolean,
  set: ConfidenceSet,
  estimate: number,
  se: number,
): AndersonRubinCurve {
  const points = effectsOf(set, estimate, se).map((effect) => ({ effect, p: pOf(effect) }));
  return { robust, points: points.filter(({ p }) => Number.isFinite(p)) };
}

/** Effects around the estimate and the ends of the set, or within four standard errors where it has none; with zero where that is not far off. */
function effectsOf(set: ConfidenceSet, estimate: number, se: number): readonly number[] {
  const ends = set.flat().filter(Number.isFinite).slice(0, MOST_ENDS);
  const around = ends.length > 0 ? ends : [estimate - 4 * se, estimate + 4 * se];
  const anchors = [estimate, ...around].filter(Number.isFinite);
  const [low, high] = [Math.min(...anchors), Math.max(...anchors)];
  const room = 0.35 * (high - low) || Math.abs(estimate) || 1;
  const isZeroNear = low - 4 * room < 0 && high + 4 * room > 0;
  const from = Math.min(low - room, isZeroNear ? -room / 4 : low);
  const to = Math.max(high + room, isZeroNear ? room / 4 : high);
  const even = Array.from({ length: STEPS + 1 }, (_step, i) => from + ((to - from) * i) / STEPS);
  const exact = [...ends, estimate, ...(isZeroNear ? [0] : [])].filter(Number.isFinite);
  return [...new Set([...even, ...exact])].sort((a, b) => a - b);
}
