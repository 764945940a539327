/** Weighted least squares with a constant: the one place where a linear model is fitted. */

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { triangularise } from './blockedQr.ts';
import { type CrossProducts, crossProducts, type Moments } from './moments.ts';
import { linear, minus, one, product, type RowExpression, shifted } from './rowExpression.ts';

/** Below this reciprocal condition of the scaled cross-products, they are not trusted and the rows are factored instead. */
const RECIPROCAL_CONDITION_LIMIT = 1e-8;

/** Above this condition number of the scaled design, the solution is refined with the residuals of the rows. */
export const REFINEMENT_LIMIT = 30;

/** Part of a column's length, of those before it, under which it counts as a combination of them. */
const COLLINEARITY_TOLERANCE = 1e-11;

export interface LeastSquaresFit {
  readonly intercept: number;
  /** Slopes, one a kept term. */
  readonly coefficients: readonly number[];
  /** Indices of the terms that were kept, ascending; coefficients, `centredTerms` and `inverse` follow them. */
  readonly kept: readonly number[];
  /** Indices of the terms left out: constant, or a linear combination of terms before them. */
  readonly dropped: readonly number[];
  /** Weighted means of the kept terms. */
  readonly means: readonly number[];
  /** Kept terms less their weighted means: the design in which the constant is orthogonal to the rest. */
  readonly centredTerms: readonly RowExpression[];
  /** Inverse of the centred cross-products, as rows. */
  readonly inverse: readonly (readonly number[])[];
  readonly fitted: RowExpression;
  readonly residual: RowExpression;
  /** Σ w e² and Σ w (y − ȳ)². */
  readonly residualSum: number;
  readonly totalSum: number;
  readonly rows: number;
  /** Σ w. */
  readonly weight: number;
  /** Slopes and constant: the k of n − k. */
  readonly parameters: number;
  /** Condition number of the centred and scaled design, at least 1. */
  readonly condition: number;
}

/** A design whose columns have weighted mean 0 and length 1, with the response treated alike and standing last. */
interface ScaledProblem {
  /** Indices into the terms: those that vary. */
  readonly varying: readonly number[];
  readonly means: Float64Array;
  readonly scales: readonly number[];
  readonly responseScale: number;
  /** Cross-products of the scaled columns, response last: a correlation matrix. */
  readonly correlation: Matrix;
}

interface ScaledSolution {
  /** Positions in `varying`. */
  readonly kept: readonly number[];
  readonly coefficients: readonly number[];
  readonly inverse: Matrix;
  /** Part of the response's sum of squares that is left, between 0 and 1. */
  readonly residualShare: number;
  readonly condition: number;
}

/**
 * Fits y = intercept + Σ coefficients · terms by least squares with weights.
 *
 * Solved from centred and scaled cross-products; where their reciprocal condition is under 1e-8, again by Householder QR over the rows.
 * Terms that do not vary or repeat earlier ones are dropped, never an earlier term for a later one.
 *
 * @param known cross-products of the terms and, last, the response, where they are at hand: a well-conditioned fit then needs no pass at all
 */
export async function leastSquares(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  weight?: RowExpression,
  known?: CrossProducts,
): Promise<LeastSquaresFit> {
  const products = known ?? (await crossProducts(moments, [...terms, response], weight));
  const problem = scaleProblem(products);
  const solution =
    solveByCrossProducts(problem) ?? (await solveByRows(moments, response, terms, weight, problem));
  const fit = assembleFit(response, terms, products, problem, solution);
  return fit.condition > REFINEMENT_LIMIT ? refine(moments, response, terms, fit, weight) : fit;
}

/**
 * One step of iterative refinement: the residuals, computed from the rows, are fitted again and the correction added.
 * It brings back what rounding of the scaled columns cost (Björck 1996, Numerical Methods for Least Squares Problems, section 2.9).
 */
