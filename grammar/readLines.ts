import type { IToken } from 'chevrotain';
import { explainKeyword, meantKeyword } from './keywordSlips.ts';
import { isStarter, starterWords } from './keywords.ts';
import type { OptionLine, Sentence } from './layout.ts';
import { isType, mendLine } from './lineSlips.ts';
import type { Line } from './lines.ts';
import { nameOf, rangeOf, spanOf } from './literals.ts';
import { nearest } from './nearest.ts';
import type { ParsedLine } from './optionParser.ts';
import { type LineContext, readTree, type Splitting, tagKeywords } from './readTree.ts';
import { tellSlip } from './slips.ts';
import { isKeyword } from './starts.ts';
import { Arrow, BareName, Colon, Comma, DoubleEquals, Equals, is, Name, respell, Word } from './tokens.ts';
import type { BrokenOption, DataOption, EstimateOption, Range, Statement, UnknownOption } from './tree.ts';
import { oneOf, shortened } from './wording.ts';

/** How many lines may be written as one by mistake before the rest is given up. */
const MAX_SPLITS = 16;

/** The statements on one line: one, but for a line that holds the start of another. Options in braces are not read. */
export function readStatements(
  context: LineContext,
  sentence: Sentence,
  documentation: string | undefined,
): readonly Statement[] {
  const statements: Statement[] = [];
  let line: Line = sentence;
  for (;;) {
    const frame = { documentation: statements.length === 0 ? documentation : undefined };
    if (isBroken(context, line)) {
      const declaration = declarationWithoutKeyword(line);
      if (declaration === undefined) {
        statements.push({ kind: 'broken', range: line.range, ...frame });
        return statements;
      }
      line = declaration;
    }
    line = mendLine(context, line, 'document');
    tagKeywords(line.tokens, 'document');
    const splits = sentence.block === undefined && statements.length < MAX_SPLITS;
    const tree = readTree(context, line, 'document', splits ? 'told' : 'none', (range) =>
      context.parser.statementLine({ range, ...frame }),
    );
    const { node, continuation, bare } = tree;
    statements.push(bare.length === 0 ? node : withBareOptions(context, sentence, node, bare));
    const next = continuationOf(line, continuation);
    if (next === undefined) return statements;
    line = next;
  }
}

/** A statement with the options that stand after it without braces, perhaps after a comma. */
function withBareOptions(
  context: LineContext,
  sentence: Sentence,
  node: Statement,
  tokens: readonly IToken[],
): Statement {
  const options = is(tokens[0], Comma) ? tokens.slice(1) : tokens;
  const [first] = options;
  const last = options.at(-1);
  if (first === undefined || last === undefined) return node;
  const range = spanOf(first, last);
  const holes = sentence.holes.filter((hole) => hole > range.start);
  const line: OptionLine = {
    tokens: options,
    range,
    holes,
    brokenFrom: sentence.brokenFrom,
    misplaced: false,
  };
  const whole: Line = { ...sentence, tokens, range: spanOf(tokens[0] ?? first, last) };
  if (node.kind === 'data') {
    const read = readDataOptions(context, [line], 'untold');
    tellBareOptions(context, whole, node, node.path, read);
    return { ...node, options: read };
  }
  if (node.kind !== 'estimate') return node;
  const read = readEstimateOptions(context, [line], 'untold');
  tellBareOptions(context, whole, node, node.method, read);
  return { ...node, options: read };
}

/** Says that options stand in braces. `line` is what stands without, `head` the part of the statement to show before them. */
function tellBareOptions(
  context: LineContext,
  line: Line,
  node: Statement,
  head: { readonly range: Range } | undefined,
  options: readonly { readonly range: Range; readonly keyword: Range }[],
): void {
  const [first] = options;
  if (first === undefined) return;
  const written = ({ start, end }: Range): string => context.text.slice(start, end);
  const before = written({ start: node.range.start, end: (head ?? node).range.end });
  const message = `Options stand in braces: write \`${shortened(before)} { ${written(first.keyword)} … }\`.`;
  const replacement = `{ ${options.map((option) => written(option.range)).join('; ')} }`;
  tellSlip(context, line, [{ range: line.range, replacement }], message);
}

/** The options in the braces of `data`. */
export function readDataOptions(
  context: LineContext,
  block: readonly OptionLine[],
  splitting: Splitting = 'told',
): readonly DataOption[] {
  return readOptions<DataOption>(context, block, 'data', splitting, unreadDataOption, (range) =>
    context.parser.dataOptionLine(range),
  );
}

/** The options in the braces of `estimate`. */
export function readEstimateOptions(
  context: LineContext,
  block: readonly OptionLine[],
  splitting: Splitting = 'told',
): readonly EstimateOption[] {
  return readOptions<EstimateOption>(context, block, 'estimate', splitting, unreadEstimateOption, (range) =>
    context.parser.estimateOptionLine(range),
  );
}

function readOptions<Option extends DataOption | EstimateOption>(
  context: LineContext,
  block: readonly OptionLine[],
  place: 'data' | 'estimate',
  splitting: Splitting,
  unread: (context: LineContext, line: OptionLine) => Option | BrokenOption | undefined,
  invoke: (range: Range) => ParsedLine<Option>,
): readonly (Option | BrokenOption)[] {
  const options: (Option | BrokenOption)[] = [];
  for (const laidOut of block) {
    let line: OptionLine | undefined = laidOut;
    for (let splits = 0; line !== undefined; splits += 1) {
      const special = unread(context, line);
      if (special !== undefined) {
        options.push(special);
        break;
      }
      line = { ...line, ...mendLine(context, line, place) };
      tagKeywords(line.tokens, place);
      const { node, continuation } = readTree(
        context,
        line,
        place,
        splits < MAX_SPLITS ? splitting : 'none',
        invoke,
      );
      options.push(node);
      const next = continuationOf(line, continuation);
      line = next === undefined ? undefined : { ...next, misplaced: false };
    }
  }
  return options;
}

