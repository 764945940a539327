/** A place in a text as editors count it: both from 0, `character` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of a text start. */
export interface LineIndex {
  /** Ascending offsets in UTF-16 code units; the first is 0. */
  readonly lineStarts: readonly number[];
  /** The length of the text. */
  readonly length: number;
}

const LINE_END = /\r\n?|\n/g;

/** Finds the lines of a text. `\n`, `\r\n` and a `\r` alone each end one. */
export function createLineIndex(text: string): LineIndex {
  const lineStarts = [0];
  for (const match of text.matchAll(LINE_END)) lineStarts.push(match.index + match[0].length);
  return { lineStarts, length: text.length };
}

/** The position of an offset. One outside the text is moved to its start or its end. */
export function positionAt(index: LineIndex, offset: number): Position {
  const inside = Math.min(Math.max(offset, 0), index.length);
  let low = 0;
  let high = index.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.lineStarts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: inside - (index.lineStarts[low] ?? 0) };
}

/**
 * The offset of a position. A character past the end of its line is moved to where the next line starts, a line past the
 * last to the end of the text, and what is below zero to zero.
 */
export function offsetAt(index: LineIndex, position: Position): number {
  if (position.line < 0) return 0;
  const start = index.lineStarts[position.line];
  if (start === undefined) return index.length;
  const limit = index.lineStarts[position.line + 1] ?? index.length;
  return Math.min(start + Math.max(position.character, 0), limit);
}