async function refine(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  fit: LeastSquaresFit,
  weight: RowExpression | undefined,
): Promise<LeastSquaresFit> {
  const left = weight === undefined ? fit.residual : product(weight, fit.residual);
  const kept = fit.kept.map((term) => terms[term]);
  const { dots } = await moments.pass({ dots: { left, rights: [one, fit.residual, ...kept] } });
  const [residualTotal, squares, ...raw] = dots;
  const gradient = raw.map((value, j) => value - fit.means[j] * residualTotal);
  const correction = fit.inverse.map((row) => row.reduce((sum, value, k) => sum + value * gradient[k], 0));
  const coefficients = fit.coefficients.map((value, j) => value + correction[j]);
  const centre = fit.means.reduce((sum, mean, j) => sum + correction[j] * mean, 0);
  const intercept = fit.intercept + residualTotal / fit.weight - centre;
  const fitted = linear(intercept, coefficients, kept);
  // What the correction takes off the sum of squares before it; the last digit of that sum is all that is left of an exact fit.
  const gain = correction.reduce(
    (sum, value, j) => sum + value * gradient[j],
    residualTotal ** 2 / fit.weight,
  );
  const residualSum = Math.max(Number.EPSILON * squares, squares - gain);
  return { ...fit, intercept, coefficients, fitted, residual: minus(response, fitted), residualSum };
}

function scaleProblem(products: CrossProducts): ScaledProblem {
  const { size, centred, means, weight } = products;
  const response = size - 1;
  const lengthOf = (j: number): number => Math.sqrt(centred[j * size + j]);
  const varies = (j: number): boolean => lengthOf(j) > 1e-12 * Math.sqrt(weight) * Math.abs(means[j]);
  const varying: number[] = [];
  for (let j = 0; j < response; j++) if (lengthOf(j) > 0 && varies(j)) varying.push(j);
  const responseScale = varies(response) ? lengthOf(response) : 0;
  const scales = varying.map(lengthOf);
  const columns = [...varying, response];
  const divisors = [...scales, responseScale === 0 ? 1 : responseScale];
  const correlation = new Matrix(
    columns.map((i, a) => columns.map((j, b) => centred[i * size + j] / divisors[a] / divisors[b])),
  );
  return { varying, means, scales, responseScale, correlation };
}

/** Null where the cross-products are too ill-conditioned to be trusted. */
function solveByCrossProducts(problem: ScaledProblem): ScaledSolution | null {
  const size = problem.varying.length;
  if (size === 0)
    return { kept: [], coefficients: [], inverse: Matrix.zeros(0, 0), residualShare: 1, condition: 1 };
  const design = problem.correlation.subMatrix(0, size - 1, 0, size - 1);
  const eigenvalues = new EigenvalueDecomposition(design, { assumeSymmetric: true }).realEigenvalues;
  const smallest = Math.min(...eigenvalues);
  const largest = Math.max(...eigenvalues);
  if (!(smallest / largest >= RECIPROCAL_CONDITION_LIMIT)) return null;
  const factor = triangularFromCorrelation(problem.correlation);
  if (factor === null) return null;
  const kept = problem.varying.map((_term, position) => position);
  return solveTriangular(factor, kept, Math.sqrt(largest / smallest));
}

/** Upper Cholesky factor; null where the matrix is not positive definite. A response that is fitted exactly gets a zero at the end. */
function triangularFromCorrelation(matrix: Matrix): Matrix | null {
  const size = matrix.rows;
  const factor = Matrix.zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) {
      let rest = matrix.get(i, j);
      for (let k = 0; k < i; k++) rest -= factor.get(k, i) * factor.get(k, j);
      if (i < j) factor.set(i, j, rest / factor.get(i, i));
      else if (rest > 0) factor.set(j, j, Math.sqrt(rest));
      else if (j < size - 1) return null;
    }
  }
  return factor;
}

async function solveByRows(
  moments: Moments,
  response: RowExpression,
  terms: readonly RowExpression[],
  weight: RowExpression | undefined,
  problem: ScaledProblem,
): Promise<ScaledSolution> {
  const scaled = problem.varying.map((term, position) =>
    standardised(terms[term], problem.means[term], problem.scales[position]),
  );
  const scaledResponse = standardised(response, problem.means[terms.length], problem.responseScale);
  const size = scaled.length + 1;
  const factor = await moments.triangularFactor([...scaled, scaledResponse], weight);
  const upper = new Matrix(
    Array.from({ length: size }, (_row, i) => Array.from(factor.subarray(i * size, (i + 1) * size))),
  );
  const independent = dropCollinear(upper);
  return solveTriangular(independent.factor, independent.kept, conditionOf(independent.factor));
}

