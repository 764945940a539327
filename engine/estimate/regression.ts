/** `difference` and `regression`: least squares of the outcome on the treatment, without and with covariates. */

import { robustnessValue } from '../refute/omittedVariableBias.ts';
import { slopeCovariance, varianceOf } from '../stats/covariance.ts';
import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import type { RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { TreatmentCoding } from './coding.ts';
import { droppedWarning } from './collinearity.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer, type SharedFits } from './estimator.ts';
import { armRows, assessOverlap } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { resetTest } from './resetTest.ts';
import type { EstimateDiagnostics, EstimateWarning } from './result.ts';
import { covarianceFailure, covarianceType, standardErrorType } from './standardError.ts';

/** Y = a + τ·T + b·X by ordinary (with weights: weighted) least squares; White (1980), MacKinnon & White (1985). */
export const regression: Estimator = async (problem, shared) => {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const treatmentTerms = termsOfTreatment(problem.treatment);
  // The treatment stands last: a covariate that says the same must not push it out, and it must not push out a covariate.
  const terms = [...problem.covariates.map((term) => term.expression), ...treatmentTerms];
  const fit = await leastSquares(problem.moments, problem.outcome, terms, problem.weight);
  const first = problem.covariates.length;
  if (fit.dropped.some((term) => term >= first)) return collinearTreatment(problem);
  const points = contrasts.contrasts.map((contrast) => {
    const combination = combinationOf(contrast, fit, first, treatmentTerms.length);
    const estimate = combination.reduce((sum, weight, j) => sum + weight * fit.coefficients[j], 0);
    return { contrast: contrast.label, combination, estimate };
  });
  if (shared.pointOnly) return pointAnswer(points, fit.rows);
  const covariance = await slopeCovariance(problem.moments, fit, covarianceType(problem), problem.weight);
  if (covariance.kind === 'failure') return covarianceFailure(covariance.code, problem, fit.parameters);
  const { matrix, df } = covariance.covariance;
  const estimates = points.map(({ contrast, estimate, combination }) => {
    return { contrast, estimate, se: Math.sqrt(varianceOf(matrix, combination)) };
  });
  const robustness = points.length === 1 ? robustnessOf(fit, points[0]) : {};
  return describe(problem, shared, { fit, terms }, { contrasts: estimates, df }, robustness);
};

/** The robustness value costs nothing here; it goes by the classical standard error, whatever is reported. */
function robustnessOf(
  fit: LeastSquaresFit,
  { estimate, combination }: { readonly estimate: number; readonly combination: readonly number[] },
): EstimateDiagnostics['metrics'] {
  const df = fit.rows - fit.parameters;
  const se = Math.sqrt((fit.residualSum / df) * varianceOf(fit.inverse, combination));
  return df > 0 && se > 0 ? { robustness_value: robustnessValue({ estimate, se, df }) } : {};
}

/** Dummies of all levels but the reference, or the dose. */
export function termsOfTreatment(treatment: TreatmentCoding): RowExpression[] {
  if (treatment.kind === 'continuous') return [treatment.dose];
  return treatment.levels.slice(1).map((level) => level.indicator);
}

/** Weights of the kept slopes that make up a contrast; the reference level has no slope of its own. */
function combinationOf(contrast: Contrast, fit: LeastSquaresFit, first: number, count: number): number[] {
  const weights = contrast.weights.slice(contrast.weights.length - count);
  return fit.kept.map((term) => (term < first ? 0 : weights[term - first]));
}

function collinearTreatment(problem: EstimationProblem): EstimationFailure {
  const names = nameList(problem.plan.adjusted);
  return failure(
    'collinear',
    `${problem.plan.treatment} is fixed by the variables adjusted for (${names}): no rows differ in it alone. Adjust for fewer variables.`,
  );
}

async function describe(
  problem: EstimationProblem,
  shared: SharedFits,
  { fit, terms }: { readonly fit: LeastSquaresFit; readonly terms: readonly RowExpression[] },
  result: Pick<EstimatorAnswer, 'contrasts' | 'df'>,
  robustness: EstimateDiagnostics['metrics'],
): Promise<EstimatorAnswer> {
  const resetP = problem.covariates.length === 0 ? null : await resetTest(problem, fit, terms);
  const overlap =
    problem.covariates.length === 0 ? armRows(problem) : await assessOverlap(problem, shared, 'ate');
  const functionalForm: EstimateWarning[] =
    resetP !== null && resetP < 0.05
      ? [
          {
            code: 'functional-form',
            message: `A straight line does not fit: the RESET test rejects it (p = ${resetP.toPrecision(2)}). Squares of the covariates or a weighting method may change the answer.`,
          },
        ]
      : [];
  return {
    kind: 'answer',
    ...result,
    seType: standardErrorType(problem),
    n: fit.rows,
    diagnostics: {
      metrics: { r_squared: 1 - fit.residualSum / fit.totalSum, ...robustness, ...overlap.metrics },
      condition: fit.condition,
      ...(resetP === null ? {} : { resetP }),
    },
    warnings: [...overlap.warnings, ...functionalForm, ...droppedWarning(problem.covariates, fit.dropped)],
    unreliable: overlap.unreliable,
  };
}
