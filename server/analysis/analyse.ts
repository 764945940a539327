/**
 * The analysis of a spec: from its text to what it says, what is wrong with it, and what is to be computed. Pure, and what the editor, the
 * command line and the tests all call, so that they cannot disagree.
 */

import { findMethod } from '../../engine/estimate/methods.ts';
import type { QueryFailure } from '../../engine/graph/effect.ts';
import { poseEffect } from '../../engine/graph/effect.ts';
import { createWorkspace } from '../../engine/graph/kernel/reachability.ts';
import type { Node } from '../../engine/model/model.ts';
import { createIncrementalParser } from '../../grammar/incremental.ts';
import { quoteName } from '../../grammar/names.ts';
import { parse } from '../../grammar/parse.ts';
import type {
  Document,
  EstimateStatement,
  ParseResult,
  Range,
  Statement,
  SyntaxFault,
} from '../../grammar/tree.ts';
import { type DataSettings, readDataSettings } from './dataSettings.ts';
import { collectDefinitions, type Definitions } from './definitions.ts';
import { type Diagnostic, type DiagnosticCode, diagnostic, sortDiagnostics } from './diagnostic.ts';
import { answerEffect, type EffectAnswers } from './effectAnswers.ts';
import { type EstimateSettings, readEstimate } from './estimateSettings.ts';
import { likelyOutcomes, likelyTreatments } from './likelyRoles.ts';
import { anyOf, type Mend, preferred } from './mend.ts';
import { nodesOf, type Question, type RoleEntry, readQuestion } from './question.ts';
import { checkAdjust, checkForbiddenSelection } from './rules/adjust.ts';
import { checkCycles } from './rules/cycles.ts';
import { checkExpectations } from './rules/expectations.ts';
import { checkIdentification, checkSelection, checkStrategy } from './rules/identify.ts';
import { checkDeclaredInstrument } from './rules/instrument.ts';
import { checkUnused } from './rules/unused.ts';
import { saysTheSame } from './saysTheSame.ts';
import { buildStructure, type Structure } from './structure.ts';
import { checkNames, collectSymbols, type SymbolTable } from './symbols.ts';

export interface AnalysedEstimate {
  readonly statement: EstimateStatement;
  /** Null where the statement names no method of the language. */
  readonly settings: EstimateSettings | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Errors of its text: with an option that could not be read it would answer another question. */
  readonly faults: readonly Diagnostic[];
}

export interface Analysis {
  readonly text: string;
  readonly document: Document;
  /** What of the text could not be read. */
  readonly faults: readonly SyntaxFault[];
  readonly symbols: SymbolTable;
  readonly structure: Structure;
  readonly question: Question;
  readonly data: DataSettings;
  readonly definitions: Definitions;
  readonly estimates: readonly AnalysedEstimate[];
  /** False where an arrow may be missing because its line, or a name in it, could not be read. */
  readonly graphIsWhole: boolean;
  /** What can be said without the data, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The effect of some variables on others; computed once for each pair of sets. */
  readonly answersOf: (treatment: readonly Node[], outcome: readonly Node[]) => EffectAnswers | QueryFailure;
}

/** Analyses a text, however broken. */
export function analyse(text: string): Analysis {
  return analyseTree(text, parse(text), null);
}

/**
 * Analyses the texts that one document goes through: the same answers as `analyse` gives, in less time after a small edit. What the
 * graph says is kept for as long as an edit leaves the graph as it is.
 */
export function createAnalyser(): (text: string) => Analysis {
  const reparse = createIncrementalParser();
  let last: Analysis | null = null;
  return (text) => {
    last = analyseTree(text, reparse(text), last);
    return last;
  };
}

function analyseTree(text: string, { document, faults }: ParseResult, before: Analysis | null): Analysis {
  const { symbols, diagnostics: symbolFaults } = collectSymbols(document);
  const { structure, diagnostics: edgeFaults } = buildStructure(document, symbols);
  const { question, diagnostics: roleFaults } = readQuestion(document, symbols, structure);
  const { settings: data, diagnostics: dataFaults } = readDataSettings(document, symbols);
  const definitions = collectDefinitions(symbols);
  const syntax = faults.map(({ code, range, message, replacement }) =>
    diagnostic(code, range, message, { mends: mendsOfFault(range, replacement) }),
  );
  const estimates = readEstimates(document, syntax, symbols, structure);
  const nameFaults = checkNames(document, symbols);
  const parts: AnalysisParts = {
    text,
    document,
    faults,
    symbols,
    structure,
    question,
    data,
    definitions,
    estimates,
    answersOf:
      before !== null && saysTheSame(before, { structure, question })
        ? before.answersOf
        : effectCache(structure, question),
    graphIsWhole: isWhole(document, [...faults, ...nameFaults]),
  };
  const diagnostics = sortDiagnostics([
    ...syntax,
    ...symbolFaults,
    ...nameFaults,
    ...edgeFaults,
    ...checkCycles(structure),
    ...roleFaults,
    ...missingRoles(parts),
    ...dataFaults,
    ...definitions.diagnostics,
    ...estimates.flatMap((estimate) => estimate.diagnostics),
    ...checkExpectations(document, symbols, structure, question),
    ...trusted([...checkUnused(document, symbols, structure), ...checkEffects(parts)], parts.graphIsWhole),
  ]);
  return { ...parts, diagnostics };
}

