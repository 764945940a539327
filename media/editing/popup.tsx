/** Something small over the page: it takes the keyboard, and gives it back. */

import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Point } from '../../views/drawing.ts';

const MARGIN = 8;

/** At a place of the window, moved so that all of it is seen. */
export function placeAt(element: HTMLElement, at: Point): void {
  const { width, height } = element.getBoundingClientRect();
  const within = (start: number, size: number, room: number): number =>
    Math.max(MARGIN, Math.min(start, room - size - MARGIN));
  // By script, which the policy of the page allows where it forbids the attribute.
  element.style.setProperty('left', `${within(at.x, width, window.innerWidth)}px`);
  element.style.setProperty('top', `${within(at.y, height, window.innerHeight)}px`);
}

interface PopupProps {
  readonly at: Point;
  readonly label: string;
  readonly role: 'menu' | 'dialog';
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ComponentChildren;
}

/** A menu or a short form at a place of the window. Escape, or a press anywhere else, closes it. */
export function Popup(props: PopupProps): JSX.Element {
  const { at, label, role, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const before = document.activeElement;
    placeAt(element, at);
    element.querySelector<HTMLElement>('input, button')?.focus();
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node && element.contains(event.target))) close.current();
    };
    document.addEventListener('pointerdown', outside, { capture: true });
    window.addEventListener('blur', outside);
    return () => {
      document.removeEventListener('pointerdown', outside, { capture: true });
      window.removeEventListener('blur', outside);
      if ((before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is typed here is not for the graph behind.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    } else props.onKeyDown?.(event);
  };
  const what = { role, 'aria-label': label, onKeyDown };
  return (
    <div class="popup" ref={box} {...what}>
      {props.children}
    </div>
  );
}
