/** Everything that is known of one estimate: what speaks against it first, then the number, what it means, and what it rests on. */

import type { ComponentChildren, JSX } from 'preact';
import { findMethod } from '../../engine/estimate/methods.ts';
import type { Estimate, EstimateFailure, EstimateOutcome } from '../../engine/estimate/result.ts';
import { decimalsFor } from '../../engine/report/numbers.ts';
import { STANDING_WORDS, standing } from '../estimateWords.ts';
import { diagnosticFacts } from '../facts/diagnosticFacts.ts';
import { formatCount, formatEstimate, formatInterval, formatPercent, withDecimals } from '../numbers.ts';
import { Prose } from '../prose.tsx';
import { Remark } from '../remark.tsx';
import { printable } from '../text.ts';
import { estimandSentence } from './estimandSentence.ts';
import { expectationWords } from './expectationWords.ts';
import { Figures } from './figures.tsx';
import { MetricsTable } from './metricsTable.tsx';
import { readingSentence } from './readingSentence.ts';
import { RefutationTable } from './refutationTable.tsx';
import { RelevanceTable } from './relevanceTable.tsx';
import { standardErrorSentence } from './standardErrorSentence.ts';
import { warningAdvice } from './warningAdvice.ts';

export interface CardProps {
  readonly outcome: EstimateOutcome;
  /** What each variable is for the effect, in words such as `confounder`; empty for one of which nothing is known. */
  readonly rolesOf: (variable: string) => readonly string[];
  /** Pixels that a plot may take; 0 leaves the plots out. */
  readonly width: number;
  /** Is what is long (all numbers) unfolded from the start, as on paper? */
  readonly unfolded: boolean;
}

/** `0.992, 95 % interval 0.966 to 1.018`. */
export function numberWords({ estimate, se, ci, level }: Estimate): string {
  const interval = ci.some(Number.isNaN)
    ? 'no interval'
    : `${formatPercent(level)} interval ${formatInterval(ci[0], ci[1], decimalsFor(estimate, se))}`;
  return `${formatEstimate(estimate, se)}, ${interval}`;
}

function Section(props: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <section class="card-section">
      <h5>{props.title}</h5>
      {props.children}
    </section>
  );
}

