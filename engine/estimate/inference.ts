/** From an estimate and its standard error to an interval and a p value. */

import type { Interval } from '../stats/confidenceSet.ts';
import {
  normalQuantile,
  normalTwoSidedP,
  studentQuantile,
  studentTwoSidedP,
} from '../stats/distributions.ts';

export interface Inference {
  readonly statistic: number;
  readonly p: number;
  readonly ci: Interval;
}

/**
 * Two-sided test of zero and interval with the given coverage.
 *
 * @param df degrees of freedom of the t distribution; null for the normal
 */
export function infer(estimate: number, se: number, df: number | null, coverage: number): Inference {
  const statistic = estimate / se;
  const tail = 1 - (1 - coverage) / 2;
  const width = (df === null ? normalQuantile(tail) : studentQuantile(tail, df)) * se;
  return {
    statistic,
    p: df === null ? normalTwoSidedP(statistic) : studentTwoSidedP(statistic, df),
    ci: [estimate - width, estimate + width],
  };
}
