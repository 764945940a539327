import type { RowMoments } from '../stats/moments.ts';
import type { RowExpression } from '../stats/rowExpression.ts';

/**
 * Area under the ROC curve of `score` for the 0/1 `label`: the chance that a row labelled 1 scores above one labelled 0, ties counting half.
 * It tells how well treatment can be foretold, not whether a propensity model is good.
 */
export async function areaUnderCurve(
  moments: RowMoments,
  score: RowExpression,
  label: RowExpression,
): Promise<number> {
  const scores = await moments.values(score);
  const labels = await moments.values(label);
  const positive = scores.filter((_value, row) => labels[row] === 1).sort();
  const negative = scores.filter((_value, row) => labels[row] !== 1).sort();
  let wins = 0;
  let below = 0;
  let atMost = 0;
  for (const value of positive) {
    while (below < negative.length && negative[below] < value) below += 1;
    while (atMost < negative.length && negative[atMost] <= value) atMost += 1;
    wins += (below + atMost) / 2;
  }
  return wins / positive.length / negative.length;
}
