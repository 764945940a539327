/** What the covariates leave of variables, each row's part predicted by a model of the other folds. */

import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { leastSquares } from '../stats/leastSquares.ts';
import {
  linear,
  minus,
  one,
  product,
  type RowExpression,
  rowValues,
  within,
} from '../stats/rowExpression.ts';
import { crossPredict, type Folds, fitStreams } from './crossFitting.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

/** A variable to be predicted; `isBinary` where it is 0 or 1. */
export interface Residualised {
  readonly variable: RowExpression;
  readonly isBinary: boolean;
}

export type ResidualsResult =
  | { readonly kind: 'residuals'; readonly residuals: readonly RowExpression[] }
  | EstimationFailure;

/** Residuals by least squares on the covariates: of 0/1 variables too, where a straight line is no worse for the score than any other working model. */
export async function linearResiduals(
  problem: EstimationProblem,
  folds: Folds,
  variables: readonly Residualised[],
): Promise<ResidualsResult> {
  const { moments, weight } = problem;
  const covariates = problem.covariates.map((term) => term.expression);
  const fold = rowValues(Float64Array.from(folds.foldOf));
  const held = Array.from({ length: folds.count }, (_fold, k) => within(fold, k, k));
  const residuals: RowExpression[] = [];
  for (const { variable } of variables) {
    const parts: RowExpression[] = [];
    for (const [k, inFold] of held.entries()) {
      const others = product(linear(1, [-1], [inFold]), weight ?? one);
      const fit = await leastSquares(moments, variable, covariates, others);
      if (fit.parameters >= trainingRows(folds, k)) return tooFewRows(problem, fit.parameters);
      parts.push(product(inFold, fit.fitted));
    }
    residuals.push(minus(variable, sumOf(parts)));
  }
  return { kind: 'residuals', residuals };
}

function sumOf(parts: readonly RowExpression[]): RowExpression {
  return linear(
    0,
    parts.map(() => 1),
    parts,
  );
}

function trainingRows({ foldOf }: Folds, fold: number): number {
  return foldOf.reduce((count, own) => count + (own === fold ? 0 : 1), 0);
}

/** Residuals by a machine learner: of 0/1 variables from their probability. */
export async function learnedResiduals(
  problem: EstimationProblem,
  folds: Folds,
  variables: readonly Residualised[],
  learner: Learner,
): Promise<ResidualsResult> {
  const { moments, table, plan } = problem;
  const features = featureTable(table, plan.adjusted);
  const weights = problem.weight === undefined ? null : await moments.values(problem.weight);
  const nextStream = fitStreams(problem);
  const residuals: RowExpression[] = [];
  for (const { variable, isBinary } of variables) {
    const task: LearningTask = { kind: isBinary ? 'probability' : 'mean' };
    const response = await moments.values(variable);
    const predicted = crossPredict(
      folds,
      { learner, features, task, response, weights, trained: null },
      nextStream(),
    );
    if (predicted === null) return tooFewRows(problem, 1);
    residuals.push(minus(variable, rowValues(predicted.values[0])));
  }
  return { kind: 'residuals', residuals };
}

function tooFewRows({ plan, table }: EstimationProblem, parameters: number): EstimationFailure {
  return failure(
    'too-few-rows',
    `${table.rowCount} rows less one of ${plan.folds} folds cannot carry a model of ${parameters} coefficients. Adjust for fewer variables, or use fewer \`folds\`.`,
  );
}
