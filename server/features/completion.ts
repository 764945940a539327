/** What may stand at the cursor, from the line before it: the line is usually not yet a statement. */

import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { METHODS, REFUTERS } from '../../engine/estimate/methods.ts';
import { METRICS } from '../../engine/estimate/result.ts';
import { canWriteName, quoteName } from '../../grammar/names.ts';
import {
  DATA_OPTIONS,
  ESTIMANDS,
  ESTIMATE_OPTIONS,
  FUNCTIONS,
  MISSING_POLICIES,
  PROPENSITIES,
  STANDARD_ERRORS,
  STATEMENTS,
  TYPES,
  type VocabularyWord,
} from '../../grammar/vocabulary.ts';
import type { Analysis } from '../analysis/analyse.ts';
import { statementAt } from '../analysis/mentions.ts';
import type { DataDescription } from '../jobs/describeData.ts';

/** Items for the cursor at `offset`; `data` is what the data file holds, as far as it is known. */
export function completion(
  analysis: Analysis,
  data: DataDescription | null,
  offset: number,
): CompletionItem[] {
  const line = lineBefore(analysis.text, offset);
  if (isInComment(line)) return [];
  const block = blockAt(analysis, offset);
  const context: Context = { analysis, data, block };
  const words = line.trimStart().split(/\s+/);
  const [keyword = ''] = words;
  if (words.length <= 1) return startOfLine(context);
  return restOfLine(keyword, line.trimStart(), context);
}

interface Context {
  readonly analysis: Analysis;
  readonly data: DataDescription | null;
  /** The statement in whose braces the cursor stands. */
  readonly block: 'data' | 'estimate' | null;
}

function lineBefore(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf(';', offset - 1)) + 1;
  return text.slice(start, offset);
}

function isInComment(line: string): boolean {
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === '#' && !quoted) return true;
  }
  return quoted;
}

function blockAt(analysis: Analysis, offset: number): Context['block'] {
  const statement = statementAt(analysis, offset);
  if (statement?.kind !== 'data' && statement?.kind !== 'estimate') return null;
  const { braces } = statement;
  const inside =
    braces !== undefined &&
    offset >= braces.open.end &&
    (braces.close === undefined || offset <= braces.close.start);
  return inside ? statement.kind : null;
}

function startOfLine(context: Context): CompletionItem[] {
  if (context.block === 'data') return wordItems(DATA_OPTIONS, CompletionItemKind.Keyword);
  if (context.block === 'estimate') return wordItems(ESTIMATE_OPTIONS, CompletionItemKind.Keyword);
  return [...wordItems(STATEMENTS, CompletionItemKind.Keyword), ...variableItems(context)];
}

function restOfLine(keyword: string, line: string, context: Context): CompletionItem[] {
  switch (keyword) {
    case 'variable':
      return variableLine(line, context);
    case 'latent':
    case 'model':
      return [];
    case 'estimate':
      return /^estimate\s+\S*$/.test(line) ? methodItems() : variableItems(context);
    case 'estimand':
      return wordItems(ESTIMANDS, CompletionItemKind.EnumMember);
    case 'se':
      return wordItems(STANDARD_ERRORS, CompletionItemKind.EnumMember);
    case 'propensity':
      return wordItems(PROPENSITIES, CompletionItemKind.EnumMember);
    case 'missing':
      return wordItems(MISSING_POLICIES, CompletionItemKind.EnumMember);
    case 'refute':
      return REFUTERS.map(({ name, summary }) => item(name, CompletionItemKind.EnumMember, summary));
    case 'expect':
      return expectLine(context);
    case 'where':
      return [...variableItems(context), ...columnItems(context), ...functionItems()];
    case 'weight':
    case 'cluster':
    case 'id':
      return [...variableItems(context), ...columnItems(context)];
    default:
      return variableItems(context);
  }
}

function variableLine(line: string, context: Context): CompletionItem[] {
  if (/=\s*[^"]*$/.test(line))
    return [...columnItems(context), ...variableItems(context), ...functionItems()];
  if (/:\s*\w*$/.test(line)) return wordItems(TYPES, CompletionItemKind.TypeParameter);
  return columnItems(context);
}

function expectLine(context: Context): CompletionItem[] {
  const metrics = METRICS.map((metric) =>
    item(metric, CompletionItemKind.Property, 'A number of the estimate.'),
  );
  return context.block === 'estimate'
    ? metrics
    : [
        item('identifiable', CompletionItemKind.Keyword, 'The graph identifies the effect.'),
        ...variableItems(context),
      ];
}

function item(label: string, kind: CompletionItemKind, detail: string): CompletionItem {
  return { label, kind, detail };
}

function wordItems(words: readonly VocabularyWord[], kind: CompletionItemKind): CompletionItem[] {
  return words.map(({ word, description }) => item(word, kind, description));
}

function methodItems(): CompletionItem[] {
  return METHODS.filter(({ available }) => available).map(({ name, title, summary }) => ({
    ...item(name, CompletionItemKind.Function, title),
    documentation: summary,
  }));
}

function functionItems(): CompletionItem[] {
  return FUNCTIONS.map(({ word, signature, description }) => ({
    ...item(word, CompletionItemKind.Function, signature),
    documentation: description,
  }));
}

/** Declared names, in the order of the text. */
function variableItems({ analysis }: Context): CompletionItem[] {
  return [...analysis.symbols.declarations.values()].map(({ name, kind, note, type }, index) => ({
    label: name,
    insertText: quoteName(name),
    kind: kind === 'group' ? CompletionItemKind.Struct : CompletionItemKind.Variable,
    detail: note ?? (kind === 'variable' ? (type?.name ?? 'variable') : kind),
    sortText: String(index).padStart(6, '0'),
  }));
}

/** Columns of the data that no declared variable is yet, in the order of the file. */
function columnItems({ analysis, data }: Context): CompletionItem[] {
  if (data === null) return [];
  return data.columns
    .filter((column) => canWriteName(column) && !analysis.symbols.declarations.has(column))
    .map((column, index) => ({
      label: column,
      insertText: quoteName(column),
      kind: CompletionItemKind.Field,
      detail: 'column of the data',
      sortText: String(index).padStart(6, '0'),
    }));
}
