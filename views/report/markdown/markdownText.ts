/** Pieces of Markdown (CommonMark with the tables of GitHub): text that says nothing but itself, tables, code. */

import { printable } from '../../text.ts';

/** A text of anybody's on one line, with nothing in it that Markdown or HTML would read. */
export function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>#|~!$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/^([-+=:])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** A sentence in which what stands between backticks is code. */
export function prose(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return plain(text);
  return parts.map((part, i) => (i % 2 === 1 ? code(part) : plain(part))).join('');
}

/** A span of code. In a table a bar would end the cell, in a span or not. */
export function code(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^`|`$/.test(shown) || shown.trim() === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A block of code as it stands. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A table; its cells are Markdown. Columns whose heading ends with a colon are of numbers, and stand at the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = headings.map((heading) => (heading.endsWith(':') ? '---:' : '---'));
  return [line(headings.map((heading) => heading.replace(/:$/, ''))), line(rule), ...rows.map(line)].join(
    '\n',
  );
}

/** Items that are Markdown, a line each. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
