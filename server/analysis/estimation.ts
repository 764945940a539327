/** Everything that an `estimate` run needs, decided from the text alone: the plans, and what to read of the data. */

import type { DataExpression } from '../../engine/data/expression.ts';
import { namesIn } from '../../engine/data/expression.ts';
import { type DataRequest, groupedVariable, type VariableRequest } from '../../engine/data/request.ts';
import type { DeclaredType } from '../../engine/data/variableType.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { formulaVariables } from '../../engine/estimate/plugin/plannedFormula.ts';
import { plannedColumns, readColumns } from '../../engine/estimate/problem.ts';
import type { RelevanceDepth } from '../../engine/estimate/relevance.ts';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { standardRefuters } from '../../engine/refute/catalogue.ts';
import type { Analysis } from './analyse.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import type { EffectAnswers } from './effectAnswers.ts';
import { levelText } from './estimateOptions.ts';
import { defaultSettings, type EstimateSettings } from './estimateSettings.ts';
import { type PlannedEstimate, type PlanningContext, planEstimate, type WantedEstimate } from './planning.ts';
import { type DeclaredInstrument, nodesOf, roleEntries } from './question.ts';

/** What the command line asks for in place of, or on top of, the text. */
export interface EstimationOverrides {
  /** Methods to run with default options in place of the `estimate` statements. */
  readonly methods?: readonly string[];
  readonly treatment?: string;
  readonly outcome?: string;
  readonly seed?: number;
  /** To refute every estimate that was asked for, and no other. */
  readonly refute?: RefutationOverrides;
  /** To tell of every estimate what it rests on. */
  readonly relevance?: RelevanceDepth;
}

export interface RefutationOverrides {
  /** In place of those of the statements; none for these, or for the standard ones where a statement names none. */
  readonly refuters: readonly string[];
  /** Refits of each; null for its own number. */
  readonly repetitions: number | null;
}

export interface EstimationRun {
  readonly planned: readonly PlannedEstimate[];
  /** Without the path. */
  readonly request: Omit<DataRequest, 'path'>;
}

/** Seed of a run that names none. */
const DEFAULT_SEED = 1;

/**
 * Plans the estimates of a spec: its statements with the unadjusted difference beside them, or without statements the default suite (the difference, the
 * default backdoor estimate, and the IV estimate where an instrument is valid; where neither a set nor an instrument gives the effect, the front
 * door or the ID formula where one of them does).
 */
export function planEstimation(analysis: Analysis, overrides: EstimationOverrides = {}): EstimationRun {
  const filters: DataExpression[] = [];
  const context = contextOf(analysis, overrides, filters);
  const planned = wantedEstimates(analysis, overrides)
    .flatMap((wanted) => planEstimate(wanted, context))
    .map((estimate) => withoutBrokenDefinitions(estimate, analysis))
    .flatMap((estimate) => toRefute(estimate, overrides.refute))
    .map((estimate) => withRelevance(estimate, overrides.relevance));
  const plans = planned.flatMap((estimate) => (estimate.kind === 'plan' ? [estimate.plan] : []));
  return {
    planned,
    request: dataRequest({ plans, variables: [], filters }, analysis),
  };
}

function contextOf(
  analysis: Analysis,
  { seed = DEFAULT_SEED }: EstimationOverrides,
  filters: DataExpression[],
): PlanningContext {
  const { structure, question, data, answersOf, graphIsWhole } = analysis;
  const { weight, cluster, id, missing } = data;
  return { structure, question, weight, cluster, id, missing, seed, answersOf, graphIsWhole, filters };
}

/** The estimate with its refuters; none where estimates are to be refuted and nobody asked for this one. */
function toRefute(estimate: PlannedEstimate, refute: RefutationOverrides | undefined): PlannedEstimate[] {
  if (refute === undefined || estimate.kind === 'failure') return [estimate];
  const { plan } = estimate;
  if (plan.implied) return [];
  const own = plan.refuters.length > 0 ? plan.refuters : standardRefuters(plan.method);
  const refuters = refute.refuters.length > 0 ? refute.refuters : own;
  return [{ ...estimate, plan: { ...plan, refuters, repetitions: refute.repetitions ?? plan.repetitions } }];
}

function withRelevance(estimate: PlannedEstimate, relevance: RelevanceDepth | undefined): PlannedEstimate {
  if (relevance === undefined || estimate.kind === 'failure') return estimate;
  return { ...estimate, plan: { ...estimate.plan, relevance } };
}

