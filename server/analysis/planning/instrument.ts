import type { Effect, QueryFailure } from '../../../engine/graph/effect.ts';
import type { InstrumentProblem } from '../../../engine/graph/instruments/instrumentCheck.ts';
import type { Node } from '../../../engine/model/model.ts';
import { nameList } from '../../../engine/wording.ts';
import type { EffectAnswers } from '../effectAnswers.ts';
import type { EstimateSettings } from '../estimateSettings.ts';
import { type Mend, MOST_OFFERED } from '../mend.ts';
import { openedBy, pathText } from '../paths.ts';
import { type DeclaredInstrument, nodesOf } from '../question.ts';
import { instrumentProblems, mend } from '../rules/instrument.ts';
import type { Structure } from '../structure.ts';
import { type Choice, type ChoiceRequest, type Pair, roleAdjust } from './choice.ts';

/** An estimate that uses instruments, as declared; a text where there are none. */
export function chooseInstruments({
  settings,
  pair,
  answers,
  structure,
  question,
}: ChoiceRequest): Choice | string {
  const declared = settings.instruments ?? question.instruments;
  if (declared.length === 0) return noInstrument(settings, pair, answers, structure);
  const written = declared.flatMap(({ given }) => given ?? []);
  const spelled = settings.adjust !== null || declared.some(({ given }) => given !== null);
  const chosen = spelled ? [...(settings.adjust ?? []), ...written] : roleAdjust(pair, question);
  if ('code' in answers) {
    return { adjusted: nodesOf(chosen ?? []), instruments: nodesOf(declared), obstacle: answers.message };
  }
  const { effect } = answers;
  const adjusted =
    chosen === null
      ? [...new Set(declared.flatMap((instrument) => mend(effect, instrument) ?? []))]
      : nodesOf(chosen);
  const obstacle = declared
    .map((instrument) => instrumentObstacle(effect, instrument, adjusted, structure))
    .find((text) => text !== null);
  return { adjusted, instruments: nodesOf(declared), obstacle: obstacle ?? null };
}

function noInstrument(
  { method }: EstimateSettings,
  { treatment }: Pair,
  answers: EffectAnswers | QueryFailure,
  structure: Structure,
): string {
  const found =
    'code' in answers
      ? []
      : answers.instruments().map(({ instrument }) => structure.graph.names[instrument] ?? '');
  const way =
    found.length === 0
      ? `An instrument moves ${treatment.variable} and reaches the outcome in no other way; in this graph no variable does.`
      : `In this graph ${nameList(found)} can serve: write \`instrument ${found[0]}\`.`;
  return `${method} needs an instrument. ${way}`;
}

/** Instruments of the graph, for a statement that has none. */
export function instrumentMends({ settings, answers, structure }: ChoiceRequest): Mend[] {
  const { range } = settings;
  if ('code' in answers) return [];
  return answers
    .instruments()
    .slice(0, MOST_OFFERED)
    .map(({ instrument, given }) => ({
      kind: 'use-instrument',
      instrument: structure.graph.names[instrument] ?? '',
      given: given.map((node) => structure.graph.names[node] ?? ''),
      range,
    }));
}

function instrumentObstacle(
  effect: Effect,
  instrument: DeclaredInstrument,
  adjusted: readonly Node[],
  structure: Structure,
): string | null {
  const given = adjusted
    .filter((node) => node !== instrument.node)
    .map((node) => ({ node, variable: '', range: instrument.range }));
  const [problem] = instrumentProblems(effect, { ...instrument, given });
  return problem === undefined ? null : describeInstrumentProblem(problem, instrument, effect, structure);
}

function describeInstrumentProblem(
  problem: InstrumentProblem,
  { variable }: DeclaredInstrument,
  effect: Effect,
  structure: Structure,
): string {
  const nameOf = (node: Node): string => structure.graph.names[node] ?? '';
  const treatment = nameList(effect.query.treatment.map(nameOf));
  switch (problem.code) {
    case 'exclusion':
    case 'confounded':
      return `The path ${pathText(problem.report.path, structure)} is open: ${variable} reaches the outcome other than through ${treatment}, and the number counts that as the effect.${openedBy(problem.report, structure)}`;
    case 'irrelevant':
      return `${variable} does not move ${treatment} in this graph.`;
    case 'not-applicable':
      return effect.query.selection.length > 0
        ? 'The rows are selected, and what an instrument can do with selected rows is not worked out.'
        : 'An instrument serves for one treatment and one outcome.';
    case 'in-role':
    case 'latent':
      return `${variable} cannot be an instrument.`;
    case 'given-in-role':
    case 'given-latent':
    case 'given-forbidden':
      return `${variable} is no instrument given ${nameOf(problem.node)}.`;
  }
}
