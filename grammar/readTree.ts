import type { IToken } from 'chevrotain';
import { EXPRESSION_TOKENS, isStarter, type Place, startersOf } from './keywords.ts';
import { explainLeftover, lacksText } from './leftover.ts';
import type { Line } from './lines.ts';
import { rangeOf } from './literals.ts';
import type { ParsedLine } from './optionParser.ts';
import type { FaultContext } from './slips.ts';
import { isKeyword, startsStatementInBlock } from './starts.ts';
import type { StatementParser } from './statementParser.ts';
import {
  BareName,
  Comma,
  DoubleEquals,
  Equals,
  endOf,
  is,
  Name,
  NumberText,
  retype,
  StringText,
} from './tokens.ts';
import type { DataOption, EstimateOption, Range, Statement, SyntaxFault } from './tree.ts';
import { MISSING_POLICIES } from './vocabulary.ts';

export interface LineContext extends FaultContext {
  readonly parser: StatementParser;
  /** Offsets of tokens whose spelling is reported already. */
  readonly misspelt: ReadonlySet<number>;
}

export interface TreeOfLine<Node> {
  readonly node: Node;
  /** What starts a line of its own though it stands on this one; empty where nothing does. */
  readonly continuation: readonly IToken[];
  /** Options of the statement that stand after it without braces; empty where there are none. */
  readonly bare: readonly IToken[];
}

/** What to do with a keyword in a line's middle that starts another line: end the line there and say so, or not say it. */
export type Splitting = 'told' | 'untold' | 'none';

/** How often a line is read again without a token that has no place in it. */
const MAX_ATTEMPTS = 8;

/** More faults than this on one line are noise. */
const MAX_FAULTS_PER_LINE = 20;

/** Gives the first word of a line, and the words of the expression in it, the meaning they have there. */
export function tagKeywords(tokens: readonly IToken[], place: Place): void {
  const [first] = tokens;
  const tagged = place === 'document' ? isKeyword(tokens, 0, place) : isStarter(first, place);
  if (first === undefined || !tagged) return;
  const type = startersOf(place).get(first.image);
  if (type !== undefined) retype(first, type);
  const start = expressionStart(tokens, first.image, place);
  for (const [index, token] of tokens.entries()) {
    if (index < start || startsMissingOption(token, tokens[index + 1], place)) continue;
    const word = is(token, BareName) ? EXPRESSION_TOKENS.get(token.image) : undefined;
    if (word !== undefined) retype(token, word);
  }
}

/** `where a > 1 missing drop`: the next option rather than a value. */
function startsMissingOption(token: IToken, next: IToken | undefined, place: Place): boolean {
  return place === 'data' && token.image === 'missing' && is(next, BareName) && isPolicy(next?.image);
}

function isPolicy(word: string | undefined): boolean {
  return MISSING_POLICIES.some((policy) => policy.word === word);
}

/** Where the expression of a line starts; past its end where it has none. */
function expressionStart(tokens: readonly IToken[], keyword: string, place: Place): number {
  if (keyword === 'where') return 1;
  if (place !== 'document' || (keyword !== 'variable' && keyword !== 'latent')) return tokens.length;
  const equals = tokens.findIndex((token) => is(token, Equals) || is(token, DoubleEquals));
  return equals < 0 ? tokens.length : equals;
}

/**
 * Reads a line by a rule of the grammar. Tokens that no rule takes are reported once and left out, and the line is read again
 * without them, so that what follows them stays.
 *
 * `invoke` runs the rule on the parser, which holds the tokens; `range` is what the node is to cover.
 */
