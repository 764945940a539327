/** Maximum likelihood of a model with a linear predictor: the one Newton kernel of the logistic, probit and Poisson regressions. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { informationMatrix } from './information.ts';
import type { Moments } from './moments.ts';
import { linear, product, type RowExpression, within } from './rowExpression.ts';

/** What one row contributes at its linear predictor η. */
export interface LikelihoodParts {
  readonly logLikelihood: RowExpression;
  /** ∂ log-likelihood / ∂ η. */
  readonly score: RowExpression;
  /** Expected −∂² log-likelihood / ∂ η², not negative. */
  readonly information: RowExpression;
}

export type LikelihoodOf = (response: RowExpression, predictor: RowExpression) => LikelihoodParts;

export interface GeneralizedLinearModel {
  readonly likelihood: LikelihoodOf;
  readonly response: RowExpression;
  /** Linearly independent among the rows that weigh anything, and varying there. */
  readonly terms: readonly RowExpression[];
  /** Weighted mean of each term and its standard deviation, in which the fit is made. */
  readonly means: readonly number[];
  readonly scales: readonly number[];
  /** Constant of the standardised problem to begin with. */
  readonly start: number;
  /** The likelihood there, where it is at hand. */
  readonly beginning?: Beginning | null;
  /** Added to η as it is; none for 0. */
  readonly offset?: RowExpression;
  /** Not negative; rows of weight 0 are not looked at. */
  readonly weight?: RowExpression | undefined;
  /** Σ of the weights, and the rows. */
  readonly total: number;
  readonly rows: number;
}

/** The log-likelihood, its gradient and information at the constant alone, in the standardised problem with the constant first. */
export interface Beginning {
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly information: number[][];
}

export interface GeneralizedLinearFit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** intercept + Σ coefficients · terms, without the offset. */
  readonly linearPredictor: RowExpression;
  readonly logLikelihood: number;
  readonly iterations: number;
}

export type GeneralizedLinearResult =
  | { readonly kind: 'fit'; readonly fit: GeneralizedLinearFit }
  /** The likelihood grows for ever along some direction; `terms` are those whose slopes run away. */
  | {
      readonly kind: 'runaway';
      readonly terms: readonly number[];
      /** The log-likelihood has all but reached 0, the most that the one of a 0/1 response can be. */
      readonly exhausted: boolean;
    }
  | { readonly kind: 'no-convergence' };

const MAXIMUM_ITERATIONS = 100;
const MAXIMUM_HALVINGS = 30;

/** Where a step moves some row's η by this much and gains no likelihood, that row's mean is on its way to the edge of what it can be. */
const RUNAWAY_SHIFT = 0.05;

/** Where a step moves no row's η by more than this, the terms may still be traded against each other, to no effect. */
const SETTLED_SHIFT = 1e-8;

/** Steps in standard deviations below which the information hardly changes, as long as each is this much shorter than the one before. */
const SHORT_STEP = 1e-3;
const SHRINKING = 0.01;

/** Where the steps shrink so fast that the next one would be under this, the last one is taken without another look at the rows. */
const SPARED_STEP = 1e-13;

/** Parameters of the standardised problem: the constant first. */
interface State {
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly information: Matrix;
}

/**
 * Maximum likelihood by Newton–Raphson (Fisher scoring where the link is not the canonical one) with step halving, on standardised terms.
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, section 2.5; separation as in Albert & Anderson (1984).
 *
 * Convergence is to the last digits: Newton's last step is under 1e-9 of a standard deviation, and the error under a hundredth of that. Where many rows are
 * fitted, it begins at the fit of a sample of them, which spares looks at all of them and changes nothing where it ends: the likelihood has one summit.
 */
