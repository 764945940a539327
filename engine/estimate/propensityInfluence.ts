/** What the estimated propensity adds to the influence of each row on an estimate that was computed with it. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { observedInformation, scoreOf } from '../stats/binaryRegression.ts';
import { inverseOfInformation } from '../stats/information.ts';
import type { CrossProducts } from '../stats/moments.ts';
import type { MultinomialFit } from '../stats/multinomialRegression.ts';
import { linear, minus, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { EstimationProblem } from './problem.ts';
import type { BinaryPropensity, Propensity } from './propensity.ts';
import { linkOf } from './weightedArms.ts';

/**
 * gᵀ A⁻¹ sᵢ: with sᵢ the score of a row in the coefficients of the propensity model, A its observed information, and g the gradient of the estimate
 * in the coefficients, Σ `sensitivities` · (1, x) (Stefanski & Boos 2002, eq. 6).
 *
 * @param sensitivities for each linear predictor of the model how the estimate moves with it, row by row
 * @returns null where the model is learned: its predictions for a row come from other rows, and are taken as known
 */
export async function propensityInfluence(
  problem: EstimationProblem,
  propensity: Propensity,
  sensitivities: readonly RowExpression[],
): Promise<RowExpression | null> {
  if (propensity.fit === null) return null;
  return propensity.levels === 'two'
    ? influenceOfTwo(problem, propensity, sensitivities[0])
    : influenceOfSeveral(problem, propensity.fit, sensitivities);
}

async function influenceOfTwo(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  sensitivity: RowExpression,
): Promise<RowExpression> {
  const { linearPredictor, treated } = propensity;
  const link = linkOf(propensity);
  const own = problem.weight ?? one;
  const terms = propensity.terms.map((term) => term.expression);
  const information = product(own, observedInformation(link, treated, linearPredictor));
  const answer = await problem.moments.pass({
    sums: [sensitivity, ...terms.map((term) => product(sensitivity, term))],
    products: { terms, weight: information },
  });
  const direction = solveInformation(answer.products, answer.sums);
  return product(
    own,
    scoreOf(link, treated, linearPredictor),
    linear(direction[0], direction.slice(1), terms),
  );
}

/** Inverse information times the gradient: what one unit of score does to the estimate. */
function solveInformation(products: CrossProducts, gradient: Float64Array): number[] {
  return inverseOfInformation(products).map((row) =>
    row.reduce((sum, value, k) => sum + value * gradient[k], 0),
  );
}

async function influenceOfSeveral(
  problem: EstimationProblem,
  { design, information, probabilities }: MultinomialFit,
  sensitivities: readonly RowExpression[],
): Promise<RowExpression> {
  const { treatment, moments, weight } = problem;
  if (treatment.kind !== 'discrete') throw new Error('A propensity is of a treatment with levels.');
  const { sums } = await moments.pass({
    sums: sensitivities.flatMap((each) => [each, ...design.map((term) => product(each, term))]),
  });
  const gradient = Matrix.columnVector(Array.from(sums));
  const direction = new CholeskyDecomposition(new Matrix(information.map((row) => [...row])))
    .solve(gradient)
    .to1DArray();
  const width = design.length + 1;
  const parts = sensitivities.map((_each, c) =>
    product(
      weight ?? one,
      minus(treatment.levels[c + 1].indicator, probabilities[c + 1]),
      linear(direction[c * width], direction.slice(c * width + 1, (c + 1) * width), design),
    ),
  );
  return linear(
    0,
    parts.map(() => 1),
    parts,
  );
}
