/** What there is to say about the selected variable. */

import type { JSX } from 'preact';
import type { GraphSnapshot, SnapshotEdge, SnapshotNode } from '../engine/report/snapshot.ts';
import type { Point } from '../views/drawing.ts';
import { NodeOutline } from '../views/nodeShape.tsx';
import { caption, roleShape } from '../views/roles.ts';
import { printable } from '../views/text.ts';
import { below } from './editing/editTools.tsx';
import { Icon } from './icons.tsx';

interface StripProps {
  readonly graph: GraphSnapshot;
  readonly node: SnapshotNode;
  readonly onSelect: (name: string) => void;
  readonly onClose: () => void;
  readonly onReveal: (name: string) => void;
  /** Further things to do with the variable. */
  readonly actions?: JSX.Element;
  /** Opens the menu of what can be changed, at a point of the window. */
  readonly onMenu: (at: Point) => void;
}

type Link = readonly [name: string, edge: SnapshotEdge];

function Sign({ node }: { readonly node: SnapshotNode }): JSX.Element {
  return (
    <svg class="sign" width="34" height="22" viewBox="-2 -2 34 22" aria-hidden="true">
      <g class={`node-${node.role}`}>
        <NodeOutline
          shape={roleShape(node.role)}
          size={{ width: 30, height: 18 }}
          latent={node.latent || node.role === 'latent'}
        />
      </g>
    </svg>
  );
}

function Links(props: {
  readonly heading: string;
  readonly links: readonly Link[];
  readonly onSelect: (name: string) => void;
}): JSX.Element | null {
  if (props.links.length === 0) return null;
  return (
    <div class="links">
      <h3 class="quiet">{props.heading}</h3>
      <ul>
        {props.links.map(([name, edge], place) => (
          <li key={`${place} ${name}`}>
            <button type="button" class="link" onClick={() => props.onSelect(name)}>
              <bdi>{printable(name)}</bdi>
            </button>
            {edge.biasing ? <span class="tag tag-biasing">open biasing path</span> : null}
            {edge.note === undefined ? null : <span class="quiet">{printable(edge.note)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The arrows of a kind at one end of which the variable stands, each with the name at its other end. */
function linksOf(
  { graph, node }: StripProps,
  kind: SnapshotEdge['kind'],
  here: 'from' | 'to',
  there: 'from' | 'to',
): readonly Link[] {
  return graph.edges.flatMap((edge): readonly Link[] =>
    edge.kind === kind && edge[here] === node.name ? [[edge[there], edge]] : [],
  );
}

/** The selected variable's name, role, description, note and neighbours, and the way to its declaration. */
export function NodeStrip(props: StripProps): JSX.Element {
  const { node, onSelect, onClose, onReveal, onMenu } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  const words = [caption(node), node.adjusted ? 'adjusted for' : ''].filter((word) => word !== '').join(', ');
  const common = [
    ...linksOf(props, 'bidirected', 'from', 'to'),
    ...linksOf(props, 'bidirected', 'to', 'from'),
  ];
  return (
    <aside class="strip" aria-label="Selected variable" onKeyDown={onKeyDown}>
      <div class="strip-head">
        <Sign node={node} />
        <h2>
          <bdi>{printable(node.name)}</bdi>{' '}
          {words === '' ? null : <span class={`role role-${node.role}`}>{words}</span>}
        </h2>
        <button
          type="button"
          class="tool wide"
          aria-haspopup="menu"
          onClick={(event) => onMenu(below(event.currentTarget))}
        >
          <Icon name="more" /> Change
        </button>
        <button type="button" class="tool wide" onClick={() => onReveal(node.name)}>
          <Icon name="text" /> Show in the text
        </button>
        <button
          type="button"
          class="tool"
          title="Close (Escape)"
          aria-label="Close the description"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <p>
        {printable(node.description)}
        {node.note === undefined ? null : <span class="quiet note">{printable(node.note)}</span>}
      </p>
      {props.actions}
      <Links heading="Caused by" links={linksOf(props, 'directed', 'to', 'from')} onSelect={onSelect} />
      <Links heading="Affects" links={linksOf(props, 'directed', 'from', 'to')} onSelect={onSelect} />
      <Links heading="Shares an unmeasured cause with" links={common} onSelect={onSelect} />
    </aside>
  );
}
