import type { IToken } from 'chevrotain';
import { Arrow, Comma, is } from './tokens.ts';
import { DATA_OPTIONS, ESTIMATE_OPTIONS, STATEMENTS } from './vocabulary.ts';

/** Sentences that several parts of the parser need. */

const EXAMPLES: ReadonlyMap<string, string> = new Map(
  [...DATA_OPTIONS, ...ESTIMATE_OPTIONS, ...STATEMENTS].map((entry) => [entry.word, entry.example]),
);

const CONNECTIVE_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['given', 'instrument rollout given age'],
  ['of', 'estimate regression of dose on recovery'],
  ['on', 'estimate regression of dose on recovery'],
  ['as', 'estimate regression as "Adjusted"'],
  ['at', 'expect implications at 0.05'],
  ['vs', 'contrast "high" vs "low"'],
]);

/** A line that uses a keyword, to show what it should look like. */
export function exampleFor(keyword: string): string | undefined {
  return CONNECTIVE_EXAMPLES.get(keyword) ?? EXAMPLES.get(keyword);
}

/** What to say where `token` needs something after it and has nothing, or the wrong thing. */
export function needsAfter(token: IToken, what: string): string {
  if (is(token, Comma))
    return `A comma needs another ${what.replace(/^an? /, '')} after it: write one, or remove the comma.`;
  if (is(token, Arrow)) return 'An arrow needs a variable on its right: write `a -> b`.';
  const example = exampleFor(token.image);
  const pattern = example === undefined ? '' : `, as in \`${example}\``;
  return `\`${token.image}\` needs ${what} after it${pattern}.`;
}

/** `a, b or c`, each as code. */
export function oneOf(words: readonly string[]): string {
  return joined(words, 'or');
}

/** `a, b and c`, each as code. */
export function allOf(words: readonly string[]): string {
  return joined(words, 'and');
}

function joined(words: readonly string[], conjunction: string): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop();
  if (last === undefined) return '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} ${conjunction} ${last}`;
}

const LONGEST_SHOWN = 24;

/** The start of a text, where all of it would fill a message. */
export function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
