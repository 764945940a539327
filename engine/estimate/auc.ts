/** Rows with a score, a label and a weight. */
export interface LabelledScores {
  readonly scores: Float64Array;
  /** 1 and 0; rows with other labels do not count. */
  readonly labels: Float64Array;
  /** Null where all rows count alike. */
  readonly weights: Float64Array | null;
}

/**
 * Area under the ROC curve of a score for a 0/1 label: the chance that a row labelled 1 scores above one labelled 0, ties counting half
 * (Hanley & McNeil 1982). It tells how well treatment can be foretold, not whether a propensity model is good.
 */
export function areaUnderCurve(rows: LabelledScores): number {
  const positive = sortedScores(rows, 1);
  const negative = sortedScores(rows, 0);
  let wins = 0;
  let below = { next: 0, weight: 0 };
  let atMost = { next: 0, weight: 0 };
  for (let i = 0; i < positive.scores.length; i++) {
    const score = positive.scores[i];
    below = advance(negative, below, (other) => other < score);
    atMost = advance(negative, atMost, (other) => other <= score);
    wins += (weightOf(positive, i) * (below.weight + atMost.weight)) / 2;
  }
  return wins / totalOf(positive) / totalOf(negative);
}

interface Sample {
  /** Ascending. */
  readonly scores: Float64Array;
  readonly weights: Float64Array | null;
}

interface Position {
  readonly next: number;
  /** Of the rows before `next`. */
  readonly weight: number;
}

function sortedScores({ scores, labels, weights }: LabelledScores, label: number): Sample {
  if (weights === null)
    return { scores: scores.filter((_score, row) => labels[row] === label).sort(), weights };
  const rows = Int32Array.from(scores.keys()).filter((row) => labels[row] === label);
  rows.sort((a, b) => scores[a] - scores[b]);
  return {
    scores: Float64Array.from(rows, (row) => scores[row]),
    weights: Float64Array.from(rows, (row) => weights[row]),
  };
}

function weightOf({ weights }: Sample, i: number): number {
  return weights === null ? 1 : weights[i];
}

function totalOf({ scores, weights }: Sample): number {
  return weights === null ? scores.length : weights.reduce((sum, weight) => sum + weight, 0);
}

function advance(sample: Sample, from: Position, passes: (score: number) => boolean): Position {
  let { next, weight } = from;
  while (next < sample.scores.length && passes(sample.scores[next])) {
    weight += weightOf(sample, next);
    next += 1;
  }
  return { next, weight };
}
