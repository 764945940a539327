/**
 * Boosting that starts from a linear model: what is nearly straight needs no trees, and trees do the rest.
 *
 * A generalised linear model of the features is fitted first (`linear`), and its score is one more feature; for a mean, trees are grown on what it leaves. Both models are fitted to the training rows alone. Trees approach a straight line slowly, step by step, and stop early: with some
 * thousand rows what they then leave of the confounding is as large as the standard error.
 */

import { boosting } from './boosting.ts';
import type { Feature, FeatureTable, Learner } from './learner.ts';
import { linear } from './linear.ts';

/** Rows that a column of the linear model needs; with fewer it is left out. */
const ROWS_A_COLUMN = 10;

/** Boosting of trees on top of a linear model. */
export const boostedScore: Learner = (table, training, task, random) => {
  const columns = table.features.reduce(
    (sum, feature) => sum + (feature.kind === 'numeric' ? 1 : feature.levels - 1),
    1,
  );
  if (training.rows.length < ROWS_A_COLUMN * columns || task.kind === 'classes')
    return boosting(table, training, task, random);
  const straight = linear(table, training, task, random);
  const all = Int32Array.from({ length: table.rows }, (_row, i) => i);
  const [fitted] = straight.predict(all);
  const isMean = task.kind === 'mean';
  const score = isMean ? fitted : fitted.map((chance) => Math.log(chance / (1 - chance)));
  const wider = withScore(table, score);
  const rest = isMean
    ? { ...training, response: training.response.map((value, row) => value - fitted[row]) }
    : training;
  const trees = boosting(wider, rest, task, random);
  return {
    importances: sharedOut(trees.importances, straight.importances),
    predict: (rows) => {
      const [grown] = trees.predict(rows);
      return [isMean ? grown.map((value, i) => value + fitted[rows[i]]) : grown];
    },
  };
};

/** The table with the score as its last feature. */
function withScore({ rows, features }: FeatureTable, values: Float64Array): FeatureTable {
  const score: Feature = { kind: 'numeric', label: 'linear score', values };
  return { rows, features: [...features, score] };
}

/** The importance of the score belongs to the features that it is made of. */
function sharedOut(importances: readonly number[], inScore: readonly number[]): readonly number[] {
  const score = importances[importances.length - 1];
  return inScore.map((part, feature) => importances[feature] + score * part);
}
