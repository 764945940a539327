/** What other programs and textbooks call the words of this language. */

import { METHODS } from '../../engine/estimate/methods.ts';
import { REFUTERS } from '../../engine/refute/catalogue.ts';
import { nearest } from '../../grammar/nearest.ts';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['ols', 'regression'],
  ['lm', 'regression'],
  ['linear', 'regression'],
  ['linear_regression', 'regression'],
  ['iptw', 'ipw'],
  ['psw', 'ipw'],
  ['tsls', 'iv'],
  ['instrument', 'iv'],
  ['naive', 'difference'],
  ['ttest', 'difference'],
  ['hc1', 'robust'],
  ['white', 'robust'],
  ['ols_se', 'classic'],
  ['classical', 'classic'],
  ['nonrobust', 'classic'],
  ['atet', 'att'],
  ['tot', 'att'],
  ['atu', 'atc'],
  ['ato', 'overlap'],
  ['logit', 'logistic'],
]);

/** The candidate that a word stands for: what others call it, else the nearest; undefined where none is near. */
export function meantWord(word: string, candidates: readonly string[]): string | undefined {
  const synonym = SYNONYMS.get(word.toLowerCase());
  return synonym !== undefined && candidates.includes(synonym) ? synonym : nearest(word, candidates);
}

/** The method that a word stands for. */
export function meantMethod(word: string): string | undefined {
  return meantWord(
    word,
    METHODS.map(({ name }) => name),
  );
}

/** The way out for a word that is none of `candidates`: what others call it, the nearest, or `otherwise`. */
export function wayOut(word: string, candidates: readonly string[], otherwise: string): string {
  return offered(meantWord(word, candidates), otherwise);
}

function offered(meant: string | undefined, otherwise: string): string {
  return meant === undefined ? otherwise : `Did you mean ${meant}?`;
}

/** The message about a method that the language does not have. */
export function unknownMethodText(word: string): string {
  const list = `Methods are ${METHODS.map(({ name }) => name).join(', ')}.`;
  return `There is no method ${word}. ${offered(meantMethod(word), list)}`;
}

/** The message about a refuter that the language does not have. */
export function unknownRefuterText(word: string): string {
  const names = REFUTERS.map(({ name }) => name);
  return `There is no refuter ${word}. ${wayOut(word, names, `Refuters are ${names.join(', ')}.`)}`;
}
