/** A button that opens a menu, by the keyboard as well: arrow keys walk, Escape closes and goes back to the button. */

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
}

export interface MenuGroup {
  /** Said above the items; empty for none. */
  readonly title: string;
  readonly items: readonly MenuItem[];
}

interface MenuButtonProps {
  readonly label: string;
  /** What stands on the button; `label` is its name. */
  readonly children: ComponentChildren;
  readonly buttonClass: string;
  readonly groups: readonly MenuGroup[];
  readonly disabled?: boolean;
}

/** The item that a key moves to, from the one that has the focus; undefined for other keys. */
function target(key: string, items: readonly HTMLElement[], here: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(here + 1) % items.length];
    case 'ArrowUp':
      return items[(here - 1 + items.length) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
}

/** The button, and under it the menu while it is open. */
export function MenuButton(props: MenuButtonProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const items = (): HTMLElement[] => [
    ...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];

  // Whoever opens a menu is in it; whoever leaves it has closed it.
  useLayoutEffect(() => {
    if (open) items()[0]?.focus();
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer, true);
    return () => document.removeEventListener('pointerdown', onPointer, true);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const next = target(
      event.key,
      all,
      all.findIndex((item) => item.matches(':focus')),
    );
    if (next !== undefined) next.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && box.current?.contains(relatedTarget) !== true) setOpen(false);
  };
  return (
    <div class="menu-box" ref={box}>
      <button
        type="button"
        ref={button}
        class={props.buttonClass}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (open || event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {props.children}
      </button>
      {open ? (
        <div
          class="menu"
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={props.label}
          onKeyDown={onKeyDown}
          onFocusOut={onFocusOut}
        >
          {props.groups.map(({ title, items: entries }) => (
            <div key={title} role="none">
              {title === '' ? null : (
                <p class="menu-title" aria-hidden="true">
                  {title}
                </p>
              )}
              {entries.map(({ label, act }) => (
                <button
                  key={label}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  aria-label={title === '' ? undefined : `${title} ${label}`}
                  onClick={() => {
                    close();
                    act();
                  }}
                >
                  {label}
                </button>
              ))}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
