/** The graph as a list: the same content for those who would rather read than look. */

import type { JSX } from 'preact';
import type { GraphSnapshot, SnapshotEdge } from '../engine/report/snapshot.ts';
import { caption } from '../views/roles.ts';
import { printable } from '../views/text.ts';
import { ArrowForm } from './editing/arrowForm.tsx';
import { shownArrow } from './editing/changes.ts';
import { below } from './editing/editTools.tsx';
import type { Editing, EditTarget } from './editing/useEditing.ts';
import { Icon } from './icons.tsx';

function edgeWords(edge: SnapshotEdge): string {
  const words: string[] = [];
  if (edge.onCycle) words.push('part of a cycle');
  if (edge.causal) words.push('carries the effect');
  if (edge.biasing) words.push('on an open biasing path');
  if (edge.note !== undefined) words.push(printable(edge.note));
  return words.length === 0 ? '' : ` – ${words.join('; ')}`;
}

/** Opens the menu of what can be changed. */
function ChangeButton(props: {
  readonly label: string;
  readonly target: EditTarget;
  readonly editing: Editing;
}): JSX.Element {
  const { label, target, editing } = props;
  return (
    <button
      type="button"
      class="tool"
      title={label}
      aria-label={label}
      aria-haspopup="menu"
      onClick={(event) => editing.open({ kind: 'menu', target, at: below(event.currentTarget) })}
    >
      <Icon name="more" />
    </button>
  );
}

/** Every variable with its role and every arrow with its meaning, behind a disclosure. */
export function ModelList(props: {
  readonly graph: GraphSnapshot;
  readonly onSelect: (name: string) => void;
  readonly editing: Editing;
}): JSX.Element {
  const { graph, editing } = props;
  return (
    <details class="model-list">
      <summary>
        As a list: {graph.nodes.length} variables, {graph.edges.length} arrows
      </summary>
      <div class="columns">
        <div>
          <h3>Variables</h3>
          <ul>
            {graph.nodes.map((node) => (
              <li key={node.name}>
                <button type="button" class="link" onClick={() => props.onSelect(node.name)}>
                  <bdi>{printable(node.name)}</bdi>
                </button>{' '}
                <span class="quiet">
                  {[caption(node), node.adjusted ? 'adjusted for' : '']
                    .filter((word) => word !== '')
                    .join(', ')}
                </span>
                <ChangeButton
                  label={`Change ${printable(node.name)}`}
                  target={{ kind: 'variable', name: node.name }}
                  editing={editing}
                />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>Arrows</h3>
          <ul>
            {graph.edges.map((edge, i) => (
              <li key={i}>
                <bdi>{printable(edge.from)}</bdi> {edge.kind === 'directed' ? '→' : '↔'}{' '}
                <bdi>{printable(edge.to)}</bdi>
                <span class="quiet">{edgeWords(edge)}</span>
                <ChangeButton
                  label={`Change ${shownArrow(edge)}`}
                  target={{ kind: 'arrow', arrow: edge }}
                  editing={editing}
                />
              </li>
            ))}
          </ul>
          <ArrowForm graph={graph} editing={editing} />
        </div>
      </div>
    </details>
  );
}