function mendsOfFault(range: Range, replacement: string | undefined): Mend[] {
  if (replacement === undefined) return [];
  const [line = '', ...more] = replacement.trim().split(/\r?\n/);
  const shown = more.length === 0 && line.length <= LONGEST_SHOWN ? `Change to ${line}` : 'Rewrite this';
  const title = replacement === '' ? 'Remove this' : replacement.trim() === '' ? 'Put a blank here' : shown;
  return [preferred({ kind: 'replace', range, text: replacement, title })];
}

/** Characters of a replacement that the title of its mend bears. */
const LONGEST_SHOWN = 40;

type AnalysisParts = Omit<Analysis, 'diagnostics'>;

function readEstimates(
  document: Document,
  syntax: readonly Diagnostic[],
  symbols: SymbolTable,
  structure: Structure,
): AnalysedEstimate[] {
  return document.statements
    .filter((statement) => statement.kind === 'estimate')
    .map((statement) => ({
      statement,
      ...readEstimate(statement, symbols, structure),
      faults: syntax.filter((fault) => isWithin(fault, statement)),
    }));
}

function isWithin(fault: { readonly range: Range }, statement: { readonly range: Range }): boolean {
  return statement.range.start <= fault.range.start && fault.range.start <= statement.range.end;
}

/** The first error of the `data` statement: with it the estimates would be about other rows. Null without one. */
export function dataFault({ data, diagnostics }: Analysis): Diagnostic | null {
  const { statement } = data;
  if (statement === null) return null;
  return diagnostics.find((each) => each.severity === 'error' && isWithin(each, statement)) ?? null;
}

/** Answers about the effects of one graph, each computed once. */
export function effectCache(
  structure: Structure,
  question: Pick<Question, 'selection'>,
): Analysis['answersOf'] {
  const known = new Map<string, EffectAnswers | QueryFailure>();
  const workspace = createWorkspace();
  const selection = nodesOf(question.selection);
  return (treatment, outcome) => {
    const key = `${treatment.join()}>${outcome.join()}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const effect = poseEffect(structure.graph, { treatment, outcome, selection }, workspace);
    const answers = effect.kind === 'failure' ? effect : answerEffect(effect);
    known.set(key, answers);
    return answers;
  };
}

/** A question that lacks its cause or its consequence: told once, where it is first asked. */
function missingRoles({ document, question, estimates, structure }: AnalysisParts): Diagnostic[] {
  const roles = document.statements.filter((statement) => statement.kind === 'role');
  for (const role of ['treatment', 'outcome'] as const) {
    if (question[role].length > 0 || roles.some((statement) => statement.role === role)) continue;
    const option = role === 'treatment' ? 'of' : 'on';
    const asking = estimates.find(({ statement }) => statement[option] === undefined);
    const range = asking?.statement.method?.range ?? asking?.statement.keyword ?? roles[0]?.keyword;
    if (range === undefined) continue;
    const likely =
      role === 'treatment'
        ? likelyTreatments(structure, nodesOf(question.outcome))
        : likelyOutcomes(structure, nodesOf(question.treatment));
    const [first] = likely;
    const such = first === undefined ? '' : `, for instance \`${role} ${quoteName(first)}\``;
    return [
      diagnostic(
        'missing-role',
        range,
        `There is no ${role}: the question is the effect of a treatment on an outcome. Add a line \`${role} NAME\`${such}.`,
        { mends: likely.map((name) => ({ kind: 'assign-role', role, name })) },
      ),
    ];
  }
  return [];
}

/** The effect that the roles ask about. */
interface AskedEffect {
  readonly answers: EffectAnswers;
  /** Where the question is asked. */
  readonly range: Range;
}

function checkEffects(parts: AnalysisParts): Diagnostic[] {
  const { structure, question, document } = parts;
  const asked = defaultEffect(parts);
  const diagnostics: Diagnostic[] = selectedRoles(parts);
  if (asked !== null) diagnostics.push(...checkDefault(asked, parts));
  for (const estimate of parts.estimates) diagnostics.push(...checkEstimate(estimate, asked, parts));
  for (const statement of document.statements) {
    if (statement.kind !== 'expect' || statement.expectation?.kind !== 'identifiable') continue;
    const strategy = asked?.answers.strategy();
    if (asked === null || (strategy !== 'none' && strategy !== 'undecided')) continue;
    const broken = checkIdentification(asked.answers, statement.expectation.range, structure);
    diagnostics.push(...broken.map((each) => ({ ...each, severity: 'error' as const })));
  }
  if (question.instruments.length > 0 && asked !== null) {
    for (const instrument of question.instruments) {
      diagnostics.push(...checkDeclaredInstrument(asked.answers.effect, instrument, structure));
    }
  }
  return diagnostics;
}

