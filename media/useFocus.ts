import { useMemo, useRef, useState } from 'preact/hooks';
import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import { type FocusedGraph, focusedGraph, needsFocus } from '../views/focusedGraph.ts';

/** Arrows from the middle of a focused view to its edge. */
const STEPS = 2;
const MOST_STEPS = 8;

export interface Focus extends FocusedGraph {
  /** The variable in the middle; null for treatment and outcome. */
  readonly centre: string | null;
  readonly steps: number;
  /** More or less of what lies around; null where there is none that way. */
  readonly wider: (() => void) | null;
  readonly narrower: (() => void) | null;
}

/** The part of a large graph around the variable that was selected last; all of a graph that can be drawn. */
export function useFocus(graph: GraphSnapshot | null, selected: string | null): Focus | null {
  const [steps, setSteps] = useState(STEPS);
  const centre = useRef<string | null>(selected);
  const large = graph !== null && needsFocus(graph);
  const shown = useRef<GraphSnapshot | null>(null);
  // Within the part that is shown the reader moves about without it changing under them.
  if (large && selected !== null && shown.current?.nodes.some(({ name }) => name === selected) !== true)
    centre.current = selected;
  const middle = large ? centre.current : null;
  const part = useMemo(
    () => (graph === null ? null : focusedGraph(graph, middle, steps)),
    [graph, middle, steps],
  );
  shown.current = part?.graph ?? null;
  if (part === null) return null;
  return {
    ...part,
    centre: middle,
    steps,
    wider: steps < MOST_STEPS && part.hidden > 0 ? () => setSteps(steps + 1) : null,
    narrower: steps > 1 ? () => setSteps(steps - 1) : null,
  };
}
