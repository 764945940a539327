import { useEffect, useRef, useState } from 'preact/hooks';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import type { Drawing, LayoutDirection } from '../views/drawing.ts';
import type { LayoutEngine } from '../views/elkGraph.ts';
import { layoutGraph } from '../views/layout.ts';

export interface DrawingState {
  /** The last graph that was laid out; null before there was one. */
  readonly drawing: Drawing | null;
  /** Why the present graph could not be laid out; null where it could, or is still on its way. */
  readonly failure: string | null;
}

function layoutFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Lays out the snapshot whenever it says something new; snapshots that come while one is being laid out replace each other, and only
 * the newest is drawn.
 */
export function useDrawing(
  graph: GraphSnapshot | null,
  engine: () => Promise<LayoutEngine>,
  direction: LayoutDirection,
): DrawingState {
  const [state, setState] = useState<DrawingState>({ drawing: null, failure: null });
  const latest = useRef('');
  const shown = useRef<Drawing | null>(null);
  shown.current = state.drawing;
  const text = JSON.stringify([graph, direction]);
  useEffect(() => {
    if (graph === null || latest.current === text) return;
    latest.current = text;
    const arrive = (next: (before: DrawingState) => DrawingState): void => {
      if (latest.current === text) setState(next);
    };
    engine()
      .then((elk) => (latest.current === text ? layoutGraph(graph, elk, shown.current, direction) : null))
      .then(
        (drawing) => drawing !== null && arrive(() => ({ drawing, failure: null })),
        (error: unknown) => {
          arrive((before) => ({ ...before, failure: layoutFailure(error) }));
          // What failed may be tried again when the same text comes back.
          if (latest.current === text) latest.current = '';
        },
      );
  }, [graph, text, engine, direction]);
  return state;
}
