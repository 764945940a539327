/** Rosenbaum's bounds: how much hidden bias a comparison of matched pairs would bear before it turned insignificant. */

import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';

/** Two-sided p values at a Γ: within a pair hidden causes may make the odds of treatment differ by that factor. */
export interface GammaBounds {
  readonly gamma: number;
  readonly low: number;
  readonly high: number;
}

export interface RosenbaumBounds {
  /** `mcnemar` where every difference is −1, 0 or 1, as of a binary outcome; else Wilcoxon's signed ranks. */
  readonly test: 'signed-rank' | 'mcnemar';
  /** Are the p values exact, rather than from the normal approximation that large samples of signed ranks get? */
  readonly exact: boolean;
  /** Pairs, and those of them whose two outcomes differ: the others say nothing. */
  readonly pairs: number;
  readonly unequal: number;
  /** Sum of the ranks of the positive differences, or their number for `mcnemar`. */
  readonly statistic: number;
  /** Sign of the effect that the test points to. */
  readonly direction: 1 | -1;
  /** Two-sided p value where there is no hidden bias (Γ = 1). */
  readonly p: number;
  /** Γ at which the upper bound of the p value reaches `alpha`; null where it is above it without any hidden bias. */
  readonly gamma: number | null;
  /** The bounds at some round Γ, ascending. */
  readonly bounds: readonly GammaBounds[];
}

/** The p values of one test, each as a function of the chance that a pair that differs does so upwards. */
interface PairTest {
  readonly statistic: number;
  /** What the statistic can reach at most. */
  readonly total: number;
  readonly exact: boolean;
  /** P(statistic ≥ `value`). */
  readonly upperTail: (value: number, chance: number) => number;
}

const ROUND_GAMMAS = [1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * At Γ, the treated of a pair may have been the likelier of the two to be treated by odds of up to Γ. The p value then lies between those in
 * which each difference is positive with the chance 1/(1 + Γ) and with Γ/(1 + Γ) (Rosenbaum 2002, Observational Studies, sections 4.3.2
 * and 4.3.3). The p values are two-sided: twice the tail in the direction of the effect. Pairs without a difference are ranked with
 * the others and count for neither side (Pratt 1959), as Rosenbaum does.
 *
 * @param differences outcome of the treated less outcome of the control, one a pair
 * @param alpha the level of the test, between 0 and 1
 */
export function rosenbaumBounds(differences: Float64Array, alpha: number): RosenbaumBounds {
  const binary = differences.every((value) => value === 0 || value === 1 || value === -1);
  const test = binary ? signTest(differences) : signedRankTest(differences);
  const direction = test.statistic >= test.total / 2 ? 1 : -1;
  const favourable = direction === 1 ? test.statistic : test.total - test.statistic;
  const twoSided = (chance: number): number => Math.min(1, 2 * test.upperTail(favourable, chance));
  const high = (gamma: number): number => twoSided(gamma / (1 + gamma));
  const p = high(1);
  return {
    test: binary ? 'mcnemar' : 'signed-rank',
    exact: test.exact,
    pairs: differences.length,
    unequal: differences.reduce((count, value) => (value === 0 ? count : count + 1), 0),
    statistic: test.statistic,
    direction,
    p,
    gamma: p > alpha ? null : criticalGamma(high, alpha),
    bounds: ROUND_GAMMAS.map((gamma) => ({ gamma, low: twoSided(1 / (1 + gamma)), high: high(gamma) })),
  };
}

/** Where the growing function `high` reaches `alpha`, by bisection of the logarithm. It does: at a chance of 1 every tail is 1. */
function criticalGamma(high: (gamma: number) => number, alpha: number): number {
  let upper = 2;
  while (high(upper) <= alpha && upper < 1e12) upper *= 2;
  let lower = 1;
  for (let step = 0; step < 60; step++) {
    const middle = Math.sqrt(lower * upper);
    if (high(middle) <= alpha) lower = middle;
    else upper = middle;
  }
  return lower;
}

/** McNemar's test, exact: positive differences among those that are not zero are binomial. */
function signTest(differences: Float64Array): PairTest {
  const positive = differences.reduce((count, value) => (value > 0 ? count + 1 : count), 0);
  const total = differences.reduce((count, value) => (value === 0 ? count : count + 1), 0);
  return {
    statistic: positive,
    total,
    exact: true,
    upperTail: (value, chance) => (value <= 0 ? 1 : betainc(chance, value, total - value + 1)),
  };
}

/** Up to this sum of doubled ranks (about a hundred pairs) their distribution is worked out in full. */
const MOST_EXACT = 10_100;

function signedRankTest(differences: Float64Array): PairTest {
  const { statistic, ranks } = signedRanks(differences);
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const exact = 2 * total <= MOST_EXACT;
  const upperTail = exact ? exactUpperTail : normalUpperTail;
  return { statistic, total, exact, upperTail: (value, chance) => upperTail(ranks, value, chance) };
}

/**
 * Ranks of the absolute differences that are not zero, those that are alike sharing the mean of their ranks and zeros taking the
 * lowest; and the sum of the ranks of the positive ones.
 */
export function signedRanks(differences: Float64Array): {
  readonly statistic: number;
  readonly ranks: Float64Array;
} {
  const order = Array.from(differences.keys()).sort(
    (i, j) => Math.abs(differences[i]) - Math.abs(differences[j]),
  );
  const ranks: number[] = [];
  let statistic = 0;
  for (let start = 0; start < order.length; ) {
    const size = Math.abs(differences[order[start]]);
    let end = start;
    while (end < order.length && Math.abs(differences[order[end]]) === size) end += 1;
    for (const index of size === 0 ? [] : order.slice(start, end)) {
      ranks.push((start + 1 + end) / 2);
      if (differences[index] > 0) statistic += (start + 1 + end) / 2;
    }
    start = end;
  }
  return { statistic, ranks: Float64Array.from(ranks) };
}

/** P(sum of the ranks with a positive sign ≥ `value`), each positive with `chance`, from the distribution of the doubled sum. */
function exactUpperTail(ranks: Float64Array, value: number, chance: number): number {
  const total = Math.round(2 * ranks.reduce((sum, rank) => sum + rank, 0));
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    reached += step;
    for (let sum = reached; sum >= 0; sum--) {
      mass[sum] = (1 - chance) * mass[sum] + (sum >= step ? chance * mass[sum - step] : 0);
    }
  }
  const tail = mass.subarray(Math.max(0, Math.round(2 * value))).reduce((sum, part) => sum + part, 0);
  return Math.min(1, tail);
}

/** The same for many pairs: mean λ Σ q and variance λ(1 − λ) Σ q² of the ranks q at the chance λ (Rosenbaum 2002, section 4.3.3). */
export function normalUpperTail(ranks: Float64Array, value: number, chance: number): number {
  let mean = 0;
  let variance = 0;
  for (const rank of ranks) {
    mean += chance * rank;
    variance += chance * (1 - chance) * rank * rank;
  }
  if (variance === 0) return value <= mean ? 1 : 0;
  return erfc((value - mean) / Math.sqrt(2 * variance)) / 2;
}
