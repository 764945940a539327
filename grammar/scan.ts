/**
 * Where a token ends. Each scanner takes the whole text and an offset, and returns the offset just past the token
 * that starts there, or `NONE`. They walk character by character and keep no stack, because a regular expression over a
 * name or a text of many megabytes can exhaust the one of the regular expression engine.
 */

/** No token of that kind starts here. */
export const NONE = -1;

const LETTER = /^\p{L}$/u;
const LETTER_MARK_OR_DIGIT = /^[\p{L}\p{M}\p{Nd}]$/u;

/** Characters people paste or type for something that the language writes differently, and what it writes. */
const MISSPELT: ReadonlyMap<string, string> = new Map([
  ['===', '=='],
  ['!==', '!='],
  ['-->', '->'],
  ['&&', 'and'],
  ['||', 'or'],
  ['<>', '!='],
  ['→', '->'],
  ['⟶', '->'],
  ['⇒', '->'],
  ['←', '<-'],
  ['⟵', '<-'],
  ['⇐', '<-'],
  ['↔', '<->'],
  ['⟷', '<->'],
  ['⇔', '<->'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['−', '-'],
  ['–', '-'],
  ['×', '*'],
  ['÷', '/'],
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not'],
]);

const MISSPELT_STARTS: ReadonlySet<string> = new Set([...MISSPELT.keys()].map((image) => image.charAt(0)));

/** Quotation marks of word processors, each with the marks that may close what it opens. */
const CURLY_QUOTES: ReadonlyMap<string, string> = new Map([
  ['“', '”"'],
  ['”', '”“"'],
  ['„', '“”"'],
]);

const BYTE_ORDER_MARK = 0xfeff;
const BLANKS = ' \t\f\v\n\r';
/** ASCII characters other than letters, digits and blanks with which a token or a comment may start. */
const STARTERS = '_"`#\'-<>,:;=(){}[]+*/!&|^';

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/** What the language writes in place of `image`, for an image that `scanMisspelt` accepted. */
export function spellingOf(image: string): string | undefined {
  return MISSPELT.get(image);
}

/** The length in code units of the name character at `offset`, 0 where there is none. */
function nameCharacter(text: string, offset: number, first: boolean): number {
  const code = text.charCodeAt(offset);
  if (isAsciiLetter(code) || code === 95) return 1;
  if (code < 128) return !first && (isDigit(code) || code === 46) ? 1 : 0;
  const point = text.codePointAt(offset);
  if (point === undefined) return 0;
  const character = String.fromCodePoint(point);
  return (first ? LETTER : LETTER_MARK_OR_DIGIT).test(character) ? character.length : 0;
}

function scanNameTail(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const length = nameCharacter(text, offset, false);
    if (length === 0) return offset;
    offset += length;
  }
}

/** A NAME without backticks: a letter or `_`, then letters (with their marks), digits, `_` and `.`. */
export function scanName(text: string, offset: number): number {
  const first = nameCharacter(text, offset, true);
  return first === 0 ? NONE : scanNameTail(text, offset + first);
}

function scanDigits(text: string, from: number): number {
  let offset = from;
  while (isDigit(text.charCodeAt(offset))) offset += 1;
  return offset;
}

/** The unsigned part of a NUMBER, whatever follows it. */
function scanNumberPrefix(text: string, from: number): number {
  let offset = scanDigits(text, from);
  if (text.charAt(offset) === '.' && isDigit(text.charCodeAt(offset + 1)))
    offset = scanDigits(text, offset + 1);
  if (text.charAt(offset) === 'e' || text.charAt(offset) === 'E') {
    const sign = text.charAt(offset + 1);
    const digits = sign === '+' || sign === '-' ? offset + 2 : offset + 1;
    if (isDigit(text.charCodeAt(digits))) offset = scanDigits(text, digits);
  }
  return offset;
}

/** A NUMBER without its sign: digits, a fraction, an exponent, and no name character straight after them. */
export function scanNumber(text: string, offset: number): number {
  if (!isDigit(text.charCodeAt(offset))) return NONE;
  const end = scanNumberPrefix(text, offset);
  return nameCharacter(text, end, false) === 0 ? end : NONE;
}

/** What starts like a number and is none: `2sls`, `1.`, `.5`. The token reaches as far as a name would. */
export function scanMalformedNumber(text: string, offset: number): number {
  const dot = text.charAt(offset) === '.';
  const digits = dot ? offset + 1 : offset;
  if (!isDigit(text.charCodeAt(digits))) return NONE;
  return scanNameTail(text, scanNumberPrefix(text, digits));
}

/** Where the line that `offset` is on ends: before its line break, or at the end of the text. */
export function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end += 1;
  return end;
}

/** Where the blanks before `end` start, not before `start`. */
function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && BLANKS.includes(text.charAt(trimmed - 1))) trimmed -= 1;
  return trimmed;
}

