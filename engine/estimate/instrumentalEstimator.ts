/** What `iv`, `liml` and `gmm` share: they differ in how they weigh the instruments. */

import { scaleSet } from '../stats/confidenceSet.ts';
import { slopeCovariance } from '../stats/covariance.ts';
import { nameList } from '../wording.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import type { AndersonRubinCurve, InstrumentDiagnostics } from './diagnostics/instrument.ts';
import { doseOf } from './dose.ts';
import { type Estimator, pointAnswer } from './estimator.ts';
import { instrumentalInequality } from './instrumentalInequality.ts';
import { instrumentDiagnostics } from './instrumentDiagnostics.ts';
import { instrumentWarnings } from './instrumentWarnings.ts';
import { armRows } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { EstimateDiagnostics } from './result.ts';
import { covarianceFailure, covarianceType, standardErrorType } from './standardError.ts';
import type { StructuralFit } from './structuralFit.ts';
import { fitTwoStages, type TwoStageFit } from './twoStage.ts';

export type EquationResult =
  | {
      readonly kind: 'equation';
      readonly equation: StructuralFit;
      /** What the estimator knows beside it. */
      readonly diagnostics?: Pick<InstrumentDiagnostics, 'kappa' | 'hansenJ'>;
    }
  | EstimationFailure;

/** From a treatment and its instruments, fitted, to the equation of the outcome. */
export type EquationSolver = (problem: EstimationProblem, stages: TwoStageFit) => Promise<EquationResult>;

/** The estimator that solves its equation by `solve`: contrasts, errors, diagnostics and warnings are the same for all. */
export function instrumentalEstimator(solve: EquationSolver): Estimator {
  return async (problem, shared) => {
    const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
    if (contrasts.kind === 'failure') return contrasts;
    const treatment = doseOf(problem);
    if (treatment === null) return manyLevels(problem);
    const fit = await fitTwoStages(problem, treatment);
    if (fit.kind === 'failure') return fit;
    const solved = await solve(problem, fit.stages);
    if (solved.kind === 'failure') return solved;
    const { equation } = solved;
    const [{ label, weights }] = contrasts.contrasts;
    const scale = weights[weights.length - 1];
    const { rows } = fit.stages.first;
    const estimate = scale * equation.slope;
    if (!Number.isFinite(estimate)) return vanishing(problem);
    if (shared.pointOnly) return pointAnswer([{ contrast: label, estimate }], rows);
    const error = await slopeError(problem, fit.stages, equation);
    if (error.kind === 'failure') return error;
    const diagnostics = await instrumentDiagnostics(
      problem,
      fit.stages,
      equation,
      solved.diagnostics,
      error.se,
    );
    return {
      kind: 'answer',
      contrasts: [{ contrast: label, estimate, se: Math.abs(scale) * error.se }],
      df: error.df,
      seType: standardErrorType(problem),
      n: rows,
      diagnostics: { ...scaled(diagnostics, scale), ...armsOf(problem) },
      warnings: [
        ...(await instrumentalInequality(problem, treatment)),
        ...instrumentWarnings(problem, diagnostics, fit.stages.count),
        ...droppedWarning([...problem.covariates, ...problem.instruments], fit.stages.first.dropped),
      ],
      unreliable: armRows(problem).unreliable,
    };
  };
}

/** The sandwich of the slope alone: once the covariates are held fixed, its score is w · index · e and nothing else is in it. */
async function slopeError(
  problem: EstimationProblem,
  { restricted }: TwoStageFit,
  { index, inverse, residual, residualSum }: StructuralFit,
): Promise<{ readonly kind: 'error'; readonly se: number; readonly df: number } | EstimationFailure> {
  const { rows, weight } = restricted;
  const type = covarianceType(problem);
  if (type.kind === 'hc2' || type.kind === 'hc3') return noLeverage(problem, type.kind);
  const parameters = restricted.parameters + 1;
  const model = {
    centredTerms: [index],
    inverse: [[inverse]],
    residual,
    residualSum,
    rows,
    weight,
    parameters,
  };
  const result = await slopeCovariance(problem.moments, model, type, problem.weight);
  if (result.kind === 'failure') return covarianceFailure(result.code, problem, parameters);
  const se = Math.sqrt(result.covariance.matrix[0][0]);
  return Number.isFinite(se) ? { kind: 'error', se, df: result.covariance.df } : vanishing(problem);
}

function manyLevels(problem: EstimationProblem): EstimationFailure {
  const { plan, treatment } = problem;
  const labels = treatment.kind === 'discrete' ? nameList(treatment.levels.map((level) => level.label)) : '';
  return failure(
    'method-mismatch',
    `${plan.method} takes a treatment with two levels or a number, and ${plan.treatment} has the levels ${labels}. Derive a variable with two levels.`,
  );
}

function noLeverage({ plan }: EstimationProblem, type: string): EstimationFailure {
  return failure(
    'method-mismatch',
    `${plan.method} has no \`se ${type}\`: leverage corrections are made for regressions. Use \`se robust\`, \`hc0\` or \`classic\`.`,
  );
}

function vanishing({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'instrument-irrelevant',
    `${nameList(plan.instruments)} tell so little of ${plan.treatment} that ${plan.method} has no finite answer. Use \`iv\` and read its Anderson–Rubin set.`,
  );
}

function armsOf({ treatment }: EstimationProblem): Pick<EstimateDiagnostics, 'arms'> {
  if (treatment.kind === 'continuous') return {};
  const [control, treated] = treatment.levels;
  return { arms: { treated: treated.label, control: control.label } };
}

/** The sets are of the slope; a contrast is a multiple of it. */
function scaled(diagnostics: EstimateDiagnostics, scale: number): EstimateDiagnostics {
  const { andersonRubin, andersonRubinRobust, andersonRubinCurve } = diagnostics;
  return {
    ...diagnostics,
    ...(andersonRubinCurve === undefined
      ? {}
      : { andersonRubinCurve: scaledCurve(andersonRubinCurve, scale) }),
    ...(andersonRubin === undefined ? {} : { andersonRubin: scaleSet(andersonRubin, scale) }),
    ...(andersonRubinRobust === undefined
      ? {}
      : { andersonRubinRobust: scaleSet(andersonRubinRobust, scale) }),
  };
}

function scaledCurve({ robust, points }: AndersonRubinCurve, scale: number): AndersonRubinCurve {
  const moved = points.map(({ effect, p }) => ({ effect: scale * effect, p }));
  return { robust, points: moved.sort((a, b) => a.effect - b.effect) };
}
