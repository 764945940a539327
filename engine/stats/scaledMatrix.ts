/** Covariance matrices by way of their correlations, so that the units of the variables cost no digits. */

import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';

/** Smallest eigenvalue of a correlation matrix under which it counts as singular. */
const SINGULAR = 1e-12;

/** Inverse of a positive definite matrix given as rows. */
export function scaledInverse(rows: readonly (readonly number[])[]): Matrix {
  const lengths = lengthsOf(rows);
  const result = inverse(correlationOf(rows, lengths));
  return new Matrix(lengths.map((left, i) => lengths.map((right, j) => result.get(i, j) / left / right)));
}

/** Is a positive semidefinite matrix singular, or so close to it that its inverse would be rounding? One with a number that is not finite is. */
export function isSingular(rows: readonly (readonly number[])[]): boolean {
  const lengths = lengthsOf(rows);
  if (!lengths.every((length) => length > 0 && Number.isFinite(length))) return true;
  const correlation = correlationOf(rows, lengths);
  const { realEigenvalues } = new EigenvalueDecomposition(correlation, { assumeSymmetric: true });
  return !(Math.min(...realEigenvalues) > SINGULAR);
}

/** Square roots of the diagonal. */
export function lengthsOf(rows: readonly (readonly number[])[]): number[] {
  return rows.map((row, i) => Math.sqrt(row[i]));
}

/** rows[i][j] / (lengths[i] · lengths[j]): symmetric to the last bit where the rows are. */
export function correlationOf(rows: readonly (readonly number[])[], lengths: readonly number[]): Matrix {
  return new Matrix(rows.map((row, i) => row.map((value, j) => value / (lengths[i] * lengths[j]))));
}
