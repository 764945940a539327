/** Regressions of the doubly robust scores: on the covariates, and on the effects that were predicted. */

import { slopeCovariance } from '../../stats/covariance.ts';
import { normalTwoSidedP, studentTwoSidedP } from '../../stats/distributions.ts';
import { leastSquares } from '../../stats/leastSquares.ts';
import { type RowExpression, rowValues } from '../../stats/rowExpression.ts';
import type { Folds } from '../crossFitting.ts';
import type { Calibration, ProjectionTerm } from '../diagnostics/heterogeneity.ts';
import type { EstimationProblem } from '../problem.ts';
import type { WeightedScores } from './scoreAverage.ts';

interface Slope {
  /** Index of its term. */
  readonly term: number;
  readonly coefficient: number;
  readonly se: number;
  readonly df: number;
}

/** Slopes of the scores on `terms`, with HC1 or clustered errors; null where there are too few rows for them. */
async function regressScores(
  { moments, plan }: EstimationProblem,
  { scores, weights }: WeightedScores,
  terms: readonly RowExpression[],
): Promise<readonly Slope[] | null> {
  const weight = rowValues(weights);
  const fit = await leastSquares(moments, rowValues(scores), terms, weight);
  const type =
    plan.cluster === null ? ({ kind: 'hc1' } as const) : ({ kind: 'cluster', column: plan.cluster } as const);
  const result = await slopeCovariance(moments, fit, type, weight);
  if (result.kind === 'failure') return null;
  const { matrix, df } = result.covariance;
  const slopes = fit.kept.map((term, j) => ({
    term,
    coefficient: fit.coefficients[j],
    se: Math.sqrt(matrix[j][j]),
    df,
  }));
  return slopes.every(({ coefficient, se }) => Number.isFinite(coefficient) && se > 0) ? slopes : null;
}

/**
 * The linear function of the covariates that is closest to the effect, by least squares of the scores on them (Semenova & Chernozhukov 2021). Null where there are no
 * covariates, or too few rows for them.
 */
export async function effectProjection(
  problem: EstimationProblem,
  scores: WeightedScores,
): Promise<readonly ProjectionTerm[] | null> {
  const { covariates } = problem;
  if (covariates.length === 0) return null;
  const slopes = await regressScores(
    problem,
    scores,
    covariates.map((term) => term.expression),
  );
  return (
    slopes?.map(({ term, coefficient, se, df }) => ({
      covariate: covariates[term].label,
      coefficient,
      se,
      p: studentTwoSidedP(coefficient / se, df),
    })) ?? null
  );
}

/**
 * Slope of the scores on the predicted effects, less their mean in each fold (Chernozhukov, Demirer, Duflo & Fernández-Val 2018, theorem 3.1, with doubly
 * robust scores). Null where the predictions do not vary.
 *
 * Its test is another one: predictions of one fold were learned from the rows of the others, so that the folds' slopes depend on each other, and one test of
 * all would find differences too often. From effects that are learned from the folds before alone, the t statistics of the folds are as good as independent where there
 * are no differences; their sum over √(number of folds) is then standard normal (Wager 2024, sequential validation).
 *
 * @param sequential effects predicted from the folds before
 */
export async function calibrationOf(
  problem: EstimationProblem,
  effect: Float64Array,
  sequential: Float64Array,
  folds: Folds,
  scores: WeightedScores,
): Promise<Calibration | null> {
  const within = lessFoldMean(effect, folds, scores.weights);
  const slopes = await regressScores(problem, scores, [rowValues(within)]);
  if (slopes === null || slopes.length === 0) return null;
  const [{ coefficient, se }] = slopes;
  let sum = 0;
  for (let fold = 1; fold < folds.count; fold++) {
    sum += await foldStatistic(problem, sequential, folds, fold, scores);
  }
  const statistic = sum / Math.sqrt(folds.count - 1);
  const twoSided = normalTwoSidedP(statistic);
  return { slope: coefficient, se, p: statistic > 0 ? twoSided / 2 : 1 - twoSided / 2 };
}

/** t of the slope in one fold; 0, which speaks against differences, where nothing was foretold there. */
async function foldStatistic(
  problem: EstimationProblem,
  effect: Float64Array,
  { foldOf }: Folds,
  fold: number,
  { scores, weights }: WeightedScores,
): Promise<number> {
  const own = weights.map((weight, row) => (foldOf[row] === fold && !Number.isNaN(effect[row]) ? weight : 0));
  if (own.every((weight) => weight === 0)) return 0;
  const term = rowValues(effect.map((value, row) => (own[row] > 0 ? value : 0)));
  const slopes = await regressScores(problem, { scores, weights: own }, [term]);
  return slopes === null || slopes.length === 0 ? 0 : slopes[0].coefficient / slopes[0].se;
}

function lessFoldMean(
  effect: Float64Array,
  { foldOf, order, count }: Folds,
  weights: Float64Array,
): Float64Array {
  const sums = new Float64Array(count);
  const totals = new Float64Array(count);
  for (const row of order) {
    sums[foldOf[row]] += weights[row] * effect[row];
    totals[foldOf[row]] += weights[row];
  }
  return effect.map((value, row) => {
    const fold = foldOf[row];
    return totals[fold] > 0 ? value - sums[fold] / totals[fold] : 0;
  });
}
