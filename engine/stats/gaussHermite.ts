/** Means of functions of a normal variable, without draws. */

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface Quadrature {
  /** Ascending. */
  readonly nodes: readonly number[];
  /** They add up to 1. */
  readonly weights: readonly number[];
}

/**
 * Nodes and weights with Σ weight · f(node) = E[f(Z)], Z standard normal, exactly for polynomials f of a degree under 2 · `count`: the
 * eigenvalues of the Jacobi matrix of the Hermite polynomials, and the squares of the first entries of its eigenvectors (Golub & Welsch 1969).
 */
export function gaussHermite(count: number): Quadrature {
  const jacobi = new Matrix(
    Array.from({ length: count }, (_row, i) =>
      Array.from({ length: count }, (_column, j) => (Math.abs(i - j) === 1 ? Math.sqrt(Math.max(i, j)) : 0)),
    ),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(jacobi, {
    assumeSymmetric: true,
  });
  const points = realEigenvalues
    .map((node, i) => ({ node, weight: eigenvectorMatrix.get(0, i) ** 2 }))
    .sort((a, b) => a.node - b.node);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return { nodes: points.map(({ node }) => node), weights: points.map(({ weight }) => weight / total) };
}
