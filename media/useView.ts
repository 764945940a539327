import { useEffect, useRef, useState } from 'preact/hooks';
import type { Box, Drawing, Point } from '../views/drawing.ts';
import { displacement } from '../views/tween.ts';
import { useMotion } from './useMotion.ts';
import { centredOn, type Extent, fitted, panned, revealing, type Viewport, zoomed } from './viewport.ts';

/** Height in pixels that the tools over the top of the panel take beyond its margin. */
const TOOLS = 24;

export interface View {
  /** The drawing to paint now: the present one, or a step on the way to it. */
  readonly painted: Drawing;
  readonly viewport: Viewport;
  readonly pan: (dx: number, dy: number) => void;
  /** By a factor, about a point of the panel: its middle where none is given. */
  readonly zoom: (factor: number, at?: Point) => void;
  /** Back to the whole graph, and with the graph and the panel as they change. */
  readonly fit: () => void;
  /** A part of the drawing in the middle of the panel, large enough to be read. */
  readonly lookAt: (box: Box) => void;
}

interface ViewOptions {
  readonly drawing: Drawing;
  readonly panel: Extent;
  /** Height in pixels of what lies over the foot of the panel. */
  readonly covered: number;
  readonly selected: string | null;
  /** Null to begin with the whole graph. */
  readonly initial: Viewport | null;
  readonly onChange: (viewport: Viewport | null) => void;
}

/** How the panel looks at the drawing: fitted until the reader moves about, then as they left it, whatever becomes of the drawing. */
export function useView({ drawing, panel, covered, selected, initial, onChange }: ViewOptions): View {
  const [chosen, setChosen] = useState<Viewport | null>(initial);
  const change = (next: Viewport | null): void => {
    setChosen(next);
    onChange(next);
  };
  const painted = useMotion(drawing, (before, after): Point => {
    if (chosen === null) return { x: 0, y: 0 };
    const shift = displacement(before, after, selected);
    change(panned(chosen, -shift.x * chosen.scale, -shift.y * chosen.scale));
    return shift;
  });
  const free = { width: panel.width, height: panel.height - covered };
  const node = painted.nodes.find((one) => one.name === selected);
  const room = { width: panel.width, height: panel.height - TOOLS };
  const whole = panned(fitted(painted, room), 0, TOOLS);
  const viewport = chosen ?? (node === undefined ? whole : revealing(whole, node, free));

  // What has been selected must be seen; once it has been, moving about is not undone.
  const seen = useRef(selected);
  useEffect(() => {
    if (selected === seen.current || (selected !== null && covered === 0)) return;
    seen.current = selected;
    if (node === undefined || chosen === null) return;
    const next = revealing(chosen, node, free);
    if (next.x !== chosen.x || next.y !== chosen.y) change(next);
  });

  return {
    painted,
    viewport,
    pan: (dx, dy) => change(panned(viewport, dx, dy)),
    zoom: (factor, at = { x: panel.width / 2, y: panel.height / 2 }) => change(zoomed(viewport, at, factor)),
    fit: () => change(null),
    lookAt: (box) => change(centredOn(viewport, box, free)),
  };
}
