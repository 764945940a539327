/** The graph as a list: the same content for those who would rather read than look. */

import type { JSX } from 'preact';
import type { GraphSnapshot, SnapshotEdge } from '../engine/report/snapshot.ts';
import { caption } from '../views/roles.ts';
import { printable } from '../views/text.ts';

function edgeWords(edge: SnapshotEdge): string {
  const words: string[] = [];
  if (edge.onCycle) words.push('part of a cycle');
  if (edge.causal) words.push('carries the effect');
  if (edge.biasing) words.push('on an open biasing path');
  if (edge.note !== undefined) words.push(printable(edge.note));
  return words.length === 0 ? '' : ` – ${words.join('; ')}`;
}

/** Every variable with its role and every arrow with its meaning, behind a disclosure. */
export function ModelList(props: {
  readonly graph: GraphSnapshot;
  readonly onSelect: (name: string) => void;
}): JSX.Element {
  const { graph } = props;
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
              </li>
            ))}
          </ul>
        </div>
      </div>
    </details>
  );
}
