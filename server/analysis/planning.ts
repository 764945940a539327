/** From settings to plans: with which variables an estimate is made, and whether the graph lets it answer the question. */

import type { DataExpression } from '../../engine/data/expression.ts';
import { filterColumn, groupColumn } from '../../engine/data/request.ts';
import { findMethod, type Method } from '../../engine/estimate/methods.ts';
import type { EstimateOptions, EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimateFailure } from '../../engine/estimate/result.ts';
import { type AdjustmentProblem, checkAdjustment } from '../../engine/graph/adjustment/adjustment.ts';
import type { Effect, QueryFailure } from '../../engine/graph/effect.ts';
import type { InstrumentProblem } from '../../engine/graph/instruments/instrumentCheck.ts';
import type { Node } from '../../engine/model/model.ts';
import { nameList } from '../../engine/wording.ts';
import { quoteName } from '../../grammar/names.ts';
import type { Range } from '../../grammar/tree.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type EffectAnswers, heldSet } from './effectAnswers.ts';
import type { EstimateSettings } from './estimateSettings.ts';
import type { Mend } from './mend.ts';
import { openedBy, pathText } from './paths.ts';
import { type DeclaredInstrument, nodesOf, type Question, type RoleEntry } from './question.ts';
import { instrumentProblems, mend } from './rules/instrument.ts';
import type { Structure } from './structure.ts';

export type PlannedEstimate =
  | { readonly kind: 'plan'; readonly plan: EstimatePlan; readonly range: Range | null }
  | {
      readonly kind: 'failure';
      readonly failure: EstimateFailure;
      readonly range: Range | null;
      readonly mends: readonly Mend[];
    };

export interface PlanningContext {
  readonly structure: Structure;
  readonly question: Question;
  /** What holds for every estimate that says nothing else. */
  readonly weight: string | null;
  readonly cluster: string | null;
  readonly seed: number;
  readonly answersOf: (treatment: readonly Node[], outcome: readonly Node[]) => EffectAnswers | QueryFailure;
  readonly graphIsWhole: boolean;
  /** Conditions of estimates, in the order of their columns; planning adds to them. */
  readonly filters: DataExpression[];
}

/** An estimate that is wanted, and what was already found wrong with its statement. */
export interface WantedEstimate {
  readonly settings: EstimateSettings;
  readonly faults: readonly Diagnostic[];
  readonly implied: boolean;
}

/** A plan for each outcome, or why there can be none. */
export function planEstimate(wanted: WantedEstimate, context: PlanningContext): PlannedEstimate[] {
  const { settings } = wanted;
  const treatments = settings.treatment === null ? context.question.treatment : [settings.treatment];
  const outcomes = settings.outcome === null ? context.question.outcome : [settings.outcome];
  const [treatment] = treatments;
  const fault = wanted.faults.find(({ severity }) => severity === 'error');
  const stop =
    fault !== undefined ? ([fault.code, fault.message] as const) : roleFault(treatments, outcomes, settings);
  const method = findMethod(settings.method);
  if (stop !== null || treatment === undefined || method === undefined) {
    const [code, message] = stop ?? (['unknown-method', `There is no method ${settings.method}.`] as const);
    const mends = severalMends(treatments, outcomes, settings);
    return [failed(wanted, { treatment, outcome: outcomes[0] }, code, message, mends)];
  }
  return outcomes.map((outcome) =>
    planOne(wanted, method, { treatment, outcome }, outcomes.length > 1, context),
  );
}

function roleFault(
  treatments: readonly RoleEntry[],
  outcomes: readonly RoleEntry[],
  { method }: EstimateSettings,
): readonly [string, string] | null {
  if (treatments.length === 0 || outcomes.length === 0) {
    const missing = treatments.length === 0 ? 'treatment' : 'outcome';
    return [
      'missing-role',
      `There is no ${missing}. Add a line \`${missing} NAME\`, or write \`estimate ${method} of CAUSE on CONSEQUENCE\`.`,
    ];
  }
  if (treatments.length === 1) return null;
  const names = treatments.map(({ variable }) => variable);
  return [
    'method-mismatch',
    `An estimate is of one treatment, and here are ${nameList(names)}. Write \`estimate ${method} of ${names[0]} on ${outcomes[0]?.variable}\`.`,
  ];
}

/** As many treatments as are offered one by one. */
const MOST_OFFERED = 3;

