/** `gmm`: the two-step efficient generalised method of moments. */

import { Matrix } from 'ml-matrix';
import { groupedVariable } from '../data/request.ts';
import { clusteredMeat } from '../stats/covariance.ts';
import { dot } from '../stats/dot.ts';
import { crossProducts, rawProducts } from '../stats/moments.ts';
import { linear, one, product, type RowExpression } from '../stats/rowExpression.ts';
import { isSingular, scaledInverse } from '../stats/scaledMatrix.ts';
import { type EquationResult, instrumentalEstimator } from './instrumentalEstimator.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import {
  instrumentIndex,
  type StructuralFit,
  structuralResidual,
  sumOfSquares,
  twoStageLeastSquares,
  unitIndices,
} from './structuralFit.ts';
import type { TwoStageFit } from './twoStage.ts';

/**
 * τ minimises ḡ(τ)ᵀ S⁻¹ ḡ(τ), where ḡ holds the products of covariates and instruments with the residuals and S is their covariance, from the residuals of
 * two-stage least squares in a first step (Hansen 1982; White 1982, Econometrica 50). S allows for unequal variances, and with `cluster` for whatever goes on within a
 * cluster; with `se classic` it supposes equal ones, and the estimate is that of two-stage least squares. The minimum is Hansen's J.
 *
 * There are as many equations for the covariates as covariates, so these fall out: with u = (Z̃ᵀZ̃)⁻¹Z̃, δ the slopes of T and Y on the instruments and S of w·u·e,
 * τ = δ_TᵀS⁻¹δ_Y / δ_TᵀS⁻¹δ_T. The errors are a sandwich about the second step, with its residuals.
 *
 * Fails where S is singular: fewer clusters than instruments, or instruments that coincide wherever there is a residual.
 */
export const gmm = instrumentalEstimator(async (problem, stages) => {
  const first = await twoStageLeastSquares(problem, stages);
  if (stages.count === 1) return { kind: 'equation', equation: first };
  if (problem.plan.cluster === null && problem.plan.standardError === 'classic') {
    const { explained } = stages;
    const moment = explained.yy - explained.ty ** 2 / explained.tt;
    const hansenJ = (stages.first.rows * moment) / first.residualSum;
    return { kind: 'equation', equation: first, diagnostics: { hansenJ } };
  }
  return secondStep(problem, stages, first);
});

async function secondStep(
  problem: EstimationProblem,
  stages: TwoStageFit,
  first: StructuralFit,
): Promise<EquationResult> {
  const { count, treatmentSlopes, outcomeSlopes } = stages;
  const meat = await momentCovariance(problem, stages, first.residual);
  const offset = meat.length - count;
  const covariance = meat.slice(offset).map((row) => row.slice(offset));
  if (isSingular(covariance)) return singularWeights(problem, count);
  const weights = scaledInverse(covariance);
  const combination = times(weights, treatmentSlopes);
  const curvature = dot(combination, treatmentSlopes);
  const slope = dot(combination, outcomeSlopes) / curvature;
  const moments = outcomeSlopes.map((value, k) => value - slope * treatmentSlopes[k]);
  const pull = times(weights, moments);
  const residual = shiftedResidual(
    problem,
    stages,
    slope,
    meat.slice(0, offset).map((row) => dot(row.slice(offset), pull)),
  );
  const equation = {
    slope,
    index: instrumentIndex(problem, stages, combination),
    inverse: 1 / curvature,
    residual,
    residualSum: await sumOfSquares(problem, residual),
  };
  return { kind: 'equation', equation, diagnostics: { hansenJ: dot(moments, pull) } };
}

/** Σ s sᵀ of the scores w·e·(1, X̃, u) over rows or clusters: constant and covariates first, then the instruments. */
async function momentCovariance(
  problem: EstimationProblem,
  stages: TwoStageFit,
  residual: RowExpression,
): Promise<readonly (readonly number[])[]> {
  const terms = [one, ...stages.restricted.centredTerms, ...unitIndices(problem, stages)];
  const scores = terms.map((term) => product(term, residual, problem.weight ?? one));
  const { cluster } = problem.plan;
  return cluster === null
    ? rawProducts(await crossProducts(problem.moments, scores))
    : (await clusteredMeat(problem.moments, scores, cluster)).meat;
}

/**
 * Residuals of the second step. The equations of the covariates hold exactly in the first step only: the second trades them for those of the instruments, by
 * the covariance of the two, and b moves with it.
 *
 * @param moments Σ w·e of the second step, and Σ w·e·X̃
 */
function shiftedResidual(
  problem: EstimationProblem,
  stages: TwoStageFit,
  slope: number,
  moments: readonly number[],
): RowExpression {
  const { restricted } = stages;
  const own = structuralResidual(problem, stages, slope);
  const change = restricted.inverse.map((row) => dot(row, moments.slice(1)));
  return linear(moments[0] / restricted.weight, [1, ...change], [own, ...restricted.centredTerms]);
}

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.mmul(Matrix.columnVector([...vector])).to1DArray();
}

function singularWeights({ plan }: EstimationProblem, count: number): EstimationFailure {
  const reason =
    plan.cluster === null
      ? `their ${count} equations cannot be told apart in these rows`
      : `there are too few clusters of ${groupedVariable(plan.cluster)} for ${count} instruments`;
  return failure(
    'collinear',
    `gmm cannot weigh the instruments: ${reason}. Use \`iv\`, or fewer instruments.`,
  );
}
