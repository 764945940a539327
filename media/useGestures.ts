import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from '../views/drawing.ts';

export interface Gestures {
  /** The pointer was dragged by so many pixels. */
  readonly onPan: (dx: number, dy: number) => void;
  /** Zoom by a factor about a point of the element, in its own pixels. */
  readonly onZoom: (at: Point, factor: number) => void;
  /** The right button was pressed on something, or a finger rested on it; the point is one of the window. */
  readonly onHold: (target: EventTarget | null, at: Point) => void;
}

/** Pixels that a pointer may tremble in a click. */
const TREMOR = 4;
const LINE = 16;
/** Milliseconds for which a finger rests to open a menu. */
const HOLD = 550;

function wheelFactor(event: WheelEvent): number {
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
  // A pinch on a touch pad arrives as a wheel with the control key, in far smaller steps.
  return Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016));
}

/**
 * Drag to pan, wheel to zoom, right button or long press for a menu on an element. The click that ends a drag is kept from whatever is under it. Returns
 * whether a pointer is down on the element.
 */
export function useGestures(
  ref: RefObject<SVGSVGElement | null>,
  gestures: Gestures,
): { readonly current: boolean } {
  const pressed = useRef(false);
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let last: Point | null = null;
    let dragging = false;
    let holding: ReturnType<typeof setTimeout> | undefined;

    const hold = (event: PointerEvent): void => {
      dragging = true;
      last = null;
      latest.current.onHold(event.target, { x: event.clientX, y: event.clientY });
    };
    const down = (event: PointerEvent): void => {
      pressed.current = true;
      if (event.button === 0 || event.button === 1) last = { x: event.clientX, y: event.clientY };
      dragging = false;
      clearTimeout(holding);
      if (event.pointerType === 'touch') holding = setTimeout(() => hold(event), HOLD);
    };
    const move = (event: PointerEvent): void => {
      if (last === null) return;
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      if (!dragging && Math.hypot(dx, dy) < TREMOR) return;
      if (!dragging) {
        dragging = true;
        clearTimeout(holding);
        // Captured only now: a captured pointer would take the clicks from the nodes.
        element.setPointerCapture(event.pointerId);
        element.classList.add('dragging');
      }
      last = { x: event.clientX, y: event.clientY };
      latest.current.onPan(dx, dy);
    };
    const up = (): void => {
      last = null;
      clearTimeout(holding);
      element.classList.remove('dragging');
    };
    const release = (): void => {
      pressed.current = false;
    };
    const click = (event: MouseEvent): void => {
      if (dragging) event.stopPropagation();
      dragging = false;
    };
    const menu = (event: MouseEvent): void => {
      event.preventDefault();
      // What a key opens is no gesture, and a finger has been seen to already.
      const pointerType = event instanceof PointerEvent ? event.pointerType : 'mouse';
      if (pointerType === 'mouse' || pointerType === 'pen')
        latest.current.onHold(event.target, { x: event.clientX, y: event.clientY });
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      latest.current.onZoom({ x: event.clientX - box.left, y: event.clientY - box.top }, wheelFactor(event));
    };

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    element.addEventListener('click', click, { capture: true });
    element.addEventListener('contextmenu', menu);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
      element.removeEventListener('click', click, { capture: true });
      element.removeEventListener('contextmenu', menu);
      element.removeEventListener('wheel', wheel);
      clearTimeout(holding);
    };
  }, [ref]);
  return pressed;
}
