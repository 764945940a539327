import type { IToken } from 'chevrotain';
import type { Line } from './lines.ts';
import { endOf, isRespelt } from './tokens.ts';
import type { Range, SyntaxFault } from './tree.ts';

/** What the parsing of one file shares. */
export interface FaultContext {
  readonly text: string;
  /** Where faults are collected. */
  readonly faults: SyntaxFault[];
  /** Offsets of tokens of whose spelling the line says better than the lexer did what is wrong. */
  readonly explained: Set<number>;
}

/** A change of the text that is part of putting a mistake right. */
export interface Edit {
  readonly range: Range;
  readonly replacement: string;
}

/**
 * Reports a mistake that was made in several places of a line as one fault, from the first place to the last. Nothing is said where
 * there is none, or where a fault that reaches further is reported already.
 */
export function tellSlip(context: FaultContext, line: Line, edits: readonly Edit[], message: string): void {
  const [first] = edits;
  const last = edits.at(-1);
  if (first === undefined || last === undefined) return;
  for (const { range } of edits) context.explained.add(range.start);
  if (first.range.start >= line.brokenFrom) return;
  const range: Range = { start: first.range.start, end: last.range.end };
  context.faults.push({ code: 'syntax', message, range, replacement: edited(context.text, edits) });
}

/** The text from the first edit to the last, with all of them made. */
function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = edits[0]?.range.start ?? 0;
  for (const { range, replacement } of edits) {
    result += text.slice(from, range.start) + replacement;
    from = range.end;
  }
  return result;
}

/** What is written where a token stands, whatever it was made to read as. */
export function writtenAs(text: string, token: IToken): string {
  return isRespelt(token) ? text.slice(token.startOffset, endOf(token)) : token.image;
}
