/** The keys by which the graph is moved about in; those that change it are in editing/keys.ts. */

import { directionOf, neighbour } from './navigation.ts';
import type { View } from './useView.ts';

export const ZOOM_STEP = 1.25;
const PAN_STEP = 48;

export interface KeyActions {
  readonly view: View;
  readonly onFocus: (name: string) => void;
  readonly onReveal: (name: string) => void;
  readonly onLeave: () => void;
}

/** Does what a key asks for with the focus on the variable `here`; false where it asks for nothing. */
export function keyPressed(event: KeyboardEvent, here: string | null, actions: KeyActions): boolean {
  const { view } = actions;
  const direction = directionOf(event.key);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (direction !== undefined && event.shiftKey) {
    const [dx = 0, dy = 0] = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] }[direction];
    view.pan(dx * PAN_STEP, dy * PAN_STEP);
  } else if (direction !== undefined && here !== null) {
    const next = neighbour(view.painted, here, direction);
    if (next !== null) actions.onFocus(next);
  } else if ((event.key === 'Enter' || event.key === ' ') && here !== null) actions.onReveal(here);
  else if (event.key === 'Escape') actions.onLeave();
  else if (event.key === '+' || event.key === '=') view.zoom(ZOOM_STEP);
  else if (event.key === '-') view.zoom(1 / ZOOM_STEP);
  else if (event.key === '0') view.fit();
  else return false;
  return true;
}
