/** The stages of refuting an estimate, and what each costs. */

import { findMethod } from '../estimate/methods.ts';
import type { EstimatePlan } from '../estimate/plan.ts';
import { findRefuter, type RefuterEntry } from './catalogue.ts';
import { askedRefuters } from './metrics.ts';

/** Refits of a refuter, and of one whose fits are those of a learner. */
const REPETITIONS = 100;
const SLOW_REPETITIONS = 20;

/** Does each fit of the plan take long? */
export function usesLearner({ method, learner, propensity }: EstimatePlan): boolean {
  const takes = findMethod(method)?.options ?? [];
  const grown = propensity === 'tree' || propensity === 'boosting';
  return (takes.includes('learner') && learner === 'boosting') || (takes.includes('propensity') && grown);
}

/** Refits of each refuter of the plan. */
export function repetitionsOf(plan: EstimatePlan): number {
  return plan.repetitions ?? (usesLearner(plan) ? SLOW_REPETITIONS : REPETITIONS);
}

/** `Refuting Matching: placebo, 100 refits`. */
export function refutationStage(plan: EstimatePlan, entry: RefuterEntry): string {
  return `Refuting ${plan.name}: ${costWords(entry, repetitionsOf(plan))}`;
}

/** `placebo, 100 refits`. */
function costWords({ name, repeats }: RefuterEntry, repetitions: number): string {
  if (!repeats) return name;
  return name === 'unobserved_common_cause' ? `${name}, up to 25 refits` : `${name}, ${repetitions} refits`;
}

/** What refuting a plan's estimate will go through, in order. */
export function refutationStages(plan: EstimatePlan): readonly string[] {
  return askedRefuters(plan)
    .map(findRefuter)
    .flatMap((entry) => (entry === undefined ? [] : [refutationStage(plan, entry)]));
}
