/** `propensity tree|boosting`: the chance of each treatment level, learned from the covariates and predicted for rows that the model has not seen. */

import { boosting } from '../learn/boosting.ts';
import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { tree } from '../learn/tree.ts';
import { crossPredict, fitStreams, foldsOf } from './crossFitting.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

export interface LearnedPropensity {
  readonly kind: 'learned';
  /** P(level | covariates) of each row, in the order of the treatment's levels; over these they sum to 1, and none is 0 or 1. */
  readonly probabilities: readonly Float64Array[];
  /** The variables adjusted for. */
  readonly features: readonly string[];
  /** Part of what the models gained that each feature brought, on average over the folds. */
  readonly importances: readonly number[];
}

const LEARNERS: Readonly<Record<'tree' | 'boosting', Learner>> = { tree, boosting };

/**
 * Cross-fitted over `plan.folds`: each row is predicted by the model of the other folds (Chernozhukov et al. 2018), so that a flexible model does not find the
 * treatment that it was shown. Two levels by their log-likelihood, several by softmax.
 *
 * Fails for a treatment without levels, and where the folds leave too few rows.
 */
export async function learnedPropensity(
  problem: EstimationProblem,
  model: 'tree' | 'boosting',
): Promise<LearnedPropensity | EstimationFailure> {
  const { treatment, plan, moments, table } = problem;
  if (treatment.kind === 'continuous') return withoutLevels(problem);
  const folds = foldsOf(problem);
  if (folds.kind === 'failure') return folds;
  const { levels } = treatment;
  const weights = problem.weight === undefined ? null : await moments.values(problem.weight);
  const response = new Float64Array(table.rowCount);
  for (const [code, level] of levels.entries()) {
    const indicator = await moments.values(level.indicator);
    for (let row = 0; row < response.length; row++) if (indicator[row] === 1) response[row] = code;
  }
  const task: LearningTask =
    levels.length === 2 ? { kind: 'probability' } : { kind: 'classes', classes: levels.length };
  const features = featureTable(table, plan.adjusted);
  const predicted = crossPredict(
    folds,
    { learner: LEARNERS[model], features, task, response, weights, trained: null },
    fitStreams(problem)(),
  );
  if (predicted === null) return withoutRows(problem);
  const { values, importances } = predicted;
  return {
    kind: 'learned',
    probabilities: levels.length === 2 ? [values[0].map((chance) => 1 - chance), values[0]] : values,
    features: plan.adjusted,
    importances,
  };
}

function withoutLevels({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'method-mismatch',
    `\`propensity ${plan.propensity}\` is the chance of a level, and ${plan.treatment} is a number with many values. Use \`regression\` or \`dml\`, or derive a variable with levels.`,
  );
}

function withoutRows({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'too-few-rows',
    `The rows of some of the ${plan.folds} folds have all the weight, so nothing is left to learn from without them. Use fewer \`folds\`.`,
  );
}