/** What came of each planned estimate, in order: of the plans that ran, and the failures that never could. */
export function outcomesByPlan(
  planned: readonly PlannedEstimate[],
  outcomes: readonly (readonly EstimateOutcome[])[],
): readonly { readonly range: PlannedEstimate['range']; readonly outcomes: readonly EstimateOutcome[] }[] {
  const ran = outcomes.values();
  return planned.map((estimate) => ({
    range: estimate.range,
    outcomes: estimate.kind === 'failure' ? [estimate.failure] : (ran.next().value ?? []),
  }));
}

/** What keeps a planned estimate from running, as diagnostics of its statement; without what the analysis has told already. */
export function planDiagnostics(analysis: Analysis): Diagnostic[] {
  const told = new Set(analysis.diagnostics.map(({ message }) => message));
  return planEstimation(analysis).planned.flatMap((estimate) => {
    if (estimate.kind === 'plan' || estimate.range === null) return [];
    const { code, message } = estimate.failure.error;
    if (code !== 'method-mismatch' || told.has(message)) return [];
    return [diagnostic('method-mismatch', estimate.range, message, { mends: estimate.mends })];
  });
}

function wantedEstimates(analysis: Analysis, overrides: EstimationOverrides): WantedEstimate[] {
  const asked = (settings: EstimateSettings): EstimateSettings => ({
    ...settings,
    ...roleOverride('treatment', overrides.treatment, analysis),
    ...roleOverride('outcome', overrides.outcome, analysis),
  });
  if (overrides.methods !== undefined && overrides.methods.length > 0) {
    return overrides.methods.map((method) => chosen(asked(settingsOf(method, analysis))));
  }
  const statements = analysis.estimates.flatMap(({ settings, diagnostics, faults }) =>
    settings === null
      ? []
      : [{ settings: asked(settings), faults: [...faults, ...diagnostics], implied: false }],
  );
  if (statements.length === 0) return defaultSuite(analysis, asked);
  const compared = statements.some(({ settings }) => settings.method === 'difference');
  return compared
    ? statements
    : [...statements, { ...chosen(asked(contrastFor(statements, analysis))), implied: true }];
}

/** The plain difference beside the estimates: of the roles, or of the first estimate where that names its own. */
function contrastFor([first]: readonly WantedEstimate[], { question }: Analysis): EstimateSettings {
  const own = question.treatment.length === 0 || question.outcome.length === 0 ? first?.settings : undefined;
  return {
    ...defaultSettings('difference'),
    treatment: own?.treatment ?? null,
    outcome: own?.outcome ?? null,
  };
}

function chosen(settings: EstimateSettings): WantedEstimate {
  return { settings, faults: [], implied: false };
}

/** The statement's own settings where one names the method, so that `--method` runs what the spec says about it. */
function settingsOf(method: string, analysis: Analysis): EstimateSettings {
  const written = analysis.estimates.find(({ settings }) => settings?.method === method);
  return written?.settings ?? defaultSettings(method);
}

function roleOverride(
  role: 'treatment' | 'outcome',
  name: string | undefined,
  { symbols, structure }: Analysis,
): Partial<EstimateSettings> {
  if (name === undefined) return {};
  const range = { start: 0, end: 0 };
  const [entry] = roleEntries([{ kind: 'name', text: name, range, quoted: false }], symbols, structure);
  return entry === undefined ? {} : { [role]: entry };
}

function defaultSuite(
  analysis: Analysis,
  asked: (settings: EstimateSettings) => EstimateSettings,
): WantedEstimate[] {
  const suite = [chosen(asked(defaultSettings('difference'))), chosen(asked(defaultSettings('regression')))];
  const instruments = usableInstruments(analysis, asked(defaultSettings('iv')));
  if (instruments !== null) return [...suite, chosen({ ...asked(defaultSettings('iv')), instruments })];
  const other = otherWay(analysis, asked(defaultSettings('regression')));
  return other === null ? suite : [...suite, chosen(asked(defaultSettings(other)))];
}

/** The answers about the effect that an estimate would be of; null where the question cannot be asked. */
function answersAbout(settings: EstimateSettings, { question, answersOf }: Analysis): EffectAnswers | null {
  const treatment = settings.treatment === null ? nodesOf(question.treatment) : [settings.treatment.node];
  const outcome = settings.outcome === null ? nodesOf(question.outcome) : [settings.outcome.node];
  const answers = answersOf(treatment, outcome);
  return 'code' in answers ? null : answers;
}

/**
 * The method of a way that is neither adjustment nor an instrument; null where there is none. The ID formula is taken only where every variable
 * that it needs levels of is declared to have them: of the others nobody knows before the data are read.
 */
