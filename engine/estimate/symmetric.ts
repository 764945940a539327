import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Smallest part of a diagonal entry that may be left once the others are held fixed. */
const SINGULAR = 1e-11;

/** Inverse of a symmetric positive definite matrix, scaled to a unit diagonal meanwhile; null where it is singular. */
export function invertSymmetric(matrix: readonly (readonly number[])[]): number[][] | null {
  const scales = matrix.map((row, i) => Math.sqrt(row[i]));
  if (scales.some((scale) => !(scale > 0) || !Number.isFinite(scale))) return null;
  const scaled = new Matrix(matrix.map((row, i) => row.map((value, j) => value / (scales[i] * scales[j]))));
  const factor = new CholeskyDecomposition(scaled);
  const isSingular = factor.lowerTriangularMatrix.diagonal().some((pivot) => !(pivot * pivot > SINGULAR));
  if (!factor.isPositiveDefinite() || isSingular) return null;
  return factor
    .solve(Matrix.eye(matrix.length))
    .to2DArray()
    .map((row, i) => row.map((value, j) => value / (scales[i] * scales[j])));
}
