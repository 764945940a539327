/** Which part of the drawing the panel shows, and how large. */

import type { Point } from '../views/drawing.ts';

/** A point p of the drawing is shown at p · scale + (x, y) pixels of the panel. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.02;
const LARGEST = 4;
/** A small graph is not blown up beyond this to fill the panel. */
const FIT_LARGEST = 1.15;
const FIT_MARGIN = 28;

function limited(scale: number): number {
  return Math.max(SMALLEST, Math.min(LARGEST, scale));
}

/** The whole drawing in the middle of the panel, as large as it fits. */
export function fitted(drawing: Extent, panel: Extent): Viewport {
  const across = (panel.width - 2 * FIT_MARGIN) / Math.max(1, drawing.width);
  const down = (panel.height - 2 * FIT_MARGIN) / Math.max(1, drawing.height);
  const scale = limited(Math.min(across, down, FIT_LARGEST));
  return {
    x: (panel.width - drawing.width * scale) / 2,
    y: (panel.height - drawing.height * scale) / 2,
    scale,
  };
}

/** Larger or smaller by a factor, while the given point of the panel keeps showing the same point of the drawing. */
export function zoomed(view: Viewport, at: Point, factor: number): Viewport {
  const scale = limited(view.scale * factor);
  const ratio = scale / view.scale;
  return { x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio, scale };
}

/** Moved by so many pixels of the panel. */
export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** The nearest view in which a box of the drawing is inside the panel, with a margin; the same view where it is already. */
export function revealing(view: Viewport, box: Point & Extent, panel: Extent): Viewport {
  const margin = 24;
  const shift = (start: number, size: number, room: number): number => {
    if (start < margin) return margin - start;
    return start + size > room - margin ? Math.min(room - margin - start - size, 0) : 0;
  };
  return panned(
    view,
    shift(box.x * view.scale + view.x, box.width * view.scale, panel.width),
    shift(box.y * view.scale + view.y, box.height * view.scale, panel.height),
  );
}

/** Names can be read from this scale on. */
const READABLE = 0.85;

/** A box of the drawing in the middle of the panel, no smaller than can be read. */
export function centredOn(view: Viewport, box: Point & Extent, panel: Extent): Viewport {
  const scale = Math.max(view.scale, READABLE);
  return {
    x: panel.width / 2 - (box.x + box.width / 2) * scale,
    y: panel.height / 2 - (box.y + box.height / 2) * scale,
    scale,
  };
}
