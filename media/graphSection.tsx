/** The upper part of the page: the graph, what stands in its way, and what is said about it. */

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { isSameArrow } from '../engine/report/graphEdit.ts';
import type { GraphSnapshot, SnapshotNode } from '../engine/report/snapshot.ts';
import type { LayoutDirection } from '../views/drawing.ts';
import { printable } from '../views/text.ts';
import { ArrowStrip } from './editing/arrowStrip.tsx';
import { EditingLayer } from './editing/editingLayer.tsx';
import { below } from './editing/editTools.tsx';
import { type Editing, useEditing } from './editing/useEditing.ts';
import { FocusNotice } from './focusNotice.tsx';
import { type GraphControls, GraphPane } from './graphPane.tsx';
import type { Host } from './host.ts';
import { Icon } from './icons.tsx';
import { KeyRow } from './keyRow.tsx';
import { ModelList } from './modelList.tsx';
import { NodeStrip } from './nodeStrip.tsx';
import type { ViewSnapshot } from './protocol.ts';
import { SearchBox } from './searchBox.tsx';
import type { DrawingState } from './useDrawing.ts';
import type { Focus } from './useFocus.ts';
import { useSize } from './useSize.ts';
import { NodeWhatIf } from './whatIf/nodeWhatIf.tsx';
import { supposes } from './whatIf/supposition.ts';
import type { WhatIf } from './whatIf/useWhatIf.ts';

/** The strip of the selected variable first covers the key, one line of this height, and then the foot of the graph. */
const KEY_ROW_HEIGHT = 36;

const EXAMPLE = `variable treated, recovered, age

age -> treated, recovered
treated -> recovered

treatment treated
outcome recovered`;

