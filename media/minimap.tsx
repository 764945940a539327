/** The whole of a large graph in a corner, with the part that the panel shows. */

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Box, Drawing } from '../views/drawing.ts';
import type { Extent, Viewport } from './viewport.ts';

/** Fewer variables than this are taken in at a glance. */
const FROM = 61;
const WIDTH = 168;
const HEIGHT = 104;

interface MinimapProps {
  readonly drawing: Drawing;
  readonly viewport: Viewport;
  readonly panel: Extent;
  readonly onPan: (dx: number, dy: number) => void;
}

/** The boxes of all variables as one path: hundreds of elements would be slow to paint. */
function boxesData({ nodes }: Drawing): string {
  return nodes
    .map(({ x, y, width, height }) => `M${x | 0} ${y | 0}h${width | 0}v${height | 0}h${-width | 0}Z`)
    .join('');
}

/** As much of the panel's frame as lies on the map. */
function within({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(1, x), Math.max(1, y)];
  return {
    x: left,
    y: top,
    width: Math.max(3, Math.min(WIDTH - 1, x + width) - left),
    height: Math.max(3, Math.min(HEIGHT - 1, y + height) - top),
  };
}

/** Nothing in a small graph. A press or a drag moves the panel there; a keyboard has the arrow keys of the graph, so this is hidden from screen readers. */
export function Minimap({ drawing, viewport, panel, onPan }: MinimapProps): JSX.Element | null {
  const svg = useRef<SVGSVGElement>(null);
  const pressed = useRef(false);
  const boxes = useMemo(() => boxesData(drawing), [drawing]);
  if (drawing.nodes.length < FROM) return null;
  const scale = Math.min(WIDTH / drawing.width, HEIGHT / drawing.height);
  const left = (WIDTH - drawing.width * scale) / 2;
  const top = (HEIGHT - drawing.height * scale) / 2;
  const shown = {
    x: left + (-viewport.x / viewport.scale) * scale,
    y: top + (-viewport.y / viewport.scale) * scale,
    width: (panel.width / viewport.scale) * scale,
    height: (panel.height / viewport.scale) * scale,
  };
  const lookAt = (event: PointerEvent): void => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return;
    const x = event.clientX - box.left - shown.x - shown.width / 2;
    const y = event.clientY - box.top - shown.y - shown.height / 2;
    onPan((-x / scale) * viewport.scale, (-y / scale) * viewport.scale);
  };
  return (
    <svg
      ref={svg}
      class="minimap"
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
      onPointerDown={(event) => {
        pressed.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        lookAt(event);
      }}
      onPointerMove={(event) => {
        if (pressed.current) lookAt(event);
      }}
      onPointerUp={() => {
        pressed.current = false;
      }}
      onPointerCancel={() => {
        pressed.current = false;
      }}
    >
      <path class="minimap-nodes" d={boxes} transform={`translate(${left} ${top}) scale(${scale})`} />
      <rect class="minimap-panel" {...within(shown)} fill="none" />
    </svg>
  );
}
