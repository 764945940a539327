/** What is said about an `estimate` statement: what it holds fixed, whether that answers the question, and what came of it last. */

import { findMethod } from '../../../engine/estimate/methods.ts';
import { type Expectation, formatComparison } from '../../../engine/estimate/plan.ts';
import type { Estimand, Estimate, EstimateOutcome } from '../../../engine/estimate/result.ts';
import { nameList } from '../../../engine/wording.ts';
import type { EstimateStatement, ExpectOption } from '../../../grammar/tree.ts';
import type { AnalysedEstimate, Analysis } from '../../analysis/analyse.ts';
import { planEstimation } from '../../analysis/estimation.ts';
import type { PlannedEstimate } from '../../analysis/planning.ts';
import type { OpenSpec } from '../../openSpec.ts';
import { bold, bullets, code, escapeMarkdown, paragraphs, prose } from '../markdown.ts';
import { short } from './column.ts';
import { estimateEffect, SHOWN_NAMES } from './effects.ts';
import { verdictText } from './verdictText.ts';

/** Outcomes that are told, where there are several contrasts or outcome variables. */
const SHOWN_OUTCOMES = 4;

/** Characters of a formula that a hover bears. */
const SHOWN_FORMULA = 120;

/** Warnings of a result that are told. */
const SHOWN_WARNINGS = 2;

/** An `estimate` statement in words, with its last result, as Markdown. */
export function estimateText(statement: EstimateStatement, spec: OpenSpec): string {
  const { analysis } = spec;
  const analysed = analysis.estimates.find((each) => each.statement === statement);
  const settings = analysed?.settings ?? null;
  if (analysed === undefined || settings === null) {
    return paragraphs(['Asks for an estimate of the effect by one method.', verdictText(null, analysis)]);
  }
  const planned = plansOf(statement, analysis);
  return paragraphs([
    ...planned.slice(0, SHOWN_OUTCOMES).map((each) => planText(each, analysed)),
    lastResult(statement, spec),
    '---',
    verdictText(estimateEffect(analysed, analysis), analysis),
  ]);
}

/** The plans of one statement: by the place of its method, which no other shares. */
function plansOf({ method }: EstimateStatement, analysis: Analysis): readonly PlannedEstimate[] {
  return planEstimation(analysis).planned.filter(
    ({ range }) => range !== null && range.start === method?.range.start,
  );
}

function planText(planned: PlannedEstimate, { settings }: AnalysedEstimate): string {
  const { name, method, treatment, outcome, estimand, adjusted, instruments } =
    planned.kind === 'plan' ? planned.plan : planned.failure;
  const title = findMethod(method)?.title ?? method;
  const heading = `${bold(name)}${name === title ? '' : `, ${escapeMarkdown(title)}`}: the effect of ${bold(treatment || '?')} on ${bold(outcome || '?')} (${code(estimand)})`;
  if (planned.kind === 'failure')
    return paragraphs([heading, `It cannot run: ${prose(planned.failure.error.message)}`]);
  const { obstacle, through, formula } = planned.plan;
  const own = settings !== null && settings.adjust !== null;
  const held = adjusted.length === 0 ? 'nothing' : nameList(adjusted, SHOWN_NAMES);
  const by = method === 'difference' ? '' : own ? ', as the statement says' : '';
  return paragraphs([
    heading,
    bullets([
      `Adjusts for ${escapeMarkdown(held)}${by}.`,
      ...(through.length === 0
        ? []
        : [`Goes through ${escapeMarkdown(nameList([...through].sort(), SHOWN_NAMES))}.`]),
      ...(formula === null || formula.text.length > SHOWN_FORMULA
        ? []
        : [`Formula, where all have levels: ${code(formula.text)}`]),
      ...(instruments.length === 0
        ? []
        : [
            `Uses ${escapeMarkdown(nameList(instruments, SHOWN_NAMES))} as ${instruments.length === 1 ? 'instrument' : 'instruments'}.`,
          ]),
      obstacle === null
        ? 'The graph identifies the effect in this way.'
        : `**Not the effect:** ${prose(obstacle)}`,
    ]),
  ]);
}