function otherWay(analysis: Analysis, settings: EstimateSettings): 'frontdoor' | 'id' | null {
  const strategy = answersAbout(settings, analysis)?.strategy();
  if (strategy === 'frontdoor') return 'frontdoor';
  if (strategy !== 'id') return null;
  const [planned] = planEstimate(chosen({ ...settings, method: 'id' }), contextOf(analysis, {}, []));
  if (planned?.kind !== 'plan' || planned.plan.formula === null) return null;
  const { outcome, formula } = planned.plan;
  const hasLevels = (name: string): boolean => {
    const kind = analysis.symbols.declarations.get(name)?.type?.name;
    return kind === 'binary' || kind === 'categorical' || kind === 'ordinal';
  };
  const needed = formulaVariables(formula.formula).filter((name) => name !== outcome);
  return needed.every(hasLevels) ? 'id' : null;
}

/** The declared instruments, or without any the first that the graph offers; null where there is none. */
function usableInstruments(
  analysis: Analysis,
  settings: EstimateSettings,
): readonly DeclaredInstrument[] | null {
  const { question, structure } = analysis;
  if (question.instruments.length > 0) return question.instruments;
  const found = answersAbout(settings, analysis)?.instruments()[0];
  if (found === undefined) return null;
  const entry = (node: number) => ({
    node,
    variable: structure.graph.names[node] ?? '',
    range: { start: 0, end: 0 },
  });
  return [{ ...entry(found.instrument), given: found.given.map(entry) }];
}

/** A definition that could not be read has been told where it stands; what uses it cannot run. */
function withoutBrokenDefinitions(estimate: PlannedEstimate, analysis: Analysis): PlannedEstimate {
  if (estimate.kind === 'failure') return estimate;
  const { plan, range } = estimate;
  const broken = plannedColumns(plan).find((name) => {
    const declaration = analysis.symbols.declarations.get(name);
    return declaration?.definition !== undefined && !analysis.definitions.ordered.has(name);
  });
  if (broken === undefined) return estimate;
  const { name, method, estimand, treatment, outcome, adjusted, instruments, identified, implied } = plan;
  const heading = { name, method, estimand, treatment, outcome, adjusted, instruments, identified, implied };
  const contrast = [plan.contrast?.level ?? '1', plan.contrast?.reference ?? '0'] as const;
  const error = {
    code: 'type-mismatch',
    message: `The definition of ${broken} cannot be computed. Mend it first.`,
  };
  return { kind: 'failure', failure: { kind: 'failure', ...heading, contrast, error }, range, mends: [] };
}

/** What is used of the data: by plans with the conditions of their own, and variables by name. */
export interface DataNeeds {
  readonly plans: readonly EstimatePlan[];
  readonly variables: readonly string[];
  readonly filters: readonly DataExpression[];
}

/** What is to be read of a data file for all of this, without its path. */
export function dataRequest(needs: DataNeeds, analysis: Analysis): Omit<DataRequest, 'path'> {
  const { where } = analysis.data;
  return { variables: variableRequests(needs, analysis), where, filters: needs.filters };
}

/** The variables that plans and conditions use, and those that their definitions use, each after what it needs. */
function variableRequests({ plans, variables, filters }: DataNeeds, analysis: Analysis): VariableRequest[] {
  const conditions = analysis.data.where === null ? filters : [...filters, analysis.data.where];
  const named = [...plans.flatMap(readColumns), ...variables];
  const groups = new Set(named.filter((name) => groupedVariable(name) !== name));
  const wanted = new Set([
    ...named.filter((name) => !groups.has(name)),
    ...[...groups].map(groupedVariable).filter((name) => analysis.definitions.ordered.has(name)),
    ...conditions.flatMap((condition) => namesIn(condition, 'variable')),
  ]);
  const { ordered } = analysis.definitions;
  const defined = [...ordered].reverse().filter(([name, expression]) => {
    if (!wanted.has(name)) return false;
    for (const used of namesIn(expression, 'variable')) wanted.add(used);
    return true;
  });
  const request = (name: string, definition: DataExpression | null): VariableRequest => ({
    name,
    definition,
    type: declaredType(name, analysis),
    label: false,
  });
  const grouped = [...groups].map((name): VariableRequest => {
    const variable = groupedVariable(name);
    const kind = ordered.has(variable) ? 'variable' : 'column';
    return { name, definition: { kind, name: variable }, type: null, label: true };
  });
  const plain = [...wanted].filter((name) => !ordered.has(name)).map((name) => request(name, null));
  const derived = defined.reverse().map(([name, definition]) => request(name, definition));
  return [...plain, ...derived, ...grouped];
}

/** The type of a declared variable as the data engine takes it; null without one. */
export function declaredType(name: string, { symbols }: Pick<Analysis, 'symbols'>): DeclaredType | null {
  const type = symbols.declarations.get(name)?.type;
  return type === undefined ? null : { kind: type.name, levels: type.levels.map(levelText) };
}
