import type { IToken } from 'chevrotain';
import {
  At,
  Between,
  Given,
  Identifiable,
  Implications,
  Independent,
  isStarter,
  type Place,
} from './keywords.ts';
import {
  Arrow,
  BareName,
  Comma,
  endOf,
  is,
  LeftArrow,
  LeftRound,
  lineOf,
  Minus,
  Name,
  NumberText,
  Operator,
  QuotedName,
  StringText,
} from './tokens.ts';

/**
 * Questions about the start of a line, answered from a few tokens. They decide where statements start, and they let a line
 * that can only be a statement end a bracket that an earlier line left open.
 */

/** Whether the token is the first on its line. */
export function startsLine(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return token !== undefined && (previous === undefined || lineOf(previous) !== lineOf(token));
}

/** The next token if it is on the same line. */
function neighbour(tokens: readonly IToken[], index: number): IToken | undefined {
  return startsLine(tokens, index + 1) ? undefined : tokens[index + 1];
}

/**
 * Whether the word at `index` is a keyword of that place rather than a name. `treatment x` starts a role; `treatment -> x`
 * and `treatment, x -> y` start edges.
 */
export function isKeyword(tokens: readonly IToken[], index: number, place: Place): boolean {
  if (!isStarter(tokens[index], place)) return false;
  const next = tokens[index + 1];
  if (is(next, Arrow) || is(neighbour(tokens, index), Comma)) return false;
  return place !== 'document' || !startsMisspeltEdges(tokens, index);
}

/** `treatment + age -> x` and `treatment-group -> x` are edges whose names are written wrong. */
function startsMisspeltEdges(tokens: readonly IToken[], index: number): boolean {
  const joined = joinsNames(neighbour(tokens, index)) && is(neighbour(tokens, index + 1), Name);
  if (!joined && !hyphenates(tokens, index)) return false;
  for (let at = index + 1; ; at += 1) {
    const token = neighbour(tokens, at);
    if (token === undefined || is(token, Arrow)) return token !== undefined;
    if (!is(token, Name) && !is(token, Comma) && !is(token, Minus) && !joinsNames(token)) return false;
  }
}

/** Whether a hyphen with no blank beside it joins the word at `index` to what follows: `weeks-since`. */
export function hyphenates(tokens: readonly IToken[], index: number): boolean {
  const word = tokens[index];
  const hyphen = tokens[index + 1];
  const next = tokens[index + 2];
  if (word === undefined || hyphen?.image !== '-' || next === undefined || !isPart(word)) return false;
  const touches = hyphen.startOffset === endOf(word) && next.startOffset === endOf(hyphen);
  return touches && (isPart(next) || is(next, NumberText));
}

/** A word, or what would be one but for the digit it starts with. */
function isPart(token: IToken): boolean {
  return is(token, BareName) || (is(token, QuotedName) && !token.image.startsWith('`'));
}

/** What people put between names in place of a comma: `a + b`, `a & b`, `a and b`. */
export function joinsNames(token: IToken | undefined): boolean {
  return token !== undefined && JOINERS.has(token.image);
}

const JOINERS: ReadonlySet<string> = new Set(['+', '/', '&', '&&', '|', '||', 'and', 'or']);

/** Whether a list of names and then one of `arrows` start at `index`, on one line but for the arrow. */
function startsWithArrow(
  tokens: readonly IToken[],
  index: number,
  accepts: (arrow: IToken) => boolean,
): boolean {
  let at = index;
  while (is(tokens[at], Name)) {
    const next = tokens[at + 1];
    if (next !== undefined && is(next, Arrow)) return accepts(next);
    if (!is(neighbour(tokens, at), Comma) || startsLine(tokens, at + 2)) return false;
    at += 2;
  }
  return false;
}

/** Whether the line at `index` starts like edges: `a, b ->`. */
export function startsEdges(tokens: readonly IToken[], index: number): boolean {
  return startsWithArrow(tokens, index, () => true);
}

