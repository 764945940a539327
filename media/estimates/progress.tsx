/** How far a run has come: its stages, the share of it that is done, for how long it has run, and how to stop it. */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { printable } from '../../views/text.ts';
import type { EstimatesState } from '../protocol.ts';
import { type ShownStage, shownStages } from './stages.ts';
import { useElapsed } from './useElapsed.ts';

type Running = Extract<EstimatesState, { status: 'running' }>;

const SIGNS: Readonly<Record<ShownStage['state'], readonly [sign: string, word: string]>> = {
  done: ['✓', 'done'],
  current: ['▸', 'now'],
  'to-come': ['○', 'to come'],
};

function elapsedWords(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Escape stops the run wherever it is pressed in the page, unless it closes something there. */
function useEscape(onCancel: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      const isOurs =
        target === document.body || (target instanceof Element && target.closest('.side-pane') !== null);
      if (event.key !== 'Escape' || event.defaultPrevented || !isOurs) return;
      event.preventDefault();
      onCancel();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onCancel]);
}

/** The progress of a run. */
export function Progress(props: { readonly state: Running; readonly onCancel: () => void }): JSX.Element {
  const { state, onCancel } = props;
  const { stage, fraction, stages = [] } = state;
  const seconds = useElapsed(state.elapsed ?? 0);
  const cancel = useRef<HTMLButtonElement>(null);
  useEscape(onCancel);
  // The button that began the run is gone, and the keyboard with it, unless it finds its way here.
  useEffect(() => {
    if (document.hasFocus() && document.activeElement === document.body)
      cancel.current?.focus({ preventScroll: true });
  }, []);
  const done = fraction === null ? '' : `${Math.round(fraction * 100)} %, `;
  return (
    <div class="progress">
      {fraction === null ? (
        <progress aria-label="Estimating" />
      ) : (
        <progress aria-label="Estimating" max={1} value={fraction} />
      )}
      <button type="button" class="secondary" title="Cancel (Escape)" ref={cancel} onClick={onCancel}>
        Cancel
      </button>
      <p class="elapsed quiet">
        {done}
        {elapsedWords(seconds)}
      </p>
      <ol class="stages">
        {shownStages(stages, stage).map(({ state: place, text }) => (
          <li
            key={`${place} ${text}`}
            class={`stage-${place}`}
            aria-current={place === 'current' ? 'step' : undefined}
          >
            <span aria-hidden="true">{SIGNS[place][0]}</span>
            <span class="visually-hidden">{SIGNS[place][1]}: </span>
            {printable(text)}
          </li>
        ))}
      </ol>
    </div>
  );
}
