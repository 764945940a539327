/** After an estimate and an instrument: the variables that the graph chose where the text says nothing. */

import { findMethod } from '../../../engine/estimate/methods.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { nameList } from '../../../engine/wording.ts';
import type { Range } from '../../../grammar/tree.ts';
import type { AnalysedEstimate, Analysis } from '../../analysis/analyse.ts';
import type { EstimateSettings } from '../../analysis/estimateSettings.ts';
import { planEstimation } from '../../analysis/estimation.ts';
import { type DeclaredInstrument, nodesOf, type RoleEntry } from '../../analysis/question.ts';
import { mend } from '../../analysis/rules/instrument.ts';
import type { OpenSpec } from '../../openSpec.ts';
import { type Hint, touches } from './hint.ts';

/** Hints in the statements that a range touches. */
export function setHints({ analysis }: OpenSpec, within: Range): Hint[] {
  const estimates = analysis.estimates.filter(({ statement }) => touches(statement.range, within));
  const plans = estimates.length === 0 ? new Map<number, EstimatePlan>() : plansByPlace(analysis);
  return [
    ...estimates.flatMap((estimate) => estimateHints(estimate, plans, analysis)),
    ...estimates.flatMap((estimate) => instrumentOptionHints(estimate, analysis)),
    ...roleHints(analysis, within),
  ];
}

/** The first plan of each statement, by where its method is named. */
function plansByPlace(analysis: Analysis): Map<number, EstimatePlan> {
  const plans = new Map<number, EstimatePlan>();
  for (const planned of planEstimation(analysis).planned) {
    if (planned.kind === 'failure' || planned.range === null || plans.has(planned.range.start)) continue;
    plans.set(planned.range.start, planned.plan);
  }
  return plans;
}

/** As many names as a hint bears. */
const MOST_NAMES = 4;

/** After the method: what the graph chose where the text says nothing. */
function estimateHints(
  { settings, statement }: AnalysedEstimate,
  plans: ReadonlyMap<number, EstimatePlan>,
  analysis: Analysis,
): Hint[] {
  const plan = settings?.range == null ? undefined : plans.get(settings.range.start);
  if (settings === null || plan === undefined || statement.method === undefined) return [];
  const strategy = findMethod(plan.method)?.strategy;
  const label =
    strategy === 'instrument'
      ? instrumentLabel(settings, plan)
      : strategy === 'frontdoor' || strategy === 'mediation'
        ? throughLabel(settings, plan, strategy === 'mediation' && !rolesAdjust(plan, analysis))
        : strategy === 'backdoor' && settings.adjust === null && !rolesAdjust(plan, analysis)
          ? `adjusts for ${listed(plan.adjusted)}`
          : null;
  if (label === null) return [];
  // A line that is just being typed says nothing against the set.
  const marked = plan.identified || !analysis.graphIsWhole ? label : `${label} – not enough`;
  return [
    { at: statement.method.range.end, label: marked, tooltip: whySet(plan, strategy === 'instrument') },
  ];
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')}, … (${more} more)` : names.join(', ');
}

/** Does the `adjust` statement say what is held fixed? It is about the question of the roles. */
function rolesAdjust({ treatment, outcome }: EstimatePlan, { question }: Analysis): boolean {
  const has = (entries: readonly RoleEntry[], name: string) =>
    entries.some(({ variable }) => variable === name);
  return question.adjusted !== null && has(question.treatment, treatment) && has(question.outcome, outcome);
}

/** What an estimate goes through, and with `chosen` what it holds fixed, where the text says neither. */
function throughLabel(settings: EstimateSettings, plan: EstimatePlan, chosen: boolean): string | null {
  const parts = [
    ...(settings.through.length === 0 ? [`through ${listed(plan.through)}`] : []),
    ...(chosen && settings.adjust === null ? [`adjusts for ${listed(plan.adjusted)}`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function instrumentLabel({ instruments, adjust }: EstimateSettings, plan: EstimatePlan): string | null {
  if (instruments !== null || plan.instruments.length === 0) return null;
  const given = adjust === null && plan.adjusted.length > 0 ? ` given ${listed(plan.adjusted)}` : '';
  return `instrument ${listed(plan.instruments)}${given}`;
}

function whySet(plan: EstimatePlan, instrument: boolean): string {
  const { treatment, outcome, adjusted, obstacle } = plan;
  if (obstacle !== null) {
    return `The graph does not identify the effect of ${treatment} on ${outcome} in this way. ${obstacle}`;
  }
  if (instrument) {
    const given = adjusted.length === 0 ? '' : `, given ${nameList(adjusted)}`;
    return `${nameList(plan.instruments)} moves ${treatment} and reaches ${outcome} in no other way${given}. Write \`instrument\` in braces to choose another.`;
  }
  if (plan.through.length > 0) {
    const given = adjusted.length === 0 ? '' : `, with ${nameList(adjusted)} held fixed`;
    return `In this graph the effect of ${treatment} on ${outcome} can be followed through ${nameList(plan.through)}${given}. Write \`through\` and \`adjust\` in braces to choose others.`;
  }
  if (adjusted.length === 0) {
    return `No path but the effect itself joins ${treatment} and ${outcome}, so nothing has to be held fixed. Write \`adjust\` in braces to adjust all the same.`;
  }
  return `With ${nameList(adjusted)} held fixed, no path but the effect itself joins ${treatment} and ${outcome}. The set was chosen from the graph; write \`adjust\` in braces to choose another.`;
}

/** After each `instrument` role without `given`: the set that makes it valid. */
function roleHints(analysis: Analysis, within: Range): Hint[] {
  const { question, document } = analysis;
  const pair = [question.treatment, question.outcome] as const;
  return document.statements.flatMap((statement) =>
    statement.kind === 'role' && statement.role === 'instrument' && touches(statement.range, within)
      ? givenHints(
          question.instruments.filter(({ range }) => isWithin(range, statement.range)),
          ...pair,
          analysis,
        )
      : [],
  );
}

function instrumentOptionHints({ settings }: AnalysedEstimate, analysis: Analysis): Hint[] {
  if (settings === null || settings.instruments === null || settings.adjust !== null) return [];
  const { question } = analysis;
  const treatment = settings.treatment === null ? question.treatment : [settings.treatment];
  const outcome = settings.outcome === null ? question.outcome : [settings.outcome];
  return givenHints(settings.instruments, treatment, outcome, analysis);
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function givenHints(
  instruments: readonly DeclaredInstrument[],
  treatment: readonly RoleEntry[],
  outcome: readonly RoleEntry[],
  { structure, answersOf, graphIsWhole }: Analysis,
): Hint[] {
  if (treatment.length === 0 || outcome.length === 0 || !graphIsWhole) return [];
  const answers = answersOf(nodesOf(treatment), nodesOf(outcome));
  if ('code' in answers) return [];
  return instruments.flatMap((instrument) => {
    const set = instrument.given === null ? mend(answers.effect, instrument) : null;
    if (set === null || set.length === 0) return [];
    const names = set.map((node) => structure.graph.names[node] ?? '');
    const tooltip = `${instrument.variable} alone reaches ${nameList(outcome.map(({ variable }) => variable))} in other ways too. With ${nameList(names)} held fixed it does not, and is a valid instrument.`;
    return [{ at: instrument.range.end, label: `given ${listed(names)}`, tooltip }];
  });
}
