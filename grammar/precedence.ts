import { quoteName } from './names.ts';
import type { BinaryOperator, Expression, NumberLiteral, Range } from './tree.ts';

/** `^` is no operator of the language: it is read to say what to write in its place. */
export type OperatorSymbol = BinaryOperator | 'not' | '^';

/** A part of an expression as it stands in the line, before precedence says what belongs together. */
export type Piece =
  | { readonly kind: 'operator'; readonly symbol: OperatorSymbol; readonly range: Range }
  | {
      readonly kind: 'operand';
      /** Undefined where it was unreadable, which has been reported. */
      readonly expression: Expression | undefined;
      /** With the brackets around it. */
      readonly range: Range;
    }
  /** `in (…)`; its range ends after the `)`. */
  | {
      readonly kind: 'in';
      readonly keyword: Range;
      readonly values: readonly Expression[];
      readonly range: Range;
    }
  /** `is missing`, `is not missing`. */
  | { readonly kind: 'is'; readonly keyword: Range; readonly negated: boolean; readonly range: Range };

export type ReportFault = (range: Range, message: string, replacement?: string) => void;

const OR = 1;
const AND = 2;
const NOT = 3;
/** The precedence of comparisons, `in` and `is missing`. */
export const COMPARISON = 4;
const SUM = 5;
const PRODUCT = 6;
const SIGN = 7;

const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', OR],
  ['and', AND],
  ['==', COMPARISON],
  ['!=', COMPARISON],
  ['<', COMPARISON],
  ['<=', COMPARISON],
  ['>', COMPARISON],
  ['>=', COMPARISON],
  ['+', SUM],
  ['-', SUM],
  ['*', PRODUCT],
  ['/', PRODUCT],
]);

/** How tightly an expression holds together, from `or` (1) to values and calls, for whoever prints one. */
export function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case 'binary':
      return PRECEDENCE.get(expression.operator) ?? SIGN + 1;
    case 'in':
    case 'isMissing':
      return COMPARISON;
    case 'unary':
      return expression.operator === 'not' ? NOT : SIGN;
    default:
      return SIGN + 1;
  }
}

/** An expression and the range it fills, brackets around it included. */
interface Built {
  readonly expression: Expression | undefined;
  readonly range: Range;
}

/** The operator that needs what comes next. */
interface Asker {
  readonly symbol: string;
  readonly range: Range;
}

interface Cursor {
  readonly pieces: readonly Piece[];
  readonly report: ReportFault;
  at: number;
}

/**
 * Builds the tree of an expression by precedence climbing (Richards 1979; Clarke 1986): `or`, `and`, `not`, comparisons,
 * `+ -`, `* /`, unary `-`, from loose to tight; binary operators group to the left, comparisons not at all.
 *
 * Takes the pieces as written. Whatever is missing is reported and left out, so that the good parts survive. Undefined where
 * nothing is left.
 */
export function buildExpression(pieces: readonly Piece[], report: ReportFault): Expression | undefined {
  const cursor: Cursor = { pieces: withoutPowers(splitArrows(pieces), report), report, at: 0 };
  return climb(cursor, OR, undefined).expression;
}

function isBinary(symbol: OperatorSymbol): symbol is BinaryOperator {
  return symbol !== 'not' && symbol !== '^';
}

/** `a<-1` was read with an arrow in it: it is `a < -1`. */
function splitArrows(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece): Piece[] => {
    const isArrow =
      piece.kind === 'operator' && piece.symbol === '<' && piece.range.end - piece.range.start === 2;
    if (!isArrow) return [piece];
    const middle = piece.range.start + 1;
    return [
      { kind: 'operator', symbol: '<', range: { start: piece.range.start, end: middle } },
      { kind: 'operator', symbol: '-', range: { start: middle, end: piece.range.end } },
    ];
  });
}

/**
 * Reports powers and leaves out their exponents: the tree has no node for them, and a product would hold each part of the base
 * twice at one place of the text.
 */
