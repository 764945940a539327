/** Cross-fitting: each row is predicted by a model of the other folds, so that no model has seen the row that it predicts. */

import { contentOrder } from '../data/contentOrder.ts';
import { columnOf } from '../data/table.ts';
import type { FeatureTable, Learner, LearningTask } from '../learn/learner.ts';
import { type Random, randomStreams } from '../stats/random.ts';
import { type EstimationFailure, type EstimationProblem, failure, plannedColumns } from './problem.ts';

export interface Folds {
  readonly kind: 'folds';
  readonly count: number;
  /** The fold of each row, 0 … `count` − 1. */
  readonly foldOf: Int32Array;
  /** All rows in an order that their values decide. */
  readonly order: Int32Array;
}

/**
 * Cuts the rows of a problem into `plan.folds` parts, by their values and the plan's seed alone. Each level of a discrete treatment is dealt
 * out evenly, so that what is left for training has all of them, and rows of one cluster stay together.
 *
 * Fails where some level occurs in no training part.
 */
export function foldsOf(problem: EstimationProblem): Folds | EstimationFailure {
  const { table, plan } = problem;
  const names = plannedColumns(plan).sort();
  const order = contentOrder(table, names, plan.seed);
  const arms = armOfRows(problem);
  const groups = plan.cluster === null ? null : clusterCodes(problem, plan.cluster);
  const foldOf = new Int32Array(table.rowCount);
  // Rows of each arm in each fold.
  const counts = Array.from({ length: plan.folds }, () => new Float64Array(arms.count));
  for (const rows of groups === null ? singles(order) : grouped(order, groups)) {
    const own = new Float64Array(arms.count);
    for (const row of rows) own[arms.armOf[row]] += 1;
    const fold = emptiest(counts, own);
    for (const row of rows) foldOf[row] = fold;
    for (let arm = 0; arm < own.length; arm++) counts[fold][arm] += own[arm];
  }
  const lacking = untrained(counts, arms.count);
  return lacking === null
    ? { kind: 'folds', count: plan.folds, foldOf, order }
    : tooFewRows(problem, lacking);
}

interface ArmOfRows {
  readonly armOf: Int32Array;
  readonly count: number;
}

/** The level that each row has; one arm for a treatment that is a number. */
function armOfRows({ treatment, table, plan }: EstimationProblem): ArmOfRows {
  const none = { armOf: new Int32Array(table.rowCount), count: 1 };
  if (treatment.kind === 'continuous') return none;
  const column = columnOf(table, plan.treatment);
  if (column.kind === 'categorical') return { armOf: column.codes, count: column.levels.length };
  const [first] = column.values;
  return { armOf: Int32Array.from(column.values, (value) => (value === first ? 0 : 1)), count: 2 };
}

function clusterCodes({ table }: EstimationProblem, cluster: string): Int32Array {
  const column = columnOf(table, cluster);
  if (column.kind !== 'categorical') throw new Error('Clusters are levels.');
  return column.codes;
}

function* singles(order: Int32Array): Iterable<Int32Array> {
  for (let i = 0; i < order.length; i++) yield order.subarray(i, i + 1);
}

/** The rows of each cluster, clusters in the order of their first row. */
function grouped(order: Int32Array, codes: Int32Array): Iterable<readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const row of order) {
    const group = groups.get(codes[row]);
    if (group === undefined) groups.set(codes[row], [row]);
    else group.push(row);
  }
  return groups.values();
}

/** The fold that has the fewest rows of the arms that are to come, the first of several. */
function emptiest(counts: readonly Float64Array[], own: Float64Array): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let fold = 0; fold < counts.length; fold++) {
    let load = 0;
    for (let arm = 0; arm < own.length; arm++) load += own[arm] * counts[fold][arm];
    if (load < least) {
      least = load;
      best = fold;
    }
  }
  return best;
}

/** A fold without which some arm that occurs has no rows; null where there is none. */
function untrained(counts: readonly Float64Array[], arms: number): number | null {
  const totals = Array.from({ length: arms }, (_arm, arm) =>
    counts.reduce((sum, fold) => sum + fold[arm], 0),
  );
  const lacking = totals.findIndex((total, arm) => total > 0 && counts.some((fold) => fold[arm] === total));
  return lacking < 0 ? null : totals[lacking];
}

function tooFewRows({ plan }: EstimationProblem, rows: number): EstimationFailure {
  const what =
    plan.cluster === null
      ? `a level of ${plan.treatment} has ${rows === 1 ? 'only one row' : `only ${rows} rows`}`
      : `all rows of a level of ${plan.treatment} are in clusters that stay together`;
  return failure(
    'too-few-rows',
    `The rows cannot be cut into ${plan.folds} folds: ${what}, so nothing is left to learn from without one of the folds. Merge levels, or use a method without \`folds\`.`,
  );
}

/** What is to be predicted, and by what. */
export interface Prediction {
  readonly learner: Learner;
  /** Made once for all predictions of a problem: learners keep what they know of it. */
  readonly features: FeatureTable;
  readonly task: LearningTask;
  /** One a row. */
  readonly response: Float64Array;
  /** One a row; null for equal ones. */
  readonly weights: Float64Array | null;
  /** 1 in the rows to learn from; all where null. Every row is predicted. */
  readonly trained: Float64Array | null;
}

export interface CrossPrediction {
  /** For every row: one array, or for classes one a class. */
  readonly values: readonly Float64Array[];
  /** Mean over the folds of what each feature contributed. */
  readonly importances: readonly number[];
}

/**
 * Predicts every row from the other folds. Null where the training rows of some fold weigh nothing.
 *
 * @param random stream of the fits, in the order of the folds
 */
export function crossPredict(folds: Folds, prediction: Prediction, random: Random): CrossPrediction | null {
  const { learner, features, task, response, weights, trained } = prediction;
  const outputs = task.kind === 'classes' ? task.classes : 1;
  const predictions = Array.from({ length: outputs }, () => new Float64Array(response.length));
  const importances = features.features.map(() => 0);
  for (let fold = 0; fold < folds.count; fold++) {
    const rows = folds.order.filter(
      (row) =>
        folds.foldOf[row] !== fold &&
        (trained === null || trained[row] === 1) &&
        (weights === null || weights[row] > 0),
    );
    if (rows.length === 0) return null;
    const fitted = learner(features, { rows, response, weights }, task, random);
    const held = folds.order.filter((row) => folds.foldOf[row] === fold);
    for (const [j, importance] of fitted.importances.entries()) importances[j] += importance / folds.count;
    for (const [output, values] of fitted.predict(held).entries()) {
      for (let i = 0; i < held.length; i++) predictions[output][held[i]] = values[i];
    }
  }
  return { values: predictions, importances };
}

/** Random streams of a problem's fits: each fit takes its own, in a fixed order. */
export function fitStreams({ plan }: EstimationProblem): () => Random {
  return randomStreams(plan.seed);
}
