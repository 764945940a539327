/** Small signs, drawn in the colour of the text around them. */

import type { JSX } from 'preact';

export type IconName =
  | 'check'
  | 'cross'
  | 'question'
  | 'alert'
  | 'zero'
  | 'arrow'
  | 'plus'
  | 'minus'
  | 'fit'
  | 'close'
  | 'chevron'
  | 'text'
  | 'search'
  | 'across'
  | 'down'
  | 'draw'
  | 'both'
  | 'undo'
  | 'more'
  | 'share'
  | 'save';

/** Paths in a square of 16 by 16, stroked. */
const PATHS: Readonly<Record<IconName, string>> = {
  check: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM5 8.2l2.2 2.2L11.2 6',
  cross: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  question:
    'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM6.2 6.4c0-2.4 3.7-2.4 3.7 0c0 1.5-1.9 1.5-1.9 3M8 11.6v.1',
  alert: 'M8 1.8L15 14H1ZM8 6.2v3.8M8 12v.1',
  zero: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM8 5a2 3 0 1 0 0 6a2 3 0 1 0 0-6Z',
  arrow: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM4.8 8h6.2M8.6 5.5L11.1 8l-2.5 2.5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  chevron: 'M4 6l4 4l4-4',
  text: 'M2.5 4h11M2.5 8h7M2.5 12h9',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6ZM10.5 10.5L14 14',
  across: 'M2 8h11M9.5 4.5L13 8l-3.5 3.5',
  down: 'M8 2v11M4.5 9.5L8 13l3.5-3.5',
  draw: 'M2.5 13.5L13 3M7.5 3H13v5.5',
  both: 'M2 8h12M5 5L2 8l3 3M11 5l3 3l-3 3',
  undo: 'M6 3L2.5 6.5L6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H7',
  more: 'M3 8h.1M8 8h.1M13 8h.1',
  share: 'M8 10V2M5 4.6L8 1.8l3 2.8M4.5 7H3v7h10V7h-1.5',
  save: 'M8 2v8M5 7.4L8 10.2l3-2.8M3 11v2.5h10V11',
};

/** A sign of 16 pixels; it says nothing to a screen reader, so the words beside it must. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
