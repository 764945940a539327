import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ArrowKind } from '../../engine/report/graphEdit.ts';
import type { Drawing, DrawnNode, Point } from '../../views/drawing.ts';
import type { Viewport } from '../viewport.ts';
import type { Draft, Editing } from './useEditing.ts';

/** Pixels of the drawing around a variable that still count as it. */
const REACH = 6;

function nodeAt({ nodes }: Drawing, { x, y }: Point): DrawnNode | undefined {
  return nodes.findLast(
    (node) =>
      x >= node.x - REACH &&
      x <= node.x + node.width + REACH &&
      y >= node.y - REACH &&
      y <= node.y + node.height + REACH,
  );
}

/** Is the pointer still on the variable that the arrow begins at? */
function isNear({ from, pointer }: Draft, drawing: Drawing): boolean {
  return pointer !== null && nodeAt(drawing, pointer)?.name === from;
}

/** The kind that is chosen, and with Shift the other. */
function kindOf({ shiftKey }: { readonly shiftKey: boolean }, { arrowKind }: Editing): ArrowKind {
  if (!shiftKey) return arrowKind;
  return arrowKind === 'directed' ? 'bidirected' : 'directed';
}

interface DragParts {
  readonly drawing: Drawing;
  readonly viewport: Viewport;
  readonly editing: Editing;
}

/** Draws an arrow by a drag from the handle of a variable to another; Shift makes it one with two heads. While one is drawn by clicks, it follows the pointer. */
export function useArrowDrag(ref: RefObject<SVGSVGElement | null>, parts: DragParts): void {
  const latest = useRef(parts);
  latest.current = parts;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    /** The arrow as it was last drawn: what is kept in the page's state comes a frame later. */
    let dragged: Draft | null = null;
    let dropped = false;

    const placeOf = (event: PointerEvent): Point => {
      const box = element.getBoundingClientRect();
      const { x, y, scale } = latest.current.viewport;
      return { x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale };
    };
    const show = (draft: Draft | null): void => {
      if (dragged !== null) dragged = draft;
      latest.current.editing.setDraft(draft);
    };
    const down = (event: PointerEvent): void => {
      dropped = false;
      const handle = event.target instanceof Element ? event.target.closest('[data-handle]') : null;
      const place = handle?.closest('[data-place]')?.getAttribute('data-place');
      const node = latest.current.drawing.nodes[Number(place ?? -1)];
      if (event.button !== 0 || node === undefined) return;
      // The graph is not to be dragged along, nor the variable selected.
      event.stopImmediatePropagation();
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      const { editing } = latest.current;
      editing.dismiss();
      dragged = { from: node.name, kind: kindOf(event, editing), to: null, pointer: null };
      show(dragged);
    };
    const move = (event: PointerEvent): void => {
      const { editing, drawing } = latest.current;
      const draft = dragged ?? (event.buttons === 0 ? editing.draft : null);
      if (draft === null) return;
      const pointer = placeOf(event);
      const aimed = nodeAt(drawing, pointer)?.name ?? null;
      // Only who has been elsewhere and comes back means a loop.
      const setsOut =
        aimed === draft.from && draft.to === null && (draft.pointer === null || isNear(draft, drawing));
      show({ ...draft, kind: kindOf(event, editing), to: setsOut ? null : aimed, pointer });
    };
    const up = (event: PointerEvent): void => {
      const draft = dragged;
      if (draft === null) return;
      dragged = null;
      dropped = true;
      // A press without a drag leaves the arrow to be ended by another press.
      if (draft.pointer !== null && latest.current.editing.draft !== null)
        latest.current.editing.finish(draft, { x: event.clientX + 12, y: event.clientY + 12 });
    };
    const cancel = (): void => {
      if (dragged === null) return;
      dragged = null;
      latest.current.editing.setDraft(null);
    };
    const click = (event: MouseEvent): void => {
      if (dropped) event.stopImmediatePropagation();
      dropped = false;
    };
    const keys = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') cancel();
      else if (event.key === 'Shift' && dragged !== null)
        show({ ...dragged, kind: kindOf(event, latest.current.editing) });
    };

    element.addEventListener('pointerdown', down, { capture: true });
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', cancel);
    element.addEventListener('click', click, { capture: true });
    window.addEventListener('keydown', keys);
    window.addEventListener('keyup', keys);
    return () => {
      element.removeEventListener('pointerdown', down, { capture: true });
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', cancel);
      element.removeEventListener('click', click, { capture: true });
      window.removeEventListener('keydown', keys);
      window.removeEventListener('keyup', keys);
    };
  }, [ref]);
}
