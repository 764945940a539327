/** Runs the refuters that a plan asks for, one after the other. */

import { contentOrder } from '../data/contentOrder.ts';
import { findMethod } from '../estimate/methods.ts';
import { plannedColumns } from '../estimate/problem.ts';
import type { RefutationOutcome } from '../estimate/refutation.ts';
import { findRefuter, type RefuterEntry } from './catalogue.ts';
import { linearModelOf } from './linearModel.ts';
import { askedRefuters } from './metrics.ts';
import { usedTable } from './refits.ts';
import type { Finding, RefutationTask, RefuterAnswer } from './refuter.ts';
import { REFUTER_COMPUTATIONS } from './refuters.ts';
import { refutationStage, repetitionsOf, usesLearner } from './stages.ts';

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
    const stage = refutationStage(plan, entry);
    const tell = (part: number): void => onProgress(stage, (index + part) / entries.length);
    tell(0);
    const answer = await answerOf(entry, { ...estimate, ...shared, onProgress: tell });
    for (const [c, list] of outcomes.entries()) list.push(outcomeOf(entry, answer, c));
  }
  return outcomes;
}

export type SharedParts = Pick<RefutationTask, 'repetitions' | 'slow' | 'seed' | 'linear' | 'order'>;

/** What the refuters of one estimate share. */
export function sharedParts(estimate: RefutedEstimate): SharedParts {
  const { plan } = estimate.problem;
  const slow = usesLearner(plan);
  let model: ReturnType<RefutationTask['linear']> | null = null;
  let order: Int32Array | null = null;
  return {
    repetitions: repetitionsOf(plan),
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
