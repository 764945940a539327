/** Logistic and probit regression of a 0/1 response, by unpenalised maximum likelihood. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { informationMatrix } from './information.ts';
import type { Moments } from './moments.ts';
import { apply, complement, linear, product, type RowExpression } from './rowExpression.ts';
import { separatingIndicators } from './separation.ts';

export type Link = 'logistic' | 'probit';

export interface BinaryRegressionFit {
  readonly link: Link;
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** η = intercept + Σ coefficients · terms, and P(response = 1) as expressions. */
  readonly linearPredictor: RowExpression;
  readonly probability: RowExpression;
  readonly logLikelihood: number;
  readonly iterations: number;
}

export type BinaryRegressionResult =
  | { readonly kind: 'fit'; readonly fit: BinaryRegressionFit }
  /** The terms tell the response apart without error, in all rows or at the edge; `terms` are those whose slopes run away. */
  | {
      readonly kind: 'separation';
      readonly terms: readonly number[];
      /** In all rows: whoever has the response differs in the terms from everyone who has not. */
      readonly complete: boolean;
    }
  | { readonly kind: 'no-convergence' };

const MAXIMUM_ITERATIONS = 100;
const MAXIMUM_HALVINGS = 30;

/** Where a step moves some row's η by this much and gains no likelihood, that row's probability is on its way to 0 or 1. */
const RUNAWAY_SHIFT = 0.05;

/** Where a step moves no row's η by more than this, the terms may still be traded against each other, to no effect. */
const SETTLED_SHIFT = 1e-8;

/** Parameters of the standardised problem: the constant first. */
interface State {
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly information: Matrix;
}

/**
 * Maximum likelihood by Newton–Raphson (Fisher scoring for probit) with step halving, on standardised terms.
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, section 2.5; separation as in Albert & Anderson (1984).
 *
 * `response` is 0 or 1; `terms` must be linearly independent and vary; `weight` is not negative.
 * Convergence is to the last digits: Newton's last step is under 1e-9 of a standard deviation, and the error is of its square.
 */
export async function binaryRegression(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  link: Link,
  weight?: RowExpression,
): Promise<BinaryRegressionResult> {
  const { products, extremes } = await moments.pass({
    products: { terms: [...terms, response], weight },
    extremes: terms,
  });
  const scales = terms.map((_term, j) =>
    Math.sqrt(products.centred[j * products.size + j] / products.weight),
  );
  const means = terms.map((_term, j) => products.means[j]);
  const standardised = terms.map((term, j) => linear(-means[j] / scales[j], [1 / scales[j]], [term]));
  const share = products.means[terms.length];
  if (share <= 0 || share >= 1) return { kind: 'separation', terms: [], complete: true };
  const separating = weight === undefined ? separatingIndicators(products, extremes, terms.length) : [];
  if (separating.length > 0) return { kind: 'separation', terms: separating, complete: false };
  const evaluate = (parameters: readonly number[]): Promise<State> =>
    evaluateLikelihood(moments, response, standardised, link, weight, parameters);
  let state = await evaluate([startingIntercept(share, link), ...terms.map(() => 0)]);
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration++) {
    const step = newtonStep(state);
    const complete = Math.abs(state.logLikelihood) < 1e-6 * products.weight;
    if (step === null) return { kind: 'separation', terms: [], complete };
    const next = await halvedStep(state, step, evaluate);
    const gain = next === null ? 0 : next.logLikelihood - state.logLikelihood;
    state = next ?? state;
    const length = Math.max(...step.map(Math.abs));
    if (next === null || length < 1e-9) {
      return { kind: 'fit', fit: unscaled(state, terms, means, scales, link, iteration) };
    }
    if (gain >= 1e-10 * (products.weight / products.rows + Math.abs(state.logLikelihood))) continue;
    const shift = await largestShift(moments, standardised, step);
    if (shift > RUNAWAY_SHIFT) return { kind: 'separation', terms: runaways(step, length), complete };
    if (shift < SETTLED_SHIFT) {
      return { kind: 'fit', fit: unscaled(state, terms, means, scales, link, iteration) };
    }
  }
  return { kind: 'no-convergence' };
}

function startingIntercept(share: number, link: Link): number {
  return link === 'logistic' ? Math.log(share / (1 - share)) : (share - 0.5) * Math.sqrt(2 * Math.PI);
}

