import type { Estimand } from '../../../engine/estimate/result.ts';
import { type AdjustmentProblem, checkAdjustment } from '../../../engine/graph/adjustment/adjustment.ts';
import { type Effect, poseEffect } from '../../../engine/graph/effect.ts';
import { mediationAnswer } from '../../../engine/graph/id/mediation.ts';
import { complement, difference, intersection, members } from '../../../engine/graph/kernel/nodeSet.ts';
import { ancestors, descendants } from '../../../engine/graph/separation/separation.ts';
import type { Node } from '../../../engine/model/model.ts';
import { nameList } from '../../../engine/wording.ts';
import type { EffectAnswers } from '../effectAnswers.ts';
import { mediationObstacleText } from '../mediationWords.ts';
import type { Structure } from '../structure.ts';
import {
  type Choice,
  type ChoiceRequest,
  givenSet,
  namedMediators,
  ownVariable,
  type Pair,
  worstProblem,
} from './choice.ts';
import { measuredBetween } from './frontdoor.ts';

const PARTS: readonly Estimand[] = ['total', 'direct', 'indirect'];

/**
 * An estimate of what goes through mediators and what does not: through those of the statement, or the only one of the graph, with its set held
 * fixed, or one that closes what has to be closed. A text where no mediator is to be had.
 */
export function chooseMediation(request: ChoiceRequest): Choice | string {
  const { settings, answers, pair, structure } = request;
  const named = namedMediators(request);
  const given = givenSet(request);
  const parts = settings.estimand === null ? PARTS : [settings.estimand];
  const own =
    ownVariable(named, pair, 'a mediator of its own effect') ??
    ownVariable(given ?? [], pair, 'adjusted for');
  if (own !== null) return own;
  if ('code' in answers) {
    if (named.length === 0) return `The mediators cannot be looked for: ${answers.message}`;
    const obstacle = answers.message;
    return { adjusted: given ?? [], instruments: [], through: named, parts, obstacle };
  }
  const { effect } = answers;
  const between = measuredBetween(effect);
  if (named.length === 0 && between.length !== 1) return whichMediator(between, pair, structure);
  const through = named.length > 0 ? named : between;
  const both = through.find((node) => given?.includes(node));
  if (both !== undefined) {
    return `${structure.graph.names[both]} is the mediator, and held fixed it lets nothing through. Take it out of \`adjust\`.`;
  }
  const adjusted = given ?? chosenSet(answers, through, parts);
  const obstacle = mediationObstacle(effect, through, adjusted, parts, structure);
  return { adjusted, instruments: [], through, parts, obstacle };
}

function whichMediator(between: readonly Node[], { treatment, outcome }: Pair, structure: Structure): string {
  const names = between.map((node) => structure.graph.names[node] ?? '');
  const way =
    names.length === 0
      ? `no measured variable lies between ${treatment.variable} and ${outcome.variable}, so all of the effect is direct. Draw the arrows through one, or name it with \`through\``
      : `${nameList(names)} lie between ${treatment.variable} and ${outcome.variable}. Write \`through ${names[0]}\` for one, or \`through ${names.join(', ')}\` for all together`;
  return `mediation needs to know through what: ${way}.`;
}

/** Why the graph does not give the parts by models of mediators and outcome with this set; null where it does. */
function mediationObstacle(
  effect: Effect,
  through: readonly Node[],
  adjusted: readonly Node[],
  parts: readonly Estimand[],
  structure: Structure,
): string | null {
  const total = worstProblem(problemsOf(effect, through, adjusted, ['total']), structure);
  if (parts.every((part) => part === 'total')) return total;
  const answer = mediationAnswer(effect, through);
  if (answer.kind === 'failure') return answer.message;
  if (answer.kind === 'not-applicable') {
    return 'The rows are selected, and which part of an effect goes through a mediator is worked out for unselected rows only.';
  }
  const obstacle = [answer.direct, answer.indirect].flatMap((part) =>
    part.kind === 'not-identifiable' ? [part.obstacle] : [],
  )[0];
  if (obstacle !== undefined) return mediationObstacleText(obstacle, structure);
  return worstProblem(problemsOf(effect, through, adjusted, parts), structure);
}

/**
 * What a set leaves open: ways between treatment and outcome; and where the parts are asked for, between treatment and mediators, and, given
 * the treatment as well, between mediators and outcome (Imai, Keele & Tingley 2010, assumption 1).
 */
function problemsOf(
  effect: Effect,
  through: readonly Node[],
  adjusted: readonly Node[],
  parts: readonly Estimand[],
): readonly AdjustmentProblem[] {
  const { query } = effect;
  const total = checkAdjustment(effect, adjusted).problems;
  if (parts.every((part) => part === 'total')) return total;
  return [
    ...total,
    ...partProblems(effect, query.treatment, through, adjusted),
    ...partProblems(effect, through, query.outcome, [...query.treatment, ...adjusted]),
  ];
}

function partProblems(
  { graph, query, view }: Effect,
  from: readonly Node[],
  to: readonly Node[],
  set: readonly Node[],
): readonly AdjustmentProblem[] {
  const { selection } = query;
  const part = poseEffect(graph, { treatment: from, outcome: to, selection }, view.workspace);
  return part.kind === 'failure' ? [] : checkAdjustment(part, set).problems;
}

/**
 * A set that leaves nothing open: the one for the whole effect if it serves, else as few as possible of the measured causes of treatment,
 * mediators and outcome that the treatment does not change. Where none serves all of these, so that what can be closed is.
 */
function chosenSet(
  answers: EffectAnswers,
  through: readonly Node[],
  parts: readonly Estimand[],
): readonly Node[] {
  const { effect } = answers;
  const serves = (set: readonly Node[]): boolean => problemsOf(effect, through, set, parts).length === 0;
  const optimal = answers.adjustmentSet();
  if (optimal !== null && serves(optimal)) return optimal;
  const { view, query, graph, selection, treatment, outcome } = effect;
  const causes = ancestors(view, [...query.treatment, ...through, ...query.outcome]);
  const changed = descendants(view, query.treatment);
  const measured = complement(graph.latent);
  const before = members(
    difference(intersection(causes, measured), changed, selection, treatment, outcome),
  ).filter((node) => !through.includes(node));
  if (!serves(before)) return before;
  return before.reduce<readonly Node[]>((set, node) => {
    const smaller = set.filter((other) => other !== node);
    return serves(smaller) ? smaller : set;
  }, before);
}
