/** Pieces of R: texts, names, and data expressions over a data frame that is called `data`. */

import type { DataExpression, DataFunction } from '../../../engine/data/expression.ts';
import { isRName } from '../../../formats/identifiers.ts';

/** A string literal in single quotation marks, with its line breaks as they are. R has no place for U+0000. */
export function rString(text: string): string {
  const safe = text
    .replaceAll('\0', '')
    .replace(/[\\']/g, '\\$&')
    .replace(
      /(?![ \n])[\p{C}\p{Z}]/gu,
      (character) => `\\U{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
  return `'${safe}'`;
}

/** A name as it stands in a formula. */
export function rName(name: string): string {
  return isRName(name) ? name : `\`${name.replaceAll('\0', '').replace(/[\\`]/g, '\\$&')}\``;
}

/** A column of the frame. */
export function rColumn(name: string): string {
  return `data$${rName(name)}`;
}

/** A vector of texts. */
export function rVector(texts: readonly string[]): string {
  return `c(${texts.map(rString).join(', ')})`;
}

/** The expression as R over the columns of `data`; a missing value makes the result missing, as in a spec. */
export function rExpression(expression: DataExpression): string {
  const print = rExpression;
  switch (expression.kind) {
    case 'column':
    case 'variable':
      return rColumn(expression.name);
    case 'number':
      return expression.value < 0 ? `(${expression.value})` : String(expression.value);
    case 'text':
      return rString(expression.value);
    case 'boolean':
      return expression.value ? 'TRUE' : 'FALSE';
    case 'missing':
      return 'NA';
    case 'negate':
      return `(-${print(expression.operand)})`;
    case 'not':
      return `(!${print(expression.operand)})`;
    case 'and':
    case 'or':
      return `(${print(expression.left)} ${expression.kind === 'and' ? '&' : '|'} ${print(expression.right)})`;
    case 'arithmetic':
    case 'comparison':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'in':
      return `(${print(expression.operand)} %in% c(${expression.values.map(print).join(', ')}))`;
    case 'isMissing':
      return `${expression.negated ? '!' : ''}is.na(${print(expression.operand)})`;
    case 'call':
      return CALLS[expression.function](expression.arguments.map(print));
  }
}

type Call = (parts: readonly string[]) => string;

const call =
  (name: string): Call =>
  (parts) =>
    `${name}(${parts.join(', ')})`;

const CALLS: Readonly<Record<DataFunction, Call>> = {
  log: call('log'),
  exp: call('exp'),
  sqrt: call('sqrt'),
  abs: call('abs'),
  // Halves go away from zero, where R's own `round` would take them to the even neighbour.
  round: ([x, digits = '0']) => `(sign(${x}) * floor(abs(${x}) * 10^${digits} + 0.5) / 10^${digits})`,
  min: call('pmin'),
  max: call('pmax'),
  coalesce: ([first = 'NA', ...rest]) =>
    rest.reduce((all, next) => `ifelse(is.na(${all}), ${next}, ${all})`, first),
  lower: call('tolower'),
  if: call('ifelse'),
};
