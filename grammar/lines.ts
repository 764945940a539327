import type { IToken } from 'chevrotain';
import type { Brackets } from './brackets.ts';
import type { Place } from './keywords.ts';
import { rangeOf, spanOf } from './literals.ts';
import { endsBracket, endsList, isKeyword, putsValuesSideBySide, startsLine } from './starts.ts';
import {
  Arrow,
  Comma,
  is,
  LeftBrace,
  LeftRound,
  LeftSquare,
  RightBrace,
  RightRound,
  RightSquare,
  Semicolon,
  Unreadable,
} from './tokens.ts';
import type { Range, SyntaxFault } from './tree.ts';

/** Brackets within brackets: far more than a person writes, and few enough for the parser's stack. */
export const MAX_NESTING = 100;

/** The tokens of one statement or option, which may reach over several lines of the file. */
export interface Line {
  readonly tokens: readonly IToken[];
  /** From the first token to the last, those left out included. */
  readonly range: Range;
  /** Offsets of what was left out, ascending. A fault beside one would be the same fault again. */
  readonly holes: readonly number[];
  /** The offset from which on anything wrong follows from a fault that is already reported. */
  readonly brokenFrom: number;
}

export interface LineReader {
  readonly tokens: readonly IToken[];
  readonly brackets: Brackets;
  readonly faults: SyntaxFault[];
  /** `{` that were left out and have not met a `}` yet, which then is no fault of its own. */
  unmatchedBraces: number;
}

interface OpenLine {
  readonly kept: IToken[];
  readonly holes: number[];
  /** Indices of the brackets that are open, outermost first. */
  readonly open: number[];
  brokenFrom: number;
  nestingReported: boolean;
  braceReported: boolean;
}

export interface ReadLine {
  readonly line: Line;
  /** Index of the first token after the line. */
  readonly next: number;
}

/**
 * Reads the line that starts at `first`: up to a line end where it does not go on, a `;`, a `}` or, where `blockFollows`, a `{`.
 *
 * A line goes on after a comma, inside brackets, and before a line that starts with an arrow; not so before a line that can
 * only be a statement, and not so in brackets that are never closed, once two values stand side by side.
 */
export function readLine(reader: LineReader, first: number, place: Place, blockFollows: boolean): ReadLine {
  const { tokens } = reader;
  const line: OpenLine = {
    kept: [],
    holes: [],
    open: [],
    brokenFrom: Number.POSITIVE_INFINITY,
    nestingReported: false,
    braceReported: false,
  };
  const ofEdges = place === 'document' && !isKeyword(tokens, first, place);
  let at = first;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (at > first && startsLine(tokens, at) && !goesOn(reader, line, at, place, ofEdges)) break;
    const type = token.tokenType;
    const inner = type === RightBrace && (reader.brackets.mate[at] ?? -1) >= first;
    if (type === Semicolon || (type === RightBrace && !inner) || (type === LeftBrace && blockFollows)) break;
    at = take(reader, line, at, token);
  }
  reportUnclosed(reader, line);
  const start = tokens[first];
  const end = tokens[at - 1];
  const range =
    start === undefined || end === undefined || at === first ? { start: 0, end: 0 } : spanOf(start, end);
  return {
    line: { tokens: line.kept, range, holes: line.holes, brokenFrom: line.brokenFrom },
    next: at,
  };
}

function goesOn(reader: LineReader, line: OpenLine, at: number, place: Place, ofEdges: boolean): boolean {
  const { tokens, brackets } = reader;
  const inBlock = place !== 'document';
  const outermost = line.open[0];
  if (outermost !== undefined) {
    const staysOpen = brackets.closer[outermost] === -1;
    return !staysOpen || !(endsBracket(tokens, at, inBlock, true) || putsValuesSideBySide(tokens, at));
  }
  if (is(tokens[at], Arrow)) return true;
  return is(tokens[at - 1], Comma) && !endsList(tokens, at, inBlock, ofEdges);
}

/** Takes the token at `at` into the line, or leaves it out. Returns the index of the last token dealt with. */
function take(reader: LineReader, line: OpenLine, at: number, token: IToken): number {
  switch (token.tokenType) {
    case Unreadable:
    case RightBrace:
      line.holes.push(token.startOffset);
      return at;
    case LeftBrace:
      leaveOutBrace(reader, line, at, token);
      return at;
    case LeftRound:
    case LeftSquare:
      if (line.open.length >= MAX_NESTING) return leaveOutNested(reader, line, at, token);
      line.open.push(at);
      break;
    case RightRound:
    case RightSquare: {
      const depth = line.open.findLastIndex((index) => reader.brackets.closer[index] === at);
      if (depth >= 0) line.open.length = depth;
      break;
    }
    default:
      break;
  }
  line.kept.push(token);
  return at;
}

function leaveOutBrace(reader: LineReader, line: OpenLine, at: number, token: IToken): void {
  line.holes.push(token.startOffset);
  if (!line.braceReported) {
    const message = 'Braces hold the options of `data` or `estimate` and nothing else: remove this one.';
    reader.faults.push({ code: 'syntax', message, range: rangeOf(token), replacement: undefined });
    line.braceReported = true;
  }
  if (reader.brackets.mate[at] === -1) reader.unmatchedBraces += 1;
}

function leaveOutNested(reader: LineReader, line: OpenLine, at: number, token: IToken): number {
  if (!line.nestingReported) {
    const message = `Brackets stand more than ${MAX_NESTING} deep here: give the inner part a name with \`variable … = …\`.`;
    reader.faults.push({ code: 'syntax', message, range: rangeOf(token), replacement: undefined });
    line.nestingReported = true;
  }
  line.brokenFrom = Math.min(line.brokenFrom, token.startOffset);
  line.holes.push(token.startOffset);
  const closer = reader.brackets.closer[at] ?? -1;
  return closer < 0 ? at : closer;
}

/** Reports the outermost bracket that is open at the end of its line, unless its depth is reported already. */
function reportUnclosed(reader: LineReader, line: OpenLine): void {
  const [index = -1] = line.open;
  const token = reader.tokens[index];
  if (token === undefined || reader.brackets.closer[index] !== -1 || line.nestingReported) return;
  const closing = token.image === '(' ? ')' : ']';
  const message = `This \`${token.image}\` is never closed: put a \`${closing}\` where it should end.`;
  reader.faults.push({ code: 'syntax', message, range: rangeOf(token), replacement: undefined });
  line.brokenFrom = Math.min(line.brokenFrom, token.startOffset);
}
