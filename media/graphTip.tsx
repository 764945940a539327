/** What rests under the pointer, in words: a variable with its role and why, an arrow with its meaning, note and number. */

import type { JSX, RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Drawing, DrawnEdge, DrawnNode, Point } from '../views/drawing.ts';
import { type EdgeLabel, labelOf } from '../views/edgeLabels.ts';
import { spokenNode } from '../views/graph.tsx';
import { edgeMeaning, edgeText } from '../views/graphEdge.tsx';
import { printable } from '../views/text.ts';
import type { Extent } from './viewport.ts';

/** Milliseconds that the pointer rests before the words appear, and that it may take to reach them. */
const REST = 320;
const GRACE = 160;

const WIDTH = 320;
const ROOM = 220;

interface Target {
  readonly kind: 'place' | 'edge';
  readonly index: number;
  /** Of the pointer, in pixels of the stage. */
  readonly at: Point;
}

function targetOf(event: PointerEvent, stage: Element): Target | null {
  const element = event.target instanceof Element ? event.target.closest('[data-place], [data-edge]') : null;
  if (element === null) return null;
  const box = stage.getBoundingClientRect();
  const kind = element.hasAttribute('data-place') ? 'place' : 'edge';
  return {
    kind,
    index: Number(element.getAttribute(`data-${kind}`)),
    at: { x: event.clientX - box.left, y: event.clientY - box.top },
  };
}

/** What the pointer has come to rest on; null while it moves, and after Escape until it moves on to something else. */
function useTarget(stage: RefObject<HTMLElement | null>): Target | null {
  const [target, setTarget] = useState<Target | null>(null);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    let timer = 0;
    let over = '';
    const later = (next: Target | null, wait: number): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setTarget(next), wait);
    };
    const move = (event: PointerEvent): void => {
      // The words themselves may be pointed at, to read or to select them.
      if (event.target instanceof Element && event.target.closest('.tip') !== null) {
        window.clearTimeout(timer);
        return;
      }
      const next = event.buttons === 0 ? targetOf(event, element) : null;
      const key = next === null ? '' : `${next.kind} ${next.index}`;
      if (key === over) return;
      over = key;
      later(next, next === null ? GRACE : REST);
    };
    const hide = (): void => {
      window.clearTimeout(timer);
      setTarget(null);
    };
    const leave = (): void => {
      over = '';
      later(null, GRACE);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('wheel', hide, { passive: true });
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('wheel', hide);
    };
  }, [stage]);
  const shown = target !== null;
  useEffect(() => {
    if (!shown) return;
    // Before anything else hears the key: it is this that it closes.
    const close = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setTarget(null);
    };
    document.addEventListener('keydown', close, { capture: true });
    return () => document.removeEventListener('keydown', close, { capture: true });
  }, [shown]);
  return target;
}

function NodeWords({ node }: { readonly node: DrawnNode }): JSX.Element {
  return (
    <>
      <strong>{spokenNode(node)}</strong>
      {node.description === '' ? null : <span>{printable(node.description)}</span>}
      {node.note === undefined ? null : <span class="quiet">Note: {printable(node.note)}</span>}
    </>
  );
}

function EdgeWords({
  edge,
  label,
}: {
  readonly edge: DrawnEdge;
  readonly label: EdgeLabel | undefined;
}): JSX.Element {
  const meaning = edgeMeaning(edge).join(', ');
  return (
    <>
      <strong>{edgeText(edge)}</strong>
      {meaning === '' ? null : <span>{meaning.charAt(0).toUpperCase() + meaning.slice(1)}.</span>}
      {label === undefined ? null : <span>{printable(label.words)}</span>}
      {edge.note === undefined ? null : <span class="quiet">Note: {printable(edge.note)}</span>}
    </>
  );
}

/** A tooltip beside the pointer, which Escape closes. The selected variable has none: it is described at the foot of the graph. */
export function GraphTip(props: {
  readonly stage: RefObject<HTMLElement | null>;
  readonly panel: Extent;
  readonly drawing: Drawing;
  readonly labels: readonly EdgeLabel[];
  readonly selected: string | null;
}): JSX.Element | null {
  const { drawing, panel, labels } = props;
  const target = useTarget(props.stage);
  if (target === null) return null;
  const node = target.kind === 'place' ? drawing.nodes[target.index] : undefined;
  const edge = target.kind === 'edge' ? drawing.edges[target.index] : undefined;
  if (node === undefined ? edge === undefined : node.name === props.selected) return null;
  const width = Math.min(WIDTH, panel.width - 16);
  const x = Math.max(8, Math.min(panel.width - width - 8, target.at.x - width / 3));
  const above = target.at.y > panel.height / 2;
  // No inline styles: the place is that of an element of SVG.
  return (
    <svg class="tips" role="presentation">
      <foreignObject x={x} y={above ? target.at.y - ROOM - 14 : target.at.y + 18} width={width} height={ROOM}>
        <div class={above ? 'tip-place above' : 'tip-place'}>
          <div class="tip" role="tooltip">
            {node === undefined ? null : <NodeWords node={node} />}
            {edge === undefined ? null : <EdgeWords edge={edge} label={labelOf(edge, labels)} />}
          </div>
        </div>
      </foreignObject>
    </svg>
  );
}
