/** Multinomial logistic regression of a response with several classes, by unpenalised maximum likelihood. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { informationMatrix } from './information.ts';
import type { Moments } from './moments.ts';
import { apply, linear, minus, product, type RowExpression } from './rowExpression.ts';
import { separatingIndicators } from './separation.ts';

/** ηc = intercept + Σ coefficients · terms of one class. */
export interface MultinomialEquation {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

export interface MultinomialFit {
  /** One a class after the first, whose η is 0. */
  readonly equations: readonly MultinomialEquation[];
  /** Of the classes after the first. */
  readonly linearPredictors: readonly RowExpression[];
  /** P(response = c) of every class, in order. */
  readonly probabilities: readonly RowExpression[];
  /**
   * The terms at mean 0 and variance 1, and −∂² log-likelihood at the fit in their slopes: for each class after the first its constant, then its
   * slopes. What a sandwich needs of the model, in units in which it can be solved.
   */
  readonly design: readonly RowExpression[];
  readonly information: readonly (readonly number[])[];
  readonly logLikelihood: number;
  readonly iterations: number;
}

export type MultinomialResult =
  | { readonly kind: 'fit'; readonly fit: MultinomialFit }
  /** The terms tell a class from others without error, in all rows or at the edge. */
  | {
      readonly kind: 'separation';
      /** Terms whose slopes run away, and the classes whose slopes do: 0 for the first. */
      readonly terms: readonly number[];
      readonly classes: readonly number[];
      /** In all rows: the terms tell every class. */
      readonly complete: boolean;
    }
  | { readonly kind: 'no-convergence' };

const MAXIMUM_ITERATIONS = 100;
const MAXIMUM_HALVINGS = 30;

/** As in the binary regression: a row moved so far, with no likelihood gained, is on its way to a probability of 0 or 1. */
const RUNAWAY_SHIFT = 0.05;
const SETTLED_SHIFT = 1e-8;

/** What is fitted, on standardised terms. */
interface Model {
  readonly moments: Moments;
  /** 0/1 indicators of all classes. */
  readonly classes: readonly RowExpression[];
  readonly design: readonly RowExpression[];
  readonly weight: RowExpression | undefined;
}

interface State {
  /** For each class after the first its constant, then its slopes. */
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
}

/**
 * P(class c) = exp(ηc)/Σ exp(η), η of the first class 0: maximum likelihood by Newton–Raphson with step halving, on standardised terms.
 * Source: McFadden (1974); Agresti (2013), Categorical Data Analysis, section 8.1; separation as in Albert & Anderson (1984).
 *
 * `classes` are 0/1 indicators of which just one is 1 in each row; each occurs. `terms` must be linearly independent and vary; `weight` is not
 * negative. Convergence is to the last digits, as in the binary regression.
 */
export async function multinomialRegression(
  moments: Moments,
  classes: readonly RowExpression[],
  terms: readonly RowExpression[],
  weight?: RowExpression,
): Promise<MultinomialResult> {
  const { products, extremes } = await moments.pass({
    products: { terms: [...terms, ...classes], weight },
    extremes: terms,
  });
  const { size, means, centred } = products;
  const scales = terms.map((_term, j) => Math.sqrt(centred[j * size + j] / products.weight));
  const design = terms.map((term, j) => linear(-means[j] / scales[j], [1 / scales[j]], [term]));
  const shares = classes.map((_class, c) => means[terms.length + c]);
  if (shares.some((share) => share <= 0)) return separation([], [], true);
  if (weight === undefined) {
    const found = classes.map((_class, c) => separatingIndicators(products, extremes, terms.length + c));
    const separating = [...new Set(found.flat())].sort((a, b) => a - b);
    const lacking = classes.map((_class, c) => c).filter((c) => found[c].length > 0);
    if (separating.length > 0) return separation(separating, lacking, false);
  }
  const model: Model = { moments, classes, design, weight };
  const start = shares.slice(1).flatMap((share) => [Math.log(share / shares[0]), ...terms.map(() => 0)]);
  const scaling = { terms, means, scales };
  let state = await evaluate(model, start);
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration++) {
    const step = newtonStep(await informationAt(model, state.parameters), state.gradient);
    const complete = Math.abs(state.logLikelihood) < 1e-6 * products.weight;
    if (step === null) return separation([], [], complete);
    const next = await halvedStep(model, state, step);
    const gain = next === null ? 0 : next.logLikelihood - state.logLikelihood;
    state = next ?? state;
    const length = Math.max(...step.map(Math.abs));
    if (next === null || length < 1e-9) return describeFit(model, state, scaling, iteration);
    if (gain >= 1e-10 * (products.weight / products.rows + Math.abs(state.logLikelihood))) continue;
    const shift = await largestShift(model, step);
    if (shift > RUNAWAY_SHIFT) return runaways(step, terms.length, length, complete);
    if (shift < SETTLED_SHIFT) return describeFit(model, state, scaling, iteration);
  }
  return { kind: 'no-convergence' };
}

