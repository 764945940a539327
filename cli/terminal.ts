/** Text for people: colours only on a terminal that wants them, and lines no wider than it. */

import { styleText } from 'node:util';

export interface Terminal {
  /** Columns to fill. */
  readonly width: number;
  error(text: string): string;
  warning(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
  good(text: string): string;
}

const plain = (text: string): string => text;

/** How to write to `stream`. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const width = Math.min(stream.columns ?? 100, 120);
  const coloured = stream.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  if (!coloured) return { width, error: plain, warning: plain, faint: plain, strong: plain, good: plain };
  return {
    width,
    error: (text) => styleText('red', text),
    warning: (text) => styleText('yellow', text),
    faint: (text) => styleText('gray', text),
    strong: (text) => styleText('bold', text),
    good: (text) => styleText('green', text),
  };
}

/** Breaks `text` at blanks into lines of at most `width` characters, each indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => indent + each).join('\n');
}

/** Rows of cells in columns: numbers (cells of `right`) to the right, the rest to the left; the last column may be of any width. */
export function table(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
  indent: string,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, i) =>
        right.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      );
      return (indent + cells.join('  ')).trimEnd();
    })
    .join('\n');
}
