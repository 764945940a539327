/** Is the instrument strong enough, and what can be said where it is not? */

import { inverse, Matrix } from 'ml-matrix';
import { type ConfidenceSet, quadraticSublevel } from '../stats/confidenceSet.ts';
import { slopeCovariance } from '../stats/covariance.ts';
import { chiSquareUpperP, fQuantile, fUpperP } from '../stats/distributions.ts';
import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import { crossProducts, rawProduct } from '../stats/moments.ts';
import { nameList } from '../wording.ts';
import type { EstimationProblem } from './problem.ts';
import type { EstimateDiagnostics, EstimateWarning, Metric } from './result.ts';
import { covarianceType } from './standardError.ts';
import type { TwoStageFit } from './twoStage.ts';

/** Under it the usual interval of 2SLS is not to be trusted (Staiger & Stock 1997). */
const WEAK_F = 10;

/**
 * First stage, endogeneity, over-identification and the weak-instrument robust confidence set of a two-stage fit.
 *
 * F classic and robust of the excluded instruments; partial R²; effective F (Montiel Olea & Pflueger 2013, eq. 6); regression form of the
 * Durbin–Wu–Hausman test; Sargan's n·R²; homoskedastic Anderson–Rubin set (Anderson & Rubin 1949), by inverting the test.
 */
export async function instrumentDiagnostics(
  problem: EstimationProblem,
  stages: TwoStageFit,
): Promise<EstimateDiagnostics> {
  const { first, restricted } = stages;
  const count = first.parameters - restricted.parameters;
  const df = first.rows - first.parameters;
  const gain = restricted.residualSum - first.residualSum;
  const robust = await robustFirstStage(problem, stages, count);
  const hausman = await wuHausman(problem, stages);
  const sargan = count > 1 ? await sarganStatistic(problem, stages) : null;
  const outcome = await outcomeFits(problem);
  const metrics: Partial<Record<Metric, number>> = {
    first_stage_f: (gain / count) * (df / first.residualSum),
    r_squared: 1 - stages.residualSum / stages.second.totalSum,
    ...(robust === null ? {} : { effective_f: robust.effective }),
    ...(hausman === null ? {} : { hausman_p: hausman.p }),
    ...(sargan === null ? {} : { overid_p: chiSquareUpperP(sargan, count - 1) }),
  };
  return {
    metrics,
    partialR2: gain / restricted.residualSum,
    ...(robust === null ? {} : { firstStageFRobust: robust.f }),
    ...(hausman === null ? {} : { wuHausman: hausman.f }),
    ...(sargan === null ? {} : { sargan }),
    andersonRubin: await andersonRubin(problem, stages, outcome, count, df),
    reducedForm: outcome.full.coefficients[outcome.full.coefficients.length - count],
    condition: stages.first.condition,
  };
}

/** What the reader has to know where the first stage is weak. */
export function weakInstrumentWarning(
  problem: EstimationProblem,
  diagnostics: EstimateDiagnostics,
): EstimateWarning[] {
  const f = diagnostics.metrics.effective_f ?? diagnostics.metrics.first_stage_f ?? 0;
  if (f >= WEAK_F) return [];
  return [
    {
      code: 'instrument-weak',
      message: `${nameList(problem.plan.instruments)} hardly moves ${problem.plan.treatment} (first-stage F ${f.toFixed(1)}, under ${WEAK_F}): the interval is too narrow and the estimate leans towards the biased one. Read the Anderson–Rubin set instead.`,
    },
  ];
}

/** Wald F of the instruments with the plan's covariance, and the effective F that weighs them by how much they move. */
async function robustFirstStage(
  problem: EstimationProblem,
  stages: TwoStageFit,
  count: number,
): Promise<{ f: number; effective: number } | null> {
  const { first } = stages;
  const asked = covarianceType(problem);
  const type = asked.kind === 'cluster' ? asked : ({ kind: 'hc1' } as const);
  const result = await slopeCovariance(problem.moments, first, type, problem.weight);
  if (result.kind === 'failure') return null;
  const start = first.coefficients.length - count;
  const slopes = Matrix.columnVector(first.coefficients.slice(start));
  const covariance = lastBlock(result.covariance.matrix, start);
  const spread = inverse(lastBlock(first.inverse, start));
  const wald = slopes.transpose().mmul(inverse(covariance)).mmul(slopes).get(0, 0);
  const signal = slopes.transpose().mmul(spread).mmul(slopes).get(0, 0);
  return { f: wald / count, effective: signal / covariance.mmul(spread).trace() };
}

function lastBlock(matrix: readonly (readonly number[])[], start: number): Matrix {
  return new Matrix(matrix.slice(start).map((row) => row.slice(start)));
}

/** Does the part of the treatment that the instruments do not explain still explain the outcome? t² with 1 and n − k − 1. */
async function wuHausman(
  problem: EstimationProblem,
  stages: TwoStageFit,
): Promise<{ f: number; p: number } | null> {
  const covariates = problem.covariates.map((term) => term.expression);
  const terms = [...covariates, stages.treatment, stages.first.residual];
  const fit = await leastSquares(problem.moments, problem.outcome, terms, problem.weight);
  const df = fit.rows - fit.parameters;
  if (fit.dropped.includes(terms.length - 1) || df <= 0) return null;
  const last = fit.coefficients.length - 1;
  const f = (fit.coefficients[last] ** 2 * df) / (fit.residualSum * fit.inverse[last][last]);
  return { f, p: fUpperP(f, 1, df) };
}

/** n·R² of the structural residuals on covariates and instruments (Sargan 1958). */
async function sarganStatistic(problem: EstimationProblem, stages: TwoStageFit): Promise<number> {
  const terms = [...problem.covariates, ...problem.instruments].map((term) => term.expression);
  const fit = await leastSquares(problem.moments, stages.residual, terms, problem.weight);
  return fit.rows * (1 - fit.residualSum / fit.totalSum);
}

interface OutcomeFits {
  /** Y on the covariates alone, and on covariates and instruments. */
  readonly restricted: LeastSquaresFit;
  readonly full: LeastSquaresFit;
}

async function outcomeFits(problem: EstimationProblem): Promise<OutcomeFits> {
  const covariates = problem.covariates.map((term) => term.expression);
  const instruments = problem.instruments.map((term) => term.expression);
  const { moments, outcome, weight } = problem;
  return {
    restricted: await leastSquares(moments, outcome, covariates, weight),
    full: await leastSquares(moments, outcome, [...covariates, ...instruments], weight),
  };
}

/**
 * All τ that the F test of the instruments in a regression of Y − τ·T on covariates and instruments does not reject at the plan's level:
 * a quadratic inequality in τ, whose solutions may be an interval, two rays, the whole line, or nothing.
 */
async function andersonRubin(
  problem: EstimationProblem,
  stages: TwoStageFit,
  outcome: OutcomeFits,
  count: number,
  df: number,
): Promise<ConfidenceSet> {
  const residuals = [
    outcome.restricted.residual,
    stages.restricted.residual,
    outcome.full.residual,
    stages.first.residual,
  ];
  const products = await crossProducts(problem.moments, residuals, problem.weight);
  const bound = 1 + (count / df) * fQuantile(problem.plan.level, count, df);
  // Restricted less bound · full residual cross-products of (Y, T).
  const yy = rawProduct(products, 0, 0) - bound * rawProduct(products, 2, 2);
  const yt = rawProduct(products, 0, 1) - bound * rawProduct(products, 2, 3);
  const tt = rawProduct(products, 1, 1) - bound * rawProduct(products, 3, 3);
  return quadraticSublevel(tt, -2 * yt, yy);
}