/** Of several treatments, one. */
function severalMends(
  treatments: readonly RoleEntry[],
  outcomes: readonly RoleEntry[],
  { method, range }: EstimateSettings,
): Mend[] {
  const [outcome] = outcomes;
  if (treatments.length < 2 || outcome === undefined || range === null) return [];
  return treatments.slice(0, MOST_OFFERED).map(({ variable }) => ({
    kind: 'replace',
    range,
    text: `${method} of ${quoteName(variable)} on ${quoteName(outcome.variable)}`,
    title: `Estimate the effect of ${variable} on ${outcome.variable}`,
  }));
}

interface Pair {
  readonly treatment: RoleEntry;
  readonly outcome: RoleEntry;
}

function failed(
  { settings, implied }: WantedEstimate,
  pair: { readonly treatment: RoleEntry | undefined; readonly outcome: RoleEntry | undefined },
  code: string,
  message: string,
  mends: readonly Mend[] = [],
): PlannedEstimate {
  const method = findMethod(settings.method);
  const failure: EstimateFailure = {
    kind: 'failure',
    name: settings.title ?? method?.title ?? settings.method,
    method: settings.method,
    estimand: settings.estimand ?? method?.estimands[0] ?? 'ate',
    treatment: pair.treatment?.variable ?? '',
    outcome: pair.outcome?.variable ?? '',
    contrast: [settings.contrast?.level ?? '1', settings.contrast?.reference ?? '0'],
    adjusted: [],
    instruments: [],
    identified: false,
    implied,
    error: { code, message },
  };
  return { kind: 'failure', failure, range: settings.range, mends };
}

/** With which variables the estimate is made, and what stands between it and the effect. */
interface Choice {
  readonly adjusted: readonly Node[];
  readonly instruments: readonly Node[];
  /** Null where the graph identifies the effect in this way. */
  readonly obstacle: string | null;
}

function planOne(
  wanted: WantedEstimate,
  method: Method,
  pair: Pair,
  several: boolean,
  context: PlanningContext,
): PlannedEstimate {
  const { settings } = wanted;
  const answers = context.answersOf([pair.treatment.node], [pair.outcome.node]);
  if ('code' in answers && answers.code !== 'cycle' && answers.code !== 'self-loop') {
    return failed(
      wanted,
      pair,
      answers.code === 'same-treatment-outcome' ? answers.code : 'latent-role',
      answers.message,
    );
  }
  const clash = errorClash(settings, context);
  if (clash !== null) return failed(wanted, pair, 'method-mismatch', clash);
  const choice = choose(settings, method, pair, answers, context);
  if (typeof choice === 'string') {
    const mends =
      method.strategy === 'instrument' ? instrumentMends(settings, answers, context.structure) : [];
    return failed(wanted, pair, 'method-mismatch', choice, mends);
  }
  const obstacle = context.graphIsWhole ? choice.obstacle : INCOMPLETE_GRAPH;
  const sortedNames = (nodes: readonly Node[]): string[] =>
    nodes.map((node) => context.structure.graph.names[node] ?? '').sort();
  const plan: EstimatePlan = {
    name:
      settings.title ??
      defaultName(method, pair, several || settings.treatment !== null || settings.outcome !== null),
    method: method.name,
    estimand: settings.estimand ?? method.estimands[0] ?? 'ate',
    treatment: pair.treatment.variable,
    outcome: pair.outcome.variable,
    adjusted: sortedNames(choice.adjusted),
    instruments: sortedNames(choice.instruments),
    identified: obstacle === null,
    obstacle,
    implied: wanted.implied,
    filter: addFilter(settings.where, context.filters),
    ...optionsOf(settings),
    cluster: groupsOf(settings.cluster ?? context.cluster),
    weight: settings.weight ?? context.weight,
    seed: settings.seed ?? context.seed,
  };
  return { kind: 'plan', plan, range: settings.range };
}

/** What a statement says that the plan takes as it is. */
function optionsOf(settings: EstimateSettings): EstimateOptions {
  const { contrast, standardError, cluster, weight, propensity, learner, folds, trim, strata } = settings;
  const { neighbors, caliper, fuller, by, through, bootstrap, level, expectations } = settings;
  const { refuters, repetitions } = settings;
  return {
    contrast,
    standardError,
    cluster,
    weight,
    propensity,
    learner,
    folds,
    trim,
    strata,
    neighbors,
    caliper,
    fuller,
    by,
    through,
    bootstrap,
    level,
    expectations,
    refuters,
    repetitions,
  };
}

