/** `lin`: least squares with centred covariates that interact with the treatment. */

import { slopeCovariance, varianceOf } from '../stats/covariance.ts';
import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import { linear, product, type RowExpression, shifted } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { TreatmentCoding } from './coding.ts';
import { droppedWarning } from './collinearity.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { type Estimator, pointAnswer, type RowScore } from './estimator.ts';
import { armRows, assessOverlap } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { EstimateWarning } from './result.ts';
import { covarianceFailure, covarianceType, standardErrorType } from './standardError.ts';

/** The equation, its columns in the order covariates, treatment, interactions (those of the first treatment column first). */
interface InteractedFit {
  readonly fit: LeastSquaresFit;
  /** X − x̄, one a covariate. */
  readonly centred: readonly RowExpression[];
  /** Columns of the treatment. */
  readonly treatments: readonly RowExpression[];
}

/**
 * Y = a + τ·T + b·(X − x̄) + c·T·(X − x̄) by least squares, x̄ the (weighted) means of the rows used: τ is then the effect averaged over them.
 * A treatment of several levels has a τ and a c for each level but the first; that of a dose is its slope at the mean covariates.
 * Source: Lin (2013), Annals of Applied Statistics 7, eq. 4 and section 4: HC2 errors, in which the means x̄ are fixed, so that they are those of the
 * effect among the rows at hand and need no term for how these were drawn.
 */
export const lin: Estimator = async (problem, shared) => {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const interacted = await fitInteracted(problem);
  const { fit, treatments } = interacted;
  const first = problem.covariates.length;
  if (fit.dropped.some((term) => term >= first && term < first + treatments.length)) {
    return collinearTreatment(problem);
  }
  const points = contrasts.contrasts.map((contrast) => {
    const combination = combinationOf(contrast, interacted, first);
    const estimate = combination.reduce((sum, weight, j) => sum + weight * fit.coefficients[j], 0);
    return { contrast: contrast.label, combination, estimate };
  });
  if (shared.pointOnly) return pointAnswer(points, fit.rows);
  const type = covarianceType(problem, 'hc2');
  const covariance = await slopeCovariance(problem.moments, fit, type, problem.weight);
  if (covariance.kind === 'failure') return covarianceFailure(covariance.code, problem, fit.parameters);
  const { matrix, df } = covariance.covariance;
  const overlap = first === 0 ? armRows(problem) : await assessOverlap(problem, shared, 'ate');
  return {
    kind: 'answer',
    contrasts: points.map(({ contrast, estimate, combination }) => {
      return { contrast, estimate, se: Math.sqrt(varianceOf(matrix, combination)) };
    }),
    df,
    seType: standardErrorType(problem, 'hc2'),
    n: fit.rows,
    diagnostics: {
      metrics: { r_squared: 1 - fit.residualSum / fit.totalSum, ...overlap.metrics },
      condition: fit.condition,
    },
    warnings: [
      ...overlap.warnings,
      ...interactionWarning(problem, interacted),
      ...droppedWarning(problem.covariates, fit.dropped),
    ],
    unreliable: overlap.unreliable,
    rowScores: () => effectScores(problem, interacted, contrasts.contrasts),
  };
};

async function fitInteracted(problem: EstimationProblem): Promise<InteractedFit> {
  const { moments, outcome, weight } = problem;
  const covariates = problem.covariates.map((term) => term.expression);
  const treatments = termsOfTreatment(problem.treatment);
  const { products } = await moments.pass({ products: { terms: covariates, weight } });
  const centred = covariates.map((term, j) => shifted(term, products.means[j]));
  const interactions = treatments.flatMap((treatment) => centred.map((term) => product(treatment, term)));
  // The treatment stands after the covariates, which it must not push out, and before the interactions, which must not push it out.
  const fit = await leastSquares(moments, outcome, [...covariates, ...treatments, ...interactions], weight);
  return { fit, centred, treatments };
}

/** Dummies of all levels but the reference, or the dose. */
function termsOfTreatment(treatment: TreatmentCoding): RowExpression[] {
  if (treatment.kind === 'continuous') return [treatment.dose];
  return treatment.levels.slice(1).map((level) => level.indicator);
}

/** Weights of the kept slopes that make up a contrast: those of the treatment alone, since the covariates stand at their means. */
function combinationOf(contrast: Contrast, { fit, treatments }: InteractedFit, first: number): number[] {
  const weights = contrast.weights.slice(contrast.weights.length - treatments.length);
  return fit.kept.map((term) => weights[term - first] ?? 0);
}

function collinearTreatment({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'collinear',
    `${plan.treatment} is fixed by the variables adjusted for (${nameList(plan.adjusted)}): no rows differ in it alone. Adjust for fewer variables.`,
  );
}

/** Interactions that the rows of an arm cannot tell, of covariates that all rows together do tell. */
function interactionWarning(
  problem: EstimationProblem,
  { fit, treatments }: InteractedFit,
): EstimateWarning[] {
  const count = problem.covariates.length;
  const lost = fit.dropped
    .filter((term) => term >= count + treatments.length)
    .map((term) => (term - treatments.length) % count)
    .filter((covariate) => !fit.dropped.includes(covariate));
  if (lost.length === 0) return [];
  const labels = nameList([...new Set(lost)].map((covariate) => problem.covariates[covariate].label));
  return [
    {
      code: 'extrapolation',
      message: `Some arm of ${problem.plan.treatment} has too few rows to tell how ${labels} matters there: it is taken to matter as in the other arm. Merge levels, or leave such rows out with \`where\`.`,
    },
  ];
}

/** τ + c·(x − x̄) of each contrast. */
async function effectScores(
  problem: EstimationProblem,
  { fit, centred, treatments }: InteractedFit,
  contrasts: readonly Contrast[],
): Promise<readonly RowScore[]> {
  const first = problem.covariates.length;
  const slopeOf = (term: number): number => fit.coefficients[fit.kept.indexOf(term)] ?? 0;
  const scores: RowScore[] = [];
  for (const { label, weights } of contrasts) {
    const own = weights.slice(weights.length - treatments.length);
    const combine = (term: (column: number) => number): number =>
      own.reduce((sum, weight, column) => sum + weight * slopeOf(term(column)), 0);
    const constant = combine((column) => first + column);
    const slopes = centred.map((_term, j) =>
      combine((column) => first + treatments.length + column * first + j),
    );
    const values = await problem.moments.values(linear(constant, slopes, centred));
    scores.push({ name: 'effect', contrast: label, values });
  }
  return scores;
}
