/** The RESET test of a regression's functional form. */

import { fUpperP } from '../stats/distributions.ts';
import { type LeastSquaresFit, leastSquares } from '../stats/leastSquares.ts';
import { type CrossProducts, crossProducts, selectProducts } from '../stats/moments.ts';
import { apply, linear, product, type RowExpression, shifted } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';

/**
 * p value of Ramsey's (1969) RESET test: do the square and the cube of the fitted values explain what is left?
 * Null where they vary no more than the design does, or no rows are left to tell.
 *
 * @param terms those that were fitted, kept or not
 */
export async function resetTest(
  problem: EstimationProblem,
  fit: LeastSquaresFit,
  terms: readonly RowExpression[],
): Promise<number | null> {
  const explained = fit.totalSum - fit.residualSum;
  if (explained <= 1e-12 * fit.totalSum) return null;
  const mean = fit.coefficients.reduce((sum, slope, j) => sum + slope * fit.means[j], fit.intercept);
  const spread = Math.sqrt(explained / fit.weight);
  const fitted = linear(-mean / spread, [1 / spread], [fit.fitted]);
  const square = apply('square', fitted);
  const powers = [square, product(square, fitted)];
  const larger = await leastSquares(
    problem.moments,
    problem.outcome,
    [...fit.centredTerms, ...powers],
    problem.weight,
    await productsWithPowers(problem, fit, terms, powers),
  );
  const added = larger.kept.length - fit.kept.length;
  const df = larger.rows - larger.parameters;
  if (added <= 0 || df <= 0) return null;
  const f = ((fit.residualSum - larger.residualSum) / added) * (df / larger.residualSum);
  return fUpperP(f, added, df);
}

/**
 * Cross-products of the centred terms, the powers of the fitted values and the outcome. Those of the fit are known; the centred terms and outcome sum to 0, so
 * that their products with a power are their products with it about its mean.
 */
async function productsWithPowers(
  { moments, outcome, weight }: EstimationProblem,
  fit: LeastSquaresFit,
  terms: readonly RowExpression[],
  powers: readonly RowExpression[],
): Promise<CrossProducts> {
  const all = await crossProducts(moments, [...terms, outcome], weight);
  const known = selectProducts(all, [...fit.kept, terms.length]);
  const centre = known.means[known.size - 1];
  const columns = [...fit.centredTerms, ...powers, shifted(outcome, centre)];
  const weighed = powers.map((power) => (weight === undefined ? power : product(power, weight)));
  const { sums } = await moments.pass({
    sums: weighed.flatMap((left) => [left, ...columns.map((right) => product(left, right))]),
  });
  const size = columns.length;
  const first = fit.kept.length;
  const means = new Float64Array(size);
  means[size - 1] = centre;
  powers.forEach((_power, p) => {
    means[first + p] = sums[p * (size + 1)] / known.weight;
  });
  const isPower = (i: number): boolean => i >= first && i < size - 1;
  const centredProduct = (power: number, j: number): number => {
    const sum = sums[(power - first) * (size + 1) + 1 + j];
    return isPower(j) ? sum - known.weight * means[power] * means[j] : sum;
  };
  const place = (i: number): number => Math.min(i, known.size - 1);
  const centred = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (isPower(i)) centred[i * size + j] = centredProduct(i, j);
      else if (isPower(j)) centred[i * size + j] = centredProduct(j, i);
      else centred[i * size + j] = known.centred[place(i) * known.size + place(j)];
    }
  }
  return { size, rows: known.rows, weight: known.weight, means, centred };
}