function Names(props: {
  readonly names: readonly string[];
  readonly rolesOf: CardProps['rolesOf'];
}): JSX.Element {
  return (
    <ul class="names">
      {props.names.map((name) => {
        const roles = props.rolesOf(name);
        return (
          <li key={name}>
            <bdi>{printable(name)}</bdi>
            {roles.length === 0 ? null : <span class="quiet"> ({roles.join(', ')})</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Warnings({ warnings }: Pick<Estimate, 'warnings'>): JSX.Element {
  return (
    <>
      {warnings.map(({ code, message }) => {
        const advice = warningAdvice(code);
        return (
          <Remark key={`${code} ${message}`} tone="caution">
            <Prose text={advice === null ? message : `${message} ${advice}`} />
          </Remark>
        );
      })}
    </>
  );
}

/** What was estimated and how, as terms and their words: the same for an estimate that could not be made. */
function Heading({ outcome, rolesOf }: Pick<CardProps, 'outcome' | 'rolesOf'>): JSX.Element {
  const method = findMethod(outcome.method);
  const { adjusted, instruments, through = [] } = outcome;
  return (
    <>
      <dt>Is about</dt>
      <dd>{estimandSentence(outcome)}</dd>
      <dt>Method</dt>
      <dd>
        {method === undefined ? printable(outcome.method) : `${method.title}. `}
        {method === undefined ? null : <Prose text={method.summary} />}
      </dd>
      {method === undefined ? null : (
        <>
          <dt>Assumes</dt>
          <dd>
            <Prose text={method.assumes} />
          </dd>
        </>
      )}
      {instruments.length === 0 ? null : (
        <>
          <dt>{instruments.length === 1 ? 'Instrument' : 'Instruments'}</dt>
          <dd>
            <Names names={instruments} rolesOf={() => []} />
          </dd>
        </>
      )}
      {through.length === 0 ? null : (
        <>
          <dt>Through</dt>
          <dd>
            <Names names={through} rolesOf={() => []} />
          </dd>
        </>
      )}
      <dt>Adjusts for</dt>
      <dd>{adjusted.length === 0 ? 'Nothing.' : <Names names={adjusted} rolesOf={rolesOf} />}</dd>
    </>
  );
}

function FailureBody({ outcome, rolesOf }: CardProps & { readonly outcome: EstimateFailure }): JSX.Element {
  return (
    <>
      <Remark tone="error">
        <Prose text={outcome.error.message} />
      </Remark>
      <p class="quiet">
        The other estimates do not depend on it. Its code is <code>{printable(outcome.error.code)}</code>.
      </p>
      <dl class="terms">
        <Heading outcome={outcome} rolesOf={rolesOf} />
      </dl>
    </>
  );
}

function Diagnostics({ estimate }: { readonly estimate: Estimate }): JSX.Element | null {
  const families = diagnosticFacts(estimate);
  if (families.length === 0) return null;
  return (
    <Section title="Diagnostics">
      <dl class="terms">
        {families.map(({ title, facts }) => (
          <>
            <dt key={title}>{title}</dt>
            <dd>
              {facts.map((fact) => (
                <p key={fact}>
                  <Prose text={fact} />
                </p>
              ))}
            </dd>
          </>
        ))}
      </dl>
    </Section>
  );
}

function EstimateBody(props: CardProps & { readonly outcome: Estimate }): JSX.Element {
  const { outcome: estimate, rolesOf, width, unfolded } = props;
  const { relevance = null, expectations, refutations, se } = estimate;
  return (
    <>
      <Warnings warnings={estimate.warnings} />
      {expectations
        .filter(({ passed }) => !passed)
        .map((one) => (
          <Remark key={`${one.metric} ${one.expected}`} tone="bad">
            {expectationWords(one)}
          </Remark>
        ))}
      <p class="reading">{readingSentence(estimate)}</p>
      <dl class="terms">
        <Heading outcome={estimate} rolesOf={rolesOf} />
        <dt>Rows used</dt>
        <dd>{formatCount(estimate.n)}</dd>
        <dt>Standard error</dt>
        <dd>
          {withDecimals(se, decimalsFor(estimate.estimate, se))}.{' '}
          <span class="quiet">{standardErrorSentence(estimate.seType)}</span>
        </dd>
        {expectations.some(({ passed }) => passed) ? (
          <>
            <dt>Expected</dt>
            <dd>
              {expectations
                .filter(({ passed }) => passed)
                .map((one) => (
                  <Remark key={`${one.metric} ${one.expected}`} tone="good">
                    {expectationWords(one)}
                  </Remark>
                ))}
            </dd>
          </>
        ) : null}
      </dl>
      <Figures estimate={estimate} width={width} />
      {refutations.length === 0 ? null : (
        <Section title="Refutations">
          <RefutationTable refutations={refutations} />
        </Section>
      )}
      {relevance === null ? null : (
        <Section title="What it rests on">
          <RelevanceTable estimate={estimate} relevance={relevance} />
        </Section>
      )}
      <Diagnostics estimate={estimate} />
      <details class="card-section" open={unfolded}>
        <summary>All numbers, with what they are</summary>
        <MetricsTable estimate={estimate} />
      </details>
    </>
  );
}

/** What stands in an estimate's heading: its number and what may be believed of it, both in words. */
export function CardSummary({ outcome }: { readonly outcome: EstimateOutcome }): JSX.Element {
  const state = standing(outcome);
  return (
    <>
      <span class={`tag tag-${state}`}>{STANDING_WORDS[state]}</span>{' '}
      {outcome.kind === 'estimate' ? <span class="card-number">{numberWords(outcome)}</span> : null}
    </>
  );
}

/** The card below its heading. */
export function EstimateCard(props: CardProps): JSX.Element {
  const { outcome } = props;
  return (
    <div class={`card-body standing-${standing(outcome)}`}>
      {outcome.kind === 'failure' ? (
        <FailureBody {...props} outcome={outcome} />
      ) : (
        <EstimateBody {...props} outcome={outcome} />
      )}
    </div>
  );
}
