/** The estimates: how to get them, how far they are, what they say, and whether they still hold for the text. */

import type { JSX } from 'preact';
import { Prose } from '../views/prose.tsx';
import { printable } from '../views/text.ts';
import { Notice } from './estimates/notice.tsx';
import { Progress } from './estimates/progress.tsx';
import { Results, type ResultsProps } from './estimates/results.tsx';
import { StaleNotice } from './estimates/staleNotice.tsx';
import type { EstimatesState, FinishedRun } from './protocol.ts';

export interface EstimatesPaneProps extends Omit<ResultsProps, 'report' | 'stale'> {
  readonly state: EstimatesState;
  /** The newest run that gave results, shown while there are no newer ones. */
  readonly kept: FinishedRun | null;
  /** Is there a model to estimate from? */
  readonly possible: boolean;
  readonly onCancel: () => void;
}

const INVITATION =
  'Estimates appear here: the estimate statements of this file, or the methods that the graph allows, run on its data.';

function Body(props: EstimatesPaneProps): JSX.Element {
  const { state, kept, possible } = props;
  const old = (words: string): JSX.Element | null =>
    kept === null ? null : (
      <>
        <p class="quiet">{words}</p>
        {kept.stale ? (
          <StaleNotice changed={kept.changed ?? null} renewing={state.status === 'running'} />
        ) : null}
        <Results {...props} report={kept.report} stale={kept.stale || state.status === 'running'} />
      </>
    );
  switch (state.status) {
    case 'none':
      return (
        <Notice tone="plain">
          <p>
            {possible
              ? INVITATION
              : 'There is no graph to estimate from yet. Write one, or mend what is marked in the text.'}
          </p>
        </Notice>
      );
    case 'running':
      return (
        <>
          <Progress state={state} onCancel={props.onCancel} />
          {old('Meanwhile, the results of the run before:')}
        </>
      );
    case 'failed':
      return (
        <>
          <Notice tone="error">
            <p>
              <Prose text={state.message} />
            </p>
          </Notice>
          {old('These are the results of the run before:')}
        </>
      );
    case 'cancelled':
      return (
        <>
          <Notice tone="plain">
            <p>The run was cancelled.</p>
          </Notice>
          {old('These are the results of the run before:')}
        </>
      );
    case 'done':
      return (
        <>
          {state.stale ? <StaleNotice changed={state.changed ?? null} renewing={false} /> : null}
          <Results {...props} report={state.report} stale={state.stale} />
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

/** What the tab of the estimates shows. */
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
