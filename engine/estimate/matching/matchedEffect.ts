/** The average of matched differences, and its variance where the score is known. */

import {
  type LocalMoments,
  localMoments,
  type ScoreMoments,
  scoreMoments,
  windowMean,
} from './localMoments.ts';
import { eachRow, hasMatch, isTarget, type MatchedRows, otherArm } from './matchedRows.ts';
import type { Windows } from './nearest.ts';
import type { Arm } from './scoreGroups.ts';

/** What is compared between matched rows. */
export interface MatchedOutcome {
  /** The outcome, or what a model of it leaves. */
  readonly values: Float64Array;
  /** Difference of the modelled outcomes under treatment and control, added to each row's; null where none is. */
  readonly modelled: Float64Array | null;
}

export interface MatchedEffect {
  readonly estimate: number;
  /** Treated less untreated outcome of each row that has a match, its own against its matches'; NaN for the others. */
  readonly differences: Float64Array;
  /** Moments of the outcome near each score; null where only the estimate was wanted. */
  readonly local: readonly [LocalMoments, LocalMoments] | null;
}

/**
 * τ = Σ wᵢ dᵢ / Σ wᵢ over the rows whose effect is averaged (Abadie & Imbens 2006), with
 * dᵢ = mᵢ ± (yᵢ − mean of y over the matches of i) and m the modelled difference (0 without a model).
 *
 * @param windows of the local moments; null where only the estimate is wanted
 */
export function matchedEffect(
  matched: MatchedRows,
  outcome: MatchedOutcome,
  windows: readonly [Windows, Windows] | null,
): MatchedEffect {
  const { groups, estimand, weights, matches } = matched;
  const momentsOf = (arm: Arm): ScoreMoments =>
    scoreMoments(groups.arms[arm], weights, outcome.values, outcome.modelled);
  const moments = [momentsOf(0), momentsOf(1)] as const;
  const differences = new Float64Array(weights.length).fill(Number.NaN);
  let sum = 0;
  for (const arm of [0, 1] as const) {
    const other = otherArm(arm);
    const sign = arm === 1 ? 1 : -1;
    let score = -1;
    let mean = Number.NaN;
    eachRow(groups.arms[arm], (row, k, group) => {
      if (k !== score) {
        score = k;
        mean = hasMatch(matches[other], group)
          ? windowMean(groups.arms[other], moments[other], matches[other], group)
          : Number.NaN;
      }
      if (Number.isNaN(mean)) return;
      differences[row] = sign * (outcome.values[row] - mean) + (outcome.modelled?.[row] ?? 0);
      if (isTarget(estimand, arm)) sum += weights[row] * differences[row];
    });
  }
  const localOf = (arm: Arm, ofArm: Windows): LocalMoments =>
    localMoments(groups.arms[arm], moments[arm], ofArm);
  return {
    estimate: sum / matched.targetWeight,
    differences,
    local: windows === null ? null : [localOf(0, windows[0]), localOf(1, windows[1])],
  };
}

/**
 * Variance of `matchedEffect` for a known score (the estimator of Abadie & Imbens 2006, extended to ties and weights):
 * {Σ wᵢ² (dᵢ − τ)² + Σ σᵢ² [(oᵢ + κᵢ)² − oᵢ² − Σⱼ (wⱼ aⱼᵢ)²]} / (Σ w)², where σᵢ² is the variance of y near i's score in i's arm, aⱼᵢ the part of i in the match
 * of j, κᵢ = Σⱼ wⱼ aⱼᵢ what i counts as a match, and oᵢ its weight if its own effect is averaged, else 0. With a modelled difference m the
 * same expansion of the variance of oᵢ mᵢ ± (oᵢ + κᵢ) yᵢ adds ± 2 oᵢ κᵢ times the covariance of y and m near i.
 */
export function knownScoreVariance(matched: MatchedRows, effect: MatchedEffect): number {
  const { groups, estimand, weights, matches, uses, targetWeight } = matched;
  if (effect.local === null) return Number.NaN;
  let sum = 0;
  for (const arm of [0, 1] as const) {
    const { share, squares } = uses[arm];
    const { variances, covariances } = effect.local[arm];
    const { scores, groups: groupOf, squares: weightSquares } = groups.arms[arm];
    const target = isTarget(estimand, arm);
    const sign = arm === 1 ? 1 : -1;
    for (let k = 0; k < scores.length; k++) {
      const group = groupOf[k];
      const own = target && hasMatch(matches[otherArm(arm)], group) ? 1 : 0;
      const factor = 2 * own * share[k] + share[k] ** 2 - squares[k];
      const cross = sign * 2 * own * share[k];
      sum += weightSquares[k] * (factor * variances[group] + cross * covariances[group]);
    }
    if (!target) continue;
    eachRow(groups.arms[arm], (row) => {
      const difference = effect.differences[row];
      if (!Number.isNaN(difference)) sum += (weights[row] * (difference - effect.estimate)) ** 2;
    });
  }
  return sum / targetWeight ** 2;
}