function EmptyGraph(props: { readonly snapshot: ViewSnapshot; readonly editing: Editing }): JSX.Element {
  const { snapshot, editing } = props;
  if (snapshot.graph === null) {
    return (
      <div class="empty">
        <h2>Nothing to draw yet</h2>
        <p>{printable(snapshot.outdated ?? 'The graph appears here as soon as the text can be read.')}</p>
        <p class="quiet">Mend what is underlined in the text; the graph follows by itself.</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <h2>No variables yet</h2>
      <p>Declare variables and draw an arrow from each cause to its effect:</p>
      <p>
        <button
          type="button"
          class="secondary"
          onClick={(event) => editing.open({ kind: 'add', at: below(event.currentTarget) })}
        >
          Add a variable
        </button>
      </p>
      <p class="quiet">In the text it looks like this:</p>
      <pre>{EXAMPLE}</pre>
    </div>
  );
}

/** Moves the keyboard to a variable in the picture, which selects it; false where there is no picture. */
function focusNode(graph: GraphSnapshot, name: string): boolean {
  const place = graph.nodes.findIndex((node) => node.name === name);
  const element = document.querySelector<SVGGElement>(`[data-place="${place}"]`);
  element?.focus({ preventScroll: true });
  return element !== null;
}

interface GraphSectionProps extends Omit<GraphControls, 'sought'> {
  readonly host: Host;
  readonly snapshot: ViewSnapshot;
  /** The graph to show: that of the snapshot, or as it would be under a supposition. */
  readonly graph: GraphSnapshot | null;
  readonly whatIf: WhatIf;
  /** Every variable, of which `graph` has but the nearer ones where there are too many to draw. */
  readonly all: readonly SnapshotNode[];
  readonly focus: Focus | null;
  readonly direction: LayoutDirection;
  readonly onDirection: (direction: LayoutDirection) => void;
  readonly state: DrawingState;
}

/** Why the graph is not that of the present text, or is not drawn at all. */
function Notices({
  snapshot,
  state,
  focus,
}: Pick<GraphSectionProps, 'snapshot' | 'state' | 'focus'>): JSX.Element {
  return (
    <>
      {focus === null ? null : <FocusNotice focus={focus} />}
      {snapshot.outdated === null ? null : (
        <div class="notice notice-caution" role="status">
          <Icon name="alert" />
          <p>The last graph that could be read. {printable(snapshot.outdated)}</p>
        </div>
      )}
      {state.failure === null ? null : (
        <div class="notice notice-error" role="alert">
          <Icon name="alert" />
          <p>The graph could not be laid out: {printable(state.failure)}. Its list below is complete.</p>
        </div>
      )}
    </>
  );
}

/** Turns the picture: causes on the left, or causes on top. */
function DirectionButton({
  direction,
  onDirection,
}: Pick<GraphSectionProps, 'direction' | 'onDirection'>): JSX.Element {
  const label = direction === 'right' ? 'Draw from top to bottom' : 'Draw from left to right';
  return (
    <button
      type="button"
      class="tool"
      title={label}
      aria-label={label}
      onClick={() => onDirection(direction === 'right' ? 'down' : 'right')}
    >
      <Icon name={direction === 'right' ? 'down' : 'across'} />
    </button>
  );
}

/** The picture with its key, and over its foot the variable that is selected. */
function Picture(
  props: GraphSectionProps & { readonly graph: GraphSnapshot; readonly editing: Editing },
): JSX.Element {
  const { graph, state, selected, onSelect, editing } = props;
  const strip = useRef<HTMLDivElement>(null);
  const [sought, setSought] = useState<{ readonly name: string } | null>(null);
  const covered = Math.max(0, (useSize(strip)?.height ?? 0) - KEY_ROW_HEIGHT);
  const node = graph.nodes.find((one) => one.name === selected);
  const supposed = supposes(props.whatIf.supposition);
  const edge = graph.edges.find((one) => editing.arrow !== null && isSameArrow(one, editing.arrow));
  return (
    <div class="graph-body">
      <div class={supposed ? 'graph-area supposed' : 'graph-area'}>
        {supposed ? <p class="what-if-mark">What if</p> : null}
        <div class="corner">
          <SearchBox
            nodes={props.all}
            onFound={(name) => {
              setSought({ name });
              if (!focusNode(graph, name)) onSelect(name);
            }}
          />
          <DirectionButton direction={props.direction} onDirection={props.onDirection} />
        </div>
        {state.drawing === null ? (
          <p class="waiting">{state.failure === null ? 'Drawing the graph…' : ''}</p>
        ) : (
          <GraphPane
            drawing={state.drawing}
            provisional={state.provisional}
            viewport={props.viewport}
            onViewport={props.onViewport}
            selected={selected}
            onSelect={onSelect}
            onReveal={props.onReveal}
            highlighted={props.highlighted}
            path={props.path}
            labels={props.labels}
            sought={sought}
            outdated={props.snapshot.outdated !== null}
            covered={covered}
            editing={editing}
          />
        )}
      </div>
      {state.drawing === null ? null : <KeyRow drawing={state.drawing} />}
      <div class="strip-place" ref={strip}>
        {node === undefined ? null : (
          <NodeStrip
            graph={graph}
            node={node}
            onSelect={(name) => {
              if (!focusNode(graph, name)) onSelect(name);
            }}
            onClose={() => {
              focusNode(graph, node.name);
              onSelect(null);
            }}
            onReveal={props.onReveal}
            actions={<NodeWhatIf node={node} graph={graph} whatIf={props.whatIf} />}
            onMenu={(at) => editing.open({ kind: 'menu', target: { kind: 'variable', name: node.name }, at })}
          />
        )}
        {edge === undefined || node !== undefined ? null : (
          <ArrowStrip
            edge={edge}
            editing={editing}
            onClose={() => {
              focusNode(graph, edge.from);
              editing.selectArrow(null);
            }}
          />
        )}
      </div>
    </div>
  );
}

/** The graph, its key, the selected variable and the list; or what to do where there is none yet. */
export function GraphSection(props: GraphSectionProps): JSX.Element {
  const { graph } = props;
  // What is drawn is written into the text as it is, whatever is supposed of it.
  const editing = useEditing(props.host, props.snapshot.graph);
  const drawn = graph !== null && graph.nodes.length > 0;
  return (
    <section class="graph-pane" aria-label="Graph">
      {drawn ? (
        <>
          <Notices snapshot={props.snapshot} state={props.state} focus={props.focus} />
          <Picture {...props} graph={graph} editing={editing} />
          <ModelList graph={graph} onSelect={props.onSelect} editing={editing} />
        </>
      ) : (
        <EmptyGraph snapshot={props.snapshot} editing={editing} />
      )}
      {props.snapshot.graph === null ? null : (
        <EditingLayer editing={editing} graph={props.snapshot.graph} onReveal={props.onReveal} />
      )}
    </section>
  );
}
