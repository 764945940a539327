/** What other programs and textbooks call the words of this language. */

import { METHODS } from '../../engine/estimate/methods.ts';
import { didYouMean } from '../../grammar/nearest.ts';

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

/** The way out for a word that is none of `candidates`: what others call it, the nearest, or `otherwise`. */
export function wayOut(word: string, candidates: readonly string[], otherwise: string): string {
  const synonym = SYNONYMS.get(word.toLowerCase());
  if (synonym !== undefined && candidates.includes(synonym)) return `Did you mean ${synonym}?`;
  return didYouMean(word, candidates, otherwise);
}

/** The message about a method that the language does not have; methods that are computed are offered before others. */
export function unknownMethodText(word: string): string {
  const computed = METHODS.filter(({ available }) => available).map(({ name }) => name);
  const all = METHODS.map(({ name }) => name);
  const list = `This version computes ${computed.join(', ')}.`;
  return `There is no method ${word}. ${wayOut(word, computed, didYouMean(word, all, list))}`;
}
