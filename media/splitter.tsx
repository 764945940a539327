/** The edge between the graph and the pane beside or below it, to be dragged or moved by keys. */

import type { JSX, RefObject } from 'preact';
import { useRef } from 'preact/hooks';

const STEP = 0.04;
const LEAST = 0.15;
const MOST = 0.85;

function within(share: number): number {
  return Math.min(MOST, Math.max(LEAST, share));
}

export interface SplitterProps {
  /** The element that both parts fill. */
  readonly room: RefObject<HTMLElement | null>;
  /** The part after the edge, whose size is told. */
  readonly pane: RefObject<HTMLElement | null>;
  readonly paneId: string;
  /** Do the parts stand side by side? Else one above the other. */
  readonly beside: boolean;
  /** Share of the room that the pane takes, between 0 and 1, as it is measured. */
  readonly share: number;
  /** Null: as large as its content asks for. */
  readonly onShare: (share: number | null) => void;
}

/** Arrow keys move it by 4 % of the room, Home and End as far as it goes, Enter or a double click back to where it began. */
export function Splitter({ room, pane, paneId, beside, share, onShare }: SplitterProps): JSX.Element {
  const grip = useRef<number | null>(null);
  /** Where the pointer stands across the edge, and how far the pane reaches from there, in pixels. */
  const place = (event: PointerEvent): number => (beside ? event.clientX : event.clientY);
  const onPointerDown = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const box = pane.current?.getBoundingClientRect();
    if (event.button !== 0 || box === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = place(event) - (beside ? box.left : box.top);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const box = room.current?.getBoundingClientRect();
    if (grip.current === null || box === undefined) return;
    const edge = place(event) - grip.current;
    onShare(within(beside ? (box.right - edge) / box.width : (box.bottom - edge) / box.height));
  };
  const release = (): void => {
    grip.current = null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = beside ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
    const steps = new Map<string, number | null>([
      [less, within(share - STEP)],
      [more, within(share + STEP)],
      ['Home', MOST],
      ['End', LEAST],
      ['Enter', null],
    ]);
    const next = steps.get(event.key);
    if (next === undefined) return;
    event.preventDefault();
    onShare(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; this is the separator that can.
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label="Edge of the pane. Arrow keys move it, Enter puts it back."
      title="Drag to resize. Double click to put it back."
      aria-orientation={beside ? 'vertical' : 'horizontal'}
      aria-controls={paneId}
      aria-valuemin={Math.round((1 - MOST) * 100)}
      aria-valuemax={Math.round((1 - LEAST) * 100)}
      aria-valuenow={Math.round((1 - within(share)) * 100)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onDblClick={() => onShare(null)}
      onKeyDown={onKeyDown}
    />
  );
}