function separation(
  terms: readonly number[],
  classes: readonly number[],
  complete: boolean,
): MultinomialResult {
  return { kind: 'separation', terms, classes, complete };
}

/** η of each class after the first. */
function predictorsOf(parameters: readonly number[], design: readonly RowExpression[]): RowExpression[] {
  const width = design.length + 1;
  return Array.from({ length: parameters.length / width }, (_class, c) =>
    linear(parameters[c * width], parameters.slice(c * width + 1, (c + 1) * width), design),
  );
}

/** log Σ exp(η) with the first η 0, one class taken in after the other, without overflow. */
function logDenominator(predictors: readonly RowExpression[]): RowExpression {
  const [first, ...rest] = predictors;
  return rest.reduce<RowExpression>(
    (total, predictor) => linear(0, [1, 1], [total, apply('softplus', minus(predictor, total))]),
    apply('softplus', first),
  );
}

function probabilitiesOf(
  predictors: readonly RowExpression[],
  denominator: RowExpression,
): readonly RowExpression[] {
  return [
    apply('exp', linear(0, [-1], [denominator])),
    ...predictors.map((predictor) => apply('exp', minus(predictor, denominator))),
  ];
}

async function evaluate(model: Model, parameters: readonly number[]): Promise<State> {
  const { moments, classes, design, weight } = model;
  const predictors = predictorsOf(parameters, design);
  const denominator = logDenominator(predictors);
  const probabilities = probabilitiesOf(predictors, denominator);
  const weighted = (...factors: RowExpression[]): RowExpression =>
    product(...factors, ...(weight === undefined ? [] : [weight]));
  const chosen = predictors.map((predictor, c) => product(classes[c + 1], predictor));
  const scores = predictors.map((_predictor, c) => minus(classes[c + 1], probabilities[c + 1]));
  const { sums } = await moments.pass({
    sums: [
      weighted(linear(0, [...chosen.map(() => 1), -1], [...chosen, denominator])),
      ...scores.flatMap((score) => [weighted(score), ...design.map((term) => weighted(score, term))]),
    ],
  });
  return { parameters, logLikelihood: sums[0], gradient: Array.from(sums.subarray(1)) };
}

/**
 * −∂² log-likelihood. Its block of classes c and d is −Σ w pc pd (1, x)(1, x)ᵀ, and, since the probabilities sum to 1, that of c with itself
 * is less the sum of its blocks with all others: products of weights that are never negative.
 */
