/** What a supposition changes, in words. */

import { conditioned } from '../../engine/graph/effect.ts';
import { type PathReport, reportPath } from '../../engine/graph/paths/pathReport.ts';
import { listPaths } from '../../engine/graph/paths/paths.ts';
import type { Node } from '../../engine/model/model.ts';
import type { Supposition, SuppositionChange } from '../../engine/report/snapshot.ts';
import { nameList } from '../../engine/wording.ts';
import type { Analysis } from './analyse.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import { type EffectAnswers, heldSet, isValidSet, type Strategy } from './effectAnswers.ts';
import { pathState } from './pathState.ts';
import { pathText } from './paths.ts';
import { nodesOf } from './question.ts';
import { checkAdjust } from './rules/adjust.ts';

/** Paths of one kind of change that are told one by one. */
const TOLD = 3;
const WORK = 50_000;

/** Faults of one member of a set, as opposed to what the set as a whole leaves open. */
const HARMS: ReadonlySet<DiagnosticCode> = new Set([
  'adjust-mediator',
  'adjust-descendant',
  'adjust-collider',
  'adjust-instrument',
]);

interface Held {
  readonly answers: EffectAnswers;
  readonly set: readonly Node[];
  readonly analysis: Analysis;
}

/** The differences between the spec before and after, the verdict first; empty where one of them has no effect to ask about. */
export function changesOf(before: Analysis, after: Analysis, supposition: Supposition): SuppositionChange[] {
  const [was, is] = [heldIn(before), heldIn(after)];
  if (was === null || is === null) return [];
  const blamed = harms(is, supposition);
  return [
    ...(supposition.measured.length === 0 ? [] : [verdictChange(was, is, supposition)]),
    ...(supposition.adjust === null ? [] : [setChange(is)]),
    ...blamed,
    ...pathChanges(was, is, blamed),
  ];
}

function heldIn(analysis: Analysis): Held | null {
  const { question, answersOf } = analysis;
  if (question.treatment.length === 0 || question.outcome.length === 0) return null;
  const answers = answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
  if ('code' in answers) return null;
  const set = heldSet(answers, question.adjusted === null ? null : nodesOf(question.adjusted));
  return { answers, set, analysis };
}

/** The ways to the effect, the better the higher. */
const WORTH: Readonly<Record<Strategy, readonly [worth: number, words: string]>> = {
  zero: [4, 'is zero by assumption'],
  backdoor: [4, 'can be had by adjustment'],
  frontdoor: [3, 'can be had by the front door'],
  id: [3, 'can be had by a formula of the ID algorithm'],
  instrument: [2, 'can be had by an instrument alone'],
  undecided: [1, 'may or may not be had: that is not known'],
  none: [0, 'cannot be had from the data'],
};

function verdictChange(was: Held, is: Held, { measured }: Supposition): SuppositionChange {
  const [old, oldWords] = WORTH[was.answers.strategy()];
  const [now, words] = WORTH[is.answers.strategy()];
  const subject = `With ${nameList(measured)} measured, the effect ${words}`;
  if (now === old) return { kind: 'same', sentence: `${subject}, and the same without.` };
  return { kind: now > old ? 'better' : 'worse', sentence: `${subject}; without, it ${oldWords}.` };
}

function named(nodes: readonly Node[], { structure }: Analysis): string {
  return nameList(nodes.map((node) => structure.graph.names[node] ?? ''));
}

function setChange({ answers, set, analysis }: Held): SuppositionChange {
  const what = set.length === 0 ? 'Adjusting for nothing' : `Adjusting for ${named(set, analysis)}`;
  if (isValidSet(answers.effect, set))
    return {
      kind: 'better',
      sentence: `${what} is enough: every biasing path is closed, and the effect is left whole.`,
    };
  return {
    kind: 'worse',
    sentence: `${what} does not give the effect: it leaves bias, or takes part of the effect away.`,
  };
}

function harms({ answers, analysis }: Held, { adjust }: Supposition): SuppositionChange[] {
  if (adjust === null) return [];
  return checkAdjust(answers, analysis.question.adjusted ?? [], { start: 0, end: 0 }, analysis.structure)
    .filter(({ code }) => HARMS.has(code))
    .map(({ message }) => ({ kind: 'harm', sentence: message }));
}

/** Paths that are open on one side only; what was blamed on a variable already is not told again. */
function pathChanges(was: Held, is: Held, blamed: readonly SuppositionChange[]): SuppositionChange[] {
  const { structure } = is.analysis;
  const shut = (kind: 'closes' | 'cuts', word: string, { path, ...rest }: PathReport): SuppositionChange =>
    told(kind, `${word} ${pathText(path, structure)}: it is ${pathState({ path, ...rest }, structure)}`);
  const opened = onlyOpen(is, was, 'biasing').flatMap(({ report }) => {
    const text = pathText(report.path, structure);
    const does = pathState(report, structure).replace(
      /^open, and biases the effect\./,
      'it biases the effect.',
    );
    return blamed.some(({ sentence }) => sentence.includes(text))
      ? []
      : [told('opens', `Opens ${text}: ${does}`)];
  });
  return [
    ...opened,
    ...onlyOpen(was, is, 'causal').map(({ other }) => shut('cuts', 'Cuts off', other)),
    ...onlyOpen(was, is, 'biasing').map(({ other }) => shut('closes', 'Closes', other)),
  ];
}

function told(kind: SuppositionChange['kind'], sentence: string): SuppositionChange {
  return { kind, sentence };
}

/** Paths that are open in the one and closed in the other, with how they are there. */
function onlyOpen(
  here: Held,
  there: Held,
  which: 'causal' | 'biasing',
): readonly { readonly report: PathReport; readonly other: PathReport }[] {
  const given = conditioned(there.answers.effect, there.set);
  return listPaths(here.answers.effect, here.set, { which, limit: 4 * TOLD, work: WORK })
    .paths.filter(({ open }) => open)
    .map((report) => ({ report, other: reportPath(there.answers.effect.view, report.path, given) }))
    .filter(({ other }) => !other.open)
    .slice(0, TOLD);
}
