/** The propensity by a machine learner, each row's by a model of the other folds. */

import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { apply, complement, minus, type RowExpression, rowValues } from '../stats/rowExpression.ts';
import type { TreatmentLevel } from './coding.ts';
import { crossPredict, type Folds, fitStreams } from './crossFitting.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { Propensity } from './propensity.ts';

/** P(level | X) of every level: of two by probabilities, of more by classes. Nothing is clipped. */
export async function learnPropensity(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  folds: Folds,
  learner: Learner,
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
    model: 'boosting',
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
