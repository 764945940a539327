/** The keys that change the graph, on a variable or an arrow that has the focus. */

import { type ArrowBetween, type ArrowKind, isSameArrow } from '../../engine/report/graphEdit.ts';
import type { Drawing, Point } from '../../views/drawing.ts';
import { directionOf } from '../navigation.ts';
import { beginArrow, deleteArrow, deleteVariable, otherArrows, redrawArrow } from './changes.ts';
import type { Editing, EditTarget } from './useEditing.ts';

export interface KeyPlace {
  /** What has the focus; null where it is the graph as a whole. */
  readonly target: EditTarget | null;
  /** Beside it, in pixels of the window. */
  readonly at: Point;
  readonly drawing: Drawing;
  readonly editing: Editing;
  readonly onFocus: (target: EditTarget) => void;
}

function opensMenu(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
}

/** Does what a key asks for; false where it asks for nothing that changes the graph. */
export function editKeyPressed(event: KeyboardEvent, place: KeyPlace): boolean {
  const { target, at, editing } = place;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'Escape' && (editing.notice?.kind === 'refused' || editing.draft !== null)) {
    editing.dismiss();
    editing.setDraft(null);
    return true;
  }
  if (event.key === 'n' || event.key === 'N') {
    editing.open({ kind: 'add', at });
    return true;
  }
  if (target === null) return false;
  if (opensMenu(event)) {
    editing.open({ kind: 'menu', target, at });
    return true;
  }
  return target.kind === 'variable'
    ? variableKey(event, target.name, place)
    : arrowKey(event, target.arrow, place);
}

function variableKey(event: KeyboardEvent, name: string, place: KeyPlace): boolean {
  const { at, editing, drawing, onFocus } = place;
  const { draft } = editing;
  if (draft !== null && (event.key === 'Enter' || event.key === ' ')) {
    const turned: ArrowKind = draft.kind === 'directed' ? 'bidirected' : 'directed';
    editing.finish({ ...draft, to: name, kind: event.shiftKey ? turned : draft.kind }, at);
    return true;
  }
  switch (event.key) {
    case 'a':
    case 'A':
      beginArrow(name, editing);
      return true;
    case 'F2':
      editing.open({ kind: 'rename', name, at });
      return true;
    case 'Delete':
    case 'Backspace':
      deleteVariable(name, at, editing);
      return true;
    case 'e':
    case 'E': {
      const arrow = arrowsAt(name, drawing)[0];
      if (arrow !== undefined) onFocus({ kind: 'arrow', arrow });
      return true;
    }
    default:
      return false;
  }
}

function arrowKey(event: KeyboardEvent, arrow: ArrowBetween, place: KeyPlace): boolean {
  const { at, editing, drawing, onFocus } = place;
  switch (event.key) {
    case 'Enter':
    case ' ':
      editing.open({ kind: 'menu', target: { kind: 'arrow', arrow }, at });
      return true;
    case 'Delete':
    case 'Backspace':
      deleteArrow(arrow, at, editing);
      return true;
    case 'r':
    case 'R': {
      const [turned] = otherArrows(arrow);
      if (arrow.kind === 'directed' && turned !== undefined) redrawArrow(arrow, turned.as, at, editing);
      return true;
    }
    case 'Escape':
      onFocus({ kind: 'variable', name: arrow.from });
      return true;
    default:
      return walked(event, arrow, drawing, onFocus);
  }
}

/** Left and right lead to the ends of an arrow, up and down to the other arrows at its beginning. */
function walked(
  event: KeyboardEvent,
  arrow: ArrowBetween,
  drawing: Drawing,
  onFocus: KeyPlace['onFocus'],
): boolean {
  const direction = directionOf(event.key);
  if (direction === undefined || event.shiftKey) return false;
  if (direction === 'left') onFocus({ kind: 'variable', name: arrow.from });
  else if (direction === 'right') onFocus({ kind: 'variable', name: arrow.to });
  else {
    const others = arrowsAt(arrow.from, drawing);
    const step = direction === 'down' ? 1 : others.length - 1;
    const next = others[(others.findIndex((each) => isSameArrow(each, arrow)) + step) % others.length];
    if (next !== undefined) onFocus({ kind: 'arrow', arrow: next });
  }
  return true;
}

/** The arrows at a variable: first those that begin there. */
function arrowsAt(name: string, { edges }: Drawing): readonly ArrowBetween[] {
  return [
    ...edges.filter(({ from }) => from === name),
    ...edges.filter(({ from, to }) => to === name && from !== name),
  ];
}
