/** Who is matched to whom, and how much each row counts by it. */

import { nearestScores, type Windows } from './nearest.ts';
import type { Arm, ScoreArm, ScoreGroups } from './scoreGroups.ts';

export type MatchedEstimand = 'ate' | 'att';

/** How the rows of an arm serve as matches, by their scores: rows of the same score serve alike. */
export interface MatchUse {
  /** Σ over the rows matched to it of their weight times the part of their match that has this score, for one unit of weight of it. */
  readonly share: Float64Array;
  /** The same sum of squares. */
  readonly squares: Float64Array;
  /** Rows whose matches include it. */
  readonly times: Float64Array;
}

export interface MatchedRows {
  readonly groups: ScoreGroups;
  readonly estimand: MatchedEstimand;
  /** Weight of each row of the table in the sample; 0 for one that is not used. */
  readonly weights: Float64Array;
  /** Scores of either arm that are the matches, within the caliper, of a row of the other arm with each score. */
  readonly matches: readonly [Windows, Windows];
  readonly uses: readonly [MatchUse, MatchUse];
  /** Rows whose effects are averaged, and their weight. */
  readonly targets: number;
  readonly targetWeight: number;
  /** Rows that should have been among them and have no match. */
  readonly unmatched: number;
}

/** Is the effect averaged over the rows of this arm? */
export function isTarget(estimand: MatchedEstimand, arm: Arm): boolean {
  return estimand === 'ate' || arm === 1;
}

export function otherArm(arm: Arm): Arm {
  return arm === 0 ? 1 : 0;
}

/** Has a row with the `group`-th score a match in the arm of these windows? */
export function hasMatch({ first, last }: Windows, group: number): boolean {
  return last[group] >= first[group];
}

/**
 * Matches each row to the nearest `neighbors` rows of the other arm, with replacement, ties kept.
 *
 * @param caliper largest distance of a match in standard deviations of the score; null for any
 */
export function matchRows(
  groups: ScoreGroups,
  weights: Float64Array,
  estimand: MatchedEstimand,
  neighbors: number,
  caliper: number | null,
): MatchedRows {
  const limit = caliper === null ? Number.POSITIVE_INFINITY : caliper * groups.deviation;
  const windows = (arm: Arm): Windows =>
    nearestScores(groups.scores, groups.arms[arm], neighbors, limit, groups.tolerance);
  const matches = [windows(0), windows(1)] as const;
  const totals = { targets: 0, targetWeight: 0, unmatched: 0 };
  for (const arm of [0, 1] as const) {
    if (!isTarget(estimand, arm)) continue;
    const { groups: scores, starts, weights: sums } = groups.arms[arm];
    for (let k = 0; k < scores.length; k++) {
      const rows = starts[k + 1] - starts[k];
      if (hasMatch(matches[otherArm(arm)], scores[k])) {
        totals.targets += rows;
        totals.targetWeight += sums[k];
      } else totals.unmatched += rows;
    }
  }
  const useOf = (arm: Arm): MatchUse =>
    isTarget(estimand, otherArm(arm))
      ? countUses(groups.arms[otherArm(arm)], groups.arms[arm], matches[arm])
      : noUse(groups.arms[arm]);
  return { groups, estimand, weights, matches, uses: [useOf(0), useOf(1)], ...totals };
}

function noUse({ scores }: ScoreArm): MatchUse {
  const none = new Float64Array(scores.length);
  return { share: none, squares: none, times: none };
}

function countUses(targets: ScoreArm, arm: ScoreArm, { first, last }: Windows): MatchUse {
  const share = new Float64Array(arm.scores.length);
  const squares = new Float64Array(arm.scores.length);
  const times = new Float64Array(arm.scores.length);
  for (let k = 0; k < targets.scores.length; k++) {
    const group = targets.groups[k];
    let weight = 0;
    for (let j = first[group]; j <= last[group]; j++) weight += arm.weights[j];
    for (let j = first[group]; j <= last[group]; j++) {
      share[j] += targets.weights[k] / weight;
      squares[j] += targets.squares[k] / (weight * weight);
      times[j] += targets.starts[k + 1] - targets.starts[k];
    }
  }
  return { share, squares, times };
}

/** Calls `visit` for each row of an arm with the index of its score in the arm, and among the scores of both. */
export function eachRow(arm: ScoreArm, visit: (row: number, k: number, group: number) => void): void {
  for (let k = 0; k < arm.scores.length; k++) {
    for (let i = arm.starts[k]; i < arm.starts[k + 1]; i++) visit(arm.rows[i], k, arm.groups[k]);
  }
}

/** Weight of each row in the matched comparison: its own where its effect is averaged, and what it counts as a match of others. */
export function matchingWeights(matched: MatchedRows): Float64Array {
  const { groups, estimand, weights, matches, uses } = matched;
  const total = new Float64Array(weights.length);
  for (const arm of [0, 1] as const) {
    eachRow(groups.arms[arm], (row, k, group) => {
      const own = isTarget(estimand, arm) && hasMatch(matches[otherArm(arm)], group) ? 1 : 0;
      total[row] = weights[row] * (own + uses[arm].share[k]);
    });
  }
  return total;
}

/** What each row of `arm` counts as a match of others; 0 for the rows of the other arm. */
export function useWeights({ groups, weights, uses }: MatchedRows, arm: Arm): Float64Array {
  const total = new Float64Array(weights.length);
  eachRow(groups.arms[arm], (row, k) => {
    total[row] = weights[row] * uses[arm].share[k];
  });
  return total;
}

/** For each row whose effect is averaged, the first row of the table among its nearest matches; NaN for the others. */
export function firstMatches({ groups, estimand, weights, matches }: MatchedRows): Float64Array {
  const found = new Float64Array(weights.length).fill(Number.NaN);
  for (const arm of [0, 1] as const) {
    if (!isTarget(estimand, arm)) continue;
    const other = groups.arms[otherArm(arm)];
    const { first, last } = matches[otherArm(arm)];
    const lowest = lowestRows(other);
    eachRow(groups.arms[arm], (row, k, group) => {
      const distance = (j: number): number => Math.abs(other.scores[j] - groups.arms[arm].scores[k]);
      let nearest = Number.POSITIVE_INFINITY;
      for (let j = first[group]; j <= last[group]; j++) nearest = Math.min(nearest, distance(j));
      for (let j = first[group]; j <= last[group]; j++) {
        if (distance(j) > nearest + groups.tolerance) continue;
        found[row] = Number.isNaN(found[row]) ? lowest[j] : Math.min(found[row], lowest[j]);
      }
    });
  }
  return found;
}

function lowestRows({ rows, starts, scores }: ScoreArm): Int32Array {
  return Int32Array.from(scores, (_score, k) =>
    rows.subarray(starts[k], starts[k + 1]).reduce((a, b) => Math.min(a, b)),
  );
}
