import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EstimateOutcome } from '../../engine/estimate/result.ts';
import { printable } from '../../views/text.ts';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import { COPY_ACTIONS } from './copyActions.ts';

/** What can be done with an estimate, and how it went. */
export function CardActions(props: {
  readonly outcome: EstimateOutcome;
  readonly ask: Host['ask'];
}): JSX.Element {
  const { outcome, ask } = props;
  const [said, setSaid] = useState('');
  const tell = (work: Promise<unknown>, done: string): void => {
    work.then(
      () => setSaid(done),
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  const { name, method, treatment, outcome: measured, implied } = outcome;
  return (
    <div class="card-actions">
      {implied ? null : (
        <button
          type="button"
          class="tool wide"
          onClick={() => tell(ask('revealEstimate', { name, method, treatment, outcome: measured }), '')}
        >
          <Icon name="text" /> Show in the text
        </button>
      )}
      {COPY_ACTIONS.map(({ label, textOf }) => {
        const text = textOf(outcome);
        return text === null ? null : (
          <button
            key={label}
            type="button"
            class="tool wide"
            onClick={() => tell(ask('copy', { text }), 'Copied.')}
          >
            {label}
          </button>
        );
      })}
      <span class="quiet" role="status">
        {printable(said)}
      </span>
    </div>
  );
}
