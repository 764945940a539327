/** The information matrix of a model with a constant, from centred cross-products. */

import { inverse, Matrix } from 'ml-matrix';
import type { CrossProducts } from './moments.ts';

/** Σ w (1, x)(1, x)ᵀ, k + 1 square with the constant first, as rows. */
export function informationMatrix(products: CrossProducts): number[][] {
  const { size, means, weight, centred } = products;
  const mean = (i: number): number => (i === 0 ? 1 : means[i - 1]);
  return Array.from({ length: size + 1 }, (_row, i) =>
    Array.from({ length: size + 1 }, (_column, j) => {
      const spread = i === 0 || j === 0 ? 0 : centred[(i - 1) * size + j - 1];
      return spread + weight * (mean(i) * mean(j));
    }),
  );
}

/**
 * Inverse of `informationMatrix`, from the inverse of the centred part alone: with C that inverse and m the means,
 * [1/W + mᵀCm, −mᵀC; −Cm, C]. The scale of the columns and their distance from zero cost no digits.
 */
export function inverseOfInformation(products: CrossProducts): number[][] {
  const { size, means, weight, centred } = products;
  if (size === 0) return [[1 / weight]];
  const scales = Array.from({ length: size }, (_value, j) => Math.sqrt(centred[j * size + j]));
  const correlation = new Matrix(
    scales.map((left, i) => scales.map((right, j) => centred[i * size + j] / left / right)),
  );
  const core = inverse(correlation)
    .to2DArray()
    .map((row, i) => row.map((value, j) => value / scales[i] / scales[j]));
  const edge = core.map((row) => -row.reduce((sum, value, k) => sum + value * means[k], 0));
  const corner = edge.reduce((sum, value, k) => sum - value * means[k], 1 / weight);
  return [[corner, ...edge], ...core.map((row, i) => [edge[i], ...row])];
}
