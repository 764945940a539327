/** The estimates: how to get them, how far they are, what they say, and whether they still hold for the text. */

import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { EstimateOutcome, EstimationReport, RowCount } from '../engine/estimate/result.ts';
import { contrastWords, effectGroups, effectTitle } from '../views/effects.ts';
import { EstimateTable } from '../views/estimateTable.tsx';
import { ForestPlot } from '../views/forestPlot.tsx';
import { formatCount } from '../views/numbers.ts';
import { Prose } from '../views/prose.tsx';
import { printable } from '../views/text.ts';
import { Icon } from './icons.tsx';
import type { EstimatesState } from './protocol.ts';
import { useSize } from './useSize.ts';

const WIDEST_PLOT = 860;

export interface EstimatesPaneProps {
  readonly state: EstimatesState;
  /** Results of an earlier run of the same file, shown while there are no newer ones. */
  readonly previous: EstimationReport | null;
  /** Is there a model to estimate from? */
  readonly possible: boolean;
  readonly onEstimate: () => void;
  readonly onCancel: () => void;
}

function rowWords({ read, used, dropped }: RowCount): string {
  const reasons: string[] = [];
  if (dropped.where > 0) reasons.push(`${formatCount(dropped.where)} left out by the filter`);
  if (dropped.missing > 0) reasons.push(`${formatCount(dropped.missing)} with a missing value`);
  const rest = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
  return `${formatCount(used)} of ${formatCount(read)} rows used${rest}.`;
}

function hasNumber(outcome: EstimateOutcome): boolean {
  return outcome.kind === 'estimate' && Number.isFinite(outcome.estimate);
}

/** A plot and a table for each effect; where nothing could be computed the table alone says why. */
function Results({
  report,
  stale,
}: {
  readonly report: EstimationReport;
  readonly stale: boolean;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const groups = effectGroups(report.estimates);
  return (
    <div class={stale ? 'results stale' : 'results'} ref={box}>
      {groups.length === 0 ? <p>There was nothing to estimate: no method fits this model.</p> : null}
      {groups.map((group) => {
        const title = effectTitle(group);
        const contrast = contrastWords(group);
        return (
          <section key={title}>
            <h3>
              {title} {contrast === '' ? null : <span class="quiet">{contrast}</span>}
            </h3>
            {size === null || size.width === 0 || !group.estimates.some(hasNumber) ? null : (
              <ForestPlot
                estimates={group.estimates}
                width={Math.min(size.width, WIDEST_PLOT)}
                label={`Forest plot. ${title}`}
              />
            )}
            <div class="scroll">
              <EstimateTable estimates={group.estimates} caption={title} />
            </div>
          </section>
        );
      })}
      <p class="quiet">{rowWords(report.rows)}</p>
    </div>
  );
}

function Progress(props: {
  readonly stage: string;
  readonly fraction: number | null;
  readonly onCancel: () => void;
}): JSX.Element {
  return (
    <div class="progress">
      <div class="progress-text">
        <span>{printable(props.stage)}</span>
        {props.fraction === null ? null : <span class="quiet">{Math.round(props.fraction * 100)} %</span>}
      </div>
      {props.fraction === null ? (
        <progress aria-label="Estimating" />
      ) : (
        <progress aria-label="Estimating" max={1} value={props.fraction} />
      )}
      <button type="button" class="secondary" onClick={props.onCancel}>
        Cancel
      </button>
    </div>
  );
}

function Notice(props: {
  readonly tone: 'caution' | 'error' | 'plain';
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice notice-${props.tone}`}>
      {props.tone === 'plain' ? null : <Icon name="alert" />}
      <p>{props.children}</p>
    </div>
  );
}

const INVITATION =
  'Estimates appear here: the estimate statements of this file, or the methods that the graph allows, run on its data.';

function Body(props: EstimatesPaneProps): JSX.Element {
  const { state, previous, possible } = props;
  const old = previous === null ? null : <Results report={previous} stale={true} />;
  switch (state.status) {
    case 'none':
      return (
        <Notice tone="plain">
          {possible
            ? INVITATION
            : 'There is no graph to estimate from yet. Write one, or mend what is marked in the text.'}
        </Notice>
      );
    case 'running':
      return (
        <>
          <Progress stage={state.stage} fraction={state.fraction} onCancel={props.onCancel} />
          {old === null ? null : <p class="quiet">Meanwhile, the results of the run before:</p>}
          {old}
        </>
      );
    case 'failed':
      return (
        <>
          <Notice tone="error">
            <Prose text={state.message} />
          </Notice>
          {old}
        </>
      );
    case 'cancelled':
      return (
        <>
          <Notice tone="plain">
            {previous === null
              ? 'The run was cancelled.'
              : 'The run was cancelled. These are the results of the one before.'}
          </Notice>
          {old}
        </>
      );
    case 'done':
      return (
        <>
          {state.stale ? (
            <Notice tone="caution">
              Out of date: the text or the data have changed since these numbers were computed. Run again to
              renew them.
            </Notice>
          ) : null}
          <Results report={state.report} stale={state.stale} />
        </>
      );
  }
}

/** What a screen reader hears when the state changes. */
function announcement(state: EstimatesState): string {
  switch (state.status) {
    case 'none':
      return '';
    case 'running':
      return `Estimating: ${printable(state.stage)}`;
    case 'done': {
      const count = state.report.estimates.length;
      return state.stale
        ? 'The estimates are out of date.'
        : `Estimated: ${count} ${count === 1 ? 'result' : 'results'}.`;
    }
    case 'failed':
      return `The estimates could not be run. ${printable(state.message)}`;
    case 'cancelled':
      return 'The run was cancelled.';
  }
}

/** The panel of the tab `Estimates`; the button that runs them stands in the head of the pane. */
export function EstimatesPane(props: EstimatesPaneProps): JSX.Element {
  return (
    <>
      <p class="visually-hidden" role="status">
        {announcement(props.state)}
      </p>
      <Body {...props} />
    </>
  );
}
