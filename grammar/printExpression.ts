import { writeString } from './literals.ts';
import { quoteName } from './names.ts';
import { COMPARISON, precedenceOf } from './precedence.ts';
import type { Piece } from './printPieces.ts';
import type { Expression } from './tree.ts';

/** The pieces of an expression with no more brackets than its tree needs. `before` is the blanks in front of it. */
export function expressionPieces(expression: Expression, before: number): readonly Piece[] {
  const pieces: Piece[] = [];
  write(pieces, expression, 0, before);
  return pieces;
}

/**
 * The same in brackets, for an expression with comments between its lines: they need brackets around them. `end` is the
 * offset before which those comments stand.
 */
export function bracketedPieces(expression: Expression, before: number, end: number): readonly Piece[] {
  const pieces: Piece[] = [{ text: '(', before }];
  write(pieces, expression, 0, 0);
  pieces.push({ text: ')', before: 0, offset: end });
  return pieces;
}

/** Writes an expression where only one that binds at least as tightly as `tightness` stands without brackets. */
function write(pieces: Piece[], expression: Expression, tightness: number, before: number): void {
  if (precedenceOf(expression) >= tightness) {
    writeBare(pieces, expression, before);
    return;
  }
  pieces.push({ text: '(', before });
  writeBare(pieces, expression, 0);
  pieces.push({ text: ')', before: 0 });
}

function writeBare(pieces: Piece[], expression: Expression, before: number): void {
  const offset = expression.range.start;
  switch (expression.kind) {
    case 'name':
      pieces.push({ text: quoteName(expression.text, 'expression'), before, offset });
      return;
    case 'number':
      pieces.push({ text: expression.text, before, offset });
      return;
    case 'string':
      pieces.push({ text: writeString(expression.value), before, offset });
      return;
    case 'boolean':
      pieces.push({ text: expression.value ? 'true' : 'false', before, offset });
      return;
    case 'missing':
      pieces.push({ text: 'missing', before, offset });
      return;
    case 'unary':
      writeUnary(pieces, expression, before);
      return;
    case 'binary':
      writeBinary(pieces, expression, before);
      return;
    case 'in':
      write(pieces, expression.operand, COMPARISON + 1, before);
      pieces.push({ text: 'in', before: 1 }, { text: '(', before: 1 });
      writeListed(pieces, expression.values, expression.range.end - 1);
      return;
    case 'isMissing':
      write(pieces, expression.operand, COMPARISON + 1, before);
      pieces.push({ text: expression.negated ? 'is not missing' : 'is missing', before: 1 });
      return;
    case 'call':
      pieces.push({ text: `${expression.callee.text}(`, before, offset });
      writeListed(pieces, expression.arguments, expression.range.end - 1);
      return;
  }
}

function writeUnary(
  pieces: Piece[],
  expression: Extract<Expression, { kind: 'unary' }>,
  before: number,
): void {
  const { operator, operand } = expression;
  pieces.push({ text: operator, before, offset: expression.range.start });
  const doubled = operator === '-' && operand.kind === 'number' && operand.text.startsWith('-');
  const apart = operator === 'not' || doubled || (operator === '-' && operand.kind === 'unary');
  write(pieces, operand, precedenceOf(expression), apart ? 1 : 0);
}

function writeBinary(
  pieces: Piece[],
  expression: Extract<Expression, { kind: 'binary' }>,
  before: number,
): void {
  const precedence = precedenceOf(expression);
  // Comparisons do not chain, so one within another needs brackets on either side.
  const left = precedence === COMPARISON ? precedence + 1 : precedence;
  write(pieces, expression.left, left, before);
  pieces.push({ text: expression.operator, before: 1 });
  write(pieces, expression.right, precedence + 1, 1);
}

/** What stands between `(` and `)`, and the `)`. */
function writeListed(pieces: Piece[], values: readonly Expression[], end: number): void {
  for (const [index, value] of values.entries()) {
    write(pieces, value, 0, index === 0 ? 0 : 1);
    const last = pieces.at(-1);
    if (index < values.length - 1 && last !== undefined) {
      pieces[pieces.length - 1] = { ...last, text: `${last.text},` };
    }
  }
  pieces.push({ text: ')', before: 0, offset: end });
}
