/** `frontdoor`: what the treatment does to the mediators, and what these do to the outcome, put together. */

import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import { linear, type RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { type DesignTerm, designTerms } from './coding.ts';
import { droppedWarning } from './collinearity.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import {
  type ContrastEstimate,
  type Estimator,
  type EstimatorAnswer,
  pointAnswer,
  type SharedFits,
} from './estimator.ts';
import { unboundedTerms, unusableEstimate } from './finiteNumbers.ts';
import { levelsOf } from './independence/levels.ts';
import { influenceError, influenceErrorType, slopeInfluence } from './influence.ts';
import { armRows, assessOverlap } from './overlap.ts';
import { plugIn } from './plugin/plugIn.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { termsOfTreatment } from './regression.ts';
import { covarianceFailure } from './standardError.ts';

/**
 * Where treatment, mediators and covariates all have levels: the front-door formula with shares of rows (Pearl 1995), see
 * `plugin/plugIn.ts`. Where one of them is a number: products of path coefficients, see `linearFrontDoor`. Which it was is told.
 */
export const frontdoor: Estimator = async (problem, shared) => {
  const { plan, table, kinds } = problem;
  if (plan.through.length === 0)
    return failure('method-mismatch', 'frontdoor needs mediators. Name them with `through`.');
  const isDiscrete = [plan.treatment, ...plan.through, ...plan.adjusted].every(
    (name) => levelsOf(table, name, kinds.get(name)) !== null,
  );
  if (plan.formula === null || !isDiscrete) return linearFrontDoor(problem, shared);
  const answer = await plugIn(problem, shared, plan.formula);
  if (answer.kind === 'failure') return answer;
  const approach = 'Computed from the shares of rows at each level.';
  return {
    ...answer,
    diagnostics: { ...answer.diagnostics, approach },
  };
};

interface PathFits {
  /** Of each mediator's term on covariates and treatment, in that order. */
  readonly first: readonly LeastSquaresFit[];
  /** Of the outcome on covariates, treatment and mediators, in that order. */
  readonly second: LeastSquaresFit;
  readonly mediators: readonly DesignTerm[];
  readonly covariates: number;
  readonly treatments: number;
}

/**
 * τ = Σₖ αₖ βₖ with Mₖ = a + αₖ T + b X and Y = a + c T + Σₖ βₖ Mₖ + b X, each by least squares: the front-door formula of linear models
 * (Pearl 1995, 2009 section 3.3.2), a categorical mediator by its dummies and a binary outcome by its probability.
 *
 * The variance is the delta method's over the stacked equations of all the models, without a small-sample factor: the influence of a row is
 * Σₖ (βₖ IF(αₖ) + αₖ IF(βₖ)), so that no two models are taken for independent.
 */
async function linearFrontDoor(
  problem: EstimationProblem,
  shared: SharedFits,
): Promise<EstimatorAnswer | EstimationFailure> {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const fits = await fitPaths(problem);
  if ('kind' in fits) return fits;
  const points = contrasts.contrasts.map((contrast) => {
    const alphas = fits.first.map((fit) => firstPath(fit, contrast, fits));
    const betas = secondPaths(fits);
    const estimate = alphas.reduce((sum, alpha, k) => sum + alpha * betas[k], 0);
    return { contrast: contrast.label, estimate, influence: pathInfluence(fits, contrast, alphas, problem) };
  });
  if (shared.pointOnly) return pointAnswer(points, fits.second.rows);
  const estimates: ContrastEstimate[] = [];
  for (const { contrast, estimate, influence } of points) {
    estimates.push({ contrast, estimate, se: await influenceError(problem, influence) });
  }
  const unusable = unusableEstimate(problem, estimates);
  if (unusable !== null) return unusable;
  const overlap =
    problem.covariates.length === 0 ? armRows(problem) : await assessOverlap(problem, shared, 'ate');
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: influenceErrorType(problem),
    n: fits.second.rows,
    diagnostics: {
      metrics: { ...overlap.metrics },
      approach: 'Computed as products of path coefficients of linear models.',
    },
    warnings: [...overlap.warnings, ...droppedWarning(problem.covariates, fits.second.dropped)],
    unreliable: overlap.unreliable,
  };
}

/** Fails where the treatment fixes the mediators, or something else fixes the treatment. */
async function fitPaths(problem: EstimationProblem): Promise<PathFits | EstimationFailure> {
  const { moments, weight, outcome, table, plan } = problem;
  const covariates = problem.covariates.map(({ expression }) => expression);
  const treatment = termsOfTreatment(problem.treatment);
  const mediators = designTerms(table, plan.through);
  const all = [outcome, ...covariates, ...treatment, ...mediators.map(({ expression }) => expression)];
  const unbounded = await unboundedTerms(problem, all);
  if (unbounded !== null) return unbounded;
  const first: LeastSquaresFit[] = [];
  for (const { expression } of mediators) {
    first.push(await leastSquares(moments, expression, [...covariates, ...treatment], weight));
  }
  const terms = [...covariates, ...treatment, ...mediators.map(({ expression }) => expression)];
  const second = await leastSquares(moments, outcome, terms, weight);
  const lost = [...new Set([...first, second].flatMap(({ dropped }) => dropped))].filter(
    (term) => term >= covariates.length,
  );
  const places = { first, second, mediators, covariates: covariates.length, treatments: treatment.length };
  if (second.rows <= second.parameters) return covarianceFailure('too-few-rows', problem, second.parameters);
  if (mediators.length > 0 && lost.length === 0) return places;
  const held = plan.adjusted.length === 0 ? '' : ` and ${nameList(plan.adjusted)}`;
  return failure(
    'collinear',
    `${nameList(plan.through)} and ${plan.treatment}${held} fix one another in these rows: no rows differ in the mediator alone, or in the treatment alone. There is nothing to estimate from.`,
  );
}

/** How much the mediator moves over the contrast. */
function firstPath(fit: LeastSquaresFit, contrast: Contrast, fits: PathFits): number {
  const gradient = firstGradient(fit, contrast, fits, 1);
  return gradient.reduce((sum, value, j) => sum + value * fit.coefficients[j], 0);
}

/** Derivative in the kept slopes of a mediator's model of `factor` · its movement over the contrast. */
function firstGradient(
  fit: LeastSquaresFit,
  { weights }: Contrast,
  { covariates, treatments }: PathFits,
  factor: number,
): number[] {
  const own = weights.slice(weights.length - treatments);
  return fit.kept.map((term) => (term < covariates ? 0 : factor * own[term - covariates]));
}

/** The outcome's slopes in the mediators. */
function secondPaths({ second, covariates, treatments }: PathFits): number[] {
  return second.coefficients.filter((_value, j) => second.kept[j] >= covariates + treatments);
}

function pathInfluence(
  fits: PathFits,
  contrast: Contrast,
  alphas: readonly number[],
  { weight }: EstimationProblem,
): RowExpression {
  const { first, second, covariates, treatments } = fits;
  const betas = secondPaths(fits);
  const onFirst = first.map((fit, k) =>
    slopeInfluence(fit, firstGradient(fit, contrast, fits, betas[k]), weight),
  );
  const gradient = second.kept.map((term) =>
    term < covariates + treatments ? 0 : alphas[term - covariates - treatments],
  );
  const all = [...onFirst, slopeInfluence(second, gradient, weight)];
  return linear(
    0,
    all.map(() => 1),
    all,
  );
}
