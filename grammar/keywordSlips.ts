import type { IToken } from 'chevrotain';
import {
  As,
  Given,
  Identifiable,
  Implications,
  Independent,
  isStarter,
  Of,
  On,
  starterWords,
} from './keywords.ts';
import { spanOf } from './literals.ts';
import { nearest } from './nearest.ts';
import { joinsNames, startsLine } from './starts.ts';
import {
  Arrow,
  BareName,
  Colon,
  Comma,
  DoubleEquals,
  Equals,
  is,
  LeftBrace,
  Minus,
  Name,
  respell,
  Semicolon,
  StringText,
  Word,
} from './tokens.ts';
import type { SyntaxFault } from './tree.ts';

/** Words that people write for a keyword without coming near its spelling: short forms, and what other tools say. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['var', 'variable'],
  ['vars', 'variable'],
  ['variables', 'variable'],
  ['latents', 'latent'],
  ['treat', 'treatment'],
  ['exposure', 'treatment'],
  ['response', 'outcome'],
  ['target', 'outcome'],
  ['iv', 'instrument'],
  ['instruments', 'instrument'],
  ['control', 'adjust'],
  ['controls', 'adjust'],
  ['covariates', 'adjust'],
]);

const PLACES = ['document', 'data', 'estimate'] as const;

/** The keyword that `word` most likely stands for where a statement starts; undefined where none is near. */
export function meantKeyword(word: string): string | undefined {
  return OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, starterWords('document'));
}

/** What to say of `word`, which starts no statement while `meant` does. */
export function explainKeyword(word: string, meant: string): string {
  return `\`${word}\` starts no statement: did you mean \`${meant}\`?`;
}

/**
 * Where a statement starts with a word that is near a keyword, and what follows fits that keyword, makes it the keyword and says
 * so. A misspelt `variable` would else leave every use of the name undeclared.
 */
export function mendKeyword(tokens: readonly IToken[], index: number): SyntaxFault | undefined {
  const word = tokens[index];
  if (word === undefined || !is(word, BareName)) return undefined;
  if (PLACES.some((place) => isStarter(word, place))) return undefined;
  const next = follower(tokens, index);
  if (!is(next, Name) && !is(next, StringText)) return undefined;
  const meant = meantKeyword(word.image);
  if (meant === undefined || !fits(meant, tokens, index) || holdsArrow(tokens, index)) return undefined;
  const last = meant === 'adjust' && next?.image === 'for' ? next : word;
  const written = last === word ? word.image : `${word.image} for`;
  respell(word, meant, Word);
  const message = explainKeyword(written, meant);
  return { code: 'syntax', message, range: spanOf(word, last), replacement: meant };
}

/** The token after `index` on its line and in its statement. */
function follower(tokens: readonly IToken[], index: number): IToken | undefined {
  const next = tokens[index + 1];
  return next === undefined || startsLine(tokens, index + 1) || is(next, Semicolon) ? undefined : next;
}

function holdsArrow(tokens: readonly IToken[], index: number): boolean {
  for (let at = index; ; at += 1) {
    const next = follower(tokens, at);
    if (next === undefined) return false;
    if (is(next, Arrow)) return true;
  }
}

/** What may follow the method of an estimate. */
const QUESTION = [LeftBrace, Of, On, As];

/** Whether the two tokens after the word at `index` are what `keyword` takes. */
function fits(keyword: string, tokens: readonly IToken[], index: number): boolean {
  const second = follower(tokens, index);
  const third = second === undefined ? undefined : follower(tokens, index + 1);
  switch (keyword) {
    case 'model':
    case 'data':
      return is(second, StringText);
    case 'group':
      return third !== undefined && (is(third, Equals) || is(third, DoubleEquals) || is(third, Colon));
    case 'estimate':
      return third === undefined || isStarter(third, 'estimate') || QUESTION.some((type) => is(third, type));
    case 'expect':
      return is(third, Independent) || (third === undefined && isStructural(second));
    default:
      return third === undefined || goesOn(third) || (keyword === 'adjust' && second?.image === 'for');
  }
}

function isStructural(word: IToken | undefined): boolean {
  return is(word, Identifiable) || is(word, Implications);
}

/** Whether the list of a declaration or a role goes on after its first name with `token`. */
function goesOn(token: IToken): boolean {
  const signs = [Comma, Colon, Equals, DoubleEquals, StringText, Given, Minus];
  return signs.some((type) => is(token, type)) || joinsNames(token);
}
