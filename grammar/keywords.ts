import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { Any, BareName, is, Operator } from './tokens.ts';
import { NUMBER_OPTIONS } from './tree.ts';
import { DATA_OPTIONS, ESTIMATE_OPTIONS, STATEMENTS } from './vocabulary.ts';

/**
 * Tokens that a word becomes by where it stands. The lexer only knows words: whether `treatment` is a role or a variable
 * depends on its neighbours, and `missing` means one thing in an expression and another in a list of names.
 */

function word(name: string, categories: TokenType[]): TokenType {
  return createToken({ name, pattern: Lexer.NA, categories });
}

// First on a line. These are no names: a first word that is one is left a Word.
export const ModelKeyword: TokenType = word('ModelKeyword', [Any]);
export const DataKeyword: TokenType = word('DataKeyword', [Any]);
/** `variable`, `latent`. */
export const DeclarationKeyword: TokenType = word('DeclarationKeyword', [Any]);
export const GroupKeyword: TokenType = word('GroupKeyword', [Any]);
/** `treatment`, `outcome`, `adjust`, `selection`, `instrument`. */
export const RoleKeyword: TokenType = word('RoleKeyword', [Any]);
export const EstimateKeyword: TokenType = word('EstimateKeyword', [Any]);
export const ExpectKeyword: TokenType = word('ExpectKeyword', [Any]);

// First in an option.
export const WhereKeyword: TokenType = word('WhereKeyword', [Any]);
export const MissingKeyword: TokenType = word('MissingKeyword', [Any]);
/** `weight`, `cluster`, `id`. */
export const ColumnKeyword: TokenType = word('ColumnKeyword', [Any]);
export const AdjustKeyword: TokenType = word('AdjustKeyword', [Any]);
export const InstrumentKeyword: TokenType = word('InstrumentKeyword', [Any]);
/** `by`, `through`. */
export const NamesKeyword: TokenType = word('NamesKeyword', [Any]);
/** `estimand`, `se`, `propensity`, `learner`. */
export const ChoiceKeyword: TokenType = word('ChoiceKeyword', [Any]);
export const ContrastKeyword: TokenType = word('ContrastKeyword', [Any]);
/** `folds`, `trim`, `strata`, … */
export const NumberKeyword: TokenType = word('NumberKeyword', [Any]);
export const RefuteKeyword: TokenType = word('RefuteKeyword', [Any]);
export const MetricKeyword: TokenType = word('MetricKeyword', [Any]);

// Between the parts of a statement or an option. Each is still a name wherever a name is expected.
export const On: TokenType = word('On', [BareName]);
export const Of: TokenType = word('Of', [BareName]);
export const As: TokenType = word('As', [BareName]);
export const Given: TokenType = word('Given', [BareName]);
export const Independent: TokenType = word('Independent', [BareName]);
export const At: TokenType = word('At', [BareName]);
export const Versus: TokenType = word('Versus', [BareName]);
export const Between: TokenType = word('Between', [BareName]);
export const BetweenAnd: TokenType = word('BetweenAnd', [BareName]);
export const Nothing: TokenType = word('Nothing', [BareName]);
export const Identifiable: TokenType = word('Identifiable', [BareName]);
export const Implications: TokenType = word('Implications', [BareName]);

// In expressions. These are no names there: a column of that name is written in backticks.
export const And: TokenType = word('And', [Operator]);
export const Or: TokenType = word('Or', [Operator]);
export const Not: TokenType = word('Not', [Operator]);
export const In: TokenType = word('In', [Any]);
export const Is: TokenType = word('Is', [Any]);
export const True: TokenType = word('True', [Any]);
export const False: TokenType = word('False', [Any]);
export const Missing: TokenType = word('Missing', [Any]);

export const CONNECTIVE_TOKENS: ReadonlyMap<string, TokenType> = new Map([
  ['on', On],
  ['of', Of],
  ['as', As],
  ['given', Given],
  ['independent', Independent],
  ['at', At],
  ['vs', Versus],
  ['between', Between],
  ['and', BetweenAnd],
  ['nothing', Nothing],
  ['identifiable', Identifiable],
  ['implications', Implications],
]);

export const EXPRESSION_TOKENS: ReadonlyMap<string, TokenType> = new Map([
  ['and', And],
  ['or', Or],
  ['not', Not],
  ['in', In],
  ['is', Is],
  ['true', True],
  ['false', False],
  ['missing', Missing],
]);

export const STATEMENT_TOKENS: ReadonlyMap<string, TokenType> = new Map([
  ['model', ModelKeyword],
  ['data', DataKeyword],
  ['variable', DeclarationKeyword],
  ['latent', DeclarationKeyword],
  ['group', GroupKeyword],
  ['treatment', RoleKeyword],
  ['outcome', RoleKeyword],
  ['adjust', RoleKeyword],
  ['selection', RoleKeyword],
  ['instrument', RoleKeyword],
  ['estimate', EstimateKeyword],
  ['expect', ExpectKeyword],
]);

export const DATA_OPTION_TOKENS: ReadonlyMap<string, TokenType> = new Map([
  ['where', WhereKeyword],
  ['missing', MissingKeyword],
  ['weight', ColumnKeyword],
  ['cluster', ColumnKeyword],
  ['id', ColumnKeyword],
]);

export const ESTIMATE_OPTION_TOKENS: ReadonlyMap<string, TokenType> = new Map([
  ['adjust', AdjustKeyword],
  ['instrument', InstrumentKeyword],
  ['by', NamesKeyword],
  ['through', NamesKeyword],
  ['estimand', ChoiceKeyword],
  ['se', ChoiceKeyword],
  ['propensity', ChoiceKeyword],
  ['learner', ChoiceKeyword],
  ['contrast', ContrastKeyword],
  ['where', WhereKeyword],
  ['cluster', ColumnKeyword],
  ['weight', ColumnKeyword],
  ...NUMBER_OPTIONS.map((name): [string, TokenType] => [name, NumberKeyword]),
  ['refute', RefuteKeyword],
  ['expect', MetricKeyword],
]);

/** Where a line stands: among the statements, or among the options of `data` or of `estimate`. */
export type Place = 'document' | 'data' | 'estimate';

/** The words that may start a line in a place. */
export function startersOf(place: Place): ReadonlyMap<string, TokenType> {
  if (place === 'document') return STATEMENT_TOKENS;
  return place === 'data' ? DATA_OPTION_TOKENS : ESTIMATE_OPTION_TOKENS;
}

/** The same words for messages and suggestions, in the order of the vocabulary. */
export function starterWords(place: Place): readonly string[] {
  if (place === 'document') return STATEMENTS.map((entry) => entry.word);
  return (place === 'data' ? DATA_OPTIONS : ESTIMATE_OPTIONS).map((entry) => entry.word);
}

/** Whether the token is a word without backticks that starts a line in that place. */
export function isStarter(token: IToken | undefined, place: Place): boolean {
  return token !== undefined && is(token, BareName) && startersOf(place).has(token.image);
}

export const KEYWORD_TOKENS: readonly TokenType[] = [
  ...new Set([
    ...STATEMENT_TOKENS.values(),
    ...DATA_OPTION_TOKENS.values(),
    ...ESTIMATE_OPTION_TOKENS.values(),
    ...CONNECTIVE_TOKENS.values(),
    ...EXPRESSION_TOKENS.values(),
  ]),
];
