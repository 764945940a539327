/** What a spec says must hold, as tests: each `expect`, and what its graph implies about the data. */

import { formatComparison } from '../../engine/estimate/plan.ts';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import type { Range, StructuralExpectation } from '../../grammar/tree.ts';
import type { DataFailure } from '../jobs/failure.ts';
import type { PlannedOutcomes } from '../lastRun.ts';
import type { AnalysedEstimate, Analysis } from './analyse.ts';
import { nodesOf } from './question.ts';
import { claimText, pText, rowsText, strengthText } from './survey/claimText.ts';
import { expectationAnswers, levelOf } from './survey/expectations.ts';
import { contextOf } from './survey/family.ts';
import { type JudgedImplication, judgedImplications, untestedText } from './survey/implications.ts';
import { surveyedPlans } from './survey/plans.ts';
import type { SurveyAnswer } from './survey.ts';
import { verdictOf } from './verdict.ts';

/** `skipped`: the data cannot tell, or what they tell changes no answer. A test that could not be asked for a fault of spec or data has failed. */
export type TestStatus = 'passed' | 'failed' | 'skipped';

export interface SpecTest {
  readonly group: 'graph' | 'data' | 'implications' | 'estimates';
  /** What must hold, as a person would say it. */
  readonly name: string;
  readonly status: TestStatus;
  /** What was found. */
  readonly message: string;
  /** The line that states it; the declaration of the first variable for what only the graph states. */
  readonly range: Range;
}

/** What the rows answered to the survey of a spec, and its estimates; null for what was not asked or could not be. */
export interface TestedSpec {
  readonly analysis: Analysis;
  readonly survey: SurveyAnswer | DataFailure | null;
  readonly estimates: readonly PlannedOutcomes[] | DataFailure | null;
}

/** Every test of a spec with its result: graph, expected independences, implications, expectations of estimates. */
export function specTests(spec: TestedSpec): SpecTest[] {
  return [
    ...identifiableTests(spec.analysis),
    ...independenceTests(spec),
    ...implicationTests(spec),
    ...estimateTests(spec),
  ];
}

/** Does a spec expect anything of its estimates? */
export function expectsOfEstimates({ estimates }: Analysis): boolean {
  return estimates.some(({ settings }) => (settings?.expectations.length ?? 0) > 0);
}

type Kind = StructuralExpectation['kind'];

/** The expectations of one kind, in the order of the text. */
function expectationsOf<K extends Kind>(
  { document }: Analysis,
  kind: K,
): Extract<StructuralExpectation, { kind: K }>[] {
  const isOfKind = (
    expectation: StructuralExpectation,
  ): expectation is Extract<StructuralExpectation, { kind: K }> => expectation.kind === kind;
  return document.statements
    .flatMap((statement) => (statement.kind === 'expect' ? (statement.expectation ?? []) : []))
    .filter(isOfKind);
}

function identifiableTests(analysis: Analysis): SpecTest[] {
  const { question } = analysis;
  return expectationsOf(analysis, 'identifiable').map(({ range }) => {
    const test = { group: 'graph', name: 'the effect is identifiable', range } as const;
    const { headline } = verdictOf(analysis);
    const answers = analysis.answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
    const asked = question.treatment.length > 0 && question.outcome.length > 0 && !('code' in answers);
    const strategy = asked ? answers.strategy() : 'none';
    const holds = analysis.graphIsWhole && strategy !== 'none' && strategy !== 'undecided';
    return { ...test, status: holds ? 'passed' : 'failed', message: headline };
  });
}

function independenceTests({ analysis, survey }: TestedSpec): SpecTest[] {
  const found = survey?.kind === 'survey' ? expectationAnswers(analysis, survey) : [];
  return expectationsOf(analysis, 'independent').map((expectation) => {
    const { range } = expectation;
    const test = { group: 'data', name: nameOfLine(analysis, range), range } as const;
    const answer = found.find((one) => one.range.start === range.start);
    if (answer === undefined) return { ...test, ...unasked(analysis, survey, range) };
    const { result } = answer.tested;
    if (result.kind === 'untested') return { ...test, status: 'skipped', message: `${result.reason}.` };
    const numbers = `${strengthText(result)}, ${pText(result.p)}, ${rowsText(result.n)}`;
    return { ...test, status: answer.passed === true ? 'passed' : 'failed', message: `${numbers}.` };
  });
}

/** Without a blank that is not needed: `rollout independent of age`. */
function nameOfLine({ text }: Analysis, { start, end }: Range): string {
  return text
    .slice(start, end)
    .replace(/^expect\s+/, '')
    .replaceAll(/\s+/g, ' ');
}

/** Why an expectation about the data has no answer. */
function unasked(
  analysis: Analysis,
  survey: TestedSpec['survey'],
  range: Range,
): Pick<SpecTest, 'status' | 'message'> {
  if (survey?.kind === 'failure') return { status: 'failed', message: survey.message };
  const told = analysis.diagnostics.find(
    (each) => range.start <= each.range.start && each.range.end <= range.end,
  );
  const message = told?.message ?? 'There are no data to ask. Add a line such as `data "file.csv"`.';
  return { status: 'failed', message };
}

