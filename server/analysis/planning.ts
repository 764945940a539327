/** From settings to plans: with which variables an estimate is made, and whether the graph lets it answer the question. */

import type { DataExpression } from '../../engine/data/expression.ts';
import { filterColumn, groupColumn } from '../../engine/data/request.ts';
import { findMethod, type Method } from '../../engine/estimate/methods.ts';
import type { EstimateOptions, EstimatePlan, MissingPolicy } from '../../engine/estimate/plan.ts';
import type { EstimateFailure } from '../../engine/estimate/result.ts';
import type { QueryFailure } from '../../engine/graph/effect.ts';
import type { Node } from '../../engine/model/model.ts';
import { nameList } from '../../engine/wording.ts';
import { quoteName } from '../../grammar/names.ts';
import type { Range } from '../../grammar/tree.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { EffectAnswers } from './effectAnswers.ts';
import type { EstimateSettings } from './estimateSettings.ts';
import { type Mend, MOST_OFFERED } from './mend.ts';
import { chooseBackdoor } from './planning/backdoor.ts';
import type { Choice, ChoiceRequest, Pair } from './planning/choice.ts';
import { chooseFormula } from './planning/formula.ts';
import { chooseFrontDoor } from './planning/frontdoor.ts';
import { chooseInstruments, instrumentMends } from './planning/instrument.ts';
import { chooseMediation } from './planning/mediation.ts';
import type { Question, RoleEntry } from './question.ts';
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
  readonly id: string | null;
  readonly missing: MissingPolicy;
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
  const { structure, question } = context;
  const request: ChoiceRequest = { settings, pair, answers, structure, question };
  const choice = choose(method, request);
  if (typeof choice === 'string') {
    const mends = method.strategy === 'instrument' ? instrumentMends(request) : [];
    return failed(wanted, pair, 'method-mismatch', choice, mends);
  }
  const obstacle = context.graphIsWhole ? choice.obstacle : INCOMPLETE_GRAPH;
  const namesOf = (nodes: readonly Node[]): string[] =>
    nodes.map((node) => structure.graph.names[node] ?? '');
  const sortedNames = (nodes: readonly Node[]): string[] => namesOf(nodes).sort();
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
    formula: choice.formula ?? null,
    parts: choice.parts ?? [],
    identified: obstacle === null,
    obstacle,
    implied: wanted.implied,
    filter: addFilter(settings.where, context.filters),
    ...optionsOf(settings),
    through: choice.through === undefined ? settings.through : namesOf(choice.through),
    cluster: groupsOf(settings.cluster ?? context.cluster),
    weight: settings.weight ?? context.weight,
    id: groupsOf(context.id),
    missing: context.missing,
    seed: settings.seed ?? context.seed,
  };
  return { kind: 'plan', plan, range: settings.range };
}

/** What a statement says that the plan takes as it is. */
function optionsOf(settings: EstimateSettings): Omit<EstimateOptions, 'id' | 'missing'> {
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

function choose({ strategy }: Method, request: ChoiceRequest): Choice | string {
  switch (strategy) {
    case 'none':
    case 'backdoor':
      return chooseBackdoor(request, strategy === 'none');
    case 'instrument':
      return chooseInstruments(request);
    case 'frontdoor':
      return chooseFrontDoor(request);
    case 'mediation':
      return chooseMediation(request);
    case 'id':
      return chooseFormula(request);
  }
}