function lastResult(statement: EstimateStatement, { lastRun }: OpenSpec): string | null {
  const outcomes = lastRun?.outcomes.get(statement.range.start) ?? [];
  if (lastRun === null || outcomes.length === 0) return null;
  const shown = outcomes.slice(0, SHOWN_OUTCOMES).map((outcome) => outcomeText(outcome, outcomes.length > 1));
  const rest = outcomes.length - shown.length;
  return paragraphs([
    `**Last result**${lastRun.stale ? ` ${STALE}` : ''}:`,
    bullets([...shown, ...(rest > 0 ? [`… and ${rest} more`] : [])]),
  ]);
}

/** Estimands of which one estimate gives several. */
const PARTS: ReadonlySet<Estimand> = new Set(['total', 'direct', 'indirect']);

/** Said beside what an earlier run found. */
export const STALE = '(made from an earlier text or data)';

function outcomeText(outcome: EstimateOutcome, several: boolean): string {
  const [level, reference] = outcome.contrast;
  const part = PARTS.has(outcome.estimand) ? `, ${outcome.estimand}` : '';
  const which = several ? `${bold(`${outcome.outcome}${part}, ${level} vs ${reference}`)}: ` : '';
  if (outcome.kind === 'failure') return `${which}no number: ${prose(outcome.error.message)}`;
  return `${which}${numbersText(outcome)}${warningsText(outcome)}`;
}

function numbersText({ estimate, ci, level, n, reliable }: Estimate): string {
  const doubt = reliable ? '' : ', and **not to be relied on**';
  return `**${short(estimate)}** (${short(100 * level)} % interval ${intervalText(ci)}), from ${n.toLocaleString('en')} rows${doubt}.`;
}

function intervalText([low, high]: Estimate['ci']): string {
  return `${short(low)} to ${short(high)}`;
}

function warningsText({ warnings }: Estimate): string {
  const shown = warnings.slice(0, SHOWN_WARNINGS).map(({ message }) => ` ${prose(message)}`);
  return shown.join('');
}

/** An `expect` among the options of an estimate, in words and with what the last run made of it, as Markdown. */
export function claimText(statement: EstimateStatement, option: ExpectOption, spec: OpenSpec): string {
  const { metric, comparison } = option;
  if (metric === undefined || comparison === undefined) {
    return 'States what must hold of this estimate, and is run as a test.';
  }
  const expected = formatComparison(plainComparison(comparison));
  return paragraphs([
    `**Expects** the ${code(metric.text)} of this estimate to be ${escapeMarkdown(comparisonWords(comparison))}.`,
    claimResults(statement, metric.text, expected, spec),
  ]);
}

function plainComparison(comparison: NonNullable<ExpectOption['comparison']>): Expectation['comparison'] {
  return comparison.kind === 'between'
    ? { kind: 'between', low: comparison.low.value, high: comparison.high.value }
    : { kind: comparison.kind, value: comparison.value.value };
}

const SIGNS = { '<': 'under', '<=': 'at most', '>': 'over', '>=': 'at least' } as const;

function comparisonWords(comparison: NonNullable<ExpectOption['comparison']>): string {
  if (comparison.kind === 'between') return `between ${comparison.low.text} and ${comparison.high.text}`;
  return `${SIGNS[comparison.kind]} ${comparison.value.text}`;
}

function claimResults(
  statement: EstimateStatement,
  metric: string,
  expected: string,
  { lastRun }: OpenSpec,
): string {
  const outcomes = lastRun?.outcomes.get(statement.range.start) ?? [];
  const several = outcomes.length > 1;
  const lines = outcomes.flatMap((outcome) => {
    if (outcome.kind === 'failure')
      return [`Not known: the estimate has no number. ${prose(outcome.error.message)}`];
    const found = outcome.expectations.find((each) => each.metric === metric && each.expected === expected);
    if (found === undefined) return [];
    const [level, reference] = outcome.contrast;
    const which = several ? `${escapeMarkdown(`${outcome.outcome}, ${level} vs ${reference}`)}: ` : '';
    const actual =
      found.actual === null ? 'the method gives no such number' : `it is **${short(found.actual)}**`;
    return [`${which}${found.passed ? '✓ holds' : '✗ does not hold'}, ${actual}.`];
  });
  if (lastRun === null || lines.length === 0)
    return 'Not run yet: the next estimate, or `causal test`, tells.';
  const stale = lastRun.stale ? ` ${STALE}` : '';
  return `**Last run**${stale}:\n\n${bullets(lines)}`;
}