function standardised(term: RowExpression, mean: number, scale: number): RowExpression {
  const divisor = scale === 0 ? 1 : scale;
  return linear(-mean / divisor, [1 / divisor], [term]);
}

/** Leaves out, first to last, each column whose part outside the span of those before it vanishes. */
function dropCollinear(upper: Matrix): { factor: Matrix; kept: readonly number[] } {
  let factor = upper;
  const kept: number[] = [];
  for (let column = 0; column < upper.columns - 1; column++) {
    const position = kept.length;
    if (Math.abs(factor.get(position, position)) > COLLINEARITY_TOLERANCE) kept.push(column);
    else factor = withoutColumn(factor, position);
  }
  return { factor, kept };
}

function withoutColumn(upper: Matrix, column: number): Matrix {
  const size = upper.columns - 1;
  const rows = triangularise(size);
  for (let i = 0; i < upper.rows; i++) {
    rows.add(Float64Array.from(upper.getRow(i).filter((_value, j) => j !== column)));
  }
  const factor = rows.finish();
  return new Matrix(
    Array.from({ length: size }, (_row, i) => Array.from(factor.subarray(i * size, (i + 1) * size))),
  );
}

function conditionOf(factor: Matrix): number {
  const size = factor.columns - 1;
  if (size === 0) return 1;
  const design = factor.subMatrix(0, size - 1, 0, size - 1);
  const eigenvalues = new EigenvalueDecomposition(design.transpose().mmul(design), { assumeSymmetric: true })
    .realEigenvalues;
  return Math.sqrt(Math.max(...eigenvalues) / Math.max(Math.min(...eigenvalues), Number.MIN_VALUE));
}

/** `factor` is upper triangular with the response as its last column. */
function solveTriangular(factor: Matrix, kept: readonly number[], condition: number): ScaledSolution {
  const size = kept.length;
  const inverseFactor = invertUpper(factor, size);
  const coefficients = Array.from({ length: size }, (_value, i) => {
    let sum = 0;
    for (let k = i; k < size; k++) sum += inverseFactor.get(i, k) * factor.get(k, size);
    return sum;
  });
  const inverse = inverseFactor.mmul(inverseFactor.transpose());
  const residual = factor.get(size, size);
  return { kept, coefficients, inverse, residualShare: residual * residual, condition };
}

/** Inverse of the leading `size` × `size` part of an upper triangular matrix. */
function invertUpper(factor: Matrix, size: number): Matrix {
  const inverse = Matrix.zeros(size, size);
  for (let j = 0; j < size; j++) {
    inverse.set(j, j, 1 / factor.get(j, j));
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += factor.get(i, k) * inverse.get(k, j);
      inverse.set(i, j, -sum / factor.get(i, i));
    }
  }
  return inverse;
}

function assembleFit(
  response: RowExpression,
  terms: readonly RowExpression[],
  products: CrossProducts,
  problem: ScaledProblem,
  solution: ScaledSolution,
): LeastSquaresFit {
  const kept = solution.kept.map((position) => problem.varying[position]);
  const scales = solution.kept.map((position) => problem.scales[position]);
  const coefficients = solution.coefficients.map((value, j) => (value * problem.responseScale) / scales[j]);
  const keptTerms = kept.map((term) => terms[term]);
  const means = kept.map((term) => products.means[term]);
  const intercept = coefficients.reduce(
    (rest, slope, j) => rest - slope * means[j],
    products.means[terms.length],
  );
  const fitted = linear(intercept, coefficients, keptTerms);
  const totalSum = problem.responseScale ** 2;
  return {
    intercept,
    coefficients,
    kept,
    dropped: terms.map((_term, j) => j).filter((j) => !kept.includes(j)),
    means,
    centredTerms: keptTerms.map((term, j) => shifted(term, means[j])),
    inverse: solution.inverse
      .to2DArray()
      .map((row, i) => row.map((value, j) => value / scales[i] / scales[j])),
    fitted,
    residual: minus(response, fitted),
    residualSum: solution.residualShare * totalSum,
    totalSum,
    rows: products.rows,
    weight: products.weight,
    parameters: kept.length + 1,
    condition: solution.condition,
  };
}
