/** Words of fixed lists: types, words of options, metrics, refuters, comparisons and connectives. */

import { CompletionItemKind } from 'vscode-languageserver';
import { METRICS, type Metric } from '../../../engine/estimate/result.ts';
import { REFUTERS } from '../../../engine/refute/catalogue.ts';
import { nameOf } from '../../../grammar/literals.ts';
import { is, LeftRound, Name, NumberText, StringText } from '../../../grammar/tokens.ts';
import {
  CONNECTIVES,
  ESTIMANDS,
  EXPECTATIONS,
  LEARNERS,
  MISSING_POLICIES,
  PROPENSITIES,
  STANDARD_ERRORS,
  TYPES,
  type VocabularyWord,
} from '../../../grammar/vocabulary.ts';
import { analyse } from '../../analysis/analyse.ts';
import { prose } from '../markdown.ts';
import type { Offer, Request } from './offer.ts';
import type { WordList } from './slots.ts';

const WORDS: Readonly<Record<WordList, readonly VocabularyWord[]>> = {
  estimand: ESTIMANDS,
  se: STANDARD_ERRORS,
  propensity: PROPENSITIES,
  learner: LEARNERS,
  missing: MISSING_POLICIES,
};

/** The words that an option takes, without those that the method of the estimate would refuse. */
export function wordOffers({ cursor }: Request, list: WordList): Offer[] {
  const method = cursor.block?.kind === 'estimate' ? cursor.block.method?.text : undefined;
  const refused = list === 'missing' ? refusedPolicies() : refusedWords(method, list);
  return WORDS[list]
    .filter(({ word }) => !refused.has(word) || (cursor.typed !== '' && word.startsWith(cursor.typed)))
    .map((word) => vocabularyOffer(word, CompletionItemKind.EnumMember));
}

const REFUSED = new Map<string, ReadonlySet<string>>();

/** Asks the analysis itself, so that what it refuses and what is offered cannot drift apart. */
function refusedWords(method: string | undefined, list: Exclude<WordList, 'missing'>): ReadonlySet<string> {
  if (method === undefined || !/^\w+$/.test(method)) return new Set();
  const lines = WORDS[list].map(({ word }) => `${list} ${word}`);
  return refusedOf(`estimate ${method} {`, lines);
}

function refusedPolicies(): ReadonlySet<string> {
  return refusedOf(
    'data "d.csv" {',
    MISSING_POLICIES.map(({ word }) => `missing ${word}`),
  );
}

function refusedOf(head: string, lines: readonly string[]): ReadonlySet<string> {
  const text = [head, ...lines, '}'].join('\n');
  const known = REFUSED.get(text);
  if (known !== undefined) return known;
  const { diagnostics } = analyse(text);
  const faults = diagnostics.filter(
    ({ severity, code }) => severity === 'error' && code !== 'duplicate-declaration',
  );
  let start = head.length + 1;
  const refused = new Set<string>();
  for (const line of lines) {
    const end = start + line.length;
    const isRefused = faults.some(({ range }) => start <= range.start && range.start < end);
    if (isRefused) refused.add(line.slice(line.indexOf(' ') + 1));
    start = end + 1;
  }
  REFUSED.set(text, refused);
  return refused;
}

function vocabularyOffer({ word, description }: VocabularyWord, kind: CompletionItemKind, rank = 0): Offer {
  return { label: word, kind, documentation: prose(description), form: 'word', rank };
}

/** The types of variables. One with levels takes them in brackets. */
export function typeOffers(): Offer[] {
  return TYPES.map((type) => vocabularyOffer(type, CompletionItemKind.TypeParameter));
}