export function readTree<Node extends Statement | DataOption | EstimateOption>(
  context: LineContext,
  line: Line,
  place: Place,
  splitting: Splitting,
  invoke: (range: Range) => ParsedLine<Node>,
): TreeOfLine<Node> {
  const { parser, text, faults } = context;
  const [first] = line.tokens;
  const found: SyntaxFault[] = [];
  const leftOut: number[] = [];
  let tokens = line.tokens;
  let range = line.range;
  let continuation: readonly IToken[] = [];
  let bare: readonly IToken[] = [];
  for (let attempt = 1; ; attempt += 1) {
    parser.start(tokens);
    const { node, rest } = invoke(range);
    const brokenFrom = Math.min(line.brokenFrom, parser.brokenFrom);
    const [extra] = rest;
    if (extra === undefined || first === undefined || extra.startOffset >= brokenFrom) {
      const kept = withoutEchoes(parser.faults, tokens, [...line.holes, ...leftOut], line.brokenFrom);
      faults.push(...found, ...kept.slice(0, MAX_FAULTS_PER_LINE));
      return { node, continuation, bare };
    }
    const at = tokens.length - rest.length;
    const options = bareOptions(node, rest);
    if (options !== undefined) {
      bare = options;
      tokens = tokens.slice(0, at);
      continue;
    }
    if (splitting !== 'none' && at > 0 && !lacksText(node) && startsAnotherLine(rest, place)) {
      if (splitting === 'told') found.push(newLineFault(extra, place));
      continuation = rest;
      tokens = tokens.slice(0, at);
      range = { start: range.start, end: endOf(tokens[at - 1] ?? first) };
      continue;
    }
    const leftover = explainLeftover(node, first, extra, rest.slice(1), text);
    if (leftOut.length === 0) {
      const beside = leftover.general ? faultBeside(parser.faults, tokens, at) : undefined;
      found.push(beside ?? leftover.fault);
    }
    const skip = attempt < MAX_ATTEMPTS ? Math.min(leftover.skip, rest.length) : rest.length;
    for (const token of rest.slice(0, skip)) leftOut.push(token.startOffset);
    tokens = [...tokens.slice(0, at), ...tokens.slice(at + skip)];
  }
}

/** `rest` where it is the options of a statement that has them in braces, with a comma before them or not; else undefined. */
function bareOptions(
  node: Statement | DataOption | EstimateOption,
  rest: readonly IToken[],
): readonly IToken[] | undefined {
  if ((node.kind !== 'data' || node.path === undefined) && node.kind !== 'estimate') return undefined;
  const options = is(rest[0], Comma) ? rest.slice(1) : rest;
  const starts = options.length > 1 && isStarter(options[0], node.kind);
  return starts && !startsStatementInBlock(options, 0, node.kind) ? rest : undefined;
}

/** Whether a keyword and what it takes stand at the start of `rest`. */
function startsAnotherLine(rest: readonly IToken[], place: Place): boolean {
  const [word, next] = rest;
  if (!isStarter(word, place) || !isKeyword(rest, 0, place)) return false;
  return is(next, Name) || is(next, NumberText) || is(next, StringText);
}

/** The last of the faults that reaches the token before `tokens[at]`. */
function faultBeside(
  faults: readonly SyntaxFault[],
  tokens: readonly IToken[],
  at: number,
): SyntaxFault | undefined {
  const before = tokens[at - 1];
  return before === undefined ? undefined : faults.findLast((fault) => fault.range.end >= before.startOffset);
}

function newLineFault(token: IToken, place: Place): SyntaxFault {
  const what = place === 'document' ? 'A new statement' : 'A new option';
  return {
    code: 'syntax',
    message: `${what} starts here: put \`${token.image}\` on a line of its own.`,
    range: rangeOf(token),
    replacement: `\n${place === 'document' ? '' : '  '}${token.image}`,
  };
}

/**
 * The faults that stand apart from what was left out of the line: one beside a hole says again what the fault of the hole
 * has said. Takes the offsets of the holes; neither they nor the faults need be in order.
 */
function withoutEchoes(
  faults: readonly SyntaxFault[],
  tokens: readonly IToken[],
  holes: readonly number[],
  brokenFrom: number,
): readonly SyntaxFault[] {
  const sound = faults.filter((fault) => fault.range.start < brokenFrom);
  if (sound.length === 0 || holes.length === 0) return sound;
  const shadows = shadowsOf(
    tokens,
    [...holes].sort((a, b) => a - b),
  );
  return sound.filter((fault) => !isShadowed(fault.range, shadows));
}

/** From the token before each hole to the token after it; ascending, as are the ends. */
function shadowsOf(tokens: readonly IToken[], holes: readonly number[]): readonly Range[] {
  let next = 0;
  return holes.map((hole) => {
    while (next < tokens.length && (tokens[next]?.startOffset ?? 0) < hole) next += 1;
    const before = tokens[next - 1];
    const after = tokens[next];
    return {
      start: before?.startOffset ?? hole,
      end: after === undefined ? Number.POSITIVE_INFINITY : endOf(after),
    };
  });
}

function isShadowed(range: Range, shadows: readonly Range[]): boolean {
  let low = 0;
  let high = shadows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shadows[middle]?.end ?? 0) < range.start) low = middle + 1;
    else high = middle;
  }
  const shadow = shadows[low];
  return shadow !== undefined && shadow.start <= range.end;
}