function implicationTests(spec: TestedSpec): SpecTest[] {
  const { analysis, survey } = spec;
  const stated = expectationsOf(analysis, 'implications');
  const level = levelOf(stated[0]?.at?.value);
  if (survey?.kind !== 'survey' || survey.implications === null || survey.context !== contextOf(analysis)) {
    return stated.map(({ range }) => ({
      group: 'implications',
      name: 'the data agree with what the graph implies',
      range,
      ...unasked(analysis, survey, range),
    }));
  }
  const judged = judgedImplications(analysis, survey.implications, surveyedPlans(analysis).plans, level);
  const each = judged.map((one): SpecTest => {
    const place = stated[0]?.range ?? analysis.symbols.declarations.get(one.claim.x)?.range;
    return {
      group: 'implications',
      name: `by the graph ${claimText(one.claim)} are independent`,
      ...judgement(one, judged.length, stated.length > 0),
      range: place ?? { start: 0, end: 0 },
    };
  });
  return [...each, ...leftOut(untestedText(survey.implications), stated[0]?.range)];
}

/** A failure counts where somebody expects all of them to hold, or an answer may rest on this one. */
function judgement(
  { result, adjusted, passed, matters }: JudgedImplication,
  tests: number,
  expected: boolean,
): Pick<SpecTest, 'status' | 'message'> {
  const family = tests === 1 ? '' : ` after Holm’s correction for ${tests} tests`;
  const numbers = `${strengthText(result)}, ${pText(adjusted)}${family}, ${rowsText(result.n)}.`;
  if (passed) return { status: 'passed', message: numbers };
  if (expected || matters) return { status: 'failed', message: numbers };
  return { status: 'skipped', message: `The data disagree, and no answer rests on it: ${numbers}` };
}

/** What was not tested is told where somebody expects it to be. */
function leftOut(message: string, range: Range | undefined): SpecTest[] {
  if (message === '' || range === undefined) return [];
  const name = 'the data agree with all else that the graph implies';
  return [{ group: 'implications', name, status: 'skipped', message, range }];
}

function estimateTests({ analysis, estimates }: TestedSpec): SpecTest[] {
  return analysis.estimates.flatMap((estimate) => {
    const { settings, statement } = estimate;
    if (settings === null || settings.expectations.length === 0) return [];
    const places = expectationRanges(estimate);
    const title = settings.title ?? settings.method;
    const nameOf = (index: number): string => {
      const expectation = settings.expectations[index];
      return expectation === undefined
        ? title
        : `${title}: ${expectation.metric} ${formatComparison(expectation.comparison)}`;
    };
    if (estimates === null || 'kind' in estimates) {
      const message = estimates?.message ?? 'There are no data to estimate from.';
      return settings.expectations.map((_expectation, index) =>
        estimateTest(nameOf(index), places[index] ?? statement.range, 'failed', message),
      );
    }
    const outcomes = estimates
      .filter(
        ({ range }) =>
          range !== null && statement.range.start <= range.start && range.start <= statement.range.end,
      )
      .flatMap((planned) => planned.outcomes);
    return outcomes.flatMap((outcome) =>
      settings.expectations.map((_expectation, index) =>
        judgedExpectation(
          outcome,
          index,
          `${nameOf(index)}${suffixOf(outcome, outcomes)}`,
          places[index] ?? statement.range,
        ),
      ),
    );
  });
}

function expectationRanges({ statement }: AnalysedEstimate): Range[] {
  return statement.options.flatMap((option) =>
    option.kind === 'expect' && option.comparison !== undefined ? [option.range] : [],
  );
}

/** Tells the outcomes of one statement apart. */
function suffixOf(outcome: EstimateOutcome, all: readonly EstimateOutcome[]): string {
  if (all.length === 1) return '';
  const { contrast, outcome: measured, estimand } = outcome;
  const parts = [
    ...(new Set(all.map((one) => one.outcome)).size > 1 ? [`on ${measured}`] : []),
    ...(new Set(all.map((one) => one.estimand)).size > 1 ? [estimand] : []),
    ...(new Set(all.map((one) => one.contrast.join())).size > 1 ? [`${contrast[0]} vs ${contrast[1]}`] : []),
  ];
  return ` (${parts.join(', ')})`;
}

function estimateTest(name: string, range: Range, status: TestStatus, message: string): SpecTest {
  return { group: 'estimates', name, status, message, range };
}

function judgedExpectation(outcome: EstimateOutcome, index: number, name: string, range: Range): SpecTest {
  if (outcome.kind === 'failure') return estimateTest(name, range, 'failed', outcome.error.message);
  const answer = outcome.expectations[index];
  if (answer === undefined) return estimateTest(name, range, 'failed', 'It was not computed.');
  const got =
    answer.actual === null
      ? `${outcome.method} does not give ${answer.metric}.`
      : `${answer.metric} is ${Number(answer.actual.toPrecision(6))}.`;
  if (!outcome.reliable && answer.passed) {
    const [reason] = outcome.warnings;
    return estimateTest(name, range, 'failed', `${got} ${reason?.message ?? 'The estimate is unreliable.'}`);
  }
  return estimateTest(name, range, answer.passed ? 'passed' : 'failed', got);
}
