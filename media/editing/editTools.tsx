/** The tools by which the graph is changed. */

import type { JSX } from 'preact';
import type { Point } from '../../views/drawing.ts';
import { Icon } from '../icons.tsx';
import { beginArrow } from './changes.ts';
import type { Editing } from './useEditing.ts';

/** Under an element, in pixels of the window. */
export function below(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}

/** A variable is added, an arrow drawn from the selected one, and the last change taken back. */
export function EditTools(props: {
  readonly editing: Editing;
  readonly selected: string | null;
  /** Moves the keyboard to a variable. */
  readonly onFocus: (name: string) => void;
}): JSX.Element {
  const { editing, selected, onFocus } = props;
  const both = editing.arrowKind === 'bidirected';
  const draw = 'Draw an arrow from the selected variable (A)';
  return (
    <div class="tools edit-tools" role="toolbar" aria-label="Change the graph">
      <button
        type="button"
        class="tool wide"
        title="Add a variable (N)"
        onClick={(event) => editing.open({ kind: 'add', at: below(event.currentTarget) })}
      >
        <Icon name="plus" /> Variable
      </button>
      <button
        type="button"
        class="tool"
        title={selected === null ? `${draw}: select one first` : draw}
        aria-label={draw}
        aria-disabled={selected === null}
        onClick={(event) => {
          if (selected === null) {
            editing.refuse(
              'Select the variable that the arrow is to begin at first.',
              below(event.currentTarget),
            );
            return;
          }
          onFocus(selected);
          beginArrow(selected, editing);
        }}
      >
        <Icon name="draw" />
      </button>
      <button
        type="button"
        class="tool"
        title="Draw arrows with two heads: something unmeasured moves both variables"
        aria-label="Draw arrows with two heads: something unmeasured moves both variables"
        aria-pressed={both}
        onClick={() => editing.setArrowKind(both ? 'directed' : 'bidirected')}
      >
        <Icon name="both" />
      </button>
      <button
        type="button"
        class="tool"
        title="Undo the last change of the text (Ctrl+Z)"
        aria-label="Undo the last change of the text (Ctrl+Z)"
        onClick={() => editing.undo(false)}
      >
        <Icon name="undo" />
      </button>
    </div>
  );
}