export async function maximiseLikelihood(
  moments: Moments,
  model: GeneralizedLinearModel,
): Promise<GeneralizedLinearResult> {
  const { terms, means, scales } = model;
  const standardised = terms.map((term, j) => linear(-means[j] / scales[j], [1 / scales[j]], [term]));
  const evaluate = (parameters: readonly number[], information?: Matrix): Promise<State> =>
    evaluateLikelihood(moments, model, standardised, parameters, information);
  let state = await beginningOf(moments, model, standardised, evaluate);
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration++) {
    const step = newtonStep(state);
    const exhausted = Math.abs(state.logLikelihood) < 1e-6 * model.total;
    if (step === null) return { kind: 'runaway', terms: [], exhausted };
    const length = Math.max(...step.map(Math.abs));
    // Near its end Newton's method does as well with the information of the last point, and that is most of the work.
    const known = length < SHORT_STEP && length < SHRINKING * before ? state.information : undefined;
    if (known !== undefined && length * (length / before) < SPARED_STEP) {
      const parameters = state.parameters.map((value, j) => value + step[j]);
      return { kind: 'fit', fit: unscaled({ ...state, parameters }, model, iteration) };
    }
    before = length;
    const next = await halvedStep(state, step, (parameters) => evaluate(parameters, known));
    const gain = next === null ? 0 : next.logLikelihood - state.logLikelihood;
    state = next ?? state;
    if (next === null || length < 1e-9) return { kind: 'fit', fit: unscaled(state, model, iteration) };
    if (gain >= 1e-10 * (model.total / model.rows + Math.abs(state.logLikelihood))) continue;
    const shift = await largestShift(moments, model, standardised, step);
    if (shift > RUNAWAY_SHIFT) return { kind: 'runaway', terms: runaways(step, length), exhausted };
    if (shift < SETTLED_SHIFT) return { kind: 'fit', fit: unscaled(state, model, iteration) };
  }
  return { kind: 'no-convergence' };
}

/** The predictor of the rows that weigh anything, 0 in the others: far away from the rows of the fit it may be too large for a number. */
function predictorOf(
  { offset, weight }: GeneralizedLinearModel,
  terms: readonly RowExpression[],
  parameters: readonly number[],
): RowExpression {
  const own = linearOf(parameters, terms);
  const predictor = offset === undefined ? own : linear(0, [1, 1], [own, offset]);
  return weight === undefined ? predictor : product(predictor, positive(weight));
}

/** Where Newton's method begins: at the fit of a sample of the rows, where there are many, or at the constant alone, whichever is the likelier. */
async function beginningOf(
  moments: Moments,
  model: GeneralizedLinearModel,
  terms: readonly RowExpression[],
  evaluate: (parameters: readonly number[]) => Promise<State>,
): Promise<State> {
  const { beginning, start } = model;
  const constant = [start, ...terms.map(() => 0)];
  const atConstant = async (): Promise<State> =>
    beginning === undefined || beginning === null
      ? evaluate(constant)
      : { ...beginning, parameters: constant, information: new Matrix(beginning.information) };
  const sampled =
    moments.sample === undefined ? null : await roughFit(moments.sample, model, terms, constant);
  if (sampled === null) return atConstant();
  const state = await evaluate(sampled);
  if (
    Number.isFinite(state.logLikelihood) &&
    state.logLikelihood > (beginning?.logLikelihood ?? Number.NEGATIVE_INFINITY)
  )
    return state;
  return atConstant();
}

/** Steps of a fit that need only be near, in standard deviations, and how many are taken. */
const ROUGH_STEP = 1e-3;
const MOST_ROUGH_STEPS = 12;

/** Parameters that fit a sample; null where they do not settle there: what that means only all of the rows can tell. */
async function roughFit(
  sample: Moments,
  model: GeneralizedLinearModel,
  terms: readonly RowExpression[],
  start: readonly number[],
): Promise<readonly number[] | null> {
  const evaluate = (parameters: readonly number[]): Promise<State> =>
    evaluateLikelihood(sample, model, terms, parameters, undefined);
  let state = await evaluate(start);
  for (let steps = 0; steps < MOST_ROUGH_STEPS; steps++) {
    const step = Number.isFinite(state.logLikelihood) ? newtonStep(state) : null;
    if (step === null) return null;
    const next = await halvedStep(state, step, evaluate);
    if (next === null) return null;
    state = next;
    if (Math.max(...step.map(Math.abs)) < ROUGH_STEP) return state.parameters;
  }
  return null;
}

