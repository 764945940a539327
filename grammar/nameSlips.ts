import type { IToken } from 'chevrotain';
import { At, Given, isStarter, Of, On, type Place } from './keywords.ts';
import type { Line } from './lines.ts';
import { isClosed, nameOf, rangeOf, spanOf, stringOf } from './literals.ts';
import { canWriteName, isPlainName, quoteName } from './names.ts';
import { type Edit, type FaultContext, tellSlip } from './slips.ts';
import { hyphenates, isKeyword, joinsNames } from './starts.ts';
import {
  Arrow,
  Colon,
  Comma,
  DoubleEquals,
  Equals,
  is,
  Name,
  QuotedName,
  respell,
  StringText,
} from './tokens.ts';

/**
 * Names as people first write them: with hyphens in them, in double quotes, or joined by `and`. What they meant is certain
 * where only names can stand, so the line is read that way, and what to write instead is said once.
 */

/** Where on a line nothing but names and what joins them can stand. */
interface NameArea {
  readonly from: number;
  readonly to: number;
  /** Where lists start, which commas divide; at or past the end where there is but one name. */
  readonly lists: number;
  /** Where words end that can only be names or levels. */
  readonly words: number;
}

const LIST_OPTIONS: ReadonlySet<string> = new Set(['adjust', 'by', 'through', 'instrument', 'refute']);
const NAME_OPTIONS: ReadonlySet<string> = new Set(['cluster', 'weight', 'id']);

function areaOf(tokens: readonly IToken[], place: Place): NameArea | undefined {
  const to = tokens.length;
  const keyword = startsWithKeyword(tokens, place) ? tokens[0]?.image : undefined;
  if (place !== 'document') {
    if (keyword === undefined) return undefined;
    if (LIST_OPTIONS.has(keyword)) return { from: 1, to, lists: 1, words: to };
    return NAME_OPTIONS.has(keyword) ? { from: 1, to, lists: to, words: to } : undefined;
  }
  switch (keyword) {
    case undefined:
      return { from: 0, to, lists: 0, words: to };
    case 'model':
    case 'data':
      return undefined;
    case 'variable':
    case 'latent': {
      const words = firstOf(tokens, [Equals, DoubleEquals]);
      return { from: 1, to: Math.min(words, firstOf(tokens, [Colon])), lists: 1, words };
    }
    case 'estimate':
      return { from: 1, to, lists: to, words: to };
    case 'expect':
      return { from: 1, to, lists: firstOf(tokens, [Given]) + 1, words: to };
    default:
      return { from: 1, to, lists: 1, words: to };
  }
}

function startsWithKeyword(tokens: readonly IToken[], place: Place): boolean {
  return place === 'document' ? isKeyword(tokens, 0, place) : isStarter(tokens[0], place);
}

function firstOf(tokens: readonly IToken[], types: readonly Parameters<typeof is>[1][]): number {
  const index = tokens.findIndex((token) => types.some((type) => is(token, type)));
  return index < 0 ? tokens.length : index;
}

/** The tokens of a line with the names put right that can only have been meant one way. */
export function mendNames(context: FaultContext, line: Line, place: Place): readonly IToken[] {
  const area = areaOf(line.tokens, place);
  if (area === undefined) return line.tokens;
  const joined = mendHyphens(context, line, area);
  if (joined !== line.tokens) return mendNames(context, { ...line, tokens: joined }, place);
  mendQuotes(context, line, area);
  return mendJoins(context, line, area);
}

/** Makes one name of `weeks-since`. */
function mendHyphens(context: FaultContext, line: Line, area: NameArea): readonly IToken[] {
  const { tokens } = line;
  const kept: IToken[] = [];
  const edits: Edit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const first = tokens[at];
    if (first === undefined) break;
    kept.push(first);
    if (at < area.from || at >= area.words) continue;
    const start = at;
    while (hyphenates(tokens, at) && at + 2 < area.words) at += 2;
    const last = tokens[at];
    if (last === undefined || at === start) continue;
    for (const token of tokens.slice(start, at + 1)) context.explained.add(token.startOffset);
    const range = spanOf(first, last);
    const name = quoteName(context.text.slice(range.start, range.end));
    edits.push({ range, replacement: name });
    respell(first, name, QuotedName, range.end);
  }
  if (edits.length === 0) return tokens;
  const [first] = edits;
  const written = first === undefined ? '' : context.text.slice(first.range.start, first.range.end);
  tellSlip(context, line, edits, `\`${written}\` has a hyphen, which no name has: put it in backticks.`);
  return kept;
}

