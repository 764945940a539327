/** Rows in the order of a score, those of the same score together: whatever matching asks of a row, all rows of a score answer alike. */

import { ascendingOrder } from '../../data/keySort.ts';

/** Scores that differ by less than this part of their standard deviation differ by rounding. */
const SAME_SCORE = 1e-9;

/** 0 for the control arm, 1 for the treated: where each stands in a pair. */
export type Arm = 0 | 1;

/** Rows of one arm, by score. */
export interface ScoreArm {
  /** Different scores of its rows, ascending. */
  readonly scores: Float64Array;
  /** Index of each of them among the scores of both arms. */
  readonly groups: Int32Array;
  /** Rows of the table in the order of their scores: those of the k-th score from `starts[k]` to `starts[k + 1] − 1`. */
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  /** Σ w and Σ w² over the rows of each score. */
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

export interface ScoreGroups {
  /** Different scores of both arms, ascending. */
  readonly scores: Float64Array;
  /** A row that has the score, for each of them. */
  readonly samples: Int32Array;
  readonly arms: readonly [control: ScoreArm, treated: ScoreArm];
  /** Standard deviation of the score over the rows. */
  readonly deviation: number;
  /** Distances that differ by less are the same. */
  readonly tolerance: number;
}

/**
 * Sorts the rows that weigh something by `scores`.
 *
 * @param treated 1 for the treated rows, else 0
 * @param weights of the rows, not negative
 */
export function groupByScore(
  scores: Float64Array,
  treated: Float64Array,
  weights: Float64Array,
): ScoreGroups {
  const order = withWeight(ascendingOrder(scores), weights);
  const deviation = standardDeviation(scores, weights);
  const tolerance = SAME_SCORE * deviation;
  const groupOf = new Int32Array(order.length);
  const samples = new Int32Array(order.length);
  let count = 0;
  let first = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    if (scores[row] - first > tolerance) {
      first = scores[row];
      samples[count++] = row;
    }
    groupOf[i] = count - 1;
  }
  const distinctRows = samples.slice(0, count);
  const distinct = taken(scores, distinctRows);
  const armOf = (arm: Arm): ScoreArm => scoreArm(arm, order, groupOf, distinct, treated, weights);
  return {
    scores: distinct,
    samples: distinctRows,
    arms: [armOf(0), armOf(1)],
    deviation,
    tolerance,
  };
}

/** `values` at `rows`, in their order. */
export function taken(values: Float64Array, rows: Int32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]];
  return found;
}

/** Those of `rows` that weigh something. */
function withWeight(rows: Int32Array, weights: Float64Array): Int32Array {
  const kept = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (weights[rows[i]] > 0) kept[count++] = rows[i];
  return kept.subarray(0, count);
}

function standardDeviation(scores: Float64Array, weights: Float64Array): number {
  let total = 0;
  let sum = 0;
  for (let row = 0; row < scores.length; row++) {
    total += weights[row];
    sum += weights[row] * scores[row];
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < scores.length; row++) squares += weights[row] * (scores[row] - mean) ** 2;
  return Math.sqrt(squares / total);
}

function scoreArm(
  arm: Arm,
  order: Int32Array,
  groupOf: Int32Array,
  distinct: Float64Array,
  treated: Float64Array,
  weights: Float64Array,
): ScoreArm {
  const rows = new Int32Array(order.length);
  const groups = new Int32Array(order.length);
  const starts = new Int32Array(order.length + 1);
  let count = 0;
  let scores = 0;
  for (let i = 0; i < order.length; i++) {
    if (treated[order[i]] !== arm) continue;
    if (scores === 0 || groups[scores - 1] !== groupOf[i]) {
      groups[scores] = groupOf[i];
      starts[scores] = count;
      scores += 1;
    }
    rows[count++] = order[i];
  }
  starts[scores] = count;
  const ofScores = groups.slice(0, scores);
  return {
    scores: taken(distinct, ofScores),
    groups: ofScores,
    rows: rows.slice(0, count),
    starts: starts.slice(0, scores + 1),
    ...weightSums(rows, starts, scores, weights),
  };
}

function weightSums(
  rows: Int32Array,
  starts: Int32Array,
  scores: number,
  weights: Float64Array,
): Pick<ScoreArm, 'weights' | 'squares'> {
  const sums = new Float64Array(scores);
  const squares = new Float64Array(scores);
  for (let k = 0; k < scores; k++) {
    for (let i = starts[k]; i < starts[k + 1]; i++) {
      const weight = weights[rows[i]];
      sums[k] += weight;
      squares[k] += weight * weight;
    }
  }
  return { weights: sums, squares };
}
