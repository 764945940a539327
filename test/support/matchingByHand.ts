/** Matching by comparing each row with each other: what the estimator must give, written down as in the papers. */

export interface HandSample {
  readonly scores: readonly number[];
  readonly treated: readonly number[];
  readonly weights: readonly number[];
  readonly outcome: readonly number[];
  /** Modelled difference of each row, added to its matched one. */
  readonly modelled: readonly number[];
}

export interface HandMatching {
  readonly estimate: number;
  readonly knownVariance: number;
  readonly unmatched: number;
  /** Weight of each row in the comparison. */
  readonly weights: readonly number[];
  readonly differences: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rows of `arm` as near to row i as the `count`-th nearest of them, and not further than `limit`. */
export function nearestByHand(
  { scores, treated }: HandSample,
  i: number,
  arm: number,
  count: number,
  limit = Number.POSITIVE_INFINITY,
): number[] {
  const distance = (j: number): number => Math.abs(scores[j] - scores[i]);
  const candidates = treated.flatMap((t, j) => (t === arm ? [j] : []));
  const sorted = candidates.map(distance).sort((a, b) => a - b);
  const farthest = Math.min(limit, sorted[Math.min(count, sorted.length) - 1]);
  return candidates.filter((j) => distance(j) <= farthest + 1e-8);
}

/** Covariance of `left` and `right` over `rows`, with the divisor that makes it unbiased. */
export function covarianceByHand(
  rows: readonly number[],
  weights: readonly number[],
  left: readonly number[],
  right: readonly number[],
): number {
  const total = sum(rows.map((j) => weights[j]));
  const mean = (values: readonly number[]): number => sum(rows.map((j) => weights[j] * values[j])) / total;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  const products = sum(rows.map((j) => weights[j] * (left[j] - leftMean) * (right[j] - rightMean)));
  return products / (total - sum(rows.map((j) => weights[j] ** 2)) / total);
}

export function matchByHand(
  sample: HandSample,
  estimand: 'ate' | 'att',
  neighbors: number,
  limit = Number.POSITIVE_INFINITY,
): HandMatching {
  const { treated, weights, outcome, modelled } = sample;
  const n = treated.length;
  const rows = Array.from({ length: n }, (_row, i) => i);
  const matches = rows.map((i) => nearestByHand(sample, i, 1 - treated[i], neighbors, limit));
  const part = (i: number, j: number): number =>
    matches[i].includes(j) ? weights[j] / sum(matches[i].map((k) => weights[k])) : 0;
  const differences = rows.map((i) => {
    if (matches[i].length === 0) return Number.NaN;
    const other = sum(matches[i].map((j) => part(i, j) * outcome[j]));
    return (treated[i] === 1 ? 1 : -1) * (outcome[i] - other) + modelled[i];
  });
  const wanted = rows.filter((i) => estimand === 'ate' || treated[i] === 1);
  const targets = wanted.filter((i) => matches[i].length > 0);
  const total = sum(targets.map((i) => weights[i]));
  const estimate = sum(targets.map((i) => weights[i] * differences[i])) / total;
  const own = rows.map((i) => (targets.includes(i) ? weights[i] : 0));
  const used = rows.map((j) => sum(targets.map((i) => weights[i] * part(i, j))));
  const noise = rows.map((i) => {
    const near = nearestByHand(sample, i, treated[i], 2);
    const squares = sum(targets.map((j) => (weights[j] * part(j, i)) ** 2));
    const variance = covarianceByHand(near, weights, outcome, outcome);
    const cross = covarianceByHand(near, weights, outcome, modelled) * (treated[i] === 1 ? 1 : -1);
    return variance * ((own[i] + used[i]) ** 2 - own[i] ** 2 - squares) + 2 * own[i] * used[i] * cross;
  });
  const spread = sum(targets.map((i) => (weights[i] * (differences[i] - estimate)) ** 2));
  return {
    estimate,
    knownVariance: (spread + sum(noise)) / total ** 2,
    unmatched: wanted.length - targets.length,
    weights: rows.map((i) => own[i] + used[i]),
    differences,
  };
}