const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  estimate: 'The effect itself.',
  se: 'The standard error of the effect.',
  p: 'The p value of no effect.',
  ci_low: 'The lower end of the interval.',
  ci_high: 'The upper end of the interval.',
  n: 'The number of rows used.',
  first_stage_f: 'How strongly the instruments move the treatment; below 10 they are weak.',
  effective_f: 'The same, with noise of different size by row allowed for.',
  overid_p: 'The p value of the claim that all instruments tell the same effect.',
  hausman_p: 'The p value of the claim that least squares would have done.',
  max_smd:
    'The largest difference of a covariate between the arms after weighting; above 0.1 they are not alike.',
  ess: 'How many rows the weights leave, in effect.',
  min_propensity: 'The smallest probability of treatment.',
  max_propensity: 'The largest probability of treatment.',
  auc: 'How well the model of the treatment tells the arms apart; near 1 they hardly overlap.',
  r_squared: 'How much of the outcome the regression explains.',
  robustness_value: 'How strong an unmeasured confounder would have to be to explain the effect away.',
  e_value: 'The same on the scale of risk ratios.',
};

/** The numbers of an estimate that an `expect` may be about. */
export function metricOffers(): Offer[] {
  return METRICS.map((word) =>
    vocabularyOffer({ word, description: METRIC_WORDS[word] }, CompletionItemKind.Property),
  );
}

/** Refuters that are not listed yet. */
export function refuterOffers({ cursor }: Request, listed: readonly string[]): Offer[] {
  const taken = new Set([
    ...listed,
    ...cursor.after.filter((token) => is(token, Name)).map((token) => nameOf(token).text),
  ]);
  return REFUTERS.filter(({ name }) => !taken.has(name)).map(({ name, summary }) =>
    vocabularyOffer({ word: name, description: summary }, CompletionItemKind.EnumMember),
  );
}

const BOUNDS: readonly VocabularyWord[] = [
  { word: '<', description: 'Less than.' },
  { word: '<=', description: 'At most.' },
  { word: '>', description: 'More than.' },
  { word: '>=', description: 'At least.' },
];

/** What a metric is held against. */
export function comparisonOffers({ cursor }: Request): Offer[] {
  const followed = cursor.after.length > 0;
  const isRange = cursor.after.some(({ image }) => image === 'and');
  const bounds = isRange ? [] : BOUNDS.map((bound) => vocabularyOffer(bound, CompletionItemKind.Operator));
  if (followed && !isRange) return bounds;
  const between: Offer = {
    ...vocabularyOffer(connective('between'), CompletionItemKind.Keyword),
    ...(followed ? {} : { snippet: `between \${1:low} and \${2:high}` }),
  };
  return [...bounds, between];
}

function connective(word: string): VocabularyWord {
  const known = CONNECTIVES.find((entry) => entry.word === word);
  if (known !== undefined) return known;
  return { word, description: 'Says that one variable tells nothing about the other.' };
}

/** Words between the parts of a sentence; where something follows, only those that it may follow. */
export function connectiveOffers({ cursor, spec }: Request, words: readonly string[]): Offer[] {
  const [next] = cursor.after;
  const { declarations } = spec.analysis.symbols;
  const isDeclared = next !== undefined && is(next, Name) && declarations.has(nameOf(next).text);
  const fits = (word: string): boolean => {
    if (next === undefined) return true;
    if (word === 'as') return is(next, StringText);
    if (word === 'at' || word === 'and') return is(next, NumberText);
    if (word === 'vs') return !is(next, LeftRound);
    return isDeclared || (word === 'independent of' && next.image === 'of');
  };
  return words.filter(fits).map((word, index): Offer => {
    const text = word === 'independent of' && next?.image === 'of' ? 'independent' : word;
    const offer = vocabularyOffer({ ...connective(text), word: text }, CompletionItemKind.Keyword, index);
    return { ...offer, ...(next === undefined ? { asksFor: 'suggestions' as const } : {}) };
  });
}

/** What `expect` may be about beside a variable. */
export function expectationOffers({ cursor }: Request): Offer[] {
  if (cursor.after.some(({ image }) => image === 'independent')) return [];
  return EXPECTATIONS.map((word) => vocabularyOffer(word, CompletionItemKind.Keyword));
}

/** The description and an example of a keyword, as Markdown. */
export function keywordText({
  description,
  example,
}: {
  readonly description: string;
  readonly example: string;
}): string {
  return `${prose(description)}\n\n\`\`\`causal\n${example}\n\`\`\``;
}