function withoutPowers(pieces: readonly Piece[], report: ReportFault): readonly Piece[] {
  if (!pieces.some(isPower)) return pieces;
  const kept: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (!isPower(piece)) {
      kept.push(piece);
      continue;
    }
    const sign = pieces[at + 1];
    const signed = sign?.kind === 'operator' && sign.symbol === '-';
    const exponent = pieces[at + (signed ? 2 : 1)];
    const base = kept.at(-1);
    reportPower(piece, base, signed ? undefined : exponent, report);
    if (base?.kind !== 'operand') continue;
    if (exponent?.kind === 'operand') at += signed ? 2 : 1;
  }
  return kept;
}

function isPower(piece: Piece): boolean {
  return piece.kind === 'operator' && piece.symbol === '^';
}

function reportPower(
  power: Piece,
  base: Piece | undefined,
  exponent: Piece | undefined,
  report: ReportFault,
): void {
  const product = productFor(base, exponent);
  if (base === undefined || exponent === undefined || product === undefined) {
    report(power.range, 'There is no sign for powers: write a product, as in `age * age`.');
    return;
  }
  const range = { start: base.range.start, end: exponent.range.end };
  report(range, `There is no sign for powers: write \`${product}\`.`, `(${product})`);
}

/** A square or a cube of a name, written out. */
function productFor(base: Piece | undefined, exponent: Piece | undefined): string | undefined {
  if (base?.kind !== 'operand' || exponent?.kind !== 'operand') return undefined;
  const { expression } = base;
  const times = exponent.expression?.kind === 'number' ? exponent.expression.value : 0;
  if (expression?.kind !== 'name' || (times !== 2 && times !== 3)) return undefined;
  return Array.from({ length: times }, () => quoteName(expression.text, 'expression')).join(' * ');
}

/** Reads an expression whose operators bind at least as tightly as `tightness`; `asker` is the operator that needs it. */
function climb(cursor: Cursor, tightness: number, asker: Asker | undefined): Built {
  let left = readPrefixed(cursor, tightness, asker);
  let compared = false;
  for (;;) {
    const piece = cursor.pieces[cursor.at];
    if (piece === undefined || piece.kind === 'operand') return left;
    const precedence = piece.kind === 'operator' ? PRECEDENCE.get(piece.symbol) : COMPARISON;
    if ((precedence ?? COMPARISON) < tightness) return left;
    if (precedence === undefined) {
      left = readNotBetween(cursor, left, piece.range);
      continue;
    }
    if (precedence === COMPARISON) {
      const keyword = piece.kind === 'operator' ? piece.range : piece.keyword;
      if (compared) cursor.report(keyword, 'Comparisons do not chain: write `a < b and b < c`.');
      compared = true;
    }
    cursor.at += 1;
    left = piece.kind === 'operator' ? joinOperator(cursor, left, piece, precedence) : joinTest(left, piece);
  }
}

type OperatorPiece = Extract<Piece, { kind: 'operator' }>;

function joinOperator(cursor: Cursor, left: Built, piece: OperatorPiece, precedence: number): Built {
  const right = climb(cursor, precedence + 1, piece);
  const range = { start: left.range.start, end: Math.max(piece.range.end, right.range.end) };
  const operator = piece.symbol;
  if (left.expression === undefined || right.expression === undefined || !isBinary(operator)) {
    return { expression: left.expression ?? right.expression, range };
  }
  return {
    expression: { kind: 'binary', operator, left: left.expression, right: right.expression, range },
    range,
  };
}

function joinTest(left: Built, piece: Extract<Piece, { kind: 'in' | 'is' }>): Built {
  const range = { start: left.range.start, end: piece.range.end };
  const operand = left.expression;
  if (operand === undefined) return { expression: undefined, range };
  return piece.kind === 'in'
    ? { expression: { kind: 'in', operand, values: piece.values, range }, range }
    : { expression: { kind: 'isMissing', operand, negated: piece.negated, range }, range };
}

