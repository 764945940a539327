import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import {
  isClosedComment,
  NONE,
  scanBlanks,
  scanBlockComment,
  scanComment,
  scanForeignString,
  scanMalformedNumber,
  scanMisspelt,
  scanName,
  scanNumber,
  scanPower,
  scanQuotedName,
  scanSlashComment,
  scanString,
  scanUnreadable,
} from './scan.ts';

/** Offsets just past the end, half-open, where Chevrotain's own `endOffset` is inclusive. */
export function endOf(token: IToken): number {
  return token.endOffset === undefined ? token.startOffset + token.image.length : token.endOffset + 1;
}

/** The 1-based line that a token starts on. No token but a block comment spans lines. */
export function lineOf(token: IToken): number {
  return token.startLine ?? 0;
}

/** The 1-based column that a token starts at, in UTF-16 code units. */
export function columnOf(token: IToken): number {
  return token.startColumn ?? 0;
}

/** Whether the token is of the type, or of one of the types that have it for a category. */
export function is(token: IToken | undefined, type: TokenType): boolean {
  if (token === undefined) return false;
  return token.tokenTypeIdx === type.tokenTypeIdx || type.categoryMatchesMap?.[token.tokenTypeIdx] === true;
}

/** Makes a token one of another type: words become keywords by where they stand, which the lexer cannot see. */
export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  if (type.tokenTypeIdx !== undefined) token.tokenTypeIdx = type.tokenTypeIdx;
}

/**
 * Makes a token read as `image`, for a mistake that has one meaning. It still covers what was written, up to `end`, so that
 * ranges point at the text as it is.
 */
export function respell(token: IToken, image: string, type: TokenType, end = endOf(token)): void {
  token.endOffset = end - 1;
  token.image = image;
  retype(token, type);
}

/** Whether the token was made to read as something else than was written. */
export function isRespelt(token: IToken): boolean {
  return token.endOffset !== undefined;
}

type Scanner = (text: string, offset: number) => number;

function matcher(scan: Scanner): (text: string, offset: number) => [string] | null {
  return (text, offset) => {
    const end = scan(text, offset);
    return end === NONE ? null : [text.slice(offset, end)];
  };
}

/** Past ASCII, Chevrotain sorts first characters into buckets of 255 code units: one of each, and all of Latin-1. */
const BEYOND_ASCII: readonly number[] = [
  ...Array.from({ length: 128 }, (_, index) => 128 + index),
  256,
  ...Array.from({ length: 256 }, (_, index) => 255 * (index + 2)).filter((code) => code < 65536),
];
const ASCII: readonly number[] = Array.from({ length: 128 }, (_, index) => index);
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'];
const DIGITS = [...'0123456789'];

function scanned(
  name: string,
  scan: Scanner,
  starts: readonly (string | number)[],
  categories: TokenType[] = [Any],
): TokenType {
  return createToken({
    name,
    pattern: matcher(scan),
    start_chars_hint: [...starts],
    line_breaks: false,
    categories,
  });
}

function sign(name: string, pattern: string, categories: TokenType[] = [Any]): TokenType {
  return createToken({ name, pattern, categories });
}

function category(name: string, parents: TokenType[] = []): TokenType {
  return createToken({ name, pattern: Lexer.NA, categories: parents });
}

// Categories: what the parser asks for where several types of token serve.
export const Any: TokenType = category('Any');
/** Any NAME: a word that is a keyword elsewhere included. */
export const Name: TokenType = category('Name', [Any]);
/** A NAME without backticks, which may therefore be a keyword. */
export const BareName: TokenType = category('BareName', [Name]);
export const Arrow: TokenType = category('Arrow', [Any]);
/** Everything that stands between or before the values of an expression. */
export const Operator: TokenType = category('Operator', [Any]);

// Left out of the text that is parsed.
const Blanks = createToken({
  name: 'Blanks',
  pattern: matcher(scanBlanks),
  start_chars_hint: [...' \t\f\v\n\r', 0xfeff],
  line_breaks: true,
  group: Lexer.SKIPPED,
});
export const Comment: TokenType = createToken({
  name: 'Comment',
  pattern: matcher(scanComment),
  start_chars_hint: ['#'],
  line_breaks: false,
  group: 'comments',
});
export const SlashComment: TokenType = createToken({
  name: 'SlashComment',
  pattern: matcher(scanSlashComment),
  start_chars_hint: ['/'],
  line_breaks: false,
  group: 'comments',
});
export const BlockComment: TokenType = createToken({
  name: 'BlockComment',
  pattern: (text, offset, _tokens, groups) => {
    const previous = groups['blockComments']?.at(-1);
    const end = scanBlockComment(text, offset, previous === undefined || isClosedComment(previous.image));
    return end === NONE ? null : [text.slice(offset, end)];
  },
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'blockComments',
});

