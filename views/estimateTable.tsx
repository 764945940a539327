/** Estimates as a table: the number, how sure it is, and before everything else what speaks against it, in words. */

import type { JSX } from 'preact';
import type { Estimate, EstimateOutcome } from '../engine/estimate/result.ts';
import { decimalsFor, NO_NUMBER } from '../engine/report/numbers.ts';
import { expectationWords } from './estimates/expectationWords.ts';
import {
  controlWords,
  diagnosticWords,
  estimandWords,
  STANDING_WORDS,
  standardErrorWord,
  standing,
  titleOf,
} from './estimateWords.ts';
import { formatCount, formatInterval, formatPercent, withDecimals } from './numbers.ts';
import { Prose } from './prose.tsx';
import { type RefutationStanding, refutationHeading, refutationStanding } from './refutationWords.ts';
import { Remark, type Tone } from './remark.tsx';
import { printable } from './text.ts';

const COLUMNS = 5;
const NAMES_SHOWN = 12;

/** The levels of the intervals, for the column's heading: `95 %`, or `90 % or 95 %` where they differ. */
function levels(estimates: readonly EstimateOutcome[]): string {
  const shares = estimates.flatMap((one) => (one.kind === 'estimate' ? [one.level] : []));
  const words = [...new Set(shares)].sort((a, b) => a - b).map(formatPercent);
  return words.length === 0 ? '' : `${words.join(' or ')} `;
}

const TONES: Readonly<Record<RefutationStanding, Tone>> = {
  passed: 'good',
  failed: 'bad',
  told: 'told',
  'not-asked': 'caution',
};

/** Cautions first, then what the file expected, then how it stood up to being refuted. */
function Remarks({ outcome }: { readonly outcome: EstimateOutcome }): JSX.Element {
  if (outcome.kind === 'failure')
    return (
      <Remark tone="error">
        <Prose text={outcome.error.message} />
      </Remark>
    );
  return (
    <>
      {outcome.warnings.map((warning) => (
        <Remark key={`${warning.code} ${warning.message}`} tone="caution">
          <Prose text={warning.message} />
        </Remark>
      ))}
      {outcome.expectations.map((one) => (
        <Remark key={`${one.metric} ${one.expected}`} tone={one.passed ? 'good' : 'bad'}>
          {expectationWords(one)}
        </Remark>
      ))}
      {outcome.refutations.map((one) => (
        <Remark key={one.refuter} tone={TONES[refutationStanding(one)]}>
          {refutationHeading(one)} <Prose text={one.message} />
        </Remark>
      ))}
    </>
  );
}

function details(outcome: EstimateOutcome): string {
  const parts = [estimandWords(outcome.estimand), controlWords(outcome, NAMES_SHOWN)];
  if (outcome.estimand === 'unadjusted')
    parts.splice(0, 2, STANDING_WORDS[outcome.identified ? 'identified' : 'not-identified']);
  if (outcome.kind === 'estimate') parts.push(...diagnosticWords(outcome));
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function NumberCells({ estimate }: { readonly estimate: Estimate }): JSX.Element {
  const decimals = decimalsFor(estimate.estimate, estimate.se);
  const [low, high] = estimate.ci;
  const exact = (value: number): string | undefined => (Number.isFinite(value) ? String(value) : undefined);
  return (
    <>
      <td class="number value" title={exact(estimate.estimate)}>
        {withDecimals(estimate.estimate, decimals)}
      </td>
      <td class="number">{formatInterval(low, high, decimals)}</td>
      <td class="number" title={exact(estimate.se)}>
        {withDecimals(estimate.se, decimals)} <span class="quiet">{standardErrorWord(estimate.seType)}</span>
      </td>
      <td class="number">{formatCount(estimate.n)}</td>
    </>
  );
}

function MissingCells(): JSX.Element {
  return (
    <>
      <td class="number value">{NO_NUMBER}</td>
      <td class="number">{NO_NUMBER}</td>
      <td class="number">{NO_NUMBER}</td>
      <td class="number">{NO_NUMBER}</td>
    </>
  );
}

function EstimateRows({ outcome }: { readonly outcome: EstimateOutcome }): JSX.Element {
  const state = standing(outcome);
  return (
    <tbody class={`estimate standing-${state}`}>
      <tr>
        <th scope="row">
          <bdi>{printable(titleOf(outcome))}</bdi>{' '}
          <span class={`tag tag-${state}`}>{STANDING_WORDS[state]}</span>
        </th>
        {outcome.kind === 'estimate' ? <NumberCells estimate={outcome} /> : <MissingCells />}
      </tr>
      <tr class="more">
        <td colSpan={COLUMNS}>
          <Remarks outcome={outcome} />
          <p class="quiet">{details(outcome)}</p>
        </td>
      </tr>
    </tbody>
  );
}

/** The table of estimates of one effect, in the order given. Numbers show as many digits as their standard error warrants; the full ones are in their titles. */
export function EstimateTable(props: {
  readonly estimates: readonly EstimateOutcome[];
  readonly caption: string;
}): JSX.Element {
  return (
    <table class="estimates">
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col" class="number">
            Estimate
          </th>
          <th scope="col" class="number">
            {levels(props.estimates)}interval
          </th>
          <th scope="col" class="number">
            Standard error
          </th>
          <th scope="col" class="number">
            Rows
          </th>
        </tr>
      </thead>
      {props.estimates.map((outcome, i) => (
        <EstimateRows key={i} outcome={outcome} />
      ))}
    </table>
  );
}
