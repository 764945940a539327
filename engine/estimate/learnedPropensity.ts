/** The propensity by a machine learner, each row's by a model of the other folds. */

import { boosting } from '../learn/boosting.ts';
import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { tree } from '../learn/tree.ts';
import { apply, complement, minus, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import type { TreatmentLevel } from './coding.ts';
import { crossPredict, type Folds, fitStreams, foldsOf } from './crossFitting.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { Propensity } from './propensity.ts';

/**
 * `propensity tree|boosting`: cross-fitted over `plan.folds`, so that a flexible model does not find the treatment that it was shown (Chernozhukov et al. 2018).
 *
 * Fails for a treatment without levels, and where the folds leave too few rows.
 */
export async function learnedPropensity(
  problem: EstimationProblem,
  model: 'tree' | 'boosting',
): Promise<Propensity | EstimationFailure> {
  if (problem.treatment.kind === 'continuous') return withoutLevels(problem);
  const folds = foldsOf(problem);
  if (folds.kind === 'failure') return folds;
  const learner = model === 'tree' ? tree : boosting;
  return learnPropensity(problem, problem.treatment.levels, folds, learner, model);
}

function withoutLevels({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'method-mismatch',
    `\`propensity ${plan.propensity}\` is the chance of a level, and ${plan.treatment} is a number with many values. Use \`regression\` or \`dml\`, or derive a variable with levels.`,
  );
}

/** P(level | X) of every level: of two by probabilities, of more by classes. Nothing is clipped. */
export async function learnPropensity(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  folds: Folds,
  learner: Learner,
  model: 'tree' | 'boosting' = 'boosting',
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
