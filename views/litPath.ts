/** What one path lights in the picture, and what fades beside it. */

import type { SnapshotPath } from '../engine/report/snapshot.ts';
import type { DrawnEdge } from './drawing.ts';

/** A path by its variables and the arrows between them. */
export type LitPath = Pick<SnapshotPath, 'nodes' | 'arrows'>;

/** On the path, beside it, or neither where no path is chosen. */
export type Light = '' | 'lit' | 'faded';

/** Opacity of what is not on the path: still to be seen, and plainly behind. */
export const FADED = 0.22;
/** Pixels by which a line on the path is wider than it would be. */
export const LIT_WIDTH = 1.75;

export interface Lighting {
  readonly node: (name: string) => Light;
  readonly edge: (edge: Pick<DrawnEdge, 'from' | 'to' | 'kind'>) => Light;
}

function keyOf(from: string | undefined, arrow: string | undefined, to: string | undefined): string {
  if (arrow === '←') return JSON.stringify([to, '→', from]);
  // The two ends of an unmeasured common cause are alike.
  if (arrow === '↔') return JSON.stringify([...[from, to].sort(), '↔']);
  return JSON.stringify([from, '→', to]);
}

/** How each part of a picture is lit by a path; evenly by none. */
export function lighting(path: LitPath | null): Lighting {
  if (path === null) return { node: () => '', edge: () => '' };
  const names = new Set(path.nodes);
  const keys = new Set(path.arrows.map((arrow, i) => keyOf(path.nodes[i], arrow, path.nodes[i + 1])));
  return {
    node: (name) => (names.has(name) ? 'lit' : 'faded'),
    edge: ({ from, to, kind }) =>
      keys.has(keyOf(from, kind === 'directed' ? '→' : '↔', to)) ? 'lit' : 'faded',
  };
}
