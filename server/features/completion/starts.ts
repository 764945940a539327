/** What may start a line: statements, options, and names that start edges. */

import { CompletionItemKind } from 'vscode-languageserver';
import { findMethod } from '../../../engine/estimate/methods.ts';
import { METRICS } from '../../../engine/estimate/result.ts';
import { REFUTERS } from '../../../engine/refute/catalogue.ts';
import { nameOf } from '../../../grammar/literals.ts';
import { endOfLine } from '../../../grammar/scan.ts';
import { Arrow, Comma, Equals, is, Minus, Name, NumberText, StringText } from '../../../grammar/tokens.ts';
import { NUMBER_OPTIONS } from '../../../grammar/tree.ts';
import { DATA_OPTIONS, ESTIMATE_OPTIONS, type KeywordWord, STATEMENTS } from '../../../grammar/vocabulary.ts';
import { repeatedOptions } from '../../analysis/estimateSettings.ts';
import { namesAfter } from './context.ts';
import { nameOffers } from './names.ts';
import type { Offer, Request } from './offer.ts';
import { templateOffers } from './templates.ts';
import { keywordText } from './words.ts';

/** Items for the start of a line. */
export function startOffers(request: Request): Offer[] {
  const { cursor } = request;
  const options = cursor.place === 'document' ? [] : optionOffers(request);
  if (cursor.place !== 'document' && !cursor.leavesBlock) return options;
  return [...options, ...statementOffers(request)];
}

function statementOffers(request: Request): Offer[] {
  const { cursor } = request;
  const [next] = cursor.after;
  // In a block that is not closed a name would be read as an option.
  const edges = !cursor.leavesBlock && (next === undefined || is(next, Arrow) || is(next, Comma));
  const names = edges
    ? nameOffers(request, {
        kind: 'name',
        use: 'edge',
        listed: namesAfter(cursor.after),
        others: otherEnd(request),
      })
    : [];
  return [
    ...STATEMENTS.filter(({ word }) => isOpen(word, request) && fitsStatement(word, request)).map((word) =>
      keywordOffer(word, request, 2),
    ),
    ...(next === undefined ? templateOffers(request) : []),
    ...names.map((name) => ({ ...name, rank: 4 })),
  ];
}

/** The names that the arrow behind the cursor leads to: an edge to itself is none. */
function otherEnd({ cursor }: Request): string[] {
  const arrow = cursor.after.findIndex((token) => is(token, Arrow));
  return arrow < 0 ? [] : namesAfter(cursor.after.slice(arrow + 1));
}

/** A model has one title and one data file. */
function isOpen(word: string, { spec, cursor }: Request): boolean {
  if (word !== 'model' && word !== 'data') return true;
  const { statements } = spec.analysis.document;
  return !statements.some(({ kind, range }) => kind === word && range.start !== cursor.word.start);
}

/** Whether what follows on the line reads well after the keyword of a statement. */
function fitsStatement(word: string, request: Request): boolean {
  const { after } = request.cursor;
  const [next, second] = after;
  if (next === undefined) return true;
  switch (word) {
    case 'model':
    case 'data':
      return is(next, StringText);
    case 'variable':
    case 'latent':
      return is(next, Name) && !after.some((token) => is(token, Arrow)) && areNew(request);
    case 'group':
      return is(next, Name) && is(second, Equals) && areDeclared(request, after.slice(2));
    case 'estimate':
      return is(next, Name) && findMethod(next.image) !== undefined;
    case 'expect':
      return fitsExpectation(request);
    default:
      return fitsList(request);
  }
}

function fitsExpectation(request: Request): boolean {
  const [next, second] = request.cursor.after;
  if (second?.image === 'independent') return areDeclared(request);
  return next?.image === 'identifiable' || next?.image === 'implications';
}

/** Are all names that the line goes on with declared? */
function areDeclared(request: Request, after = request.cursor.after): boolean {
  const names = namesAfter(after);
  return names.length > 0 && names.every((name) => isDeclared(name, request));
}

