/** A menu: the arrow keys walk through it, Enter takes what is there. */

import { Fragment, type JSX } from 'preact';
import type { Point } from '../../views/drawing.ts';
import { Popup } from './popup.tsx';

export interface MenuEntry {
  readonly label: string;
  /** The key that does the same without the menu. */
  readonly keys?: string;
  readonly run: () => void;
}

/** Which entry a key leads to from the one at `here`; undefined for any other key. */
function entryOf(key: string, here: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (here + 1) % count;
    case 'ArrowUp':
      return (here + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** The entries in groups, a line between any two. */
export function Menu(props: {
  readonly label: string;
  readonly groups: readonly (readonly MenuEntry[])[];
  readonly at: Point;
  readonly onClose: () => void;
}): JSX.Element {
  const { label, groups, at, onClose } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      onClose();
      return;
    }
    const items = [...document.querySelectorAll<HTMLElement>('.popup [role="menuitem"]')];
    const next = entryOf(
      event.key,
      items.findIndex((item) => item.matches(':focus')),
      items.length,
    );
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <Popup at={at} label={label} role="menu" onClose={onClose} onKeyDown={onKeyDown}>
      {groups
        .filter((group) => group.length > 0)
        .map((group, place) => (
          <Fragment key={place}>
            {place === 0 ? null : <hr />}
            {group.map((entry) => (
              <button
                key={entry.label}
                type="button"
                role="menuitem"
                tabindex={-1}
                class="menu-entry"
                onClick={() => {
                  onClose();
                  entry.run();
                }}
              >
                <span>{entry.label}</span>
                {entry.keys === undefined ? null : <kbd>{entry.keys}</kbd>}
              </button>
            ))}
          </Fragment>
        ))}
    </Popup>
  );
}
