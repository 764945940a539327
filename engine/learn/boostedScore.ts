/**
 * Boosting that starts from a smooth model: what is nearly a line or a curve in each feature needs no trees, and trees do the rest.
 *
 * A generalised linear model of the features, with their squares and cubes as far as there are rows for them, is fitted first (`linear`), and its score is one more
 * feature; for a mean, trees are grown on what it leaves. Both models are fitted to the training rows alone. Trees approach a line slowly, step by step, and stop
 * early: with some thousand rows what they then leave of the confounding is as large as the standard error.
 */

import { boosting } from './boosting.ts';
import type { Feature, FeatureTable, FittedLearner, Learner } from './learner.ts';
import { linear } from './linear.ts';
import { withPowers } from './powers.ts';

/** Rows that a column of the smooth model needs; with fewer it is left out. */
const ROWS_A_COLUMN = 10;

/** Cubes turn as a dose-response curve does; of higher powers hardly anything is to be had. Fewer rows than these tell no curve from noise. */
const HIGHEST_POWER = 3;
const ROWS_OF_A_CURVE = 2000;

/** Boosting of trees on top of a smooth model. */
export const boostedScore: Learner = (table, training, task, random) => {
  const degree = affordedDegree(table, training.rows.length);
  if (degree === 0 || task.kind === 'classes') return boosting(table, training, task, random);
  const smooth = linear(withPowers(table, training.rows, degree), training, task, random);
  const all = Int32Array.from({ length: table.rows }, (_row, i) => i);
  const [fitted] = smooth.predict(all);
  const isMean = task.kind === 'mean';
  const score = isMean ? fitted : fitted.map((chance) => Math.log(chance / (1 - chance)));
  const wider = withScore(table, score);
  const rest = isMean
    ? { ...training, response: training.response.map((value, row) => value - fitted[row]) }
    : training;
  const trees = boosting(wider, rest, task, random);
  return {
    importances: sharedOut(trees.importances, ofFeatures(table, degree, smooth)),
    predict: (rows) => {
      const [grown] = trees.predict(rows);
      return [isMean ? grown.map((value, i) => value + fitted[rows[i]]) : grown];
    },
  };
};

/** The highest power of numeric features for which there are rows enough; 0 where there are not even enough for the features. */
function affordedDegree({ features }: FeatureTable, rows: number): number {
  const numeric = features.filter(({ kind }) => kind === 'numeric').length;
  const dummies = features.reduce(
    (sum, feature) => sum + (feature.kind === 'numeric' ? 0 : feature.levels - 1),
    1,
  );
  for (let degree = rows < ROWS_OF_A_CURVE ? 1 : HIGHEST_POWER; degree > 0; degree--)
    if (rows >= ROWS_A_COLUMN * (dummies + degree * numeric)) return degree;
  return 0;
}

/** The table with the score as its last feature. */
function withScore({ rows, features }: FeatureTable, values: Float64Array): FeatureTable {
  const score: Feature = { kind: 'numeric', label: 'smooth score', values };
  return { rows, features: [...features, score] };
}

/** Importances of the features, each with that of its powers, which follow in the order of the numeric features. */
function ofFeatures(
  { features }: FeatureTable,
  degree: number,
  { importances }: FittedLearner,
): readonly number[] {
  let next = features.length;
  return features.map((feature, f) => {
    if (feature.kind !== 'numeric') return importances[f];
    const first = next;
    next += degree - 1;
    return importances.slice(first, next).reduce((sum, part) => sum + part, importances[f]);
  });
}

/** The importance of the score belongs to the features that it is made of, and where no tree found anything all of it. */
function sharedOut(importances: readonly number[], inScore: readonly number[]): readonly number[] {
  if (importances.every((part) => part === 0)) return inScore;
  const score = importances[importances.length - 1];
  return inScore.map((part, feature) => importances[feature] + score * part);
}
