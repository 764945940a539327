/** Verdicts from the distribution of refitted estimates. */

import { decimalsFor, grouped, signed, withoutDigits } from '../report/numbers.ts';
import type { Interval } from '../stats/confidenceSet.ts';
import type { Refits } from './refits.ts';
import type { Finding, RefutationTask, RefuterAnswer } from './refuter.ts';

/** Part of the refitted estimates that a passing value lies within. */
export const COVERAGE = 0.95;

/** Below this part of refits that worked, they tell nothing. */
const ENOUGH = 0.5;

export interface Distribution {
  readonly mean: number;
  /** The middle 95 %. */
  readonly interval: Interval;
  readonly count: number;
  /** Twice the smaller tail beyond `value`, which counts as one of the draws. */
  p(value: number): number;
  holds(value: number): boolean;
}

/** The distribution of some numbers, of which there is at least one. */
export function distributionOf(draws: readonly number[]): Distribution {
  const sorted = Float64Array.from(draws).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const tail = (1 - COVERAGE) / 2;
  const interval = [quantile(sorted, tail), quantile(sorted, 1 - tail)] as const;
  return {
    mean,
    interval,
    count: sorted.length,
    p: (value) => {
      const below = sorted.filter((draw) => draw <= value).length;
      const above = sorted.filter((draw) => draw >= value).length;
      return Math.min(1, (2 * (1 + Math.min(below, above))) / (sorted.length + 1));
    },
    holds: (value) => value >= interval[0] && value <= interval[1],
  };
}

/** By linear interpolation of the sorted draws (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** What `judge` says of each contrast's distribution; a contrast that most refits could not estimate gets the reason. */
export function judged(
  task: RefutationTask,
  { draws, computation }: Refits,
  judge: (distribution: Distribution, contrast: number) => Finding,
): RefuterAnswer {
  const worked = draws.filter((draw) => draw !== null).length;
  const findings = task.estimates.map((_estimate, c) => {
    const values = draws.map((draw) => draw?.[c] ?? Number.NaN).filter(Number.isFinite);
    if (values.length === 0 || values.length < ENOUGH * draws.length) {
      return { error: `${draws.length - values.length} of ${draws.length} refits could not be estimated.` };
    }
    return judge(distributionOf(values), c);
  });
  return { kind: 'findings', findings, computation, repetitions: worked, failed: draws.length - worked };
}

/** A number in a sentence, with as many digits as are sure beside a spread of `scale`. */
export function numberText(value: number, scale: number): string {
  const odd = withoutDigits(value);
  return odd ?? signed(value, grouped(Math.abs(value).toFixed(Math.min(20, decimalsFor(value, scale)))));
}

/** `95 % of 100 estimates lie between −0.1 and 0.2`. */
export function rangeText({ interval, count }: Distribution, what: string): string {
  const width = (interval[1] - interval[0]) / 4;
  const [low, high] = interval.map((end) => numberText(end, width));
  return `95 % of ${count} ${what} lie between ${low} and ${high}`;
}
