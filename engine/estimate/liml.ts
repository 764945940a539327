/** `liml`: limited-information maximum likelihood, and Fuller's modification of it. */

import { instrumentalEstimator } from './instrumentalEstimator.ts';
import { fittedIndex, structuralFit } from './structuralFit.ts';
import type { TwoStageFit } from './twoStage.ts';

/**
 * The k-class estimator τ = (Ỹᵀ(I − κM)T̃) / (T̃ᵀ(I − κM)T̃), where M leaves what the instruments do not explain: κ = 0 is least squares, κ = 1 two-stage
 * least squares. LIML has for κ the smallest root of det(A − κB) = 0, A and B being the cross-products of (Y, T) left by the covariates, and by covariates
 * and instruments (Anderson & Rubin 1949; Davidson & MacKinnon 1993, Estimation and Inference in Econometrics, section 18.5). Fuller (1977) subtracts
 * α/(n − k), with k the covariates, the constant and the instruments: with α = 1 the bias vanishes to the order of 1/n.
 *
 * Errors are those of two-stage least squares about the estimate: classic is σ²/(T̃ᵀ(I − κM)T̃), the others have the fitted treatment in their scores. They do not
 * hold the term for many instruments of Bekker (1994).
 */
export const liml = instrumentalEstimator(async (problem, stages) => {
  const { explained, left, first } = stages;
  const fuller = problem.plan.fuller / (first.rows - first.parameters);
  // κ − 1 rather than κ: strong instruments bring κ close to 1.
  const excess = limlExcess(stages) - fuller;
  const curvature = explained.tt - excess * left.tt;
  const slope = (explained.ty - excess * left.ty) / curvature;
  const index = fittedIndex(problem, stages);
  return {
    kind: 'equation',
    equation: await structuralFit(problem, stages, slope, index, 1 / curvature),
    diagnostics: { kappa: 1 + excess },
  };
});

/** κ − 1 of LIML: the smaller root x of det(explained − x · left) = 0; 0 where there are no more instruments than treatments. */
export function limlExcess({ explained, left, count }: TwoStageFit): number {
  if (count === 1) return 0;
  const square = left.tt * left.yy - left.ty ** 2;
  const middle = explained.yy * left.tt + explained.tt * left.yy - 2 * explained.ty * left.ty;
  const constant = explained.tt * explained.yy - explained.ty ** 2;
  const root = Math.sqrt(Math.max(0, middle * middle - 4 * square * constant));
  // Of the two ways to write the root this one does not cancel; both matrices are positive semidefinite.
  return Math.max(0, (2 * constant) / (middle + root));
}
