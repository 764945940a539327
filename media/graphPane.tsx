/** The graph with everything by which it is moved about in, asked and changed. */

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { isSameArrow } from '../engine/report/graphEdit.ts';
import type { Drawing, Point } from '../views/drawing.ts';
import type { EdgeLabel } from '../views/edgeLabels.ts';
import { Graph } from '../views/graph.tsx';
import type { LitPath } from '../views/litPath.ts';
import { EditTools } from './editing/editTools.tsx';
import { editKeyPressed } from './editing/keys.ts';
import { RubberBand } from './editing/rubberBand.tsx';
import { beside, focusTarget, targetAt } from './editing/targets.ts';
import { useArrowDrag } from './editing/useArrowDrag.ts';
import { draftProblem, type Editing, type EditTarget } from './editing/useEditing.ts';
import { useFocusGoal } from './editing/useFocusGoal.ts';
import { keyPressed, ZOOM_STEP } from './graphKeys.ts';
import { GraphTip } from './graphTip.tsx';
import { Icon, type IconName } from './icons.tsx';
import { Minimap } from './minimap.tsx';
import { useGestures } from './useGestures.ts';
import { useLegible } from './useLegible.ts';
import { useSize } from './useSize.ts';
import { useSought } from './useSought.ts';
import { useView, type View } from './useView.ts';
import type { Extent, Viewport } from './viewport.ts';

const BEFORE_MEASURED: Extent = { width: 640, height: 360 };

/** How the graph is looked at and what is picked in it, which whoever shows it keeps. */
export interface GraphControls {
  /** How it is looked at when it is first shown; null to fit it to the panel, also as both change. */
  readonly viewport: Viewport | null;
  readonly onViewport: (viewport: Viewport | null) => void;
  readonly selected: string | null;
  readonly onSelect: (name: string | null) => void;
  /** Show the declaration of a variable in the text. */
  readonly onReveal: (name: string) => void;
  readonly highlighted: string | null;
  /** The one path to light up; null to show the whole evenly. */
  readonly path: LitPath | null;
  readonly labels: readonly EdgeLabel[];
  /** The variable to go to, each request an object of its own; null before there was one. */
  readonly sought: { readonly name: string } | null;
}

export interface GraphPaneProps extends GraphControls {
  readonly drawing: Drawing;
  /** Is a better drawing on its way? */
  readonly provisional: boolean;
  readonly outdated: boolean;
  /** Height in pixels of what lies over the foot of the graph: more than 0 while a variable is described there. */
  readonly covered: number;
  readonly editing: Editing;
}

/** The variable that the Tab key reaches: the selected one, else the treatment, else the first. */
function tabStop(drawing: Drawing, selected: string | null): string | null {
  const { nodes } = drawing;
  const chosen =
    nodes.find((node) => node.name === selected) ?? nodes.find((node) => node.role === 'treatment');
  return (chosen ?? nodes[0])?.name ?? null;
}

function ToolButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}): JSX.Element {
  return (
    <button type="button" class="tool" title={props.label} aria-label={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}

function graphLabel({ nodes, edges }: Drawing): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  return `Causal graph of ${count(nodes.length, 'variable')} and ${count(edges.length, 'arrow')}. Arrow keys walk along the arrows, Enter shows the variable in the text, A draws an arrow, E goes to the arrows, Shift+F10 opens a menu.`;
}

function Tools({ view }: { readonly view: View }): JSX.Element {
  return (
    <div class="tools" role="toolbar" aria-label="Zoom">
      <ToolButton icon="minus" label="Zoom out (-)" onClick={() => view.zoom(1 / ZOOM_STEP)} />
      <ToolButton icon="plus" label="Zoom in (+)" onClick={() => view.zoom(ZOOM_STEP)} />
      <ToolButton icon="fit" label="Fit the graph to the panel (0)" onClick={view.fit} />
    </div>
  );
}

/** What the events of the picture do; `focus` moves the keyboard, which selects. */
function handlers(props: GraphPaneProps, view: View, focus: (target: EditTarget) => void) {
  const { onSelect, onReveal, selected, editing } = props;
  const { painted } = view;
  const select = (target: EditTarget | null): void => {
    editing.selectArrow(target?.kind === 'arrow' ? target.arrow : null);
    const name = target?.kind === 'variable' ? target.name : null;
    if (name !== selected) onSelect(name);
  };
  return {
    onKeyDown: (event: KeyboardEvent): void => {
      const target = targetAt(event.target, painted);
      const at = beside(event.target instanceof Element ? event.target : null);
      const here = target?.kind === 'variable' ? target.name : null;
      const done =
        editKeyPressed(event, { target, at, drawing: painted, editing, onFocus: focus }) ||
        keyPressed(event, here, {
          view,
          onFocus: (name) => focus({ kind: 'variable', name }),
          onReveal,
          onLeave: () => select(null),
        });
      if (done) event.preventDefault();
    },
    onClick: (event: MouseEvent): void => {
      const target = targetAt(event.target, painted);
      const { draft } = editing;
      editing.dismiss();
      if (draft !== null) {
        const to = target?.kind === 'variable' ? target.name : null;
        editing.finish({ ...draft, to }, { x: event.clientX + 12, y: event.clientY + 12 });
        return;
      }
      select(target);
      if (target?.kind === 'variable') onReveal(target.name);
    },
    onFocusIn: (event: FocusEvent): void => {
      const target = targetAt(event.target, painted);
      const { draft } = editing;
      if (target === null) return;
      if (draft === null) select(target);
      else if (target.kind === 'variable')
        editing.setDraft({ ...draft, to: target.name === draft.from ? null : target.name, pointer: null });
    },
    /** By the right button, or a long press; the keys have their own way. */
    onMenu: (element: EventTarget | null, at: Point): void => {
      const target = targetAt(element, painted);
      editing.setDraft(null);
      if (target === null) editing.open({ kind: 'add', at });
      else {
        focus(target);
        select(target);
        editing.open({ kind: 'menu', target, at });
      }
    },
  };
}

/** A pannable, zoomable, selectable graph that follows the model as it is edited without losing the reader's place. */
export function GraphPane(props: GraphPaneProps): JSX.Element {
  const { drawing, covered, selected, highlighted, path, labels, editing } = props;
  const svg = useRef<SVGSVGElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const panel = useSize(stage) ?? BEFORE_MEASURED;
  const view = useView({
    drawing,
    panel,
    covered,
    selected,
    initial: props.viewport,
    onChange: props.onViewport,
  });
  const { painted, viewport } = view;
  useSought(props.sought, view);
  useLegible(svg, viewport.scale);
  const focus = (target: EditTarget): void => void focusTarget(svg.current, target, painted);
  const { onKeyDown, onClick, onFocusIn, onMenu } = handlers(props, view, focus);
  useArrowDrag(svg, { drawing: painted, viewport, editing });
  const pressed = useGestures(svg, {
    onPan: view.pan,
    onZoom: (at, factor) => view.zoom(factor, at),
    onHold: onMenu,
  });
  const reached = tabStop(painted, selected);
  useFocusGoal(editing, painted, svg, reached);

  const { draft, arrow } = editing;
  const edge = painted.edges.findIndex((one) => arrow !== null && isSameArrow(one, arrow));
  // Panning and zooming move the picture as a whole: it is not drawn anew.
  const picture = useMemo(
    () => (
      <Graph
        drawing={painted}
        interaction={{ selected, highlighted, tabStop: reached, selectedEdge: edge }}
        path={path}
        labels={labels}
      />
    ),
    [painted, selected, highlighted, reached, edge, path, labels],
  );
  return (
    <div
      class={props.outdated ? 'stage outdated' : 'stage'}
      ref={stage}
      onFocusIn={(event) => {
        // A pointer selects by its click: what is described earlier would move the picture from under it.
        if (!pressed.current) onFocusIn(event);
      }}
    >
      <svg
        ref={svg}
        class={draft === null ? 'canvas' : 'canvas drawing'}
        role="application"
        aria-busy={props.provisional}
        aria-label={graphLabel(painted)}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <g transform={`translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`}>
          {picture}
          {draft === null ? null : (
            <RubberBand draft={draft} drawing={painted} problem={draftProblem(draft, editing.graph)} />
          )}
        </g>
      </svg>
      <EditTools
        editing={editing}
        selected={selected}
        onFocus={(name) => focus({ kind: 'variable', name })}
      />
      <Tools view={view} />
      <Minimap drawing={painted} viewport={viewport} panel={panel} onPan={view.pan} />
      <GraphTip stage={stage} panel={panel} drawing={painted} labels={labels} selected={selected} />
    </div>
  );
}