/**
 * Where a text that its line end cut off is taken to stop. A brace that ends the line is left outside: it opens or closes a
 * block more likely than it belongs to the text, and losing it would drag other lines into the fault.
 */
function endOfUnclosed(text: string, start: number, lineEnd: number): number {
  const end = trimmedEnd(text, start, lineEnd);
  const last = text.charAt(end - 1);
  return end - 1 > start && (last === '{' || last === '}') ? trimmedEnd(text, start + 1, end - 1) : end;
}

/** A STRING, closed or not: `"`, then anything with `\` taking the next character along, up to `"` or the end of the line. */
export function scanString(text: string, offset: number): number {
  if (text.charAt(offset) !== '"') return NONE;
  let end = offset + 1;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) {
    const character = text.charAt(end);
    if (character === '"') return end + 1;
    const escapes = character === '\\' && end + 1 < text.length && !isLineEnd(text.charCodeAt(end + 1));
    end += escapes ? 2 : 1;
  }
  return endOfUnclosed(text, offset, end);
}

/** A text in the wrong marks: `'…'` closed on its line, or curly quotation marks. */
export function scanForeignString(text: string, offset: number): number {
  const open = text.charAt(offset);
  const closers = open === "'" ? "'" : CURLY_QUOTES.get(open);
  if (closers === undefined) return NONE;
  let end = offset + 1;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) {
    if (closers.includes(text.charAt(end))) return end + 1;
    end += 1;
  }
  return open === "'" ? NONE : endOfUnclosed(text, offset, end);
}

/** A NAME in backticks, closed or not. An unclosed one stops before what cannot well be part of it. */
export function scanQuotedName(text: string, offset: number): number {
  if (text.charAt(offset) !== '`') return NONE;
  const lineEnd = endOfLine(text, offset);
  let stop = lineEnd;
  for (let end = offset + 1; end < lineEnd; end += 1) {
    const character = text.charAt(end);
    if (character === '`') return end + 1;
    if (
      stop === lineEnd &&
      (',:=#"{}'.includes(character) || text.startsWith('->', end) || character === '<')
    ) {
      stop = end;
    }
  }
  return trimmedEnd(text, offset + 1, stop);
}

/** `#` to the end of the line. */
export function scanComment(text: string, offset: number): number {
  return text.charAt(offset) === '#' ? endOfLine(text, offset) : NONE;
}

/** A comment as other languages write it: `//` to the end of the line. */
export function scanSlashComment(text: string, offset: number): number {
  return text.startsWith('//', offset) ? endOfLine(text, offset) : NONE;
}

/**
 * A comment as other languages write it: from `/*` to its closing mark, on whatever line, or else to the end of its line.
 *
 * `closes` tells whether a closing mark may still follow: where an earlier search found none, searching again for
 * each of many unclosed comments would take quadratic time.
 */
export function scanBlockComment(text: string, offset: number, closes: boolean): number {
  if (!text.startsWith('/*', offset)) return NONE;
  const close = closes ? text.indexOf('*/', offset + 2) : -1;
  return close < 0 ? endOfLine(text, offset) : close + 2;
}

/** Whether the block comment `image` has its closing mark. */
export function isClosedComment(image: string): boolean {
  return image.length >= 4 && image.endsWith('*/');
}

/** Blanks, line ends, and a byte-order mark that starts the text. */
export function scanBlanks(text: string, offset: number): number {
  let end = offset;
  if (offset === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK) end += 1;
  while (end < text.length && BLANKS.includes(text.charAt(end))) end += 1;
  return end === offset ? NONE : end;
}

/** A sign that the language writes differently: see `spellingOf`. */
export function scanMisspelt(text: string, offset: number): number {
  for (const length of [3, 2]) {
    if (MISSPELT.has(text.slice(offset, offset + length))) return offset + length;
  }
  const notEquals = text.startsWith('!=', offset);
  return MISSPELT.has(text.charAt(offset)) && !notEquals ? offset + 1 : NONE;
}

/** `^` or `**`, as other languages write a power. */
export function scanPower(text: string, offset: number): number {
  if (text.charAt(offset) === '^') return offset + 1;
  return text.startsWith('**', offset) ? offset + 2 : NONE;
}

function mayStartToken(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  const character = text.charAt(offset);
  if (code < 128) {
    if (character === '.') return isDigit(text.charCodeAt(offset + 1));
    return isAsciiLetter(code) || isDigit(code) || BLANKS.includes(character) || STARTERS.includes(character);
  }
  return (
    MISSPELT_STARTS.has(character) || CURLY_QUOTES.has(character) || nameCharacter(text, offset, true) > 0
  );
}

/** A run of characters that belong to no token: at least one, up to where a token or a blank may start. */
export function scanUnreadable(text: string, offset: number): number {
  let end = offset;
  do {
    const point = text.codePointAt(end);
    end += point !== undefined && point > 0xffff ? 2 : 1;
  } while (end < text.length && !mayStartToken(text, end));
  return end;
}
