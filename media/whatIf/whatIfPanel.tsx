/** “What if I adjusted for …” and “what if I measured …”: variables to tick. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { GraphSnapshot, SnapshotNode } from '../../engine/report/snapshot.ts';
import { caption } from '../../views/roles.ts';
import { printable } from '../../views/text.ts';
import { found } from '../search.ts';
import { isAdjustable, withAdjusted, withMeasured } from './supposition.ts';
import type { WhatIf } from './useWhatIf.ts';

/** Above this many variables a box to narrow them down is worth its place. */
const MANY = 16;
/** Boxes shown at once. */
const SHOWN = 60;

interface ChoiceProps {
  readonly heading: string;
  readonly nodes: readonly SnapshotNode[];
  readonly isTicked: (node: SnapshotNode) => boolean;
  readonly onToggle: (name: string) => void;
}

function Choice({ heading, nodes, isTicked, onToggle }: ChoiceProps): JSX.Element | null {
  const [words, setWords] = useState('');
  if (nodes.length === 0) return null;
  const matching = words.trim() === '' ? nodes : found(nodes, words);
  const shown = matching.slice(0, SHOWN);
  return (
    <fieldset>
      <legend>{heading}</legend>
      {nodes.length <= MANY ? null : (
        <input
          type="search"
          class="field"
          placeholder="Narrow down"
          aria-label={`Narrow down: ${heading}`}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <ul class="ticks">
        {shown.map((node) => (
          <li key={node.name}>
            <label>
              <input type="checkbox" checked={isTicked(node)} onChange={() => onToggle(node.name)} />{' '}
              <bdi>{printable(node.name)}</bdi> <span class="quiet">{caption(node)}</span>
            </label>
          </li>
        ))}
      </ul>
      {matching.length > shown.length ? (
        <p class="quiet">{matching.length - shown.length} more: narrow them down.</p>
      ) : null}
    </fieldset>
  );
}

/** The variables that could be adjusted for, and those that could have been measured; each tick changes verdict and picture at once. */
export function WhatIfPanel({
  whatIf,
  graph,
  text,
}: {
  readonly whatIf: WhatIf;
  readonly graph: GraphSnapshot;
  readonly text: GraphSnapshot;
}): JSX.Element {
  const { supposition, suppose } = whatIf;
  const hidden = text.nodes.filter(({ latent }) => latent);
  const { adjust } = supposition;
  return (
    <div class="what-if">
      <p class="quiet">Tick variables and see what follows. Nothing is written: the text stays as it is.</p>
      <Choice
        heading="What if I adjusted for"
        nodes={graph.nodes.filter((node) => isAdjustable(node, supposition))}
        isTicked={(node) => adjust?.includes(node.name) ?? node.adjusted}
        onToggle={(name) => suppose(withAdjusted(supposition, name, graph))}
      />
      <Choice
        heading="What if I measured"
        nodes={hidden}
        isTicked={({ name }) => supposition.measured.includes(name)}
        onToggle={(name) => suppose(withMeasured(supposition, name))}
      />
      {text.edges.some(({ kind }) => kind === 'bidirected') ? (
        <p class="quiet">
          A common cause drawn as ↔ has no name to tick: write it as <code>latent NAME</code> with its two
          arrows to try measuring it.
        </p>
      ) : null}
    </div>
  );
}