/** Is none of them? */
function areNew(request: Request): boolean {
  return !namesAfter(request.cursor.after).some((name) => isDeclared(name, request));
}

/** On another line than that of the cursor, which may read as a declaration for want of its keyword. */
function isDeclared(name: string, { cursor, spec }: Request): boolean {
  const { symbols, text } = spec.analysis;
  const start = symbols.declarations.get(name)?.range.start;
  if (start === undefined) return false;
  return start < cursor.word.start || start > endOfLine(text, cursor.word.end);
}

/** A list of declared names, and at most a second one after `given`. */
function fitsList(request: Request): boolean {
  const rest = request.cursor.after.findIndex(
    (token, index, all) => index > 0 && is(token, Name) && !is(all[index - 1], Comma),
  );
  const plain = request.cursor.after.every((token) => is(token, Name) || is(token, Comma));
  return plain && (rest < 0 || request.cursor.after[rest]?.image === 'given') && areDeclared(request);
}

/** The options of the block, or of its method, that are not given yet or may be given again. */
function optionOffers(request: Request): Offer[] {
  const { block, word } = request.cursor;
  const vocabulary: readonly KeywordWord[] = block?.kind === 'data' ? DATA_OPTIONS : ESTIMATE_OPTIONS;
  const method = block?.kind === 'estimate' ? findMethod(block.method?.text ?? '') : undefined;
  const taken: ReadonlySet<string> | null = method === undefined ? null : new Set<string>(method.options);
  const others = (block?.options ?? []).filter(({ keyword }) => keyword.start !== word.start);
  const given = new Set<string>(others.map(({ kind }) => kind));
  return vocabulary
    .filter((option) => taken === null || taken.has(option.word))
    .filter((option) => !given.has(option.word) || isRepeatable(option.word))
    .filter((option) => fitsOption(option.word, request))
    .map((option) => keywordOffer(option, request, given.has(option.word) ? 1 : 0));
}

function isRepeatable(kind: string): boolean {
  const option = { kind, keyword: { start: 0, end: 0 } };
  return repeatedOptions([option, option]).length === 0;
}

const NUMBERS: ReadonlySet<string> = new Set(NUMBER_OPTIONS);
const METRIC_NAMES: ReadonlySet<string> = new Set(METRICS);
const REFUTER_NAMES: ReadonlySet<string> = new Set(REFUTERS.map(({ name }) => name));
const CHOICES: ReadonlySet<string> = new Set(['estimand', 'se', 'propensity', 'learner', 'missing']);

/** Whether what follows on the line reads well after the keyword of an option. */
function fitsOption(word: string, request: Request): boolean {
  const [next, second] = request.cursor.after;
  if (next === undefined) return true;
  if (NUMBERS.has(word)) return is(next, NumberText) && second === undefined;
  if (CHOICES.has(word)) return is(next, Name) && second === undefined && !areDeclared(request);
  switch (word) {
    case 'where':
      return true;
    case 'contrast':
      return second?.image === 'vs' || is(next, Minus);
    case 'refute':
      return is(next, Name) && REFUTER_NAMES.has(nameOf(next).text);
    case 'expect':
      return is(next, Name) && METRIC_NAMES.has(nameOf(next).text);
    case 'weight':
    case 'cluster':
    case 'id':
      return is(next, Name) && second === undefined;
    case 'adjust':
      return next.image === 'nothing' || fitsList(request);
    default:
      return fitsList(request);
  }
}

/** Nothing but its keyword makes the line whole. */
const TAKES_TEXT: ReadonlySet<string> = new Set(['model', 'variable', 'latent', 'group']);

function keywordOffer(keyword: KeywordWord, { cursor }: Request, rank: number): Offer {
  const asks = cursor.after.length === 0 && !TAKES_TEXT.has(keyword.word);
  return {
    label: keyword.word,
    kind: CompletionItemKind.Keyword,
    documentation: keywordText(keyword),
    form: 'word',
    rank,
    ...(asks ? { asksFor: 'suggestions' as const } : {}),
  };
}
