import { scanName } from './scan.ts';
import { EXPRESSION_WORDS } from './vocabulary.ts';

const EXPRESSION_KEYWORDS: ReadonlySet<string> = new Set(EXPRESSION_WORDS.map((entry) => entry.word));

/** Where a name is written: expressions keep a few words for themselves, which are names everywhere else. */
export type NamePlace = 'list' | 'expression';

/**
 * Whether the language can spell a name at all. It cannot where the name is empty or holds a backtick or a line end, since
 * backticks have no escape: a column of such a name has to be renamed in the data.
 */
export function canWriteName(text: string): boolean {
  return text !== '' && !/[`\r\n]/.test(text);
}

/** Whether a name stands as it is, without backticks. */
export function isPlainName(text: string, place: NamePlace = 'list'): boolean {
  const word = text !== '' && scanName(text, 0) === text.length;
  return word && !(place === 'expression' && EXPRESSION_KEYWORDS.has(text));
}

/**
 * A name as the language writes it: in backticks where it needs them.
 *
 * For a name that the language cannot spell (ask `canWriteName`) there is no right answer, and what this returns names something
 * else: each backtick becomes `'` and each line end a blank, so that the text around it still parses. Names out of
 * a parsed file are never such.
 */
export function quoteName(text: string, place: NamePlace = 'list'): string {
  if (isPlainName(text, place)) return text;
  const writable = text.replaceAll('`', "'").replaceAll(/\r\n?|\n/g, ' ');
  return `\`${writable === '' ? ' ' : writable}\``;
}
