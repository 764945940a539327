import type { JSX } from 'preact';
import type { EstimatesState } from './protocol.ts';

/** Runs the estimates, for the first time or again; not there while they run. */
export function EstimateButton(props: {
  readonly state: EstimatesState;
  /** Is there a model to estimate from? */
  readonly possible: boolean;
  readonly onEstimate: () => void;
}): JSX.Element | null {
  const { status } = props.state;
  if (status === 'running') return null;
  return (
    <button type="button" class="primary" disabled={!props.possible} onClick={props.onEstimate}>
      {status === 'none' ? 'Estimate' : 'Run again'}
    </button>
  );
}