// Names and literals.
export const Word: TokenType = scanned('Word', scanName, [...LETTERS, ...BEYOND_ASCII], [BareName]);
export const QuotedName: TokenType = scanned('QuotedName', scanQuotedName, ['`'], [Name]);
export const StringText: TokenType = scanned('StringText', scanString, ['"']);
export const NumberText: TokenType = scanned('NumberText', scanNumber, DIGITS);

// Misspelt tokens, which the lexer reports and then hands on as what they were meant to be.
export const ForeignString: TokenType = scanned(
  'ForeignString',
  scanForeignString,
  ["'", ...BEYOND_ASCII],
  [],
);
export const MalformedNumber: TokenType = scanned(
  'MalformedNumber',
  scanMalformedNumber,
  [...DIGITS, '.'],
  [],
);
export const Misspelt: TokenType = scanned('Misspelt', scanMisspelt, [...'=!-&|<', ...BEYOND_ASCII], []);
/** `=>` is an arrow to some and `>=` to others; the line it is on decides. */
export const FatArrow: TokenType = sign('FatArrow', '=>', []);
export const Unreadable: TokenType = scanned('Unreadable', scanUnreadable, [...ASCII, ...BEYOND_ASCII], []);

// Punctuation.
export const BothArrow: TokenType = sign('BothArrow', '<->', [Arrow]);
export const RightArrow: TokenType = sign('RightArrow', '->', [Arrow]);
/** Also `<` and a minus sign, in an expression such as `a<-1`. */
export const LeftArrow: TokenType = sign('LeftArrow', '<-', [Arrow, Operator]);
export const Comma: TokenType = sign('Comma', ',');
export const Colon: TokenType = sign('Colon', ':');
export const Semicolon: TokenType = sign('Semicolon', ';');
export const LeftRound: TokenType = sign('LeftRound', '(');
export const RightRound: TokenType = sign('RightRound', ')');
export const LeftSquare: TokenType = sign('LeftSquare', '[');
export const RightSquare: TokenType = sign('RightSquare', ']');
export const LeftBrace: TokenType = sign('LeftBrace', '{');
export const RightBrace: TokenType = sign('RightBrace', '}');
export const DoubleEquals: TokenType = sign('DoubleEquals', '==', [Operator]);
export const Equals: TokenType = sign('Equals', '=', [Operator]);
export const NotEquals: TokenType = sign('NotEquals', '!=', [Operator]);
export const LessOrEqual: TokenType = sign('LessOrEqual', '<=', [Operator]);
export const Less: TokenType = sign('Less', '<', [Operator]);
export const GreaterOrEqual: TokenType = sign('GreaterOrEqual', '>=', [Operator]);
export const Greater: TokenType = sign('Greater', '>', [Operator]);
export const Plus: TokenType = sign('Plus', '+', [Operator]);
export const Minus: TokenType = sign('Minus', '-', [Operator]);
/** Powers are written as products: `^` and `**` are read only to say so. */
export const Power: TokenType = scanned('Power', scanPower, ['^', '*'], [Operator]);
export const Star: TokenType = sign('Star', '*', [Operator]);
export const Slash: TokenType = sign('Slash', '/', [Operator]);

/** In order of precedence: the first that matches is taken. */
export const LEXER_TOKENS: readonly TokenType[] = [
  Blanks,
  Comment,
  SlashComment,
  BlockComment,
  Word,
  QuotedName,
  StringText,
  NumberText,
  ForeignString,
  MalformedNumber,
  Misspelt,
  BothArrow,
  RightArrow,
  LeftArrow,
  Comma,
  Colon,
  Semicolon,
  LeftRound,
  RightRound,
  LeftSquare,
  RightSquare,
  LeftBrace,
  RightBrace,
  FatArrow,
  DoubleEquals,
  Equals,
  NotEquals,
  LessOrEqual,
  Less,
  GreaterOrEqual,
  Greater,
  Plus,
  Minus,
  Power,
  Star,
  Slash,
  Unreadable,
];
