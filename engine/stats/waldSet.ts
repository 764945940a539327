/** The values of a parameter that a Wald test of several equations linear in it does not reject. */

import { CholeskyDecomposition, EigenvalueDecomposition, LuDecomposition, Matrix, solve } from 'ml-matrix';
import { type ConfidenceSet, type Interval, quadraticSublevel, unionOf } from './confidenceSet.ts';
import { correlationOf, isSingular, lengthsOf } from './scaledMatrix.ts';

/**
 * Estimates of K equations a − τ·b = 0 with the covariance of all of them. `aa` and `bb` are the covariances of a and b, K × K as rows;
 * `ab[j][k]` is that of a[j] with b[k].
 */
export interface LinearEquations {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly aa: readonly (readonly number[])[];
  readonly ab: readonly (readonly number[])[];
  readonly bb: readonly (readonly number[])[];
}

/**
 * All τ with (a − τb)ᵀ V(τ)⁻¹ (a − τb) ≤ bound, where V(τ) is the covariance of a − τb and bound > 0.
 *
 * For one equation that is a quadratic inequality (Fieller 1954). For more, the statistic equals the bound where
 * V(τ) − (a − τb)(a − τb)ᵀ/bound is singular: a quadratic eigenvalue problem, solved by its companion matrix (Tisseur & Meerbergen 2001,
 * SIAM Review 43, section 3.4). Its roots cut the line into pieces, and each piece is tested at a point inside: a root too many does no harm.
 *
 * Null where the covariance of b is singular, so that there is no test.
 */
export function waldSet(equations: LinearEquations, bound: number): ConfidenceSet | null {
  const { a, b, aa, ab, bb } = equations;
  if (a.length === 1) {
    if (!(bb[0][0] > 0)) return null;
    return quadraticSublevel(
      b[0] ** 2 - bound * bb[0][0],
      -2 * (a[0] * b[0] - bound * ab[0][0]),
      a[0] ** 2 - bound * aa[0][0],
    );
  }
  const standard = standardise(equations);
  if (standard === null) return null;
  const excess = (p: number, q: number): number => statistic(standard, p, q) - bound;
  const inside = (tau: number): boolean => excess(1, tau) <= 0;
  const ends = distinct(rootsOf(standard, bound));
  const unbounded = excess(0, 1) <= 0;
  const pieces: Interval[] = [];
  const edges = [Number.NEGATIVE_INFINITY, ...ends, Number.POSITIVE_INFINITY];
  for (let i = 1; i < edges.length; i++) {
    const [low, high] = [edges[i - 1], edges[i]];
    const isPart = Number.isFinite(low) && Number.isFinite(high) ? inside((low + high) / 2) : unbounded;
    if (isPart) pieces.push([low, high]);
  }
  const set = unionOf(pieces).map(([low, high]): Interval => [polish(inside, low), polish(inside, high)]);
  return set.map(([low, high]): Interval => [low * standard.scale, high * standard.scale]);
}

/**
 * (a − τb)ᵀ V(τ)⁻¹ (a − τb) as a function of τ, the statistic that `waldSet` bounds; infinite where V(τ) is singular. Null where the covariance of b is, so that there is
 * no test.
 */
export function waldStatistic(equations: LinearEquations): ((tau: number) => number) | null {
  const standard = standardise(equations);
  return standard === null ? null : (tau) => statistic(standard, 1, tau / standard.scale);
}

/** Ascending, without those that differ by rounding alone: a piece between two of them could not be tested. */
function distinct(roots: readonly number[]): number[] {
  const ascending = [...roots].sort((x, y) => x - y);
  return ascending.filter((root, i) => i === 0 || root - ascending[i - 1] > 1e-10 * Math.abs(root));
}

/** Equations in units in which the covariance of b is the identity and that of a has mean variance 1. */
interface StandardEquations {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly aa: Matrix;
  /** Cov(a, b) and its transpose, added. */
  readonly cross: Matrix;
  /** τ of the problem for τ = 1 of this one. */
  readonly scale: number;
}

