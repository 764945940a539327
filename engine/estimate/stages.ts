/** The stages of a run, by the words that its progress tells. */

import { refutationStages } from '../refute/stages.ts';
import type { EstimatePlan } from './plan.ts';

/** `Estimating Matching`. */
export function estimationStage({ name }: EstimatePlan): string {
  return `Estimating ${name}`;
}

/** `What Matching rests on`. */
export function relevanceStage({ name }: EstimatePlan): string {
  return `What ${name} rests on`;
}

/** Every stage that running the plans goes through, in order, where nothing fails. */
export function stagesOf(plans: readonly EstimatePlan[]): readonly string[] {
  return plans.flatMap((plan) => [
    estimationStage(plan),
    ...(plan.relevance === undefined ? [] : [relevanceStage(plan)]),
    ...refutationStages(plan),
  ]);
}
