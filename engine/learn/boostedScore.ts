/**
 * Boosting that starts from a smooth model: what is nearly a line, a curve or a product of two features needs no trees, and trees do the rest.
 *
 * The score of the smooth model is one more feature, and for a mean trees are grown on what it leaves. A chance is left to the trees, which take
 * the score for what it is worth: added to log odds that a curve drives far out, they would end near 0 and 1. Both models are fitted to the training rows alone. Trees
 * approach a line slowly, step by step, and stop early: with some thousand rows what they then leave of the confounding is as large as the standard error.
 */

import type { Random } from '../stats/random.ts';
import { boosting } from './boosting.ts';
import type { Feature, FeatureTable, FittedLearner, Learner, LearningTask, TrainingRows } from './learner.ts';
import { smoothModel } from './smoothModel.ts';

/** Boosting of trees on top of a smooth model. */
export const boostedScore: Learner = (table, training, task, random) => {
  const all = Int32Array.from({ length: table.rows }, (_row, i) => i);
  const grow = (fitted: Float64Array, rows: Int32Array): FittedLearner =>
    grownOn(table, fitted, { ...training, rows }, task, random);
  const finish = (fitted: Float64Array, rows: Int32Array): Float64Array => grow(fitted, rows).predict(all)[0];
  const smooth = task.kind === 'classes' ? null : smoothModel(table, training, task, random, finish);
  if (smooth === null) return boosting(table, training, task, random);
  const { importances, predict } = grow(smooth.fitted, training.rows);
  return { importances: sharedOut(importances, smooth.importances), predict };
};

/** Trees on what a model leaves, given what it predicts of every row of the table. */
function grownOn(
  table: FeatureTable,
  fitted: Float64Array,
  training: TrainingRows,
  task: LearningTask,
  random: Random,
): FittedLearner {
  if (task.kind !== 'mean') {
    const score = fitted.map((chance) => Math.log(chance / (1 - chance)));
    return boosting(withScore(table, score), training, task, random);
  }
  const response = training.response.map((value, row) => value - fitted[row]);
  const trees = boosting(withScore(table, fitted), { ...training, response }, task, random);
  return {
    importances: trees.importances,
    predict: (rows) => [trees.predict(rows)[0].map((value, i) => value + fitted[rows[i]])],
  };
}

/** The table with the score as its last feature. */
function withScore({ rows, features }: FeatureTable, values: Float64Array): FeatureTable {
  const score: Feature = { kind: 'numeric', label: 'smooth score', values };
  return { rows, features: [...features, score] };
}

/** The importance of the score belongs to the features that it is made of, and where no tree found anything all of it. */
function sharedOut(importances: readonly number[], inScore: readonly number[]): readonly number[] {
  if (importances.every((part) => part === 0)) return inScore;
  const score = importances[importances.length - 1];
  return inScore.map((part, feature) => importances[feature] + score * part);
}
