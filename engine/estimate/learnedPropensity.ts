/** `propensity tree|boosting`: the chance of each treatment level, learned from the covariates and predicted for rows that the model has not seen. */

import { boostedScore } from '../learn/boostedScore.ts';
import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { tree } from '../learn/tree.ts';
import { apply, complement, minus, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import type { TreatmentLevel } from './coding.ts';
import { crossPredict, type Folds, fitStreams, foldsOf } from './crossFitting.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { Propensity } from './propensity.ts';

export type LearnedModel = 'tree' | 'boosting';

const LEARNERS: Readonly<Record<LearnedModel, Learner>> = { tree, boosting: boostedScore };

/**
 * The propensity of a treatment with levels by a learner, cross-fitted over `plan.folds`: each row is predicted by the model of the other folds
 * (Chernozhukov et al. 2018), so that a flexible model does not find the treatment that it was shown.
 *
 * Fails where the folds leave too few rows.
 */
export async function learnedPropensity(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  model: LearnedModel,
): Promise<Propensity | EstimationFailure> {
  const folds = foldsOf(problem);
  return folds.kind === 'failure'
    ? folds
    : learnPropensity(problem, levels, folds, { model, learner: LEARNERS[model] });
}

/** P(level | X) of every level, of two by log-likelihood, of more by softmax; `folds` as they are cut. Nothing is clipped. */
export async function learnPropensity(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  folds: Folds,
  { model, learner }: { readonly model: LearnedModel; readonly learner: Learner },
): Promise<Propensity | EstimationFailure> {
  const { moments, table, plan, weight } = problem;
  const isTwo = levels.length === 2;
  const task: LearningTask = isTwo ? { kind: 'probability' } : { kind: 'classes', classes: levels.length };
  const response = await codesOf(problem, levels);
  const weights = weight === undefined ? null : await moments.values(weight);
  const features = featureTable(table, plan.adjusted);
  const predicted = crossPredict(
    folds,
    { learner, features, task, response, weights, trained: null },
    fitStreams(problem)(),
  );
  if (predicted === null) return emptyFold(problem);
  const common = {
    kind: 'propensity',
    model,
    terms: [],
    dropped: [],
    fit: null,
    importances: plan.adjusted.map((variable, j) => ({ variable, importance: predicted.importances[j] })),
  } as const;
  if (!isTwo) return { ...common, levels: 'several', probabilities: predicted.values.map(rowValues) };
  const probability = rowValues(predicted.values[0]);
  const rest = complement(probability);
  return {
    ...common,
    levels: 'two',
    probabilities: [rest, probability],
    treated: levels[1].indicator,
    probability,
    linearPredictor: minus(apply('log', probability), apply('log', rest)),
  };
}

/** The index of each row's level. */
async function codesOf(
  { moments }: EstimationProblem,
  levels: readonly TreatmentLevel[],
): Promise<Float64Array> {
  const codes = new Float64Array(moments.rowCount);
  for (const [index, { indicator }] of levels.entries()) {
    const inLevel = await moments.values(indicator satisfies RowExpression);
    for (let row = 0; row < codes.length; row++) codes[row] += index * inLevel[row];
  }
  return codes;
}

/** Nothing is left to learn from without some fold. */
export function emptyFold({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'too-few-rows',
    `Without one of the ${plan.folds} folds no rows of some arm are left to learn from. Use fewer \`folds\`, or \`learner linear\`.`,
  );
}
