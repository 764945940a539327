import { planFormula } from '../../../engine/estimate/plugin/plannedFormula.ts';
import { type Effect, isZeroEffect } from '../../../engine/graph/effect.ts';
import { type FrontDoorProblem, frontDoorProblems } from '../../../engine/graph/frontdoorCheck.ts';
import { frontDoorEstimand } from '../../../engine/graph/id/idEstimand.ts';
import { difference, members } from '../../../engine/graph/kernel/nodeSet.ts';
import type { Node } from '../../../engine/model/model.ts';
import type { EffectAnswers } from '../effectAnswers.ts';
import { pathText } from '../paths.ts';
import type { Structure } from '../structure.ts';
import {
  type Choice,
  type ChoiceRequest,
  describeProblem,
  givenSet,
  namedMediators,
  ownVariable,
  type Pair,
} from './choice.ts';
import { zeroEffect } from './formula.ts';

/**
 * An estimate through a front-door set, given what is held fixed: the person's mediators, checked, else a smallest set that the graph allows. A
 * text where there is none, or a variable is named in two places.
 */
export function chooseFrontDoor(request: ChoiceRequest): Choice | string {
  const { answers, pair, structure } = request;
  const [named, given] = [namedMediators(request), givenSet(request) ?? []];
  const own =
    ownVariable(named, pair, 'a mediator of its own effect') ?? ownVariable(given, pair, 'adjusted for');
  if (own !== null) return own;
  const both = named.find((node) => given.includes(node));
  if (both !== undefined) return inBoth(structure.graph.names[both] ?? '');
  if ('code' in answers) {
    if (named.length === 0) return `No front-door set can be looked for: ${answers.message}`;
    return { adjusted: given, instruments: [], through: named, obstacle: answers.message };
  }
  const { effect } = answers;
  if (named.length === 0 && isZeroEffect(effect)) return zeroEffect(pair);
  const through = named.length > 0 ? named : findMediators(answers, given);
  if (through === null) return noFrontDoor(pair, given.length > 0, answers);
  const [problem] = frontDoorProblems(effect, through, given);
  const roles = { treatment: pair.treatment.variable, outcome: pair.outcome.variable };
  return {
    adjusted: given,
    instruments: [],
    through,
    obstacle: problem === undefined ? null : frontDoorText(problem, structure),
    formula: planFormula(frontDoorEstimand(effect, through, given), structure.graph.names, roles),
  };
}

/** A set that serves given what is held fixed: a smallest one without it, a single mediator, or all that is measured in between. */
function findMediators(answers: EffectAnswers, given: readonly Node[]): readonly Node[] | null {
  const { effect } = answers;
  const found = answers.frontDoorSet();
  const between = measuredBetween(effect).filter((node) => !given.includes(node));
  const candidates = [...(found === null ? [] : [found]), ...between.map((node) => [node]), between];
  return (
    candidates.find((set) => set.length > 0 && frontDoorProblems(effect, set, given).length === 0) ?? null
  );
}

/** Measured nodes on directed paths from treatment to outcome. */
export function measuredBetween({ causal, outcome, selection, graph }: Effect): Node[] {
  return members(difference(causal, outcome, selection, graph.latent));
}

function inBoth(name: string): string {
  return `${name} is in \`through\` and in \`adjust\`. A mediator carries the effect and cannot be held fixed: take it out of one of the two.`;
}

function noFrontDoor({ treatment, outcome }: Pair, given: boolean, answers: EffectAnswers): string {
  const way =
    answers.adjustmentSet() !== null
      ? 'Adjustment works in this graph: use `estimate regression`.'
      : answers.identifiableById()
        ? 'The ID algorithm has a formula: use `estimate id`.'
        : 'Name mediators with `through` to compute it all the same.';
  return `frontdoor needs measured variables that carry the whole effect of ${treatment.variable} on ${outcome.variable} and share no unmeasured cause with either; ${given ? 'given what is held fixed ' : ''}this graph has none. ${way}`;
}

function frontDoorText(problem: FrontDoorProblem, structure: Structure): string {
  const nameOf = (node: Node): string => structure.graph.names[node] ?? '';
  switch (problem.code) {
    case 'selection':
      return 'The rows are selected, and what the front door can do with selected rows is not worked out.';
    case 'role':
      return `${nameOf(problem.node)} cannot be a mediator and something else at once, nor be one unmeasured.`;
    case 'bypassed':
      return `The effect also goes along ${pathText(problem.path, structure)}, past the mediators: that part is not counted.`;
    case 'given-descendant':
      return `${nameOf(problem.node)} is changed by the treatment (${pathText(problem.path, structure)}), and holding it fixed distorts the effect.`;
    case 'confounded':
      return describeProblem(problem.problem, structure);
  }
}
