/**
 * A generalised linear model that bends where the data do: of all features, and with rows enough of squares and cubes of those that bend, and of products of those
 * pairs that say together what neither says alone.
 */

import type { Random } from '../stats/random.ts';
import type { Feature, FeatureTable, LearningTask, TrainingRows } from './learner.ts';
import { linear } from './linear.ts';
import { type Models, selectedShapes } from './shapeSelection.ts';
import { type Shapes, type Term, termsOf } from './smoothTerms.ts';

/** Rows that a column of the model needs; with fewer it is left out. */
const ROWS_A_COLUMN = 10;

/** Fewer rows than these tell no curve from noise. */
const ROWS_OF_A_CURVE = 2000;

const STRAIGHT: Shapes = new Map();

export interface SmoothModel {
  /** Mean or chance of every row of the table. */
  readonly fitted: Float64Array;
  /** What each feature contributed, with all terms that it is part of; sums to 1, or all are 0. */
  readonly importances: readonly number[];
}

/**
 * Fits a mean or a probability to the training rows; null where there are too few for a model at all.
 *
 * @param finish what is predicted of all rows in the end, where these rows teach what the model leaves
 */
export function smoothModel(
  table: FeatureTable,
  training: TrainingRows,
  task: LearningTask,
  random: Random,
  finish: Models['finish'],
): SmoothModel | null {
  const count = training.rows.length;
  const room = Math.floor(count / ROWS_A_COLUMN) - columnsOf(table);
  if (room < 0) return null;
  const regress = (terms: readonly Term[], rows: Int32Array): SmoothModel =>
    fittedWith(table, terms, { ...training, rows }, task, random);
  const shapes =
    count < ROWS_OF_A_CURVE
      ? STRAIGHT
      : selectedShapes(table, training, task, room, {
          regress: (terms, rows) => regress(terms, rows).fitted,
          finish,
        });
  return regress(termsOf(shapes), training.rows);
}

function fittedWith(
  table: FeatureTable,
  terms: readonly Term[],
  training: TrainingRows,
  task: LearningTask,
  random: Random,
): SmoothModel {
  const added = terms.map(({ values }): Feature => ({ kind: 'numeric', label: 'term', values }));
  const features = [...table.features, ...added];
  const { importances, predict } = linear({ rows: table.rows, features }, training, task, random);
  const [fitted] = predict(Int32Array.from({ length: table.rows }, (_row, i) => i));
  const own = importances.slice(0, table.features.length);
  for (const [t, { of }] of terms.entries())
    for (const feature of of) own[feature] += importances[table.features.length + t] / of.length;
  return { fitted, importances: own };
}

/** Columns of a design with a constant and all features. */
function columnsOf({ features }: FeatureTable): number {
  return features.reduce((sum, feature) => sum + (feature.kind === 'numeric' ? 1 : feature.levels - 1), 1);
}
