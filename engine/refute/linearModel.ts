/** The least-squares family as a matter of cross-products alone: what a refuter changes is a few of them, and the rest need not be computed again. */

import { contrastsOf } from '../estimate/contrasts.ts';
import { doseOf } from '../estimate/dose.ts';
import type { EstimationProblem } from '../estimate/problem.ts';
import { termsOfTreatment } from '../estimate/regression.ts';
import type { ScaledTerms } from '../stats/groupedProducts.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import { crossProducts } from '../stats/moments.ts';
import type { RowExpression } from '../stats/rowExpression.ts';
import { factorHead, smallestPivot } from './normalEquations.ts';

/**
 * Y on the treatment and the covariates (`instruments` 0), or the treatment instrumented. The columns are standardised, so that rounding is the
 * same for all of them; they stand in the order constant, covariates, instruments, treatment, outcome.
 */
export interface LinearModel {
  readonly scaled: ScaledTerms;
  /** Columns with the constant. */
  readonly size: number;
  /** Constant and covariates: what is held fixed. */
  readonly head: number;
  readonly instruments: number;
  readonly treatments: number;
  /** Names of the covariates' variables, one a column after the constant. */
  readonly variables: readonly string[];
  /** Σ w x xᵀ of the columns, by rows. */
  readonly gram: Float64Array;
  readonly rows: number;
  /** Weights of the treatment's slopes, in units of the data, that make up each contrast. */
  readonly contrasts: readonly (readonly number[])[];
}

/** Above it the cross-products lose digits that the estimator keeps by other means. */
const LARGEST_CONDITION = 1e4;

/** Below it a column says nothing that those before it do not, or too little to rely on sums of squares. */
const DOUBTFUL_PIVOT = 1e-7;

const LEAST_SQUARES: ReadonlySet<string> = new Set(['difference', 'regression', 'iv']);

/** The model of a problem; null where its method is not least squares, or its cross-products are too ill-conditioned. */
export async function linearModelOf(problem: EstimationProblem): Promise<LinearModel | null> {
  const { plan, treatment, outcome, moments, weight } = problem;
  if (!LEAST_SQUARES.has(plan.method)) return null;
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  const dose = plan.method === 'iv' ? doseOf(problem) : null;
  const doses = plan.method === 'iv' ? [dose].filter((term) => term !== null) : termsOfTreatment(treatment);
  if (contrasts.kind === 'failure' || doses.length === 0) return null;
  const instruments = plan.method === 'iv' ? problem.instruments.map((term) => term.expression) : [];
  const inner = [...instruments, ...doses, outcome];
  const covariates = problem.covariates.map((term) => term.expression);
  const weights = contrasts.contrasts.map((each) => each.weights.slice(-doses.length));
  const build = (kept: readonly number[]): Promise<LinearModel | null> =>
    modelOf(
      problem,
      kept.map((index) => covariates[index]),
      inner,
      {
        instruments: instruments.length,
        treatments: doses.length,
        variables: kept.map((index) => problem.covariates[index].variable),
        contrasts: weights,
      },
    );
  const model = await build(covariates.map((_term, index) => index));
  if (model === null) return null;
  const beforeOutcome = model.size - 1;
  if (smallestPivot(model.gram, model.size, beforeOutcome) > DOUBTFUL_PIVOT) return model;
  const fit = await leastSquares(moments, outcome, [...covariates, ...inner.slice(0, -1)], weight);
  if (fit.condition > LARGEST_CONDITION) return null;
  return build(fit.kept.filter((index) => index < covariates.length));
}

async function modelOf(
  { moments, weight }: EstimationProblem,
  covariates: readonly RowExpression[],
  inner: readonly RowExpression[],
  parts: Pick<LinearModel, 'instruments' | 'treatments' | 'variables' | 'contrasts'>,
): Promise<LinearModel | null> {
  const terms = [...covariates, ...inner];
  const products = await crossProducts(moments, terms, weight);
  const { size: count, centred, means, rows } = products;
  const scales = Float64Array.from(means, (_mean, j) => Math.sqrt(centred[j * count + j] / products.weight));
  if (scales.subarray(covariates.length).some((scale) => !(scale > 0))) return null;
  const size = count + 1;
  const gram = new Float64Array(size * size);
  gram[0] = products.weight;
  // A covariate that does not vary has no scale, and its row of zeros drops it.
  const scaleOf = (j: number): number => (scales[j] > 0 ? scales[j] : 1);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      gram[(i + 1) * size + j + 1] = centred[i * count + j] / scaleOf(i) / scaleOf(j);
    }
  }
  const scaled = { terms, weight, means, scales: scales.map((_scale, j) => scaleOf(j)) };
  return { scaled, size, head: covariates.length + 1, gram, rows, ...parts };
}

/** Products of the columns that are not held fixed, among themselves and with those that are: what refits differ in. */
export interface InnerProducts {
  /** `head` × `count`, by rows. */
  readonly cross: Float64Array;
  /** `count` × `count`, by rows. */
  readonly inner: Float64Array;
  readonly count: number;
}

/** Cuts a matrix of cross-products after its first `head` columns. */
export function innerProducts(gram: Float64Array, size: number, head: number): InnerProducts {
  const count = size - head;
  const cross = new Float64Array(head * count);
  const inner = new Float64Array(count * count);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < count; j++) {
      const value = gram[i * size + head + j];
      if (i < head) cross[i * count + j] = value;
      else inner[(i - head) * count + j] = value;
    }
  }
  return { cross, inner, count };
}

/** The factor of the columns held fixed, of the model's own rows or of a choice of them. */
export function headFactor({ size, head }: LinearModel, gram: Float64Array): Float64Array {
  return factorHead(gram, size, head);
}
