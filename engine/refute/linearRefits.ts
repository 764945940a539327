/** Contrasts of a linear model from cross-products. */

import type { InnerProducts, LinearModel } from './linearModel.ts';
import { factorHead, partialledOut, solveLower, solveSymmetric } from './normalEquations.ts';

/**
 * The contrasts of a model whose columns that are not held fixed have these products; null where, once the covariates are held fixed, nothing is
 * left of the treatment or the instruments do not move it.
 */
export function contrastsFrom(
  model: LinearModel,
  factor: Float64Array,
  { cross, inner, count }: InnerProducts,
): readonly number[] | null {
  const left = partialledOut(factor, model.head, cross, inner, count);
  return contrastsOfLeft(model, left, inner);
}

/** The same from products of what the covariates leave of instruments, treatment and outcome; `before` are those products without covariates. */
export function contrastsOfLeft(
  model: LinearModel,
  left: Float64Array,
  before: Float64Array,
): readonly number[] | null {
  const slopes =
    model.instruments === 0 ? directSlopes(model, left, before) : instrumentedSlope(model, left, before);
  if (slopes === null) return null;
  const { scales } = model.scaled;
  const outcome = scales.length - 1;
  const first = outcome - model.treatments;
  return model.contrasts.map((weights) =>
    weights.reduce((sum, weight, j) => sum + (weight * slopes[j] * scales[outcome]) / scales[first + j], 0),
  );
}

function directSlopes(
  { treatments }: LinearModel,
  left: Float64Array,
  before: Float64Array,
): Float64Array | null {
  const count = treatments + 1;
  const matrix = new Float64Array(treatments * treatments);
  const right = new Float64Array(treatments);
  const totals = new Float64Array(treatments);
  for (let i = 0; i < treatments; i++) {
    for (let j = 0; j < treatments; j++) matrix[i * treatments + j] = left[i * count + j];
    right[i] = left[i * count + treatments];
    totals[i] = before[i * count + i];
  }
  return solveSymmetric(matrix, right, totals);
}

/** τ = (T'Z (Z'Z)⁻¹ Z'Y) / (T'Z (Z'Z)⁻¹ Z'T), of what the covariates leave. */
function instrumentedSlope(
  { instruments }: LinearModel,
  left: Float64Array,
  before: Float64Array,
): Float64Array | null {
  const count = instruments + 2;
  const factor = factorHead(left, count, instruments);
  const columns = new Float64Array(instruments * 2);
  for (let i = 0; i < instruments; i++) {
    columns[2 * i] = left[i * count + instruments];
    columns[2 * i + 1] = left[i * count + instruments + 1];
  }
  const solved = solveLower(factor, instruments, columns, 2);
  let moved = 0;
  let reduced = 0;
  for (let i = 0; i < instruments; i++) {
    moved += solved[2 * i] ** 2;
    reduced += solved[2 * i] * solved[2 * i + 1];
  }
  const total = before[instruments * count + instruments];
  return moved > 1e-14 * total ? Float64Array.of(reduced / moved) : null;
}
