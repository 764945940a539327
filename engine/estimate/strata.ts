/** Classes of rows that were about equally likely to be treated, and what the arms differ by within them. */

import { classOf, cutPoints } from '../stats/weightedQuantiles.ts';

/** A number a row each. */
export interface ScoredRows {
  readonly score: Float64Array;
  /** 1 for the treated, else 0. */
  readonly treated: Float64Array;
  readonly outcome: Float64Array;
  /** Null where all rows count alike. */
  readonly weight: Float64Array | null;
  /** 0 for rows that do not count. */
  readonly kept: Float64Array;
}

/** One arm of a class. */
export interface StratumArm {
  readonly rows: number;
  /** Σ w. */
  readonly weight: number;
  /** Σ w Y/Σ w. */
  readonly mean: number;
  /** Σ w² (Y − mean)². */
  readonly squares: number;
}

export interface StratumArms {
  readonly from: number;
  readonly to: number;
  readonly treated: StratumArm;
  readonly control: StratumArm;
}

export interface Strata {
  /** Class of each row; −1 for rows that do not count. */
  readonly classes: Int32Array;
  /** Classes that hold a row, ascending in the score. */
  readonly arms: readonly StratumArms[];
}

/**
 * Cuts rows at the quantiles of their scores, or of those of the treated, into at most `parts` classes; a score that is a cut point belongs to the class
 * above it, and equal scores are never parted.
 */
export function stratify(rows: ScoredRows, parts: number, ofTreated: boolean): Strata {
  const { score, treated, kept, weight } = rows;
  const counted = Int32Array.from(score.keys()).filter(
    (row) => kept[row] !== 0 && (weight === null || weight[row] > 0) && (!ofTreated || treated[row] === 1),
  );
  const cuts = cutPoints(
    Float64Array.from(counted, (row) => score[row]),
    weight === null ? null : Float64Array.from(counted, (row) => weight[row]),
    parts,
  );
  const fine = Int32Array.from(score, (value, row) => (kept[row] === 0 ? -1 : classOf(cuts, value)));
  const held = [...new Set(fine)].filter((each) => each >= 0).sort((a, b) => a - b);
  const numbers = new Map(held.map((each, i) => [each, i]));
  const classes = fine.map((each) => numbers.get(each) ?? -1);
  return { classes, arms: armsOf(rows, classes, held.length) };
}

function armsOf(
  { score, treated, outcome, weight }: ScoredRows,
  classes: Int32Array,
  count: number,
): StratumArms[] {
  const cells = Array.from({ length: 2 * count }, () => ({ rows: 0, weight: 0, sum: 0, squares: 0 }));
  const ranges = Array.from({ length: count }, () => ({
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  }));
  for (let row = 0; row < classes.length; row++) {
    if (classes[row] < 0) continue;
    const own = weight === null ? 1 : weight[row];
    const cell = cells[2 * classes[row] + treated[row]];
    cell.rows += own > 0 ? 1 : 0;
    cell.weight += own;
    cell.sum += own * outcome[row];
    const range = ranges[classes[row]];
    if (score[row] < range.from) range.from = score[row];
    if (score[row] > range.to) range.to = score[row];
  }
  for (let row = 0; row < classes.length; row++) {
    if (classes[row] < 0) continue;
    const cell = cells[2 * classes[row] + treated[row]];
    cell.squares += ((weight === null ? 1 : weight[row]) * (outcome[row] - cell.sum / cell.weight)) ** 2;
  }
  const arms = cells.map(({ rows, weight: total, sum, squares }): StratumArm => {
    return { rows, weight: total, mean: sum / total, squares };
  });
  return ranges.map((range, s) => ({ ...range, treated: arms[2 * s + 1], control: arms[2 * s] }));
}