async function evaluateLikelihood(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  link: Link,
  weight: RowExpression | undefined,
  parameters: readonly number[],
): Promise<State> {
  const predictor = linear(parameters[0], parameters.slice(1), terms);
  const parts = LINKS[link](response, predictor);
  const weighted = (...factors: RowExpression[]): RowExpression =>
    product(...factors, ...(weight === undefined ? [] : [weight]));
  const { sums, products } = await moments.pass({
    sums: [
      weighted(parts.logLikelihood),
      weighted(parts.score),
      ...terms.map((term) => weighted(parts.score, term)),
    ],
    products: { terms, weight: weighted(parts.information) },
  });
  return {
    parameters,
    logLikelihood: sums[0],
    gradient: Array.from(sums.subarray(1)),
    information: new Matrix(informationMatrix(products)),
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
  terms: readonly RowExpression[],
  step: readonly number[],
): Promise<number> {
  const { extremes } = await moments.pass({ extremes: [linear(step[0], step.slice(1), terms)] });
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
  terms: readonly RowExpression[],
  means: readonly number[],
  scales: readonly number[],
  link: Link,
  iterations: number,
): BinaryRegressionFit {
  const coefficients = terms.map((_term, j) => state.parameters[j + 1] / scales[j]);
  const intercept = coefficients.reduce((rest, slope, j) => rest - slope * means[j], state.parameters[0]);
  const linearPredictor = linear(intercept, coefficients, terms);
  return {
    link,
    intercept,
    coefficients,
    linearPredictor,
    probability: probabilityOf(link, linearPredictor),
    logLikelihood: state.logLikelihood,
    iterations,
  };
}

/** P(response = 1) at the linear predictor. */
export function probabilityOf(link: Link, predictor: RowExpression): RowExpression {
  return apply(link === 'logistic' ? 'logistic' : 'normalCdf', predictor);
}

interface LikelihoodParts {
  readonly logLikelihood: RowExpression;
  /** ∂ log-likelihood / ∂ η. */
  readonly score: RowExpression;
  /** Expected −∂² log-likelihood / ∂ η². */
  readonly information: RowExpression;
}

type LikelihoodOf = (response: RowExpression, predictor: RowExpression) => LikelihoodParts;

const LINKS: Readonly<Record<Link, LikelihoodOf>> = { logistic: logisticParts, probit: probitParts };

function logisticParts(response: RowExpression, predictor: RowExpression): LikelihoodParts {
  const probability = apply('logistic', predictor);
  return {
    logLikelihood: linear(0, [1, -1], [product(response, predictor), apply('softplus', predictor)]),
    score: linear(0, [1, -1], [response, probability]),
    information: product(probability, complement(probability)),
  };
}

/** With m(x) = φ(x)/Φ(x), the score is y·m(η) − (1 − y)·m(−η) and the information m(η)·m(−η): no 0/0 in the tails. */
function probitParts(response: RowExpression, predictor: RowExpression): LikelihoodParts {
  const opposite = linear(0, [-1], [predictor]);
  const upper = apply('inverseMills', predictor);
  const lower = apply('inverseMills', opposite);
  const other = complement(response);
  return {
    logLikelihood: linear(
      0,
      [1, 1],
      [product(response, apply('logNormalCdf', predictor)), product(other, apply('logNormalCdf', opposite))],
    ),
    score: linear(0, [1, -1], [product(response, upper), product(other, lower)]),
    information: product(upper, lower),
  };
}

/**
 * Slope of the score in η, −∂² log-likelihood / ∂ η² as it is observed, for the bread of a sandwich.
 * For the logistic link it is the expected one, p(1 − p); for probit it depends on the response:
 * y·m(η)(m(η) + η) + (1 − y)·m(−η)(m(−η) − η).
 */
export function observedInformation(
  link: Link,
  response: RowExpression,
  predictor: RowExpression,
): RowExpression {
  if (link === 'logistic') return logisticParts(response, predictor).information;
  const opposite = linear(0, [-1], [predictor]);
  const upper = apply('inverseMills', predictor);
  const lower = apply('inverseMills', opposite);
  return linear(
    0,
    [1, 1],
    [
      product(response, upper, linear(0, [1, 1], [upper, predictor])),
      product(complement(response), lower, linear(0, [1, 1], [lower, opposite])),
    ],
  );
}

/** The score in η of `observedInformation`'s likelihood. */
export function scoreOf(link: Link, response: RowExpression, predictor: RowExpression): RowExpression {
  return LINKS[link](response, predictor).score;
}

/** ∂ P(response = 1) / ∂ η. */
export function densityOf(link: Link, predictor: RowExpression): RowExpression {
  if (link === 'probit') return apply('normalPdf', predictor);
  const probability = apply('logistic', predictor);
  return product(probability, complement(probability));
}