/** Means up to this many standard deviations from 0 cost no more digits than a fit has to spare. */
const NEAR = 1000;

/** The same number from the terms as they are, where they are near 0: those in other units then need not be written down. */
function linearOf(parameters: readonly number[], terms: readonly RowExpression[]): RowExpression {
  let [intercept] = parameters;
  const coefficients: number[] = [];
  const own = terms.map((term, j) => {
    const parameter = parameters[j + 1];
    const near = term.kind === 'linear' && term.terms.length === 1 && Math.abs(term.intercept) <= NEAR;
    coefficients.push(near ? parameter * term.coefficients[0] : parameter);
    if (!near) return term;
    intercept += parameter * term.intercept;
    return term.terms[0];
  });
  return linear(intercept, coefficients, own);
}

/** 1 where the weight is more than 0. */
function positive(weight: RowExpression): RowExpression {
  return within(weight, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
}

async function evaluateLikelihood(
  moments: Moments,
  model: GeneralizedLinearModel,
  terms: readonly RowExpression[],
  parameters: readonly number[],
  information: Matrix | undefined,
): Promise<State> {
  const { weight } = model;
  const parts = model.likelihood(model.response, predictorOf(model, terms, parameters));
  const weighted = (...factors: RowExpression[]): RowExpression =>
    product(...factors, ...(weight === undefined ? [] : [weight]));
  const { sums, products } = await moments.pass({
    sums: [
      weighted(parts.logLikelihood),
      weighted(parts.score),
      ...terms.map((term) => weighted(parts.score, term)),
    ],
    ...(information === undefined ? { products: { terms, weight: weighted(parts.information) } } : {}),
  });
  return {
    parameters,
    logLikelihood: sums[0],
    gradient: Array.from(sums.subarray(1)),
    information: information ?? new Matrix(informationMatrix(products)),
  };
}

function newtonStep(state: State): readonly number[] | null {
  const factor = new CholeskyDecomposition(state.information);
  if (!factor.isPositiveDefinite()) return null;
  const step = factor.solve(Matrix.columnVector([...state.gradient])).to1DArray();
  return step.every(Number.isFinite) ? step : null;
}

/** The first of the full step, its half, its quarter, … that does not lower the likelihood; null where none does. */
async function halvedStep(
  state: State,
  step: readonly number[],
  evaluate: (parameters: readonly number[]) => Promise<State>,
): Promise<State | null> {
  const slack = 1e-12 * Math.abs(state.logLikelihood);
  for (let halving = 0, size = 1; halving < MAXIMUM_HALVINGS; halving++, size /= 2) {
    const next = await evaluate(state.parameters.map((value, j) => value + size * step[j]));
    if (next.logLikelihood >= state.logLikelihood - slack) return next;
  }
  return null;
}

/** By how much a step moves the η of the row that it moves most. */
async function largestShift(
  moments: Moments,
  { weight }: GeneralizedLinearModel,
  terms: readonly RowExpression[],
  step: readonly number[],
): Promise<number> {
  const shift = linearOf(step, terms);
  const { extremes } = await moments.pass({
    extremes: [weight === undefined ? shift : product(shift, positive(weight))],
  });
  return Math.max(Math.abs(extremes[0].min), Math.abs(extremes[0].max));
}

/** The terms whose slopes still move when the likelihood no longer does. */
function runaways(step: readonly number[], length: number): number[] {
  return step
    .slice(1)
    .map((_value, j) => j)
    .filter((j) => Math.abs(step[j + 1]) > 0.1 * length);
}

function unscaled(
  state: State,
  { terms, means, scales }: GeneralizedLinearModel,
  iterations: number,
): GeneralizedLinearFit {
  const coefficients = terms.map((_term, j) => state.parameters[j + 1] / scales[j]);
  const intercept = coefficients.reduce((rest, slope, j) => rest - slope * means[j], state.parameters[0]);
  return {
    intercept,
    coefficients,
    linearPredictor: linear(intercept, coefficients, terms),
    logLikelihood: state.logLikelihood,
    iterations,
  };
}
