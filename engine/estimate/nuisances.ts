/** What the doubly robust methods are made of: the propensity P(T | X), and the outcome E[Y | T, X] of each arm. */

import { boostedScore } from '../learn/boostedScore.ts';
import { featureTable } from '../learn/featureTable.ts';
import type { Learner, LearningTask } from '../learn/learner.ts';
import { type RowExpression, rowValues } from '../stats/rowExpression.ts';
import { droppedWarning } from './collinearity.ts';
import { crossPredict, type Folds, fitStreams, foldsOf } from './crossFitting.ts';
import type { SharedFits } from './estimator.ts';
import { emptyFold } from './learnedPropensity.ts';
import { fitOutcomeModels, type OutcomeModel } from './outcomeModel.ts';
import type { LevelPairs } from './pairs.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { Propensity, PropensityResult } from './propensity.ts';
import type { EstimateWarning } from './result.ts';

export interface Nuisances {
  readonly kind: 'nuisances';
  readonly propensity: Propensity;
  /** E[Y | T = level, X] for every row, by the index of the level. */
  readonly means: ReadonlyMap<number, RowExpression>;
  /** Their generalised linear models; null where they are learned. */
  readonly models: ReadonlyMap<number, OutcomeModel> | null;
  readonly warnings: readonly EstimateWarning[];
}

/**
 * The nuisances of the levels that are compared. `learner linear`: the plan's propensity and a generalised linear model an arm, each fitted once
 * to all rows. `learner boosting`: both by boosting, cross-fitted.
 *
 * Fails where one of them does.
 */
export async function fitNuisances(
  problem: EstimationProblem,
  shared: SharedFits,
  pairs: LevelPairs,
): Promise<Nuisances | EstimationFailure> {
  const { plan } = problem;
  if (plan.learner === 'linear' || plan.adjusted.length === 0)
    return parametricNuisances(problem, shared, pairs);
  if (plan.propensity === 'probit' || plan.propensity === 'tree') return oneLearner(problem);
  const asked: EstimationProblem = { ...problem, plan: { ...plan, propensity: 'boosting' } };
  return learnedNuisances(problem, pairs, boostedScore, () => shared.propensity(asked));
}

function oneLearner({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'method-mismatch',
    `\`learner boosting\` learns the propensity as well, and \`propensity ${plan.propensity}\` asks for another model of it. Leave out one of the two.`,
  );
}

/** A propensity and outcome models that are fitted once, to all rows. */
async function parametricNuisances(
  problem: EstimationProblem,
  shared: SharedFits,
  { levels, compared }: LevelPairs,
): Promise<Nuisances | EstimationFailure> {
  const propensity = await shared.propensity(problem);
  if (propensity.kind === 'failure') return propensity;
  const fitted = await fitOutcomeModels(problem, levels, compared);
  if (fitted.kind === 'failure') return fitted;
  return {
    kind: 'nuisances',
    propensity,
    means: new Map([...fitted.models].map(([level, { mean }]) => [level, mean])),
    models: fitted.models,
    warnings: [...fitted.warnings, ...droppedWarning(problem.covariates, propensity.dropped)],
  };
}

/**
 * Propensity and outcomes by a learner, each row's from a model of the other folds; outcomes an arm at a time.
 *
 * @param propensityOf cross-fitted over the same folds, which is what the shared propensities are: several estimates of one run learn it once
 */
export async function learnedNuisances(
  problem: EstimationProblem,
  { levels, compared }: LevelPairs,
  learner: Learner,
  propensityOf: (folds: Folds) => Promise<PropensityResult>,
): Promise<Nuisances | EstimationFailure> {
  const folds = foldsOf(problem);
  if (folds.kind === 'failure') return folds;
  const propensity = await propensityOf(folds);
  if (propensity.kind === 'failure') return propensity;
  const means = await learnMeans(problem, { levels, compared }, folds, learner);
  if (means === null) return emptyFold(problem);
  return { kind: 'nuisances', propensity, means, models: null, warnings: [] };
}

async function learnMeans(
  problem: EstimationProblem,
  { levels, compared }: Pick<LevelPairs, 'levels' | 'compared'>,
  folds: Folds,
  learner: Learner,
): Promise<ReadonlyMap<number, RowExpression> | null> {
  const { moments, table, plan, weight, outcome, outcomeScale } = problem;
  const features = featureTable(table, plan.adjusted);
  const response = await moments.values(outcome);
  const weights = weight === undefined ? null : await moments.values(weight);
  const task: LearningTask = { kind: outcomeScale === 'binary' ? 'probability' : 'mean' };
  const nextStream = fitStreams(problem);
  nextStream(); // The first is the propensity's.
  const means = new Map<number, RowExpression>();
  for (const level of compared) {
    const trained = await moments.values(levels[level].indicator);
    const predicted = crossPredict(
      folds,
      { learner, features, task, response, weights, trained },
      nextStream(),
    );
    if (predicted === null) return null;
    means.set(level, rowValues(predicted.values[0]));
  }
  return means;
}
