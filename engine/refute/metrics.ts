/** Refuters behind metrics: what an `expect` asks about is computed, whether or not `refute` asks for it too. */

import type { EstimatePlan } from '../estimate/plan.ts';
import type { RefutationOutcome } from '../estimate/refutation.ts';
import type { Metric } from '../estimate/result.ts';
import type { RefuterName } from './catalogue.ts';

/** The metrics that refutations tell. */
export function refutationMetrics(
  refutations: readonly RefutationOutcome[],
): Readonly<Partial<Record<Metric, number>>> {
  const metrics: Partial<Record<Metric, number>> = {};
  for (const { details } of refutations) {
    if (details?.kind === 'linear-bounds' || details?.kind === 'nonparametric-bounds') {
      metrics.robustness_value = details.robustnessValue;
    }
    if (details?.kind === 'e-value') metrics.e_value = details.eValue;
  }
  return metrics;
}

const REFUTER_OF: Readonly<Partial<Record<Metric, RefuterName>>> = {
  robustness_value: 'sensitivity',
  e_value: 'e_value',
};

/** The refuters that a plan asks for by name, then those whose metric it expects something of. */
export function askedRefuters({ refuters, expectations }: EstimatePlan): readonly string[] {
  const implied = expectations.map(({ metric }) => REFUTER_OF[metric]).filter((name) => name !== undefined);
  return [...new Set([...refuters, ...implied])];
}
