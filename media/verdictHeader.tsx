/** The question and what the graph answers to it. */

import type { ComponentChildren, JSX } from 'preact';
import type { GraphSnapshot, SnapshotVerdict } from '../engine/report/snapshot.ts';
import { Prose } from '../views/prose.tsx';
import { printable } from '../views/text.ts';
import { Icon, type IconName } from './icons.tsx';

const SIGNS: Readonly<Record<SnapshotVerdict['status'], readonly [icon: IconName, word: string]>> = {
  identified: ['check', 'Identified'],
  'instrument-only': ['arrow', 'Instrument only'],
  zero: ['zero', 'Zero by assumption'],
  'not-identified': ['cross', 'Not identified'],
  'no-question': ['question', 'No question yet'],
  undecided: ['question', 'Not decided'],
  invalid: ['alert', 'Not valid'],
};

function More({ graph }: { readonly graph: GraphSnapshot }): JSX.Element | null {
  const { details } = graph.verdict;
  if (details.length === 0 && graph.openPaths.length === 0) return null;
  return (
    <details class="why">
      <summary>Why, and what else</summary>
      {details.map((sentence) => (
        <p key={sentence}>
          <Prose text={sentence} />
        </p>
      ))}
      {graph.openPaths.length === 0 ? null : (
        <>
          <h3>Open biasing paths</h3>
          <ul class="paths">
            {graph.openPaths.map((path) => (
              <li key={path}>{printable(path)}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

/** The model's title and the verdict on its effect: a sign, a word and a sentence. */
export function VerdictHeader(props: {
  readonly fileName: string;
  readonly graph: GraphSnapshot | null;
  /** Beside the title. */
  readonly actions?: ComponentChildren;
}): JSX.Element {
  const { fileName, graph } = props;
  const [icon, word] = graph === null ? SIGNS['no-question'] : SIGNS[graph.verdict.status];
  return (
    <header class="heading">
      {props.actions}
      <h1>
        <bdi>{printable(graph?.title ?? fileName)}</bdi>
        {graph?.title === undefined ? null : <span class="quiet file">{printable(fileName)}</span>}
      </h1>
      {graph === null ? null : (
        <>
          <p class={`verdict verdict-${graph.verdict.status}`}>
            <span class="status">
              <Icon name={icon} /> {word}
            </span>
            <span>
              <Prose text={graph.verdict.headline} />
            </span>
          </p>
          <More graph={graph} />
        </>
      )}
    </header>
  );
}
