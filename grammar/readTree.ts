import type { IToken } from 'chevrotain';
import { EXPRESSION_TOKENS, isStarter, type Place, startersOf } from './keywords.ts';
import { explainLeftover, lacksText } from './leftover.ts';
import type { Line } from './lines.ts';
import { rangeOf } from './literals.ts';
import type { ParsedLine } from './optionParser.ts';
import type { FaultContext } from './slips.ts';
import { isKeyword } from './starts.ts';
import type { StatementParser } from './statementParser.ts';
import { BareName, DoubleEquals, Equals, endOf, is, Name, NumberText, retype, StringText } from './tokens.ts';
import type { DataOption, EstimateOption, Range, Statement, SyntaxFault } from './tree.ts';

export interface LineContext extends FaultContext {
  readonly parser: StatementParser;
  /** Offsets of tokens whose spelling is reported already. */
  readonly misspelt: ReadonlySet<number>;
}

export interface TreeOfLine<Node> {
  readonly node: Node;
  /** What starts a line of its own though it stands on this one; empty where nothing does. */
  readonly continuation: readonly IToken[];
}

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
  for (const token of tokens.slice(start)) {
    const word = is(token, BareName) ? EXPRESSION_TOKENS.get(token.image) : undefined;
    if (word !== undefined) retype(token, word);
  }
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
 * `invoke` runs the rule on the parser, which holds the tokens; `range` is what the node is to cover. With `splits`, a keyword
 * in the line's middle that starts another line ends it.
 */
export function readTree<Node extends Statement | DataOption | EstimateOption>(
  context: LineContext,
  line: Line,
  place: Place,
  splits: boolean,
  invoke: (range: Range) => ParsedLine<Node>,
): TreeOfLine<Node> {
  const { parser, text, faults } = context;
  const [first] = line.tokens;
  const found: SyntaxFault[] = [];
  const leftOut: number[] = [];
  let tokens = line.tokens;
  let range = line.range;
  let continuation: readonly IToken[] = [];
  for (let attempt = 1; ; attempt += 1) {
    parser.start(tokens);
    const { node, rest } = invoke(range);
    const brokenFrom = Math.min(line.brokenFrom, parser.brokenFrom);
    const [extra] = rest;
    if (extra === undefined || first === undefined || extra.startOffset >= brokenFrom) {
      const kept = withoutEchoes(parser.faults, tokens, [...line.holes, ...leftOut], line.brokenFrom);
      faults.push(...found, ...kept.slice(0, MAX_FAULTS_PER_LINE));
      return { node, continuation };
    }
    const at = tokens.length - rest.length;
    if (splits && at > 0 && !lacksText(node) && startsAnotherLine(rest, place)) {
      found.push(newLineFault(extra, place));
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
