/** Diagnostics for people: the place, the line itself with the fault underlined, and what to do. */

import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import type { Diagnostic, Severity } from '../../server/analysis/diagnostic.ts';
import { type Terminal, wrap } from '../terminal.ts';

/** A file whose diagnostics are shown. */
export interface CheckedFile {
  readonly name: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** All diagnostics, file by file, and a line that sums them up. */
export function checkText(files: readonly CheckedFile[], terminal: Terminal): string {
  const parts = files.flatMap((file) => file.diagnostics.map((each) => diagnosticText(each, file, terminal)));
  return [...parts, summary(files, terminal)].join('\n');
}

function paint(severity: Severity, text: string, terminal: Terminal): string {
  if (severity === 'error') return terminal.error(text);
  return severity === 'warning' ? terminal.warning(text) : terminal.faint(text);
}

/** One diagnostic, with the line it is about. */
export function diagnosticText(
  each: Diagnostic,
  file: Pick<CheckedFile, 'name' | 'text'>,
  terminal: Terminal,
): string {
  const { line, character } = positionAt(createLineIndex(file.text), each.range.start);
  const place = `${file.name}:${line + 1}:${character + 1}`;
  const head = `${terminal.strong(place)} ${paint(each.severity, each.severity, terminal)} ${terminal.faint(each.code)}`;
  return `${head}\n${wrap(each.message, terminal.width, '  ')}\n${excerpt(each, file.text, terminal)}`;
}

function excerpt(each: Diagnostic, text: string, terminal: Terminal): string {
  const lines = createLineIndex(text);
  const { line, character } = positionAt(lines, each.range.start);
  const start = each.range.start - character;
  const end = /[\r\n]|$/.exec(text.slice(start));
  const source = text.slice(start, start + (end?.index ?? 0));
  const room = terminal.width - 10;
  // A long line is shown from shortly before the fault.
  const from = character > room - 20 ? character - 20 : 0;
  const shown = `${from > 0 ? '…' : ''}${source.slice(from, from + room)}`.replaceAll('\t', ' ');
  const column = character - from + (from > 0 ? 1 : 0);
  const length = Math.max(1, Math.min(each.range.end - each.range.start, shown.length - column));
  const number = String(line + 1);
  const margin = ' '.repeat(number.length);
  const marks = paint(each.severity, '~'.repeat(length), terminal);
  return `  ${terminal.faint(`${number} |`)} ${shown}\n  ${terminal.faint(`${margin} |`)} ${' '.repeat(column)}${marks}\n`;
}

function summary(files: readonly CheckedFile[], terminal: Terminal): string {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const counts = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, count: all.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${plural(severity, count)}`);
  const where = `in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return counts.length === 0 ? terminal.good(`Nothing wrong ${where}.`) : `${counts.join(', ')} ${where}.`;
}

function plural(severity: Severity, count: number): string {
  if (severity === 'information') return count === 1 ? 'note' : 'notes';
  return count === 1 ? severity : `${severity}s`;
}
