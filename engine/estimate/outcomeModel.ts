/** The outcome model of one arm: E[Y | T = level, X], a generalised linear model of the rows that have the level. */

import { binaryRegression } from '../stats/binaryRegression.ts';
import { inverseOfInformation } from '../stats/information.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import { poissonRegression } from '../stats/poissonRegression.ts';
import { complement, linear, minus, one, product, type RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import type { TreatmentLevel } from './coding.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { EstimateWarning } from './result.ts';

export interface OutcomeModel {
  /** Predicted for every row, of whatever arm. */
  readonly mean: RowExpression;
  /** ∂ mean / ∂ η, for the canonical link also the variance function. */
  readonly slope: RowExpression;
  /** Covariates in the model; the others said nothing new in this arm. */
  readonly terms: readonly RowExpression[];
  /** Indices of the problem's covariates that are not in it. */
  readonly dropped: readonly number[];
  /** Weight of a row in the fit: its own in the arm, else 0. */
  readonly arm: RowExpression;
}

export interface OutcomeModels {
  readonly kind: 'models';
  /** By index of the treatment's level. */
  readonly models: ReadonlyMap<number, OutcomeModel>;
  readonly warnings: readonly EstimateWarning[];
}

/**
 * A model an arm, for the levels with these indices: linear, for a 0/1 outcome logistic, for a count Poisson, each by maximum likelihood on
 * the arm's rows, so that Σ w (Y − μ)(1, x) over them is 0 (the links are the canonical ones).
 *
 * Fails where an arm has no more rows than coefficients, or its outcome model no maximum.
 */
export async function fitOutcomeModels(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  indices: readonly number[],
): Promise<OutcomeModels | EstimationFailure> {
  const covariates = problem.covariates.map((term) => term.expression);
  const { dropped } = await leastSquares(problem.moments, problem.outcome, covariates, problem.weight);
  const models = new Map<number, OutcomeModel>();
  const warnings: EstimateWarning[] = [];
  for (const index of indices) {
    const model = await fitArm(problem, levels[index]);
    if ('kind' in model) return model;
    models.set(index, model);
    const lost = model.dropped.filter((term) => !dropped.includes(term));
    if (lost.length > 0) warnings.push(extrapolation(problem, levels[index], lost));
  }
  return { kind: 'models', models, warnings };
}

function extrapolation(
  problem: EstimationProblem,
  level: TreatmentLevel,
  lost: readonly number[],
): EstimateWarning {
  const labels = nameList(lost.map((term) => problem.covariates[term].label));
  return {
    code: 'extrapolation',
    message: `The rows with ${problem.plan.treatment} = ${level.label} cannot tell how ${labels} matters for ${problem.plan.outcome}: their model leaves it out, and predicts for others all the same. Merge levels, or leave such rows out with \`where\`.`,
  };
}

async function fitArm(
  problem: EstimationProblem,
  level: TreatmentLevel,
): Promise<OutcomeModel | EstimationFailure> {
  const { moments, outcome, outcomeScale } = problem;
  const arm = product(level.indicator, problem.weight ?? one);
  const covariates = problem.covariates.map((term) => term.expression);
  const straight = await leastSquares(moments, outcome, covariates, arm);
  if (straight.parameters >= level.rows) return tooFewRows(problem, level, straight.parameters);
  const terms = straight.kept.map((index) => covariates[index]);
  const common = { terms, dropped: straight.dropped, arm };
  if (outcomeScale === 'continuous') return { ...common, mean: straight.fitted, slope: one };
  if (outcomeScale === 'binary') {
    const result = await binaryRegression(moments, outcome, terms, 'logistic', arm);
    if (result.kind === 'no-convergence') return unsettled(problem, level);
    if (result.kind === 'separation') {
      return separated(
        problem,
        level,
        result.terms.map((term) => straight.kept[term]),
      );
    }
    const { probability } = result.fit;
    return { ...common, mean: probability, slope: product(probability, complement(probability)) };
  }
  const negative = await leastCount(problem);
  if (negative !== null) return negative;
  const result = await poissonRegression(moments, outcome, terms, arm);
  if (result.kind === 'no-convergence') return unsettled(problem, level);
  if (result.kind === 'separation') {
    return separated(
      problem,
      level,
      result.terms.map((term) => straight.kept[term]),
    );
  }
  return { ...common, mean: result.fit.mean, slope: result.fit.mean };
}

/** A failure where a count is negative. */
async function leastCount({ moments, outcome, plan }: EstimationProblem): Promise<EstimationFailure | null> {
  const { extremes } = await moments.pass({ extremes: [outcome] });
  if (extremes[0].min >= 0) return null;
  return failure(
    'type-mismatch',
    `${plan.outcome} is declared a count and holds ${extremes[0].min}. Declare it \`continuous\`, or mend the value.`,
  );
}

function tooFewRows(
  problem: EstimationProblem,
  level: TreatmentLevel,
  parameters: number,
): EstimationFailure {
  const { treatment } = problem.plan;
  return failure(
    'too-few-rows',
    `The ${level.rows} rows with ${treatment} = ${level.label} cannot carry an outcome model of ${parameters} coefficients. Adjust for fewer variables, merge levels, or use \`regression\`.`,
  );
}

function unsettled({ plan }: EstimationProblem, level: TreatmentLevel): EstimationFailure {
  return failure(
    'no-convergence',
    `The model of ${plan.outcome} among the rows with ${plan.treatment} = ${level.label} did not settle. Adjust for fewer variables, or rescale extreme ones.`,
  );
}

function separated(
  problem: EstimationProblem,
  level: TreatmentLevel,
  terms: readonly number[],
): EstimationFailure {
  const { plan, covariates } = problem;
  const labels = terms.map((term) => covariates[term].label);
  const where = labels.length === 0 ? '' : ` at some values of ${nameList(labels)}`;
  return failure(
    'separation',
    `Among the rows with ${plan.treatment} = ${level.label} the outcome ${plan.outcome} is always the same${where}, so its ${problem.outcomeScale === 'count' ? 'Poisson' : 'logistic'} model has no end. Merge levels, or declare \`variable ${plan.outcome} : continuous\` for a linear model.`,
  );
}

/**
 * What estimating a model adds to the influence of each row on an estimate that depends on the model's predictions: with A = Σ w v(η)(1, x)(1, x)ᵀ of
 * the arm, φ = gᵀ A⁻¹ · w (Y − μ)(1, x), where g = Σ sensitivity · ∂μ/∂η · (1, x) (Stefanski & Boos 2002, section 2).
 *
 * @param sensitivity derivative of the estimate in the prediction for each row
 */
export async function modelInfluence(
  problem: EstimationProblem,
  model: OutcomeModel,
  sensitivity: RowExpression,
): Promise<RowExpression> {
  const { terms } = model;
  const moving = product(sensitivity, model.slope);
  const { sums, products } = await problem.moments.pass({
    sums: [moving, ...terms.map((term) => product(moving, term))],
    products: { terms, weight: product(model.arm, model.slope) },
  });
  const direction = inverseOfInformation(products).map((row) =>
    row.reduce((sum, value, k) => sum + value * sums[k], 0),
  );
  return product(
    model.arm,
    minus(problem.outcome, model.mean),
    linear(direction[0], direction.slice(1), terms),
  );
}
