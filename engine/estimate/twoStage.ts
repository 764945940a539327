/** The two stages of two-stage least squares, and what every instrumental-variable estimator takes from them. */

import type { Matrix } from 'ml-matrix';
import { dot } from '../stats/dot.ts';
import { type LeastSquaresFit, leastSquares, REFINEMENT_LIMIT } from '../stats/leastSquares.ts';
import { type CrossProducts, crossProducts, selectProducts } from '../stats/moments.ts';
import { product, type RowExpression } from '../stats/rowExpression.ts';
import { scaledInverse } from '../stats/scaledMatrix.ts';
import { nameList } from '../wording.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

/** Sums of squares and products of the treatment and the outcome. */
export interface PairMoments {
  readonly tt: number;
  readonly ty: number;
  readonly yy: number;
}

/**
 * Treatment and outcome, each on the covariates alone and on covariates and instruments. What is left of a variable once the covariates are held fixed is
 * written with a tilde in the comments, after Frisch & Waugh (1933) and Lovell (1963): the covariates need no further part in it.
 */
export interface TwoStageFit {
  readonly treatment: RowExpression;
  /** T on the covariates, and on covariates and instruments. */
  readonly restricted: LeastSquaresFit;
  readonly first: LeastSquaresFit;
  /** Y on the same. */
  readonly outcome: { readonly restricted: LeastSquaresFit; readonly full: LeastSquaresFit };
  /** K: instruments that say something of their own. */
  readonly count: number;
  /** Z̃ᵀZ̃, K × K. */
  readonly spread: Matrix;
  /** Slopes of T and of Y on the instruments, length K. */
  readonly treatmentSlopes: readonly number[];
  readonly outcomeSlopes: readonly number[];
  /** What the instruments explain of T̃ and Ỹ, and what they leave. */
  readonly explained: PairMoments;
  readonly left: PairMoments;
  /** Is the design so well-conditioned that sums from cross-products are as good as sums over residuals? */
  readonly wellConditioned: boolean;
}

export type TwoStageResult = { readonly kind: 'fit'; readonly stages: TwoStageFit } | EstimationFailure;

/** Part of the treatment's variation, given the covariates, under which the instruments' share of it is rounding. */
const ROUNDING_SHARE = 1e-22;

/**
 * Fits T and Y on X, and on X and Z, all from one pass of cross-products where the design is well-conditioned.
 *
 * Fails where the instruments, given the covariates, do not move the treatment at all.
 */
export async function fitTwoStages(
  problem: EstimationProblem,
  treatment: RowExpression,
): Promise<TwoStageResult> {
  const { moments, outcome, weight } = problem;
  const covariates = problem.covariates.map((term) => term.expression);
  const design = [...covariates, ...problem.instruments.map((term) => term.expression)];
  const products = await crossProducts(moments, [...design, treatment, outcome], weight);
  const fitted = (response: RowExpression, at: number, terms: readonly RowExpression[]) => {
    const indices = [...terms.map((_term, j) => j), design.length + at];
    return leastSquares(moments, response, terms, weight, selectProducts(products, indices));
  };
  const restricted = await fitted(treatment, 0, covariates);
  const first = await fitted(treatment, 0, design);
  const count = first.parameters - restricted.parameters;
  if (count <= 0) return silentInstrument(problem);
  const own = { restricted: await fitted(outcome, 1, covariates), full: await fitted(outcome, 1, design) };
  const instrumented = instrumentSlopes(first, own.full, count);
  if (!(instrumented.explained.tt > ROUNDING_SHARE * restricted.residualSum))
    return silentInstrument(problem);
  const wellConditioned = first.condition <= REFINEMENT_LIMIT;
  const ty = wellConditioned
    ? productLeft(products, first)
    : await productOfResiduals(problem, first.residual, own.full.residual);
  const left = { tt: first.residualSum, ty, yy: own.full.residualSum };
  const fits = { treatment, restricted, first, outcome: own };
  return { kind: 'fit', stages: { ...fits, ...instrumented, count, left, wellConditioned } };
}

/** How T and Y move with the instruments, the covariates held fixed. */
function instrumentSlopes(
  first: LeastSquaresFit,
  full: LeastSquaresFit,
  count: number,
): Pick<TwoStageFit, 'spread' | 'treatmentSlopes' | 'outcomeSlopes' | 'explained'> {
  const start = first.coefficients.length - count;
  const treatmentSlopes = first.coefficients.slice(start);
  const outcomeSlopes = full.coefficients.slice(start);
  const spread = scaledInverse(first.inverse.slice(start).map((row) => row.slice(start)));
  const form = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, i) => sum + value * dot(spread.getRow(i), right), 0);
  const explained = {
    tt: form(treatmentSlopes, treatmentSlopes),
    ty: form(treatmentSlopes, outcomeSlopes),
    yy: form(outcomeSlopes, outcomeSlopes),
  };
  return { spread, treatmentSlopes, outcomeSlopes, explained };
}

/** Σ w v y for the residuals v of the first stage, from the cross-products, of which the last two are T and Y. */
function productLeft({ size, centred }: CrossProducts, first: LeastSquaresFit): number {
  const withOutcome = (j: number): number => centred[j * size + size - 1];
  return first.kept.reduce(
    (rest, term, j) => rest - first.coefficients[j] * withOutcome(term),
    withOutcome(size - 2),
  );
}

async function productOfResiduals(
  { moments, weight }: EstimationProblem,
  left: RowExpression,
  right: RowExpression,
): Promise<number> {
  const weighted = weight === undefined ? left : product(weight, left);
  const { dots } = await moments.pass({ dots: { left: weighted, rights: [right] } });
  return dots[0];
}

function silentInstrument(problem: EstimationProblem): EstimationFailure {
  const names = nameList(problem.plan.instruments);
  return failure(
    'instrument-irrelevant',
    `${names} ${problem.plan.instruments.length === 1 ? 'does' : 'do'} not move ${problem.plan.treatment} at all in these rows, once the covariates are held fixed. There is nothing to estimate from.`,
  );
}
