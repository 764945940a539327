/** What a way of identification settles about an estimate. */

import type { PlannedFormula } from '../../../engine/estimate/plugin/plannedFormula.ts';
import type { Estimand } from '../../../engine/estimate/result.ts';
import type { AdjustmentProblem } from '../../../engine/graph/adjustment/adjustment.ts';
import type { QueryFailure } from '../../../engine/graph/effect.ts';
import type { Node } from '../../../engine/model/model.ts';
import type { EffectAnswers } from '../effectAnswers.ts';
import type { EstimateSettings } from '../estimateSettings.ts';
import { openedBy, pathText } from '../paths.ts';
import { nodesOf, type Question, type RoleEntry } from '../question.ts';
import type { Structure } from '../structure.ts';

/** With which variables the estimate is made, and what stands between it and the effect. */
export interface Choice {
  readonly adjusted: readonly Node[];
  readonly instruments: readonly Node[];
  /** Null where the graph identifies the effect in this way. */
  readonly obstacle: string | null;
  /** Mediators, where the method goes through some; absent for what the statement says. */
  readonly through?: readonly Node[];
  readonly formula?: PlannedFormula;
  readonly parts?: readonly Estimand[];
}

export interface Pair {
  readonly treatment: RoleEntry;
  readonly outcome: RoleEntry;
}

/** What a choice is made from: the statement, its question, and what the graph says of it, or why that cannot be asked. */
export interface ChoiceRequest {
  readonly settings: EstimateSettings;
  readonly pair: Pair;
  readonly answers: EffectAnswers | QueryFailure;
  readonly structure: Structure;
  readonly question: Question;
}

/** The `adjust` statement is about the default question: null for another pair, or without one. */
export function roleAdjust({ treatment, outcome }: Pair, question: Question): readonly RoleEntry[] | null {
  const asked =
    question.treatment.some(({ node }) => node === treatment.node) &&
    question.outcome.some(({ node }) => node === outcome.node);
  return asked ? question.adjusted : null;
}

/** What the statement holds fixed, else the `adjust` statement of the spec; null where neither says. */
export function givenSet({ settings, pair, question }: ChoiceRequest): readonly Node[] | null {
  const given = settings.adjust ?? roleAdjust(pair, question);
  return given === null ? null : nodesOf(given);
}

/** The nodes of `through`, in its order. */
export function namedMediators({ settings, structure }: ChoiceRequest): Node[] {
  return settings.through.flatMap((name) => {
    const node = structure.nodes.get(name);
    return node === undefined ? [] : [node];
  });
}

/** Treatment or outcome where they cannot stand, in words; null where they do not. */
export function ownVariable(
  nodes: readonly Node[],
  { treatment, outcome }: Pair,
  use: string,
): string | null {
  const own = [treatment, outcome].find(({ node }) => nodes.includes(node));
  if (own === undefined) return null;
  const what = own.node === outcome.node ? 'the outcome' : 'the treatment';
  return `${own.variable} is ${what} itself and cannot be ${use}. Take it out of the set.`;
}

/** Why a set does not close what it has to, for a person. */
export function describeProblem(problem: AdjustmentProblem, structure: Structure): string {
  if (problem.code === 'open-path') {
    return `The path ${pathText(problem.report.path, structure)} is open: the number mixes the effect with it.${openedBy(problem.report, structure)}`;
  }
  const name = structure.graph.names[problem.node] ?? '';
  if (
    (problem.code === 'forbidden' || problem.code === 'forbidden-selection') &&
    problem.kind === 'mediator'
  ) {
    return `${name} lies on the causal path ${pathText(problem.causalPath, structure)}, and holding it fixed takes that part of the effect away.`;
  }
  if (problem.code === 'forbidden' || problem.code === 'forbidden-selection') {
    return `${name} is changed by the treatment (${pathText(problem.descentPath, structure)}), and holding it fixed distorts the effect.`;
  }
  return `${name} cannot be adjusted for.`;
}

/** The problem to be told of several: an open path first; null where there is none. */
export function worstProblem(problems: readonly AdjustmentProblem[], structure: Structure): string | null {
  const worst = problems.find((problem) => problem.code === 'open-path') ?? problems[0];
  return worst === undefined ? null : describeProblem(worst, structure);
}
