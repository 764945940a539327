/** `--show mediation`, `--through NAMES`: the part of the effect that goes through mediators, and the part that does not. */

import {
  type EffectPart,
  type MediationAnswer,
  type MediationObstacle,
  mediationAnswer,
} from '../../../engine/graph/id/mediation.ts';
import { nameList } from '../../../engine/wording.ts';
import { mediationObstacleText } from '../../../server/analysis/mediationWords.ts';
import { estimandJson, NOTATIONS } from './formulas.ts';
import { findNodes } from './namedNodes.ts';
import { walkJson } from './paths.ts';
import { type Section, type Subject, sortedNames } from './section.ts';

/** The part of the answer about these mediators; about all that there are where none are named. */
export function mediationThrough(mediators: readonly string[] | null): Section {
  return {
    id: 'mediation',
    key: 'mediation',
    what: 'the part of the effect that goes through the mediators, and the part that does not',
    json: (subject) => answerJson(answerTo(mediators, subject), subject),
    text: (subject) => ({
      heading: 'Direct and indirect effect',
      lines: answerLines(answerTo(mediators, subject), subject),
    }),
  };
}

type Answered = Extract<MediationAnswer, { kind: 'mediation' }>;
type Failure = { readonly kind: 'failure'; readonly code: string; readonly message: string };

const SELECTED: Failure = {
  kind: 'failure',
  code: 'selection',
  message: 'Not worked out: the rows are selected, and this answer is known for unselected rows only.',
};

function answerTo(mediators: readonly string[] | null, { effect }: Subject): Answered | Failure {
  const named = mediators === null ? null : findNodes(mediators, effect.graph);
  if (named?.kind === 'failure') return named;
  const answer = mediationAnswer(effect, named?.nodes ?? null);
  return answer.kind === 'not-applicable' ? SELECTED : answer;
}

function answerJson(answer: Answered | Failure, { effect }: Subject): object {
  const { names } = effect.graph;
  if (answer.kind === 'failure') {
    const failure = { code: answer.code, message: answer.message };
    return { mediators: null, direct: null, indirect: null, failure, ...estimandJson(null, names) };
  }
  return {
    mediators: sortedNames(answer.mediators, names),
    direct: partJson(answer.direct, names),
    indirect: partJson(answer.indirect, names),
    failure: null,
    ...estimandJson(answer.estimand, names),
  };
}

function partJson(part: EffectPart, names: readonly string[]): object {
  const obstacle = part.kind === 'not-identifiable' ? obstacleJson(part.obstacle, names) : null;
  return { identifiable: part.kind !== 'not-identifiable', zero: part.kind === 'zero', obstacle };
}

function obstacleJson(obstacle: MediationObstacle, names: readonly string[]): object {
  const { kind } = obstacle;
  switch (kind) {
    case 'total-effect': {
      const { outer, inner } = obstacle.hedge;
      return { kind, hedge: { outer: sortedNames(outer, names), inner: sortedNames(inner, names) } };
    }
    case 'recanting-witness':
      return {
        kind,
        witness: names[obstacle.witness] ?? '',
        paths: [walkJson(obstacle.toMediator, names), walkJson(obstacle.toOutcome, names)],
      };
    case 'recanting-district':
      return {
        kind,
        district: sortedNames(obstacle.district, names),
        through: names[obstacle.through] ?? '',
        past: names[obstacle.past] ?? '',
        paths: [walkJson(obstacle.path, names)],
      };
  }
}

function answerLines(answer: Answered | Failure, subject: Subject): string[] {
  if (answer.kind === 'failure') return [answer.message];
  const { names } = subject.effect.graph;
  const { direct, indirect, mediators, estimand } = answer;
  if (mediators.length === 0)
    return ['Nothing measured lies between treatment and outcome: all of the effect is direct.'];
  const through = nameList(sortedNames(mediators, names));
  const obstacle = [direct, indirect].flatMap((part) =>
    part.kind === 'not-identifiable' ? [part.obstacle] : [],
  )[0];
  return [
    `Indirect, through ${through}: ${partText(indirect)}`,
    `Direct, past ${through}: ${partText(direct)}`,
    ...(obstacle === undefined ? [] : [mediationObstacleText(obstacle, subject.analysis.structure)]),
    ...(estimand === null ? [] : formulaLines(answer, subject)),
  ];
}

function partText({ kind }: EffectPart): string {
  switch (kind) {
    case 'zero':
      return 'zero by assumption, no chain of arrows goes this way.';
    case 'identifiable':
      return 'identified.';
    case 'not-identifiable':
      return 'not identified.';
  }
}

/** The formula of the distribution in which the two parts meet, with the words that it needs. */
function formulaLines({ estimand }: Answered, { effect, options }: Subject): string[] {
  if (estimand === null) return [];
  const { names } = effect.graph;
  const treatment = nameList(effect.query.treatment.map((node) => names[node] ?? ''));
  const outcome = nameList(effect.query.outcome.map((node) => names[node] ?? ''));
  return [
    `With ${treatment} as it is for what it changes directly, and at its reference (*) for the mediators, ${outcome} has the distribution ${NOTATIONS[options.notation](estimand, names)}`,
  ];
}
