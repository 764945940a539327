/** From a snapshot to its drawing: the layout engine, loaded only when something is drawn. */

import type { GraphSnapshot } from '../engine/report/snapshot.ts';
import type { Drawing } from '../views/drawing.ts';
import type { LayoutEngine } from '../views/elkGraph.ts';
import { layoutGraph, tooLarge } from '../views/layout.ts';

export type Drawn =
  | { readonly kind: 'drawing'; readonly drawing: Drawing }
  | { readonly kind: 'refused' /** Without its full stop. */; readonly message: string };

/** The drawing, or why there is none. */
export async function drawingOf(snapshot: GraphSnapshot): Promise<Drawn> {
  const refusal = tooLarge(snapshot);
  if (refusal !== null) return { kind: 'refused', message: refusal };
  return { kind: 'drawing', drawing: await layoutGraph(snapshot, await layoutEngine()) };
}

/** By far the largest part of the program. */
async function layoutEngine(): Promise<LayoutEngine> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  return new Elk();
}
