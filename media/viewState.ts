/** How each document was being looked at, kept by the editor while the page is hidden and over a restart. */

import type { LayoutDirection } from '../views/drawing.ts';
import type { Viewport } from './viewport.ts';

/** What the side pane can show. */
export type PaneTab = 'estimates' | 'data';

export interface DocumentView {
  /** Null while the graph is fitted to the panel. */
  readonly viewport: Viewport | null;
  readonly selected: string | null;
  readonly direction: LayoutDirection;
  /** Is the side pane unfolded? */
  readonly paneOpen: boolean;
  readonly tab: PaneTab;
  /** Share of the room that the side pane takes, between 0 and 1; null while nobody has moved its edge. */
  readonly share: number | null;
}

/** What is kept. `uri` is the document shown last: an extension that restores the panel reads it from here. */
export interface SavedViews {
  readonly version: 2;
  readonly uri: string | null;
  /** The most recent first. */
  readonly documents: readonly (readonly [uri: string, view: DocumentView])[];
}

export const FRESH_VIEW: DocumentView = {
  viewport: null,
  selected: null,
  direction: 'right',
  paneOpen: true,
  tab: 'estimates',
  share: null,
};

const NOTHING: SavedViews = { version: 2, uri: null, documents: [] };
const KEPT = 20;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function asViewport(value: unknown): Viewport | null {
  if (!isRecord(value)) return null;
  const { x, y, scale } = value;
  const sound = [x, y, scale].every((number) => typeof number === 'number' && Number.isFinite(number));
  return sound && Number(scale) > 0 ? { x: Number(x), y: Number(y), scale: Number(scale) } : null;
}

/** Versions differ in this alone: the first knew a pane of estimates, and whether it was open. */
function asView(value: unknown): DocumentView {
  if (!isRecord(value)) return FRESH_VIEW;
  const { selected, paneOpen = value.estimatesOpen, tab, share } = value;
  return {
    viewport: asViewport(value.viewport),
    direction: value.direction === 'down' ? 'down' : 'right',
    selected: typeof selected === 'string' ? selected : null,
    paneOpen: paneOpen !== false,
    tab: tab === 'data' ? tab : 'estimates',
    share: typeof share === 'number' && share > 0 && share < 1 ? share : null,
  };
}

/** What the editor gives back, as far as it is sound; anything else, or of a version to come, counts as nothing. */
export function restoredViews(state: unknown): SavedViews {
  if (!isRecord(state) || !Array.isArray(state.documents)) return NOTHING;
  if (state.version !== 1 && state.version !== 2) return NOTHING;
  const documents = state.documents.flatMap((entry: unknown): SavedViews['documents'] =>
    Array.isArray(entry) && typeof entry[0] === 'string' ? [[entry[0], asView(entry[1])]] : [],
  );
  return { version: 2, uri: typeof state.uri === 'string' ? state.uri : null, documents };
}

/** How a document was looked at last; a fresh view for one never seen. */
export function viewOf(views: SavedViews, uri: string): DocumentView {
  return views.documents.find(([known]) => known === uri)?.[1] ?? FRESH_VIEW;
}

/** The same with one document's view replaced and that document the most recent; the oldest beyond twenty are dropped. */
export function withView(views: SavedViews, uri: string, view: DocumentView): SavedViews {
  const others = views.documents.filter(([known]) => known !== uri);
  return { version: 2, uri, documents: [[uri, view] as const, ...others].slice(0, KEPT) };
}
