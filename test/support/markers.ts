/** Texts with marked ranges: `⟦` and `⟧` stand around what a diagnostic is expected to underline, `│` where the cursor is. */

export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  readonly cursors: readonly number[];
}

/** Takes the markers out of a text. */
export function unmark(marked: string): MarkedText {
  const ranges: { start: number; end: number }[] = [];
  const cursors: number[] = [];
  const open: number[] = [];
  let text = '';
  for (const character of marked) {
    if (character === '⟦') open.push(text.length);
    else if (character === '⟧') ranges.push({ start: open.pop() ?? 0, end: text.length });
    else if (character === '│') cursors.push(text.length);
    else text += character;
  }
  return { text, ranges, cursors };
}