function standardise({ a, b, aa, ab, bb }: LinearEquations): StandardEquations | null {
  if (isSingular(bb)) return null;
  const lengths = lengthsOf(bb);
  const factor = new CholeskyDecomposition(correlationOf(bb, lengths)).lowerTriangularMatrix;
  const vector = (values: readonly number[]): Matrix =>
    solve(factor, Matrix.columnVector(values.map((value, i) => value / lengths[i])));
  const matrix = (rows: readonly (readonly number[])[]): Matrix =>
    solve(factor, solve(factor, correlationOf(rows, lengths)).transpose()).transpose();
  const spread = matrix(aa);
  const scale = Math.sqrt(spread.trace() / a.length);
  if (!(scale > 0)) return null;
  const covariance = matrix(ab);
  return {
    a: vector(a).div(scale),
    b: vector(b),
    aa: spread.div(scale * scale),
    cross: Matrix.add(covariance, covariance.transpose()).div(scale),
    scale,
  };
}

/** p·a − q·b and its covariance: τ = q/p, so that p = 0 is infinity. */
function combination({ a, b, aa, cross }: StandardEquations, p: number, q: number) {
  const value = Matrix.sub(Matrix.mul(a, p), Matrix.mul(b, q));
  const covariance = Matrix.add(Matrix.mul(aa, p * p), Matrix.mul(cross, -p * q));
  for (let i = 0; i < covariance.rows; i++) covariance.set(i, i, covariance.get(i, i) + q * q);
  return { value, covariance };
}

function statistic(equations: StandardEquations, p: number, q: number): number {
  const { value, covariance } = combination(equations, p, q);
  const factors = new LuDecomposition(covariance);
  if (factors.isSingular()) return Number.POSITIVE_INFINITY;
  return value.transpose().mmul(factors.solve(value)).get(0, 0);
}

/** Directions tried for the point that is sent to infinity. */
const DIRECTIONS = 12;

/**
 * Real parts of all τ at which V(τ) − (a − τb)(a − τb)ᵀ/bound is singular, a superset of those that are real. The point sent to infinity is one at
 * which the statistic is far from the bound, so that the leading matrix can be inverted.
 */
function rootsOf(equations: StandardEquations, bound: number): number[] {
  const angles = Array.from({ length: DIRECTIONS }, (_angle, i) => (Math.PI * i) / DIRECTIONS);
  const distances = angles.map((angle) => {
    const value = statistic(equations, Math.cos(angle), Math.sin(angle));
    return Number.isFinite(value) ? Math.abs(value - bound) / (value + bound) : 0;
  });
  const angle = angles[distances.indexOf(Math.max(...distances))];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // (p, q) = (sin, −cos) + x · (cos, sin).
  const atZero = testMatrix(equations, bound, sin, -cos);
  const leading = testMatrix(equations, bound, cos, sin);
  const atOne = testMatrix(equations, bound, sin + cos, sin - cos);
  const middle = Matrix.sub(Matrix.sub(atOne, leading), atZero);
  return companionEigenvalues(leading, middle, atZero)
    .map((x) => (x * sin - cos) / (x * cos + sin))
    .filter(Number.isFinite);
}

function testMatrix(equations: StandardEquations, bound: number, p: number, q: number): Matrix {
  const { value, covariance } = combination(equations, p, q);
  return Matrix.sub(covariance, value.mmul(value.transpose()).div(bound));
}

/** Real parts of the x at which x²·second + x·first + zeroth is singular. */
function companionEigenvalues(second: Matrix, first: Matrix, zeroth: Matrix): number[] {
  const size = second.rows;
  const companion = Matrix.zeros(2 * size, 2 * size);
  companion.setSubMatrix(Matrix.eye(size), 0, size);
  companion.setSubMatrix(Matrix.mul(solve(second, zeroth), -1), size, 0);
  companion.setSubMatrix(Matrix.mul(solve(second, first), -1), size, size);
  if (!companion.to1DArray().every(Number.isFinite)) throw new Error('The leading matrix is singular.');
  return new EigenvalueDecomposition(companion, { assumeSymmetric: false }).realEigenvalues;
}

/** An end of the set to the last digits: bisection in its neighbourhood, where that lies on both sides of the end. */
function polish(inside: (tau: number) => boolean, end: number): number {
  if (!Number.isFinite(end)) return end;
  const reach = 1e-6 * Math.max(Math.abs(end), 1e-6);
  let [low, high] = [end - reach, end + reach];
  const below = inside(low);
  if (inside(high) === below) return end;
  for (let step = 0; step < 50 && low < high; step++) {
    const middle = (low + high) / 2;
    if (inside(middle) === below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
