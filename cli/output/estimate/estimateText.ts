/** Estimates for people: a table, then what has to be known of each number before it is believed. */

import type {
  Estimate,
  EstimateOutcome,
  EstimationReport,
  RowCount,
} from '../../../engine/estimate/result.ts';
import { decimalsFor } from '../../../engine/report/numbers.ts';
import { nameList } from '../../../engine/wording.ts';
import { estimandWords, standardErrorWord, titleOf } from '../../../views/estimateWords.ts';
import { diagnosticFacts } from '../../../views/facts/diagnosticFacts.ts';
import {
  formatCount,
  formatEstimate,
  formatInterval,
  formatP,
  withDecimals,
} from '../../../views/numbers.ts';
import { type Terminal, table, wrap } from '../../terminal.ts';
import { refutationLines } from './refutationText.ts';
import { relevanceLines } from './relevance.ts';

/** The report on one spec. */
export function estimateText(
  file: string,
  title: string | undefined,
  report: EstimationReport,
  terminal: Terminal,
): string {
  const heading = title === undefined ? terminal.strong(file) : `${terminal.strong(file)}  ${title}`;
  const outcomes = inReadingOrder(report.estimates);
  const parts = [
    heading,
    wrap(rowsText(report.rows), terminal.width, '  '),
    '',
    estimatesTable(outcomes, terminal),
    ...outcomes.flatMap((outcome) => notes(outcome, nameOf(outcome, outcomes), terminal)),
  ];
  return `${parts.join('\n')}\n`;
}

/** The number without adjustment first: everything else is read against it. */
function inReadingOrder(outcomes: readonly EstimateOutcome[]): readonly EstimateOutcome[] {
  const naive = outcomes.filter(({ estimand }) => estimand === 'unadjusted');
  return [...naive, ...outcomes.filter(({ estimand }) => estimand !== 'unadjusted')];
}

function rowsText({ read, used, dropped, filled }: RowCount): string {
  const reasons = [
    ...(dropped.where > 0 ? [`${formatCount(dropped.where)} left out by \`where\``] : []),
    ...(dropped.missing > 0 ? [`${formatCount(dropped.missing)} for a missing value`] : []),
  ];
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  const gaps = Object.entries(filled).map(([name, rows]) => `${name} in ${formatCount(rows)}`);
  const made = gaps.length === 0 ? '' : ` Filled in: ${nameList(gaps)} of them.`;
  return `${formatCount(read)} rows read, ${formatCount(used)} used${why}.${made}`;
}

function estimatesTable(outcomes: readonly EstimateOutcome[], terminal: Terminal): string {
  const header = ['', 'estimate', 'interval', 'std. error', '', 'rows', ''];
  const rows = outcomes.map((outcome) => [
    `${marker(outcome)} ${nameOf(outcome, outcomes)}`,
    ...cells(outcome),
  ]);
  const [head = '', ...lines] = table([header, ...rows], new Set([1, 2, 3, 5]), '  ').split('\n');
  return [terminal.faint(head), ...lines].join('\n');
}

/** ✓ stands for an estimate that graph and data both allow to be believed. */
function marker(outcome: EstimateOutcome): string {
  if (outcome.kind === 'failure') return '✗';
  if (!outcome.reliable) return '!';
  return outcome.identified ? '✓' : '·';
}

/** With its contrast, where several estimates differ in it alone. */
function nameOf(outcome: EstimateOutcome, all: readonly EstimateOutcome[]): string {
  const title = titleOf(outcome);
  const twins = all.filter((each) => titleOf(each) === title && each.implied === outcome.implied);
  return twins.length > 1 ? `${title}, ${outcome.contrast[0]} vs ${outcome.contrast[1]}` : title;
}

function cells(outcome: EstimateOutcome): string[] {
  if (outcome.kind === 'failure') return ['–', '', '', '', '', 'could not run'];
  const { estimate, se, ci, seType, n } = outcome;
  const decimals = decimalsFor(estimate, se);
  return [
    formatEstimate(estimate, se),
    formatInterval(ci[0], ci[1], decimals),
    withDecimals(se, decimals),
    standardErrorWord(seType),
    formatCount(n),
    standingText(outcome),
  ];
}

function standingText(outcome: Estimate): string {
  if (!outcome.reliable) return 'UNRELIABLE';
  if (outcome.identified) return estimandWords(outcome.estimand);
  return outcome.estimand === 'unadjusted' ? 'unadjusted: not the effect' : 'not identified by the graph';
}

function notes(outcome: EstimateOutcome, name: string, terminal: Terminal): string[] {
  const lines =
    outcome.kind === 'failure' ? [terminal.error(outcome.error.message)] : estimateNotes(outcome, terminal);
  if (lines.length === 0) return [];
  const wrapped = lines.map((line) => wrap(line, terminal.width, '    '));
  return ['', `  ${terminal.strong(name)}`, ...wrapped];
}

function estimateNotes(estimate: Estimate, terminal: Terminal): string[] {
  const warnings = estimate.warnings.map(({ code, message }) =>
    code === 'positivity' && !estimate.reliable ? terminal.error(message) : terminal.warning(message),
  );
  const { through = [] } = estimate;
  const used = [
    ...(estimate.instruments.length > 0 ? [`Instrument: ${nameList(estimate.instruments)}.`] : []),
    ...(through.length > 0 ? [`Through ${nameList(through)}.`] : []),
    ...(estimate.adjusted.length > 0 ? [`Adjusted for ${nameList(estimate.adjusted)}.`] : []),
  ];
  const facts = [...used, ...factsOf(estimate)].join(' ');
  const expectations = estimate.expectations.map(({ metric, expected, actual, passed }) => {
    const got = actual === null ? 'this method does not give it' : `it is ${Number(actual.toPrecision(5))}`;
    return passed
      ? terminal.good(`✓ expected ${metric} ${expected}: ${got}`)
      : terminal.error(`✗ expected ${metric} ${expected}: ${got}`);
  });
  return [
    ...warnings,
    ...(facts === '' ? [] : [facts]),
    ...relevanceLines(estimate),
    ...expectations,
    ...refutationLines(estimate.refutations, terminal),
  ];
}

function factsOf(estimate: Estimate): string[] {
  return [
    `p ${formatP(estimate.p).replace(/^(?=\d)/, '= ')}.`,
    ...diagnosticFacts(estimate).flatMap(({ facts }) => facts),
  ];
}
