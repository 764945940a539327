/** The best split of a leaf, read from its histogram. */

import type { BinnedFeature } from './bins.ts';

export interface Split {
  readonly feature: number;
  /** Bins up to this go left; of categorical features, those of `left`. */
  readonly threshold: number;
  /** Bins of a categorical feature that go left; null for numbers. */
  readonly left: Uint8Array | null;
  /** How much it lowers the squared error, in the scale of the packed gradients. */
  readonly gain: number;
}

/** How sums were packed, and what a split must leave. */
export interface SplitRule {
  /** Worth of one packed weight. */
  readonly place: number;
  /** Least packed weight a side. */
  readonly leafWeight: number;
  /** Packed weight of rows with gradient zero that are added to each side (L2 penalty). */
  readonly penalty: number;
}

/** Levels of a categorical feature are ordered by means that this many rows' worth of zeros shrink, else rare ones lead by chance. */
const LEVEL_SMOOTHING = 10;

/**
 * The split with the largest Σ G²/(W + penalty) over the two sides and the outputs, for gradient sums G and weights W; null where none
 * lowers the error. One histogram an output. The levels of a categorical feature are put in the order of their mean gradient, in which the best of
 * all groupings into two is a cut (Fisher 1958; for several outputs the orders of each are tried). Ties go to the first feature and cut.
 *
 * @param unit packed weight of one row
 */
export function bestSplit(
  histograms: readonly Float64Array[],
  features: readonly BinnedFeature[],
  offsets: Int32Array,
  rule: SplitRule,
  unit: number,
): Split | null {
  let best: Split | null = null;
  for (let f = 0; f < features.length; f++) {
    const { bins, categorical } = features[f];
    if (bins < 2) continue;
    const orders = categorical ? levelOrders(histograms, offsets[f], bins, rule, unit) : [null];
    for (const order of orders) {
      const cut = bestCut(histograms, offsets[f], bins, order, rule);
      if (cut.at < 0 || cut.gain <= (best?.gain ?? 0)) continue;
      const left = order === null ? null : markLeft(order, cut.at);
      best = { feature: f, threshold: cut.at, left, gain: cut.gain };
    }
  }
  return best;
}

function markLeft(order: Uint8Array, at: number): Uint8Array {
  const left = new Uint8Array(256);
  for (let i = 0; i <= at; i++) left[order[i]] = 1;
  return left;
}

/** Levels by mean gradient, ascending, for each output; those without rows stand last. */
function levelOrders(
  histograms: readonly Float64Array[],
  offset: number,
  bins: number,
  { place }: SplitRule,
  unit: number,
): Uint8Array[] {
  return histograms.map((sums) => {
    const means = Array.from({ length: bins }, (_bin, b) => {
      const weight = Math.floor(sums[offset + b] / place + 0.5);
      const gradient = sums[offset + b] - weight * place;
      return weight === 0 ? Number.POSITIVE_INFINITY : gradient / (weight + LEVEL_SMOOTHING * unit);
    });
    // Levels that are alike stay in their own order: Infinity − Infinity is NaN, which sorts as equal.
    return Uint8Array.from(means, (_mean, b) => b).sort((a, b) => means[a] - means[b] || a - b);
  });
}

interface Cut {
  /** Last place of the left side; −1 where there is no admissible cut. */
  readonly at: number;
  readonly gain: number;
}

function bestCut(
  histograms: readonly Float64Array[],
  offset: number,
  bins: number,
  order: Uint8Array | null,
  rule: SplitRule,
): Cut {
  if (histograms.length === 1) return bestCutOfOne(histograms[0], offset, bins, order, rule);
  const { place, leafWeight, penalty } = rule;
  const totals = histograms.map((sums) => sumOf(sums, offset, bins));
  const weight = Math.floor(totals[0] / place + 0.5);
  const parent = totals.reduce((sum, total) => sum + (total - weight * place) ** 2 / (weight + penalty), 0);
  const sofar = new Float64Array(histograms.length);
  let [at, best] = [-1, 0];
  for (let i = 0; i < bins - 1; i++) {
    const bin = offset + (order === null ? i : order[i]);
    for (let k = 0; k < sofar.length; k++) sofar[k] += histograms[k][bin];
    const leftWeight = Math.floor(sofar[0] / place + 0.5);
    const rightWeight = weight - leftWeight;
    if (leftWeight < leafWeight || rightWeight < leafWeight) continue;
    let score = 0;
    for (let k = 0; k < sofar.length; k++) {
      const left = sofar[k] - leftWeight * place;
      const right = totals[k] - sofar[k] - rightWeight * place;
      score += (left * left) / (leftWeight + penalty) + (right * right) / (rightWeight + penalty);
    }
    if (score - parent > best) [at, best] = [i, score - parent];
  }
  return { at, gain: best };
}

function bestCutOfOne(
  sums: Float64Array,
  offset: number,
  bins: number,
  order: Uint8Array | null,
  { place, leafWeight, penalty }: SplitRule,
): Cut {
  const share = 1 / place;
  const total = sumOf(sums, offset, bins);
  const weight = Math.floor(total * share + 0.5);
  const gradient = total - weight * place;
  const parent = (gradient * gradient) / (weight + penalty);
  let sofar = 0;
  let at = -1;
  let best = parent;
  for (let i = 0; i < bins - 1; i++) {
    sofar += sums[offset + (order === null ? i : order[i])];
    const leftWeight = Math.floor(sofar * share + 0.5);
    if (leftWeight < leafWeight) continue;
    const rightWeight = weight - leftWeight;
    if (rightWeight < leafWeight) break;
    const left = sofar - leftWeight * place;
    const right = gradient - left;
    const score = (left * left) / (leftWeight + penalty) + (right * right) / (rightWeight + penalty);
    if (score > best) {
      best = score;
      at = i;
    }
  }
  return { at, gain: best - parent };
}

function sumOf(sums: Float64Array, offset: number, bins: number): number {
  let total = 0;
  for (let b = 0; b < bins; b++) total += sums[offset + b];
  return total;
}
