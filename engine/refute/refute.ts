/** Runs the refuters that a plan asks for, one after the other. */

import { contentOrder } from '../data/contentOrder.ts';
import { findMethod } from '../estimate/methods.ts';
import type { EstimatePlan } from '../estimate/plan.ts';
import { plannedColumns } from '../estimate/problem.ts';
import type { RefutationOutcome } from '../estimate/refutation.ts';
import { findRefuter, type RefuterEntry } from './catalogue.ts';
import { linearModelOf } from './linearModel.ts';
import { askedRefuters } from './metrics.ts';
import { usedTable } from './refits.ts';
import type { Finding, RefutationTask, RefuterAnswer } from './refuter.ts';
import { REFUTER_COMPUTATIONS } from './refuters.ts';

/** Refits of a refuter, and of one whose fits are those of a learner. */
const REPETITIONS = 100;
const SLOW_REPETITIONS = 20;

/** What `refuteEstimate` is told of the estimate. */
export type RefutedEstimate = Pick<RefutationTask, 'data' | 'problem' | 'estimator' | 'answer' | 'estimates'>;

/**
 * What each of the plan's refuters finds, in their order: for each contrast of the answer a list. The same data, plan and seed give the same.
 *
 * @param onProgress told which refuter runs, what it costs, and how far all of them are, between 0 and 1
 */
export async function refuteEstimate(
  estimate: RefutedEstimate,
  onProgress: (stage: string, fraction: number) => void,
): Promise<readonly (readonly RefutationOutcome[])[]> {
  const { plan } = estimate.problem;
  const entries = askedRefuters(plan)
    .map(findRefuter)
    .filter((entry) => entry !== undefined);
  const shared = sharedParts(estimate);
  const outcomes: RefutationOutcome[][] = estimate.estimates.map(() => []);
  for (const [index, entry] of entries.entries()) {
    const stage = `Refuting ${plan.name}: ${costWords(entry, shared.repetitions)}`;
    const tell = (part: number): void => onProgress(stage, (index + part) / entries.length);
    tell(0);
    const answer = await answerOf(entry, { ...estimate, ...shared, onProgress: tell });
    for (const [c, list] of outcomes.entries()) list.push(outcomeOf(entry, answer, c));
  }
  return outcomes;
}

/** `placebo, 100 refits`. */
function costWords({ name, repeats }: RefuterEntry, repetitions: number): string {
  if (!repeats) return name;
  return name === 'unobserved_common_cause' ? `${name}, up to 25 refits` : `${name}, ${repetitions} refits`;
}

export type SharedParts = Pick<RefutationTask, 'repetitions' | 'slow' | 'seed' | 'linear' | 'order'>;

/** What the refuters of one estimate share. */
export function sharedParts(estimate: RefutedEstimate): SharedParts {
  const { plan } = estimate.problem;
  const slow = usesLearner(plan);
  let model: ReturnType<RefutationTask['linear']> | null = null;
  let order: Int32Array | null = null;
  return {
    repetitions: plan.repetitions ?? (slow ? SLOW_REPETITIONS : REPETITIONS),
    slow,
    seed: plan.seed,
    linear: () => {
      model ??= linearModelOf(estimate.problem);
      return model;
    },
    order: () => {
      order ??= contentOrder(usedTable(estimate), plannedColumns(plan).sort(), plan.seed);
      return order;
    },
  };
}

function usesLearner({ method, learner, propensity }: EstimatePlan): boolean {
  const takes = findMethod(method)?.options ?? [];
  const grown = propensity === 'tree' || propensity === 'boosting';
  return (takes.includes('learner') && learner === 'boosting') || (takes.includes('propensity') && grown);
}

async function answerOf(entry: RefuterEntry, task: RefutationTask): Promise<RefuterAnswer> {
  const method = findMethod(task.problem.plan.method);
  const reason = method === undefined ? null : entry.undefinedFor(method);
  if (reason !== null) return { kind: 'failure', message: reason };
  return REFUTER_COMPUTATIONS[entry.name](task);
}

function outcomeOf(
  { name, verdict, nullHypothesis }: RefuterEntry,
  answer: RefuterAnswer,
  contrast: number,
): RefutationOutcome {
  const finding: Finding | { readonly error: string } =
    answer.kind === 'failure' ? { error: answer.message } : answer.findings[contrast];
  const repeated =
    answer.kind === 'failure'
      ? { repetitions: 0, failed: 0, computation: null }
      : { repetitions: answer.repetitions, failed: answer.failed, computation: answer.computation };
  const heading = { refuter: name, verdict, nullHypothesis, ...repeated };
  if ('error' in finding) {
    const none = { estimate: null, p: null, passed: null, interval: null, details: null };
    return { ...heading, ...none, message: finding.error, error: finding.error };
  }
  return {
    ...heading,
    estimate: finding.estimate ?? null,
    p: finding.p ?? null,
    passed: finding.passed,
    interval: finding.interval ?? null,
    message: finding.message,
    error: null,
    details: finding.details ?? null,
  };
}
