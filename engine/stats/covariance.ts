/** Covariance matrices of linear estimators, each written once for least squares and for two-stage least squares. */

import { crossProducts, type Moments, rawProducts } from './moments.ts';
import { apply, constant, linear, product, quadratic, type RowExpression } from './rowExpression.ts';

/** What a sandwich needs of a fitted linear model. */
export interface FittedLinearModel {
  /** Columns about their weighted means, so that the constant is orthogonal to them. */
  readonly centredTerms: readonly RowExpression[];
  /** Inverse of the weighted cross-products of `centredTerms`. */
  readonly inverse: readonly (readonly number[])[];
  /** Residual of the outcome model (for two-stage least squares of the structural equation). */
  readonly residual: RowExpression;
  /** Σ w e². */
  readonly residualSum: number;
  readonly rows: number;
  /** Σ w. */
  readonly weight: number;
  /** Coefficients, the constant included: k. */
  readonly parameters: number;
}

export type CovarianceType =
  | { readonly kind: 'classic' | 'hc0' | 'hc1' | 'hc2' | 'hc3' }
  | { readonly kind: 'cluster'; readonly column: string };

export interface CovarianceEstimate {
  /** Of the slopes, as rows. */
  readonly matrix: readonly (readonly number[])[];
  /** Degrees of freedom of the t distribution to go with it. */
  readonly df: number;
}

export type CovarianceResult =
  | { readonly kind: 'covariance'; readonly covariance: CovarianceEstimate }
  | { readonly kind: 'failure'; readonly code: 'too-few-rows' | 'too-few-clusters' | 'leverage-one' };

/**
 * Covariance of the slopes of a linear model.
 *
 * classic: homoskedastic with n − k. hc0 … hc3: White (1980) and MacKinnon & White (1985), hc1 with n/(n − k).
 * cluster: CR1, G/(G − 1) · (n − 1)/(n − k), with t(G − 1). Weights are sampling weights: the meat holds w² e².
 *
 * Fails where no degrees of freedom are left, and for hc2 and hc3 where a row is fitted exactly whatever its outcome.
 */
export async function slopeCovariance(
  moments: Moments,
  model: FittedLinearModel,
  type: CovarianceType,
  weight?: RowExpression,
): Promise<CovarianceResult> {
  const df = model.rows - model.parameters;
  if (df <= 0) return { kind: 'failure', code: 'too-few-rows' };
  if (type.kind === 'cluster') return clusterCovariance(moments, model, type.column, weight);
  if (type.kind === 'classic') {
    const variance = model.residualSum / df;
    return succeed(
      model.inverse.map((row) => row.map((value) => value * variance)),
      df,
    );
  }
  const leverage = leverageOf(model, weight);
  if (type.kind === 'hc2' || type.kind === 'hc3') {
    const answer = await moments.pass({ extremes: [leverage] });
    if (answer.extremes[0].max > 1 - 1e-9) return { kind: 'failure', code: 'leverage-one' };
  }
  const meatWeight = product(...residualFactors(model.residual, weight), ...correction(type.kind, leverage));
  const meat = await crossProducts(moments, model.centredTerms, meatWeight);
  const factor = type.kind === 'hc1' ? model.rows / df : 1;
  return succeed(sandwich(model.inverse, rawProducts(meat), factor), df);
}

function succeed(matrix: readonly (readonly number[])[], df: number): CovarianceResult {
  return { kind: 'covariance', covariance: { matrix, df } };
}

function residualFactors(residual: RowExpression, weight: RowExpression | undefined): RowExpression[] {
  const squared = apply('square', residual);
  return weight === undefined ? [squared] : [squared, apply('square', weight)];
}

function correction(kind: 'hc0' | 'hc1' | 'hc2' | 'hc3', leverage: RowExpression): RowExpression[] {
  const room = apply('reciprocal', linear(1, [-1], [leverage]));
  if (kind === 'hc2') return [room];
  return kind === 'hc3' ? [apply('square', room)] : [];
}

/** h = w (1/Σw + x̃ᵀ (X̃ᵀWX̃)⁻¹ x̃). */
function leverageOf(model: FittedLinearModel, weight: RowExpression | undefined): RowExpression {
  const distance = linear(1 / model.weight, [1], [quadratic(model.inverse, model.centredTerms)]);
  return weight === undefined ? distance : product(weight, distance);
}

async function clusterCovariance(
  moments: Moments,
  model: FittedLinearModel,
  group: string,
  weight: RowExpression | undefined,
): Promise<CovarianceResult> {
  const score = weight === undefined ? [model.residual] : [model.residual, weight];
  const terms = model.centredTerms.map((term) => product(term, ...score));
  const { meat, groups } = await clusteredMeat(moments, terms, group);
  if (groups < 2) return { kind: 'failure', code: 'too-few-clusters' };
  const factor = clusterFactor(groups, model.rows, model.parameters);
  return succeed(sandwich(model.inverse, meat, factor), groups - 1);
}

/** G/(G − 1) · (n − 1)/(n − k): the small-sample factor of CR1. */
export function clusterFactor(groups: number, rows: number, parameters: number): number {
  return (groups / (groups - 1)) * ((rows - 1) / (rows - parameters));
}

/** Σ_g s_g s_gᵀ over the levels of `group` that occur, s_g being the sum of the scores in it; and how many there are. */
export async function clusteredMeat(
  moments: Moments,
  scores: readonly RowExpression[],
  group: string,
): Promise<{ readonly meat: number[][]; readonly groups: number }> {
  const { groupSums } = await moments.pass({ groupSums: { terms: [...scores, constant(1)], group } });
  const size = scores.length;
  const meat = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  let groups = 0;
  for (let g = 0; g < groupSums.groups; g++) {
    const start = g * (size + 1);
    if (groupSums.sums[start + size] === 0) continue;
    groups += 1;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) meat[i][j] += groupSums.sums[start + i] * groupSums.sums[start + j];
    }
  }
  return { meat, groups };
}

/** factor · inverse · meat · inverse. */
export function sandwich(
  inverse: readonly (readonly number[])[],
  meat: readonly (readonly number[])[],
  factor: number,
): number[][] {
  return multiplyMatrices(multiplyMatrices(inverse, meat), inverse).map((row) =>
    row.map((value) => value * factor),
  );
}

function multiplyMatrices(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) =>
    b.length === 0 ? [] : b[0].map((_value, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)),
  );
}

/** cᵀ · matrix · c, for a combination c of the slopes. */
export function varianceOf(matrix: readonly (readonly number[])[], combination: readonly number[]): number {
  return combination.reduce(
    (sum, left, i) => sum + left * combination.reduce((inner, right, j) => inner + matrix[i][j] * right, 0),
    0,
  );
}
