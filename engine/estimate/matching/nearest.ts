/** Nearest neighbours on a score. */

import type { ScoreArm } from './scoreGroups.ts';

/** For each of some scores, which scores of an arm are nearest: from the `first` to the `last`, none where `last` is before `first`. */
export interface Windows {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/**
 * The scores of `arm` nearest to each of the ascending `scores`: as few as hold `count` rows, and all that are as far away as the last of
 * them, so that ties are kept. What is further away than `limit` is no neighbour. One pointer walks along the arm.
 *
 * @param tolerance distances that differ by less are the same
 */
export function nearestScores(
  scores: Float64Array,
  arm: ScoreArm,
  count: number,
  limit: number,
  tolerance: number,
): Windows {
  const first = new Int32Array(scores.length);
  const last = new Int32Array(scores.length);
  const { scores: others, starts } = arm;
  let position = 0;
  for (let g = 0; g < scores.length; g++) {
    const score = scores[g];
    while (position < others.length && others[position] < score) position += 1;
    let left = position - 1;
    let right = position;
    let farthest = limit;
    for (;;) {
      const below = left >= 0 ? score - others[left] : Number.POSITIVE_INFINITY;
      const above = right < others.length ? others[right] - score : Number.POSITIVE_INFINITY;
      const distance = below < above ? below : above;
      if (distance > farthest + tolerance || distance === Number.POSITIVE_INFINITY) break;
      if (below < above) left -= 1;
      else right += 1;
      if (starts[right] - starts[left + 1] >= count && distance < farthest) farthest = distance;
    }
    first[g] = left + 1;
    last[g] = right - 1;
  }
  return { first, last };
}
