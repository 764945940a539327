/** Estimates sorted by the question that they answer. */

import type { EstimateOutcome } from '../engine/estimate/result.ts';
import { isolated, printable } from './text.ts';

export interface EffectGroup {
  readonly treatment: string;
  readonly outcome: string;
  /** The plain difference first, the rest in the order of the report. */
  readonly estimates: readonly EstimateOutcome[];
}

/** The estimates of a report by treatment and outcome: numbers of one group may be held against each other, those of two may not. */
export function effectGroups(estimates: readonly EstimateOutcome[]): readonly EffectGroup[] {
  const groups = new Map<string, EstimateOutcome[]>();
  for (const estimate of estimates) {
    const key = JSON.stringify([estimate.treatment, estimate.outcome]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [estimate]);
    else group.push(estimate);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    const naive = group.filter((one) => one.estimand === 'unadjusted');
    const rest = group.filter((one) => one.estimand !== 'unadjusted');
    return [{ treatment: first.treatment, outcome: first.outcome, estimates: [...naive, ...rest] }];
  });
}

/** `Effect of feed on sales`. */
export function effectTitle(group: Pick<EffectGroup, 'treatment' | 'outcome'>): string {
  return `Effect of ${isolated(printable(group.treatment))} on ${isolated(printable(group.outcome))}`;
}

/** `1 against 0`, or `per unit` of a number, where all estimates of the group compare the same two values, else empty. */
export function contrastWords(group: EffectGroup): string {
  const pairs = new Set(group.estimates.map((one) => JSON.stringify(one.contrast)));
  const contrast = group.estimates[0]?.contrast;
  if (pairs.size !== 1 || contrast === undefined) return '';
  const perUnit = group.estimates.some((one) => one.kind === 'estimate' && one.dose);
  if (perUnit && contrast[0] === '1' && contrast[1] === '0') return 'per unit';
  return contrast.map((level) => isolated(printable(level))).join(' against ');
}
