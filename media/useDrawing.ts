import { useEffect, useRef, useState } from 'preact/hooks';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import type { Drawing, LayoutDirection } from '../views/drawing.ts';
import type { LayoutEngine } from '../views/elkGraph.ts';
import { firstDrawing } from '../views/firstDrawing.ts';
import { layoutGraph, tooLarge } from '../views/layout.ts';
import { provisionalDrawing } from '../views/provisional.ts';

export interface DrawingState {
  /** The last graph that was laid out, or what is shown until it is; null before there was one. */
  readonly drawing: Drawing | null;
  /** Is the present graph still to be laid out? */
  readonly provisional: boolean;
  /** Why the present graph could not be laid out; null where it could, or is still on its way. */
  readonly failure: string | null;
}

interface Shown extends Pick<DrawingState, 'drawing' | 'failure'> {
  /** Of the graph that was laid out last, or could not be. */
  readonly text: string;
}

/** Milliseconds that a layout may take before the edit is shown without it: for anything shorter two changes would be one too many. */
const PATIENCE = 40;

function layoutFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The newest graph that is to be laid out, the last that was, and whether the engine is at work. */
interface Work {
  wanted: {
    readonly graph: GraphSnapshot;
    readonly direction: LayoutDirection;
    readonly text: string;
  } | null;
  done: { readonly drawing: Drawing | null; readonly text: string };
  busy: boolean;
}

/**
 * Lays out the snapshot whenever it says something new. One is laid out at a time: of those that come meanwhile only the newest is, and if that takes
 * long the edit is shown in the places of the drawing before. The first graph has a drawing of its own until the engine, which takes time to come up, has made a better one.
 */
export function useDrawing(
  graph: GraphSnapshot | null,
  engine: () => Promise<LayoutEngine>,
  direction: LayoutDirection,
): DrawingState {
  const [{ drawing, failure, text: drawn }, setShown] = useState<Shown>({
    drawing: null,
    failure: null,
    text: '',
  });
  const work = useRef<Work>({ wanted: null, done: { drawing: null, text: '' }, busy: false });
  const text = JSON.stringify([graph, direction]);
  useEffect(() => {
    if (graph === null || (work.current.wanted ?? work.current.done).text === text) return;
    work.current.wanted = { graph, direction, text };
    if (work.current.done.drawing === null && tooLarge(graph) === null)
      setShown({ drawing: firstDrawing(graph, direction), failure: null, text: '' });
    const timer = setTimeout(() => {
      const { wanted, done } = work.current;
      const quick =
        wanted?.text === text && done.drawing?.direction === direction
          ? provisionalDrawing(graph, done.drawing)
          : null;
      if (quick !== null) setShown((before) => ({ ...before, drawing: quick }));
    }, PATIENCE);
    void workOff(work.current, engine, setShown);
    return () => clearTimeout(timer);
  }, [graph, direction, text, engine]);
  return { drawing, provisional: graph !== null && drawn !== text, failure };
}

/** Lays out what is wanted until nothing newer is. */
async function workOff(
  work: Work,
  engine: () => Promise<LayoutEngine>,
  show: (next: Shown | ((before: Shown) => Shown)) => void,
): Promise<void> {
  if (work.busy) return;
  work.busy = true;
  while (work.wanted !== null) {
    const task = work.wanted;
    try {
      const drawing = await layoutGraph(task.graph, await engine(), work.done.drawing, task.direction);
      work.done = { drawing, text: task.text };
      if (work.wanted === task) show({ drawing, failure: null, text: task.text });
    } catch (error) {
      // What failed may be tried again when the same text comes back.
      work.done = { ...work.done, text: '' };
      if (work.wanted === task)
        show((before) => ({ ...before, failure: layoutFailure(error), text: task.text }));
    }
    if (work.wanted === task) work.wanted = null;
  }
  work.busy = false;
}
