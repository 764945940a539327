import type { IToken } from 'chevrotain';
import { endOf, is, QuotedName } from './tokens.ts';
import type { Name, NumberLiteral, Range, StringLiteral } from './tree.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
]);

export interface ReadString {
  /** Escapes resolved, without the quotes. */
  readonly value: string;
  /** Offsets into the image of each `\` that no known escape starts at. Those stay in the value as they stand. */
  readonly unknownEscapes: readonly number[];
}

/** Reads a STRING as written, quotes included; the closing one may be missing. */
export function readString(image: string): ReadString {
  const end = isClosed(image) ? image.length - 1 : image.length;
  if (!image.includes('\\')) return { value: image.slice(1, end), unknownEscapes: [] };
  const unknownEscapes: number[] = [];
  let value = '';
  for (let offset = 1; offset < end; offset += 1) {
    const character = image.charAt(offset);
    if (character !== '\\') {
      value += character;
      continue;
    }
    const meant = ESCAPES.get(image.charAt(offset + 1));
    if (meant === undefined) {
      unknownEscapes.push(offset);
      value += character;
    } else {
      value += meant;
      offset += 1;
    }
  }
  return { value, unknownEscapes };
}

/** Whether a STRING as written has its closing quote: one that no `\` takes away. */
export function isClosed(image: string): boolean {
  if (image.length < 2 || !image.endsWith('"')) return false;
  let backslashes = 0;
  while (image.charAt(image.length - 2 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 0;
}

/** A STRING that reads back as `value`. A carriage return, which no string of the language can hold, becomes a blank. */
export function writeString(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', ' ');
  return `"${escaped}"`;
}

export function rangeOf(token: IToken): Range {
  return { start: token.startOffset, end: endOf(token) };
}

/** From the start of one token to the end of another. */
export function spanOf(first: IToken, last: IToken): Range {
  return { start: first.startOffset, end: endOf(last) };
}

export function nameOf(token: IToken): Name {
  const quoted = is(token, QuotedName) && token.image.startsWith('`');
  const closed = quoted && token.image.length > 1 && token.image.endsWith('`');
  const text = quoted ? token.image.slice(1, closed ? -1 : undefined) : token.image;
  return { kind: 'name', text, range: rangeOf(token), quoted };
}

export function stringOf(token: IToken): StringLiteral {
  const range = rangeOf(token);
  if (token.image.startsWith('"')) return { kind: 'string', value: readString(token.image).value, range };
  return { kind: 'string', value: contentOfForeign(token.image), range };
}

/** What stands between the marks of a text that is not in double quotes: `'…'` or curly ones. */
export function contentOfForeign(image: string): string {
  const closed = image.length > 1 && '\'”“"'.includes(image.slice(-1));
  return image.slice(1, closed ? -1 : undefined);
}

/** A NUMBER from its digits and, where one was written, its minus sign. */
export function numberOf(token: IToken, minus: IToken | undefined): NumberLiteral {
  const magnitude = Number.parseFloat(token.image);
  return {
    kind: 'number',
    value: minus === undefined ? magnitude : -magnitude,
    text: minus === undefined ? token.image : `-${token.image}`,
    range: spanOf(minus ?? token, token),
  };
}
