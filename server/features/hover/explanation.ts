/** Words of the language where they stand: what each means there. */

import { METRIC_WORDS, METRICS } from '../../../engine/estimate/result.ts';
import { REFUTERS } from '../../../engine/refute/catalogue.ts';
import type {
  DataOption,
  EstimateOption,
  Expression,
  Name,
  Range,
  Statement,
} from '../../../grammar/tree.ts';
import {
  CONNECTIVES,
  DATA_OPTIONS,
  ESTIMANDS,
  ESTIMATE_OPTIONS,
  EXPRESSION_WORDS,
  FUNCTIONS,
  LEARNERS,
  MISSING_POLICIES,
  PROPENSITIES,
  STANDARD_ERRORS,
  STATEMENTS,
  TYPES,
  type VocabularyWord,
} from '../../../grammar/vocabulary.ts';
import { bold, codeBlock, paragraphs, prose } from '../markdown.ts';

/** What is to be said about a word. */
export interface Explanation {
  readonly title: string;
  /** What kind of word it is: `option`, `metric`. */
  readonly kind: string;
  /** Sentences; what stands between backticks is code. */
  readonly text: string;
  /** A line to copy; null without one. */
  readonly example: string | null;
}

type Word = Pick<Name, 'text' | 'range'>;
type Option = DataOption | EstimateOption;

/** What a word means in a statement, and in the option in whose range it stands; null where it is no word of the language there. */
export function explanationAt(
  word: Word,
  statement: Statement,
  option: Option | undefined,
): Explanation | null {
  const expression = expressionOf(statement, option);
  if (expression !== undefined && within(expression.range, word.range)) return inExpression(word.text);
  if (option !== undefined) return inOption(word, option, statement.kind === 'data');
  switch (statement.kind) {
    case 'broken':
      return null;
    case 'edges':
      return null;
    case 'variable':
      if (isSame(statement.keyword, word.range)) return keyword(word.text);
      return isTypeName(word, statement.type?.range) ? typeWord(word.text) : null;
    case 'data':
    case 'estimate':
    case 'role':
    case 'expect':
      if (isSame(statement.keyword, word.range)) return keyword(word.text);
      return connective(word.text, CONNECTIVES_OF[statement.kind]);
    default:
      return isSame(statement.keyword, word.range) ? keyword(word.text) : null;
  }
}

/** Which connectives a statement has, before its options. */
const CONNECTIVES_OF: Readonly<Record<'data' | 'estimate' | 'role' | 'expect', readonly string[]>> = {
  data: ['on'],
  estimate: ['of', 'on', 'as'],
  role: ['given'],
  expect: ['of', 'given', 'at'],
};

function expressionOf(statement: Statement, option: Option | undefined): Expression | undefined {
  if (option !== undefined) return option.kind === 'where' ? option.condition : undefined;
  return statement.kind === 'variable' ? statement.definition : undefined;
}

function within(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isSame(one: Range | undefined, other: Range): boolean {
  return one?.start === other.start && one.end === other.end;
}

function isTypeName(word: Word, range: Range | undefined): boolean {
  return range !== undefined && range.start === word.range.start;
}

function keyword(text: string): Explanation | null {
  const found = STATEMENTS.find(({ word }) => word === text);
  return found === undefined ? null : { ...plain(found, 'statement'), example: found.example };
}

function plain({ word, description }: VocabularyWord, kind: string): Explanation {
  return { title: word, kind, text: description, example: null };
}

function oneOf(words: readonly VocabularyWord[], text: string, kind: string): Explanation | null {
  const found = words.find(({ word }) => word === text);
  return found === undefined ? null : plain(found, kind);
}

function typeWord(text: string): Explanation | null {
  const found = oneOf(TYPES, text, 'type of a variable');
  return found === null ? null : { ...found, example: TYPE_EXAMPLES.get(text) ?? null };
}

const TYPE_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['binary', 'variable treated : binary'],
  ['continuous', 'variable income : continuous'],
  ['count', 'variable visits : count'],
  ['categorical', 'variable plan : categorical(free, team, enterprise)'],
  ['ordinal', 'variable grade : ordinal(low, medium, high)'],
]);

function inExpression(text: string): Explanation | null {
  const found = FUNCTIONS.find(({ word }) => word === text);
  if (found === undefined) return oneOf(EXPRESSION_WORDS, text, 'word of an expression');
  return { title: found.signature, kind: 'function', text: found.description, example: null };
}

function connective(text: string, allowed: readonly string[]): Explanation | null {
  return allowed.includes(text) ? oneOf(CONNECTIVES, text, 'connective') : null;
}

function inOption(word: Word, option: Option, ofData: boolean): Explanation | null {
  if (isSame(option.keyword, word.range)) {
    const words = ofData ? DATA_OPTIONS : ESTIMATE_OPTIONS;
    const found = words.find((candidate) => candidate.word === word.text);
    const kind = ofData ? 'option of `data`' : 'option of an estimate';
    return found === undefined ? null : { ...plain(found, kind), example: found.example };
  }
  const { text } = word;
  switch (option.kind) {
    case 'missing':
      return oneOf(MISSING_POLICIES, text, 'treatment of missing values');
    case 'estimand':
      return oneOf(ESTIMANDS, text, 'estimand');
    case 'se':
      return oneOf(STANDARD_ERRORS, text, 'standard error');
    case 'propensity':
      return oneOf(PROPENSITIES, text, 'model of the treatment');
    case 'learner':
      return oneOf(LEARNERS, text, 'learner');
    case 'refute':
      return refuter(text);
    case 'expect':
      return isSame(option.metric?.range, word.range) ? metric(text) : connective(text, ['between', 'and']);
    case 'adjust':
      return connective(text, ['nothing']);
    case 'instrument':
      return connective(text, ['given']);
    case 'contrast':
      return [option.level, option.reference].some((level) => isSame(level?.range, word.range))
        ? null
        : connective(text, ['vs']);
    default:
      return null;
  }
}

function refuter(text: string): Explanation | null {
  const found = REFUTERS.find(({ name }) => name === text);
  if (found === undefined) return null;
  const assumed = found.nullHypothesis === null ? '' : ` Its null hypothesis: ${found.nullHypothesis}`;
  const about =
    found.verdict === 'machinery'
      ? 'A failure says that the estimate is computed wrongly.'
      : 'It tells how firmly the effect stands.';
  return {
    title: text,
    kind: 'refuter',
    text: `${found.summary}${assumed} ${about}`,
    example: `refute ${text}`,
  };
}

function metric(text: string): Explanation | null {
  const found = METRICS.find((name) => name === text);
  return found === undefined
    ? null
    : { title: text, kind: 'metric', text: METRIC_WORDS[found], example: METRIC_EXAMPLES.get(found) ?? null };
}

const METRIC_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['estimate', 'expect estimate between 0.9 and 1.1'],
  ['p', 'expect p < 0.05'],
  ['n', 'expect n >= 500'],
  ['first_stage_f', 'expect first_stage_f > 10'],
  ['effective_f', 'expect effective_f > 10'],
  ['overid_p', 'expect overid_p > 0.05'],
  ['max_smd', 'expect max_smd < 0.1'],
  ['ess', 'expect ess > 200'],
]);

/** The words about a word, as Markdown. */
export function explanationText({ title, kind, text, example }: Explanation): string {
  return paragraphs([
    `${bold(title)}, ${prose(kind)}`,
    prose(text),
    example === null ? null : codeBlock(example, 'causal'),
  ]);
}
