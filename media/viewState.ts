/** How each document was being looked at, kept by the editor while the page is hidden and over a restart. */

import type { LayoutDirection } from '../views/drawing.ts';
import type { Viewport } from './viewport.ts';

export interface DocumentView {
  /** Null while the graph is fitted to the panel. */
  readonly viewport: Viewport | null;
  readonly selected: string | null;
  readonly estimatesOpen: boolean;
  readonly direction: LayoutDirection;
}

/** What is kept. `uri` is the document shown last: an extension that restores the panel reads it from here. */
export interface SavedViews {
  readonly version: 1;
  readonly uri: string | null;
  /** The most recent first. */
  readonly documents: readonly (readonly [uri: string, view: DocumentView])[];
}

export const FRESH_VIEW: DocumentView = {
  viewport: null,
  selected: null,
  estimatesOpen: true,
  direction: 'right',
};

const NOTHING: SavedViews = { version: 1, uri: null, documents: [] };
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

function asView(value: unknown): DocumentView {
  if (!isRecord(value)) return FRESH_VIEW;
  return {
    viewport: asViewport(value.viewport),
    selected: typeof value.selected === 'string' ? value.selected : null,
    estimatesOpen: value.estimatesOpen !== false,
    direction: value.direction === 'down' ? 'down' : 'right',
  };
}

/** What the editor gives back, as far as it is sound; anything else, or of another version, counts as nothing. */
export function restoredViews(state: unknown): SavedViews {
  if (!isRecord(state) || state.version !== 1 || !Array.isArray(state.documents)) return NOTHING;
  const documents = state.documents.flatMap((entry: unknown): SavedViews['documents'] =>
    Array.isArray(entry) && typeof entry[0] === 'string' ? [[entry[0], asView(entry[1])]] : [],
  );
  return { version: 1, uri: typeof state.uri === 'string' ? state.uri : null, documents };
}

/** How a document was looked at last; a fresh view for one never seen. */
export function viewOf(views: SavedViews, uri: string): DocumentView {
  return views.documents.find(([known]) => known === uri)?.[1] ?? FRESH_VIEW;
}

/** The same with one document's view replaced and that document the most recent; the oldest beyond twenty are dropped. */
export function withView(views: SavedViews, uri: string, view: DocumentView): SavedViews {
  const others = views.documents.filter(([known]) => known !== uri);
  return { version: 1, uri, documents: [[uri, view] as const, ...others].slice(0, KEPT) };
}