/** The line that `tokens` start within `line`; undefined where there are none. */
function continuationOf(line: Line, tokens: readonly IToken[]): Line | undefined {
  const [first] = tokens;
  if (first === undefined) return undefined;
  return { ...line, tokens, range: { start: first.startOffset, end: line.range.end } };
}

/** Whether a line is no statement at all; reports why. */
function isBroken(context: LineContext, line: Line): boolean {
  const [first, second] = line.tokens;
  if (first === undefined) return true;
  if (isKeyword(line.tokens, 0, 'document')) return false;
  if (line.tokens.some((token) => is(token, Arrow)) || (is(first, Name) && is(second, Comma))) return false;
  const beside = line.holes.some(
    (hole) => hole > first.startOffset && (second === undefined || hole < second.startOffset),
  );
  if (!beside && first.startOffset < line.brokenFrom && !context.misspelt.has(first.startOffset))
    report(context, rangeOf(first), ...explainUnknown(first, second));
  return true;
}

/** `x : binary` and `x = log(y)` with the keyword that they lack, which covers nothing; undefined for any other line. */
function declarationWithoutKeyword(line: Line): Line | undefined {
  const [name, sign, next] = line.tokens;
  if (name === undefined || !is(name, Name) || next === undefined) return undefined;
  if ((['data', 'estimate'] as const).some((place) => isStarter(name, place))) return undefined;
  if (!is(sign, Equals) && !(is(sign, Colon) && isType(next))) return undefined;
  const keyword = { ...name };
  respell(keyword, 'variable', Word, name.startOffset);
  return { ...line, tokens: [keyword, ...line.tokens] };
}

/** A message, and the text that mends the fault where one is certain. */
type Explanation = [message: string, replacement?: string | undefined];

function report(context: LineContext, range: Range, message: string, replacement?: string | undefined): void {
  context.faults.push({ code: 'syntax', message, range, replacement });
}

/** What to say of a line that starts with no keyword and has no arrow, and what to put in place of its first word. */
function explainUnknown(first: IToken, second: IToken | undefined): Explanation {
  const { image } = first;
  if (!is(first, Name)) {
    return [
      `No statement starts with \`${image}\`: it starts with a keyword such as \`variable\`, or is an edge such as \`a -> b\`.`,
    ];
  }
  const places = (['data', 'estimate'] as const).filter((place) => isStarter(first, place));
  if (places.length > 0) return [`\`${image}\` is an option: it stands in the braces of ${oneOf(places)}.`];
  if (is(second, Colon) || is(second, Equals) || is(second, DoubleEquals)) {
    return [
      `A variable is declared with \`variable\`: write \`variable ${image} ${second?.image ?? ''} …\`.`,
      `variable ${image}`,
    ];
  }
  const meant = is(first, BareName) ? meantKeyword(image) : undefined;
  if (meant !== undefined) return [explainKeyword(image, meant), meant];
  return [
    `\`${image}\` starts no statement: an edge is written \`${image} -> …\`, a declaration \`variable ${image}\`.`,
  ];
}

function brokenOption(line: Line): BrokenOption {
  const [first] = line.tokens;
  return { kind: 'broken', range: line.range, keyword: first === undefined ? line.range : rangeOf(first) };
}

/** What is wrong with a line of a block before its option is read at all. */
function explainMisplaced(line: OptionLine, place: 'data' | 'estimate'): Explanation | undefined {
  const [first] = line.tokens;
  if (line.misplaced) {
    return first?.image === 'expect'
      ? ['What is expected of the graph stands outside the braces: move this line below the `}`.']
      : [`This is a statement, not an option of \`${place}\`: move it below the \`}\`.`];
  }
  if (is(first, BareName)) return undefined;
  const words = starterWords(place);
  const known = place === 'data' ? oneOf(words) : 'a word such as `adjust` or `where`';
  return [`An option starts with ${known}.`];
}

function unreadDataOption(context: LineContext, line: OptionLine): BrokenOption | undefined {
  const [first] = line.tokens;
  if (first === undefined) return brokenOption(line);
  if (isStarter(first, 'data') && !line.misplaced) return undefined;
  report(context, rangeOf(first), ...(explainMisplaced(line, 'data') ?? explainUnknownDataOption(first)));
  return brokenOption(line);
}

function explainUnknownDataOption(first: IToken): Explanation {
  const words = starterWords('data');
  if (isStarter(first, 'estimate'))
    return [`\`${first.image}\` is an option of \`estimate\`, not of \`data\`.`];
  const close = nearest(first.image, words);
  const help = close === undefined ? `the options are ${oneOf(words)}.` : `did you mean \`${close}\`?`;
  return [`\`data\` has no option \`${first.image}\`: ${help}`, close];
}

function unreadEstimateOption(
  context: LineContext,
  line: OptionLine,
): BrokenOption | UnknownOption | undefined {
  const [first, ...rest] = line.tokens;
  if (first === undefined) return brokenOption(line);
  if (isStarter(first, 'estimate') && !line.misplaced) return undefined;
  const misplaced = explainMisplaced(line, 'estimate');
  if (misplaced !== undefined) {
    report(context, rangeOf(first), ...misplaced);
    return brokenOption(line);
  }
  return {
    kind: 'unknown',
    range: spanOf(first, rest.at(-1) ?? first),
    keyword: rangeOf(first),
    name: nameOf(first),
    rest: rest.map((token) => ({ text: token.image, range: rangeOf(token) })),
  };
}