async function informationAt(model: Model, parameters: readonly number[]): Promise<Matrix> {
  const { moments, classes, design, weight } = model;
  const width = design.length + 1;
  const predictors = predictorsOf(parameters, design);
  const probabilities = probabilitiesOf(predictors, logDenominator(predictors));
  const information = Matrix.zeros(parameters.length, parameters.length);
  const add = (c: number, d: number, sign: number, block: readonly (readonly number[])[]): void => {
    if (c === 0 || d === 0) return;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        const [row, column] = [(c - 1) * width + i, (d - 1) * width + j];
        information.set(row, column, information.get(row, column) + sign * block[i][j]);
      }
    }
  };
  for (let c = 0; c < classes.length; c++) {
    for (let d = c + 1; d < classes.length; d++) {
      const own = weight === undefined ? [] : [weight];
      const both = product(probabilities[c], probabilities[d], ...own);
      const { products } = await moments.pass({ products: { terms: design, weight: both } });
      const block = informationMatrix(products);
      add(c, c, 1, block);
      add(d, d, 1, block);
      add(c, d, -1, block);
      add(d, c, -1, block);
    }
  }
  return information;
}

function newtonStep(information: Matrix, gradient: readonly number[]): readonly number[] | null {
  const factor = new CholeskyDecomposition(information);
  if (!factor.isPositiveDefinite()) return null;
  const step = factor.solve(Matrix.columnVector([...gradient])).to1DArray();
  return step.every(Number.isFinite) ? step : null;
}

/** The first of the full step, its half, its quarter, … that does not lower the likelihood; null where none does. */
async function halvedStep(model: Model, state: State, step: readonly number[]): Promise<State | null> {
  const slack = 1e-12 * Math.abs(state.logLikelihood);
  for (let halving = 0, size = 1; halving < MAXIMUM_HALVINGS; halving++, size /= 2) {
    const moved = state.parameters.map((value, j) => value + size * step[j]);
    const next = await evaluate(model, moved);
    if (next.logLikelihood >= state.logLikelihood - slack) return next;
  }
  return null;
}

/** By how much a step moves the η, of any class, of the row that it moves most. */
async function largestShift({ moments, design }: Model, step: readonly number[]): Promise<number> {
  const { extremes } = await moments.pass({ extremes: predictorsOf(step, design) });
  return Math.max(...extremes.flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]));
}

/** The terms and classes whose slopes still move when the likelihood no longer does; where all classes do, it is the first that runs away. */
function runaways(
  step: readonly number[],
  terms: number,
  length: number,
  complete: boolean,
): MultinomialResult {
  const width = terms + 1;
  const moving = step
    .map((value, j) => ({ value, term: (j % width) - 1, class: Math.floor(j / width) + 1 }))
    .filter(({ value, term }) => term >= 0 && Math.abs(value) > 0.1 * length);
  const classes = [...new Set(moving.map((slope) => slope.class))];
  return separation(
    [...new Set(moving.map(({ term }) => term))].sort((a, b) => a - b),
    classes.length === step.length / width ? [0] : classes,
    complete,
  );
}

interface Scaling {
  readonly terms: readonly RowExpression[];
  readonly means: ArrayLike<number>;
  readonly scales: readonly number[];
}

async function describeFit(
  model: Model,
  state: State,
  { terms, means, scales }: Scaling,
  iterations: number,
): Promise<MultinomialResult> {
  const width = terms.length + 1;
  const equations = Array.from({ length: state.parameters.length / width }, (_class, c) => {
    const own = state.parameters.slice(c * width, (c + 1) * width);
    const coefficients = terms.map((_term, j) => own[j + 1] / scales[j]);
    const intercept = coefficients.reduce((rest, slope, j) => rest - slope * means[j], own[0]);
    return { intercept, coefficients };
  });
  const linearPredictors = equations.map(({ intercept, coefficients }) =>
    linear(intercept, coefficients, terms),
  );
  const information = await informationAt(model, state.parameters);
  return {
    kind: 'fit',
    fit: {
      equations,
      linearPredictors,
      probabilities: probabilitiesOf(linearPredictors, logDenominator(linearPredictors)),
      design: model.design,
      information: information.to2DArray(),
      logLikelihood: state.logLikelihood,
      iterations,
    },
  };
}