/** Whether an `expect` at `index` is about the graph, which only a statement can be: `expect x independent …`. */
function startsStructuralExpectation(tokens: readonly IToken[], index: number): boolean {
  if (tokens[index]?.image !== 'expect') return false;
  const subject = neighbour(tokens, index);
  if (subject === undefined) return false;
  const next = neighbour(tokens, index + 1);
  if (is(subject, Name) && is(next, Independent)) return true;
  const bound = is(next, Operator) || is(next, Between);
  return (is(subject, Identifiable) || is(subject, Implications)) && !bound;
}

/**
 * Whether what starts at `index`, among the options of `place`, can only be a statement: a keyword that no option has,
 * edges, or an expectation about the graph.
 */
export function startsStatementInBlock(tokens: readonly IToken[], index: number, place: Place): boolean {
  if (isKeyword(tokens, index, 'document') && !isStarter(tokens[index], place)) return true;
  if (place === 'estimate' && startsStructuralExpectation(tokens, index)) return true;
  return startsEdges(tokens, index) && !(isStarter(tokens[index], place) && isKeyword(tokens, index, place));
}

/**
 * Whether a keyword starts at `index` with something after it that nothing could join to a name there: another name but for
 * the words that `joins` accepts, a number, or a bracket.
 */
function startsWithKeyword(
  tokens: readonly IToken[],
  index: number,
  inBlock: boolean,
  joins: (next: IToken) => boolean,
): boolean {
  const token = tokens[index];
  const starts =
    isStarter(token, 'document') || (inBlock && (isStarter(token, 'data') || isStarter(token, 'estimate')));
  const next = neighbour(tokens, index);
  if (!starts || next === undefined || joins(next)) return false;
  return is(next, Name) || is(next, NumberText) || is(next, StringText) || is(next, LeftRound);
}

/**
 * Whether the line at `index` cannot belong inside brackets that are open there: a keyword with something after it, which
 * would put two values side by side, or edges. `a <- b` could be a comparison with `-b`, and `treatment and b` a condition, so they
 * count only where the bracket is known to stay open.
 */
export function endsBracket(
  tokens: readonly IToken[],
  index: number,
  inBlock: boolean,
  staysOpen: boolean,
): boolean {
  if (startsWithKeyword(tokens, index, inBlock, (next) => !staysOpen && isInfixWord(next))) return true;
  return startsWithArrow(tokens, index, (arrow) => staysOpen || !is(arrow, LeftArrow));
}

/**
 * Whether the line at `index` cannot go on a list that ended in a comma. Edges go on with names and arrows; after the last name
 * `given`, `at` or a note may stand.
 */
export function endsList(
  tokens: readonly IToken[],
  index: number,
  inBlock: boolean,
  ofEdges: boolean,
): boolean {
  const joins = (next: IToken): boolean => is(next, Given) || is(next, At) || is(next, StringText);
  if (startsWithKeyword(tokens, index, inBlock, joins)) return true;
  return !ofEdges && startsEdges(tokens, index);
}

/** Whether the tokens before and at `index` are two values side by side, which no bracket can hold. */
export function putsValuesSideBySide(tokens: readonly IToken[], index: number): boolean {
  const next = tokens[index];
  return endsValue(tokens[index - 1]) && (startsValue(next) || (next !== undefined && isWord(next, 'not')));
}

function isWord(token: IToken, image: string): boolean {
  return is(token, BareName) && token.image === image;
}

const isInfixWord = (token: IToken): boolean =>
  is(token, BareName) && ['and', 'or', 'in', 'is', 'not'].includes(token.image);

function startsValue(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  return is(token, StringText) || is(token, NumberText) || (is(token, Name) && !isInfixWord(token));
}

function endsValue(token: IToken | undefined): boolean {
  return token?.image === ')' || startsValue(token);
}
