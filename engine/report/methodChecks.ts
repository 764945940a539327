/** What was checked of an estimate, as a methods section tells it: diagnostics, sensitivity, refutations. */

import type { RefutationOutcome } from '../estimate/refutation.ts';
import type { Estimate, Metric } from '../estimate/result.ts';
import { findRefuter } from '../refute/catalogue.ts';
import type { ConfidenceSet } from '../stats/confidenceSet.ts';
import { nameList } from '../wording.ts';
import { grouped, signed } from './numbers.ts';

type Phrase = readonly [metric: Metric, phrase: (value: number) => string];

const p = (value: number): string => (value < 0.001 ? 'p < 0.001' : `p = ${value.toFixed(3)}`);

/** Those that a reader asks for first; sensitivity is told apart from them. */
const DIAGNOSTICS: readonly Phrase[] = [
  ['first_stage_f', (value) => `the first-stage F statistic was ${oneDecimal(value)}`],
  ['effective_f', (value) => `the effective F statistic was ${oneDecimal(value)}`],
  ['overid_p', (value) => `the test of over-identifying restrictions gave ${p(value)}`],
  ['hausman_p', (value) => `the Durbin–Wu–Hausman test gave ${p(value)}`],
  [
    'max_smd',
    (value) => `the largest standardised mean difference of a covariate afterwards was ${value.toFixed(2)}`,
  ],
  ['ess', (value) => `the effective sample size was ${grouped(String(Math.round(value)))}`],
  ['min_propensity', (value) => `the smallest propensity score was ${value.toPrecision(2)}`],
  ['max_propensity', (value) => `the largest propensity score was ${value.toPrecision(2)}`],
];

function oneDecimal(value: number): string {
  return grouped(value < 1000 ? value.toFixed(1) : String(Math.round(value)));
}

/** One sentence over the diagnostics that the method gives; none where it gives none. */
export function diagnosticSentence({ diagnostics, level }: Estimate): readonly string[] {
  const told = DIAGNOSTICS.flatMap(([metric, phrase]) => {
    const value = diagnostics.metrics[metric];
    return value === undefined || !Number.isFinite(value) ? [] : [phrase(value)];
  });
  const set = diagnostics.andersonRubinRobust ?? diagnostics.andersonRubin;
  if (set !== undefined)
    told.push(`the Anderson–Rubin ${percent(level)}% confidence set was ${setWords(set)}`);
  return told.length === 0 ? [] : [sentence(told)];
}

function setWords(set: ConfidenceSet): string {
  if (set.length === 0) return 'empty';
  const end = (value: number): string =>
    Number.isFinite(value)
      ? signed(value, String(Number(Math.abs(value).toPrecision(3))))
      : value < 0
        ? '−∞'
        : '∞';
  return set.map(([low, high]) => `${end(low)} to ${end(high)}`).join(' and ');
}

/** Sensitivity to what was not measured, and what came of the refutations. */
export function checkSentences({
  diagnostics,
  refutations,
  treatment,
  outcome,
}: Estimate): readonly string[] {
  const { robustness_value: robustness, e_value: eValue } = diagnostics.metrics;
  const sentences: string[] = [];
  if (robustness !== undefined && Number.isFinite(robustness))
    sentences.push(
      `To explain the estimate away, an unmeasured confounder would have to account for at least ${percent(robustness)}% of what is left unexplained of both ${treatment} and ${outcome} (robustness value; Cinelli and Hazlett, 2020).`,
    );
  if (eValue !== undefined && Number.isFinite(eValue))
    sentences.push(
      `The E-value was ${eValue.toFixed(2)}: an unmeasured confounder would have to raise the risk of both by that factor (VanderWeele and Ding, 2017).`,
    );
  return [...sentences, ...refutationSentences(refutations)];
}

function refutationSentences(refutations: readonly RefutationOutcome[]): readonly string[] {
  const named = (passed: boolean): readonly string[] =>
    refutations
      .filter((one) => one.error === null && one.passed === passed)
      .map(({ refuter }) => lower(findRefuter(refuter)?.title ?? refuter));
  const [held, lost] = [named(true), named(false)];
  return [
    ...(held.length === 0 ? [] : [`The estimate passed these refutations: ${nameList(held)}.`]),
    ...(lost.length === 0 ? [] : [`It failed these refutations: ${nameList(lost)}.`]),
  ];
}

function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function percent(share: number): string {
  return String(Number((100 * share).toFixed(1)));
}

/** Clauses as one sentence. */
function sentence(clauses: readonly string[]): string {
  const text = nameList(clauses, clauses.length);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