/** Why the standard errors that are asked for exclude each other; null where they do not. */
function errorClash(settings: EstimateSettings, context: PlanningContext): string | null {
  const cluster = settings.cluster ?? context.cluster;
  const { standardError } = settings;
  if (cluster === null || standardError === null || standardError === 'robust') return null;
  return `\`se ${standardError}\` takes all rows for independent, and \`cluster ${cluster}\` says that they are not. Keep one of the two.`;
}

function groupsOf(cluster: string | null): string | null {
  return cluster === null ? null : groupColumn(cluster);
}

/** Why no graph of a broken text is relied on. */
export const INCOMPLETE_GRAPH =
  'The text has errors, and an arrow may be missing from the graph because of them: mend them before you rely on this.';

function defaultName(method: Method, { treatment, outcome }: Pair, spelled: boolean): string {
  return spelled ? `${method.title} of ${treatment.variable} on ${outcome.variable}` : method.title;
}

function addFilter(where: DataExpression | null, filters: DataExpression[]): string | null {
  if (where === null) return null;
  filters.push(where);
  return filterColumn(filters.length - 1);
}

function choose(
  settings: EstimateSettings,
  method: Method,
  pair: Pair,
  answers: EffectAnswers | QueryFailure,
  context: PlanningContext,
): Choice | string {
  if (method.strategy === 'instrument') return chooseInstruments(settings, pair, answers, context);
  const given = method.strategy === 'none' ? [] : (settings.adjust ?? roleAdjust(pair, context.question));
  if ('code' in answers)
    return { adjusted: nodesOf(given ?? []), instruments: [], obstacle: answers.message };
  const own = given?.find(({ node }) => node === pair.treatment.node || node === pair.outcome.node);
  if (own !== undefined)
    return `${own.variable} is ${own.node === pair.outcome.node ? 'the outcome' : 'the treatment'} itself and cannot be adjusted for. Take it out of the set.`;
  const { effect } = answers;
  const adjusted = heldSet(answers, given === null ? null : nodesOf(given));
  return { adjusted, instruments: [], obstacle: adjustmentObstacle(effect, adjusted, context.structure) };
}

/** The `adjust` statement is about the default question: null for another pair, or without one. */
function roleAdjust({ treatment, outcome }: Pair, question: Question): readonly RoleEntry[] | null {
  const asked =
    question.treatment.some(({ node }) => node === treatment.node) &&
    question.outcome.some(({ node }) => node === outcome.node);
  return asked ? question.adjusted : null;
}

/** Why a set does not identify the effect, with the open path first; null where it does. */
function adjustmentObstacle(effect: Effect, set: readonly Node[], structure: Structure): string | null {
  const { valid, problems } = checkAdjustment(effect, set);
  if (valid) return null;
  const open = problems.find((problem) => problem.code === 'open-path');
  const [first] = problems;
  return first === undefined ? null : describeProblem(open ?? first, structure);
}

function describeProblem(problem: AdjustmentProblem, structure: Structure): string {
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

function chooseInstruments(
  settings: EstimateSettings,
  pair: Pair,
  answers: EffectAnswers | QueryFailure,
  context: PlanningContext,
): Choice | string {
  const declared = settings.instruments ?? context.question.instruments;
  if (declared.length === 0) return noInstrument(settings, pair, answers, context.structure);
  const written = declared.flatMap(({ given }) => given ?? []);
  const spelled = settings.adjust !== null || declared.some(({ given }) => given !== null);
  const chosen = spelled ? [...(settings.adjust ?? []), ...written] : roleAdjust(pair, context.question);
  if ('code' in answers) {
    return { adjusted: nodesOf(chosen ?? []), instruments: nodesOf(declared), obstacle: answers.message };
  }
  const { effect } = answers;
  const adjusted =
    chosen === null
      ? [...new Set(declared.flatMap((instrument) => mend(effect, instrument) ?? []))]
      : nodesOf(chosen);
  const obstacle = declared
    .map((instrument) => instrumentObstacle(effect, instrument, adjusted, context.structure))
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

function instrumentMends(
  { range }: EstimateSettings,
  answers: EffectAnswers | QueryFailure,
  structure: Structure,
): Mend[] {
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