/** A treatment or an outcome that does not vary in the data, since the rows are selected by it. */
function selectedRoles({ question, answersOf }: AnalysisParts): Diagnostic[] {
  const [first] = question.selection;
  if (first === undefined || question.treatment.length === 0 || question.outcome.length === 0) return [];
  const answers = answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
  if (!('code' in answers) || !answers.code.startsWith('selected-')) return [];
  const selected = answers.code === 'selected-treatment' ? question.treatment : question.outcome;
  const mends: readonly Mend[] = question.selection
    .filter(({ node }) => selected.some((entry) => entry.node === node))
    .map(({ range, variable }) => ({ kind: 'leave-out', range, variables: [variable] }));
  return [diagnostic('selection-bias', first.range, answers.message, { severity: 'error', mends })];
}

/** The effect that the roles ask about; null where they do not name one that can be asked. */
function defaultEffect({ question, answersOf }: AnalysisParts): AskedEffect | null {
  const [first] = question.treatment;
  if (first === undefined || question.outcome.length === 0) return null;
  const answers = answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
  return 'code' in answers ? null : { answers, range: first.range };
}

function checkDefault({ answers, range }: AskedEffect, parts: AnalysisParts): Diagnostic[] {
  const { structure, question, document } = parts;
  const adjust = document.statements.find(
    (statement) => statement.kind === 'role' && statement.role === 'adjust',
  );
  const reviewed =
    question.adjusted === null || adjust?.kind !== 'role'
      ? question.selection
          .slice(0, 1)
          .flatMap((selection) => checkForbiddenSelection(answers.effect, selection.range, structure))
      : checkAdjust(answers, question.adjusted, adjust.keyword, structure);
  const set = question.adjusted === null ? (answers.adjustmentSet() ?? []) : nodesOf(question.adjusted);
  return [
    ...checkIdentification(answers, range, structure),
    ...reviewed,
    ...checkSelection(answers, set, question.selection, structure),
  ];
}

/** Statements without a say in which arrows there are. */
const BESIDE_THE_GRAPH: ReadonlySet<Statement['kind']> = new Set(['model', 'data', 'estimate', 'expect']);

function isWhole(document: Document, faults: readonly { readonly range: Range }[]): boolean {
  const beside = document.statements.filter(({ kind }) => BESIDE_THE_GRAPH.has(kind));
  return faults.every((fault) => beside.some((statement) => isWithin(fault, statement)));
}

/** What is said for want of an arrow. */
const FOR_WANT_OF_ARROWS: ReadonlySet<DiagnosticCode> = new Set([
  'no-causal-path',
  'adjust-instrument',
  'adjust-unneeded',
  'instrument-irrelevant',
  'isolated-variable',
  'unused-variable',
]);

/** In a file with broken lines an arrow may just not be read yet: what only its absence tells is then not said. */
function trusted(diagnostics: readonly Diagnostic[], whole: boolean): readonly Diagnostic[] {
  return whole ? diagnostics : diagnostics.filter(({ code }) => !FOR_WANT_OF_ARROWS.has(code));
}

function checkEstimate(
  { settings, statement }: AnalysedEstimate,
  asked: AskedEffect | null,
  parts: AnalysisParts,
): Diagnostic[] {
  if (settings === null) return [];
  const { structure, question } = parts;
  const treatment = settings.treatment === null ? question.treatment : [settings.treatment];
  const outcome = settings.outcome === null ? question.outcome : [settings.outcome];
  if (treatment.length === 0 || outcome.length === 0) return [];
  const answers = parts.answersOf(nodesOf(treatment), nodesOf(outcome));
  if ('code' in answers) return [];
  const own = answers !== asked?.answers;
  const range = (statement.of ?? statement.on ?? statement.method)?.range ?? statement.keyword;
  const reviewed = settings.adjust !== null && findMethod(settings.method)?.strategy === 'backdoor';
  return [
    ...(own ? checkIdentification(answers, range, structure) : []),
    ...checkStrategy(settings, answers, question, structure),
    ...(reviewed
      ? checkAdjust(answers, settings.adjust ?? [], settings.adjustRange ?? range, structure)
      : []),
    ...(settings.instruments ?? []).flatMap((instrument) =>
      checkDeclaredInstrument(answers.effect, instrument, structure),
    ),
    ...checkTreatmentType(settings, treatment, parts),
  ];
}

/** A method that compares two levels, asked about a treatment that is declared a number. */
function checkTreatmentType(
  settings: EstimateSettings,
  treatment: readonly RoleEntry[],
  { symbols }: AnalysisParts,
): Diagnostic[] {
  const [entry] = treatment;
  const method = findMethod(settings.method);
  const kind = entry === undefined ? undefined : symbols.declarations.get(entry.variable)?.type?.name;
  if (entry === undefined || settings.range === null || method?.options.includes('propensity') !== true)
    return [];
  if (kind !== 'continuous' && kind !== 'count') return [];
  return [
    diagnostic(
      'method-mismatch',
      settings.range,
      `${method.name} compares two levels, and ${entry.variable} is declared ${kind}. Use \`regression\`, or derive a variable with two levels.`,
      { mends: anyOf(settings.range, ['regression']) },
    ),
  ];
}