/** Makes names of the texts that stand where only a name can. */
function mendQuotes(context: FaultContext, line: Line, area: NameArea): void {
  const edits: Edit[] = [];
  for (let at = area.from; at < area.to; at += 1) {
    const token = line.tokens[at];
    if (token === undefined || !is(token, StringText) || !standsForName(line.tokens, at, area)) continue;
    const { value } = stringOf(token);
    if (!canWriteName(value) || (token.image.startsWith('"') && !isClosed(token.image))) continue;
    edits.push({ range: rangeOf(token), replacement: quoteName(value) });
    respell(token, `\`${value}\``, QuotedName);
  }
  const example = edits[0]?.replacement ?? '';
  const message = example.startsWith('`')
    ? 'Quotes are for texts: a name of several words stands in backticks.'
    : `Quotes are for texts: write the name \`${example}\` without them.`;
  tellSlip(context, line, edits, message);
}

/** Whether the text at `at` is a name rather than a note, by what stands before it and after it. */
function standsForName(tokens: readonly IToken[], at: number, area: NameArea): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  const token = tokens[at];
  if (at === area.from) {
    const ofEdges = area.from === 0;
    const listed = is(after, Arrow) || is(after, Comma) || joinsNames(after);
    return listed || (!ofEdges && (tokens[0]?.image !== 'estimate' || looksLikeName(token)));
  }
  const joined = joinsNames(before) && at - 2 >= area.from && is(tokens[at - 2], Name);
  const connected =
    area.from > 0 && CONNECTED.has(tokens[0]?.image ?? '') && CONNECTIVES.some((type) => is(before, type));
  const asked = joined || connected || ASKERS.some((type) => is(before, type));
  return asked && (after !== undefined || looksLikeName(token));
}

const ASKERS = [Comma, Arrow, Equals];
/** Where these words are no names, they need one after them. */
const CONNECTIVES = [Given, Of, On];
const CONNECTED: ReadonlySet<string> = new Set(['estimate', 'instrument', 'expect']);

/** Whether a text at the end of a line is a name: a note has several words, or starts with a capital letter. */
function looksLikeName(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  const { value } = stringOf(token);
  return isPlainName(value) && !/^\p{Lu}\p{Ll}*$/u.test(value);
}

/** Makes commas of the signs and words that people put between names; leaves out those that stand beside a comma. */
function mendJoins(context: FaultContext, line: Line, area: NameArea): readonly IToken[] {
  const { tokens } = line;
  const edits: Edit[] = [];
  const spare = new Set<IToken>();
  let example = '';
  for (let at = area.lists; at < area.to; at += 1) {
    const token = tokens[at];
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (token === undefined || before === undefined || after === undefined || at === area.lists) continue;
    if (!joinsNames(token) || !is(after, Name) || is(after, Given) || is(after, At)) continue;
    const doubled = is(before, Comma);
    if (!doubled && !is(before, Name)) continue;
    if (example === '') example = patternOf(doubled ? undefined : before, after);
    edits.push({ range: rangeOf(token), replacement: doubled ? '' : ',' });
    if (doubled) spare.add(token);
    else respell(token, ',', Comma);
  }
  tellSlip(context, line, edits, `Names in a list are separated by commas: write \`${example}\`.`);
  return spare.size === 0 ? tokens : tokens.filter((token) => !spare.has(token));
}

/** Two names with a comma between them, for a message, which puts them in backticks: names that have some already are not shown. */
function patternOf(before: IToken | undefined, after: IToken): string {
  const names = [before === undefined ? 'a' : nameOf(before).text, nameOf(after).text];
  return names.every((name) => isPlainName(name)) ? names.join(', ') : 'a, b';
}
