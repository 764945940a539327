/** The graph with everything by which it is moved about in and asked. */

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Drawing } from '../views/drawing.ts';
import type { EdgeLabel } from '../views/edgeLabels.ts';
import { Graph } from '../views/graph.tsx';
import type { LitPath } from '../views/litPath.ts';
import { GraphTip } from './graphTip.tsx';
import { Icon, type IconName } from './icons.tsx';
import { Minimap } from './minimap.tsx';
import { directionOf, neighbour } from './navigation.ts';
import { useGestures } from './useGestures.ts';
import { useLegible } from './useLegible.ts';
import { useSize } from './useSize.ts';
import { useSought } from './useSought.ts';
import { useView, type View } from './useView.ts';
import type { Extent, Viewport } from './viewport.ts';

const ZOOM_STEP = 1.25;
const PAN_STEP = 48;
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
  readonly outdated: boolean;
  /** Height in pixels of what lies over the foot of the graph: more than 0 while a variable is described there. */
  readonly covered: number;
}

/** The variable that the Tab key reaches: the selected one, else the treatment, else the first. */
function tabStop(drawing: Drawing, selected: string | null): string | null {
  const { nodes } = drawing;
  const chosen =
    nodes.find((node) => node.name === selected) ?? nodes.find((node) => node.role === 'treatment');
  return (chosen ?? nodes[0])?.name ?? null;
}

/** The variable under an event, by the place that the picture gives its nodes. */
function nameAt(target: EventTarget | null, drawing: Drawing): string | null {
  const element = target instanceof Element ? target.closest('[data-place]') : null;
  return element === null ? null : (drawing.nodes[Number(element.getAttribute('data-place'))]?.name ?? null);
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
  return `Causal graph of ${count(nodes.length, 'variable')} and ${count(edges.length, 'arrow')}. Arrow keys walk along the arrows, Enter shows the variable in the text.`;
}

/** Moves the keyboard to a variable of the picture, which selects it. */
function focusPlace(svg: Element | null, place: number): void {
  svg?.querySelector<SVGGElement>(`[data-place="${place}"]`)?.focus({ preventScroll: true });
}

interface KeyActions {
  readonly view: View;
  readonly onFocus: (name: string) => void;
  readonly onReveal: (name: string) => void;
  readonly onLeave: () => void;
}

/** Does what a key asks for with the focus on the variable `here`; false where it asks for nothing. */
function keyPressed(event: KeyboardEvent, here: string | null, actions: KeyActions): boolean {
  const { view } = actions;
  const direction = directionOf(event.key);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (direction !== undefined && event.shiftKey) {
    const [dx = 0, dy = 0] = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] }[direction];
    view.pan(dx * PAN_STEP, dy * PAN_STEP);
  } else if (direction !== undefined && here !== null) {
    const next = neighbour(view.painted, here, direction);
    if (next !== null) actions.onFocus(next);
  } else if ((event.key === 'Enter' || event.key === ' ') && here !== null) actions.onReveal(here);
  else if (event.key === 'Escape') actions.onLeave();
  else if (event.key === '+' || event.key === '=') view.zoom(ZOOM_STEP);
  else if (event.key === '-') view.zoom(1 / ZOOM_STEP);
  else if (event.key === '0') view.fit();
  else return false;
  return true;
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

/** A pannable, zoomable, selectable graph that follows the model as it is edited without losing the reader's place. */
export function GraphPane(props: GraphPaneProps): JSX.Element {
  const { drawing, covered, selected, highlighted, path, labels, onSelect, onReveal } = props;
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
  useGestures(svg, { onPan: view.pan, onZoom: (at, factor) => view.zoom(factor, at) });

  const onKeyDown = (event: KeyboardEvent): void => {
    const done = keyPressed(event, nameAt(event.target, painted), {
      view,
      onFocus: (name) =>
        focusPlace(
          svg.current,
          painted.nodes.findIndex((node) => node.name === name),
        ),
      onReveal,
      onLeave: () => onSelect(null),
    });
    if (done) event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const name = nameAt(event.target, painted);
    onSelect(name);
    if (name !== null) onReveal(name);
  };
  const onFocusIn = (event: FocusEvent): void => {
    const name = nameAt(event.target, painted);
    if (name !== null && name !== selected) onSelect(name);
  };

  const reached = tabStop(painted, selected);
  // Panning and zooming move the picture as a whole: it is not drawn anew.
  const picture = useMemo(
    () => (
      <Graph
        drawing={painted}
        interaction={{ selected, highlighted, tabStop: reached }}
        path={path}
        labels={labels}
      />
    ),
    [painted, selected, highlighted, reached, path, labels],
  );
  return (
    <div class={props.outdated ? 'stage outdated' : 'stage'} ref={stage} onFocusIn={onFocusIn}>
      <svg
        ref={svg}
        class="canvas"
        role="application"
        aria-label={graphLabel(painted)}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <g transform={`translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`}>{picture}</g>
      </svg>
      <Tools view={view} />
      <Minimap drawing={painted} viewport={viewport} panel={panel} onPan={view.pan} />
      <GraphTip stage={stage} panel={panel} drawing={painted} labels={labels} selected={selected} />
    </div>
  );
}