/** `not` where a value has just ended: `a not in (…)` as other languages have it, or a slip. */
function readNotBetween(cursor: Cursor, left: Built, not: Range): Built {
  cursor.at += 1;
  const next = cursor.pieces[cursor.at];
  if (next?.kind === 'in') {
    cursor.report(
      { start: not.start, end: next.keyword.end },
      '`not` goes in front: write `not a in (1, 2)`.',
    );
    cursor.at += 1;
    const { expression, range } = joinTest(left, next);
    return expression === undefined
      ? { expression, range }
      : { expression: { kind: 'unary', operator: 'not', operand: expression, range }, range };
  }
  cursor.report(not, '`not` needs `and` or `or` before it here.');
  const right = climb(cursor, NOT, { symbol: 'not', range: not });
  return { expression: left.expression, range: { start: left.range.start, end: right.range.end } };
}

/** Reads what binary operators stand between: signs and `not`s, then a value. */
function readPrefixed(cursor: Cursor, tightness: number, asker: Asker | undefined): Built {
  const piece = cursor.pieces[cursor.at];
  if (piece?.kind === 'operand') {
    cursor.at += 1;
    return piece;
  }
  if (piece?.kind === 'operator' && piece.symbol === 'not') {
    cursor.at += 1;
    if (tightness > NOT) cursor.report(piece.range, 'Put brackets round this `not` and its condition.');
    return prefix(climb(cursor, NOT, piece), 'not', piece.range);
  }
  if (piece?.kind === 'operator' && piece.symbol === '-') {
    cursor.at += 1;
    return prefix(climb(cursor, SIGN, piece), '-', piece.range);
  }
  return reportMissing(cursor, piece, asker);
}

function reportMissing(
  cursor: Cursor,
  piece: Exclude<Piece, { kind: 'operand' }> | undefined,
  asker: Asker | undefined,
): Built {
  if (asker !== undefined) {
    cursor.report(asker.range, `\`${asker.symbol}\` needs ${rightOf(asker.symbol)}.`);
    return { expression: undefined, range: asker.range };
  }
  if (piece === undefined) return { expression: undefined, range: { start: 0, end: 0 } };
  const keyword = piece.kind === 'operator' ? piece.range : piece.keyword;
  const symbol = piece.kind === 'operator' ? piece.symbol : piece.kind;
  cursor.report(keyword, `\`${symbol}\` needs a value on its left, as in \`${exampleOf(symbol)}\`.`);
  return { expression: undefined, range: { start: piece.range.start, end: piece.range.start } };
}

function rightOf(symbol: string): string {
  if (symbol === 'not') return 'a condition after it, as in `not age > 18`';
  return `a value on its right, as in \`${exampleOf(symbol)}\``;
}

function exampleOf(symbol: string): string {
  if (symbol === 'and' || symbol === 'or') return `age > 18 ${symbol} age < 65`;
  if (symbol === 'in') return 'region in ("north", "south")';
  if (symbol === 'is') return 'age is missing';
  return PRECEDENCE.get(symbol) === COMPARISON ? `age ${symbol} 18` : `age ${symbol} 1`;
}

function prefix(operand: Built, operator: 'not' | '-', sign: Range): Built {
  const range = { start: sign.start, end: Math.max(sign.end, operand.range.end) };
  if (operand.expression === undefined) return { expression: undefined, range };
  if (operator === '-' && operand.expression.kind === 'number' && !operand.expression.text.startsWith('-')) {
    return { expression: negated(operand.expression, range), range };
  }
  return { expression: { kind: 'unary', operator, operand: operand.expression, range }, range };
}

/** A minus sign makes one number with the digits after it, as NUMBER has it. */
function negated(number: NumberLiteral, range: Range): NumberLiteral {
  return { kind: 'number', value: -number.value, text: `-${number.text}`, range };
}
