/** Is the instrument strong enough, and what can be said where it is not? */

import type { ConfidenceSet } from '../stats/confidenceSet.ts';
import { chiSquareUpperP, fUpperP } from '../stats/distributions.ts';
import { andersonRubinSet, robustAndersonRubinSet } from './andersonRubin.ts';
import { andersonRubinCurve, andersonRubinP, robustAndersonRubinP } from './andersonRubinCurve.ts';
import type { InstrumentDiagnostics } from './diagnostics/instrument.ts';
import { instrumentMeans } from './instrumentMeans.ts';
import { type SlopeCovariances, slopeCovariances } from './instrumentScores.ts';
import { type InstrumentStrength, instrumentStrength } from './instrumentStrength.ts';
import type { EstimationProblem } from './problem.ts';
import type { EstimateDiagnostics, Metric } from './result.ts';
import { covarianceType } from './standardError.ts';
import type { StructuralFit } from './structuralFit.ts';
import type { TwoStageFit } from './twoStage.ts';

/**
 * First stage, reduced form, endogeneity, over-identification and the weak-instrument robust confidence sets.
 *
 * F classic and robust of the excluded instruments; partial R²; effective F; regression form of the Durbin–Wu–Hausman test; Sargan's n·R², or Hansen's J
 * where `own` has it; Anderson–Rubin sets and the curve of their test. All but the robust ones follow from the cross-products of `stages`.
 *
 * @param se of the slope of `equation`; null where nothing is to be drawn, and neither the curve nor means by the instrument are made
 */
export async function instrumentDiagnostics(
  problem: EstimationProblem,
  stages: TwoStageFit,
  equation: StructuralFit,
  own: Pick<InstrumentDiagnostics, 'kappa' | 'hansenJ'> = {},
  se: number | null = null,
): Promise<EstimateDiagnostics> {
  const { first, restricted, explained, left, count, outcome } = stages;
  const df = first.rows - first.parameters;
  const covariances = await slopeCovariances(problem, stages);
  const strength = covariances === null ? null : instrumentStrength(stages, covariances);
  const hausman = wuHausman(stages);
  const sargan = count > 1 && own.hansenJ === undefined ? sarganStatistic(stages, equation) : undefined;
  const overidentification = own.hansenJ ?? sargan;
  const metrics: Partial<Record<Metric, number>> = {
    first_stage_f: (explained.tt / count) * (df / left.tt),
    r_squared: 1 - equation.residualSum / outcome.restricted.totalSum,
    ...(strength === null ? {} : { effective_f: strength.effectiveF }),
    ...(hausman === null ? {} : { hausman_p: hausman.p }),
    ...(overidentification === undefined ? {} : { overid_p: chiSquareUpperP(overidentification, count - 1) }),
  };
  return {
    metrics,
    partialR2: explained.tt / restricted.residualSum,
    ...strengthFields(strength),
    ...(hausman === null ? {} : { wuHausman: hausman.f }),
    ...(sargan === undefined ? {} : { sargan }),
    ...own,
    ...setsAndCurve(problem, stages, covariances, { estimate: equation.slope, se }),
    ...(se === null ? {} : { instrumentMeans: await instrumentMeans(problem, stages) }),
    firstStage: stages.treatmentSlopes[0],
    reducedForm: stages.outcomeSlopes[0],
    ...slopeErrors(problem, stages, covariances),
    condition: first.condition,
  };
}

function strengthFields(strength: InstrumentStrength | null): Partial<InstrumentDiagnostics> {
  if (strength === null) return {};
  const { robustF, critical10, critical5 } = strength;
  return {
    ...(robustF === null ? {} : { firstStageFRobust: robustF }),
    effectiveFCritical10: critical10,
    effectiveFCritical5: critical5,
  };
}

/** The set for errors of the same variance, for plans whose errors are robust or clustered that set as well, and the curve of the last of them. */
function setsAndCurve(
  { plan }: EstimationProblem,
  stages: TwoStageFit,
  covariances: SlopeCovariances | null,
  { estimate, se }: { readonly estimate: number; readonly se: number | null },
): Partial<InstrumentDiagnostics> {
  const pOf = andersonRubinP(stages);
  if (pOf === null) return {};
  const curve = (
    of: (effect: number) => number,
    set: ConfidenceSet,
    robust: boolean,
  ): Partial<InstrumentDiagnostics> =>
    se === null ? {} : { andersonRubinCurve: andersonRubinCurve(of, robust, set, estimate, se) };
  const andersonRubin = andersonRubinSet(stages, plan.level);
  const classic = { andersonRubin, ...curve(pOf, andersonRubin, false) };
  if (covariances === null || (plan.cluster === null && plan.standardError === 'classic')) return classic;
  const robust = robustAndersonRubinSet(stages, covariances, plan.level);
  const robustP = robustAndersonRubinP(stages, covariances);
  if (robust === null || robustP === null) return classic;
  return { andersonRubin, andersonRubinRobust: robust, ...curve(robustP, robust, true) };
}

/** Standard errors of the first instrument's slopes, of the plan's kind. */
function slopeErrors(
  problem: EstimationProblem,
  { first, outcome, count }: TwoStageFit,
  covariances: SlopeCovariances | null,
): Partial<InstrumentDiagnostics> {
  if (covariances === null) return {};
  const { rows, parameters, inverse } = first;
  const df = rows - parameters;
  const { kind } = covarianceType(problem);
  if (kind === 'classic') {
    const place = inverse.length - count;
    const error = (residualSum: number): number => Math.sqrt((residualSum / df) * inverse[place][place]);
    return { firstStageSe: error(first.residualSum), reducedFormSe: error(outcome.full.residualSum) };
  }
  const factor = kind === 'hc0' ? df / rows : 1;
  return {
    firstStageSe: Math.sqrt(factor * covariances.treatment[0][0]),
    reducedFormSe: Math.sqrt(factor * covariances.outcome[0][0]),
  };
}

/**
 * Does the part v of the treatment that the instruments do not explain still explain the outcome? t² of v in a regression of Y on T, v and the covariates, with 1 and
 * n − k − 1. Given the covariates T is T̂ + v, and these two are orthogonal: their slopes are the two-stage one and that of what is left.
 */
function wuHausman({ explained, left, outcome }: TwoStageFit): { f: number; p: number } | null {
  const df = outcome.restricted.rows - outcome.restricted.parameters - 2;
  if (df <= 0 || !(left.tt > EXACT * (explained.tt + left.tt))) return null;
  const difference = left.ty / left.tt - explained.ty / explained.tt;
  const unexplained = explained.yy - explained.ty ** 2 / explained.tt + (left.yy - left.ty ** 2 / left.tt);
  const f = (difference ** 2 * df) / (unexplained * (1 / explained.tt + 1 / left.tt));
  return Number.isFinite(f) ? { f, p: fUpperP(f, 1, df) } : null;
}

/** Share of the treatment that the instruments leave under which they tell it without error: rounding, squared. */
const EXACT = 1e-20;

/** n·R² of the structural residuals on covariates and instruments (Sargan 1958). */
function sarganStatistic({ explained, first }: TwoStageFit, { slope, residualSum }: StructuralFit): number {
  const moment = explained.yy - slope * (2 * explained.ty - slope * explained.tt);
  return (first.rows * moment) / residualSum;
}
