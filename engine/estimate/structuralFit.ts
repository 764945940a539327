/** The structural equation of an instrumental-variable estimator: the slope, and what its errors are made from. */

import { Matrix } from 'ml-matrix';
import { dot } from '../stats/dot.ts';
import { apply, linear, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { TwoStageFit } from './twoStage.ts';

/** A linear equation Y = a + τ·T + b·X as it was estimated. */
export interface StructuralFit {
  /** τ. */
  readonly slope: number;
  /** What T is replaced by, given the covariates: τ̂ − τ = inverse · Σ w · index · e. */
  readonly index: RowExpression;
  readonly inverse: number;
  /** e = Y − a − τ·T − b·X: with the treatment itself, not its fit. */
  readonly residual: RowExpression;
  /** Σ w e². */
  readonly residualSum: number;
}

/** Σ q_k u_k, where u = (Z̃ᵀZ̃)⁻¹ Z̃ are the instruments as they enter the slopes on them; a combination of the design's terms. */
export function instrumentIndex(
  problem: EstimationProblem,
  { first, count }: TwoStageFit,
  combination: readonly number[],
): RowExpression {
  const design = [...problem.covariates, ...problem.instruments];
  const start = first.inverse.length - count;
  const loadings = first.kept.map((_term, j) =>
    combination.reduce((sum, weight, k) => sum + weight * first.inverse[start + k][j], 0),
  );
  return linear(
    -dot(loadings, first.means),
    loadings,
    first.kept.map((term) => design[term].expression),
  );
}

/** u itself, K of them. */
export function unitIndices(problem: EstimationProblem, stages: TwoStageFit): RowExpression[] {
  return stages.treatmentSlopes.map((_slope, k) =>
    instrumentIndex(
      problem,
      stages,
      stages.treatmentSlopes.map((_other, j) => (j === k ? 1 : 0)),
    ),
  );
}

/** Z̃ weighted by how it moves the treatment: the fitted treatment, given the covariates. */
export function fittedIndex(problem: EstimationProblem, stages: TwoStageFit): RowExpression {
  const slopes = Matrix.columnVector([...stages.treatmentSlopes]);
  return instrumentIndex(problem, stages, stages.spread.mmul(slopes).to1DArray());
}

/** Ỹ − τ·T̃, as one combination of outcome, treatment and covariates. */
export function structuralResidual(
  problem: EstimationProblem,
  { restricted, outcome, treatment }: TwoStageFit,
  slope: number,
): RowExpression {
  const own = outcome.restricted;
  const covariates = own.kept.map((term) => problem.covariates[term].expression);
  return linear(
    slope * restricted.intercept - own.intercept,
    [1, -slope, ...own.coefficients.map((value, j) => slope * restricted.coefficients[j] - value)],
    [problem.outcome, treatment, ...covariates],
  );
}

/** Σ w e² of the equation with this slope, from the cross-products where these are good enough, else over the rows. */
async function residualSumOf(
  problem: EstimationProblem,
  { explained, left, wellConditioned }: TwoStageFit,
  slope: number,
  residual: RowExpression,
): Promise<number> {
  if (!wellConditioned) return sumOfSquares(problem, residual);
  const of = (moments: typeof left): number => moments.yy - slope * (2 * moments.ty - slope * moments.tt);
  return of(explained) + of(left);
}

/** Σ w e² of residuals, over the rows. */
export async function sumOfSquares(
  { moments, weight }: EstimationProblem,
  residual: RowExpression,
): Promise<number> {
  const { sums } = await moments.pass({ sums: [product(apply('square', residual), weight ?? one)] });
  return sums[0];
}

/**
 * An estimate whose equation Σ w · index · e = 0 is solved by `slope`.
 *
 * @param inverse 1 / Σ w · index · T
 */
export async function structuralFit(
  problem: EstimationProblem,
  stages: TwoStageFit,
  slope: number,
  index: RowExpression,
  inverse: number,
): Promise<StructuralFit> {
  const residual = structuralResidual(problem, stages, slope);
  const residualSum = await residualSumOf(problem, stages, slope, residual);
  return { slope, index, inverse, residual, residualSum };
}

/** Two-stage least squares: τ = Σ w T̂Ỹ / Σ w T̂T̃, with T̂ the part of T̃ that the instruments explain. */
export async function twoStageLeastSquares(
  problem: EstimationProblem,
  stages: TwoStageFit,
): Promise<StructuralFit> {
  const { tt, ty } = stages.explained;
  return structuralFit(problem, stages, ty / tt, fittedIndex(problem, stages), 1 / tt);
}
