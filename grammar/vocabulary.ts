/**
 * Every word of the language but the methods, refuters and metrics, which belong to the engine: one source for the parser,
 * completion, hover and the colours of the editor.
 */

import type { TypeName } from './tree.ts';

export interface VocabularyWord {
  readonly word: string;
  /** One sentence for hover and completion. */
  readonly description: string;
}

export interface KeywordWord extends VocabularyWord {
  /** A line that uses it, as a pattern to copy. */
  readonly example: string;
}

export interface FunctionWord extends VocabularyWord {
  readonly signature: string;
  readonly minimumArguments: number;
  readonly maximumArguments: number;
}

/** The words that start a statement. */
export const STATEMENTS = [
  { word: 'model', description: 'Gives the model its title.', example: 'model "Feed and engagement"' },
  {
    word: 'data',
    description: 'Names the data file that the variables are columns of, and which of its rows are used.',
    example: 'data "music.csv"',
  },
  {
    word: 'variable',
    description: 'Declares a measured variable: a column of the data, or an expression over columns.',
    example: 'variable age : continuous',
  },
  {
    word: 'latent',
    description: 'Declares a variable that exists but was never measured.',
    example: 'latent taste',
  },
  {
    word: 'group',
    description: 'Gives several variables one name, which stands for all of them wherever names are listed.',
    example: 'group demographics = age, sex',
  },
  {
    word: 'treatment',
    description: 'Says which variable is the cause whose effect is asked for.',
    example: 'treatment personalized',
  },
  {
    word: 'outcome',
    description: 'Says which variable the effect is measured on.',
    example: 'outcome engagement',
  },
  {
    word: 'adjust',
    description: 'Fixes the variables to adjust for, in place of a set that the graph suggests.',
    example: 'adjust age, sex',
  },
  {
    word: 'selection',
    description:
      'Names a variable that decides which rows are in the data, so that every path is conditioned on it.',
    example: 'selection responded',
  },
  {
    word: 'instrument',
    description: 'Names a variable that moves the treatment and reaches the outcome in no other way.',
    example: 'instrument rollout given age',
  },
  {
    word: 'estimate',
    description: 'Asks for an estimate of the effect by one method.',
    example: 'estimate regression',
  },
  {
    word: 'expect',
    description: 'States what must hold in the graph or in the data, and is run as a test.',
    example: 'expect rollout independent of age',
  },
] as const satisfies readonly KeywordWord[];

/** The options in the braces of `data`. */
export const DATA_OPTIONS = [
  {
    word: 'where',
    description: 'Keeps only the rows for which a condition holds.',
    example: 'where age >= 13',
  },
  {
    word: 'missing',
    description: 'Says what happens to rows with missing values.',
    example: 'missing drop',
  },
  { word: 'weight', description: 'Names the column with the weight of each row.', example: 'weight w' },
  {
    word: 'cluster',
    description: 'Names the column that says which rows belong together.',
    example: 'cluster school',
  },
  { word: 'id', description: 'Names the column that identifies a row.', example: 'id user' },
] as const satisfies readonly KeywordWord[];

/** The options in the braces of `estimate`. */
export const ESTIMATE_OPTIONS = [
  {
    word: 'adjust',
    description: 'Fixes the variables that this estimate adjusts for, or `nothing`.',
    example: 'adjust age, sex',
  },
  {
    word: 'instrument',
    description: 'Names the instruments of this estimate.',
    example: 'instrument rollout given age',
  },
  { word: 'estimand', description: 'Says for whom the effect is averaged.', example: 'estimand att' },
  {
    word: 'contrast',
    description: 'Says which two levels of the treatment are compared.',
    example: 'contrast "high" vs "low"',
  },
  {
    word: 'where',
    description: 'Uses only the rows for which a condition holds.',
    example: 'where age >= 18',
  },
  { word: 'by', description: 'Reports the effect in each group of these variables.', example: 'by sex' },
  {
    word: 'through',
    description: 'Names the variables that the effect runs through, for front-door and mediation.',
    example: 'through tar',
  },
  { word: 'se', description: 'Chooses the kind of standard error.', example: 'se hc3' },
  {
    word: 'cluster',
    description: 'Lets rows with the same value of this column depend on each other in the standard errors.',
    example: 'cluster school',
  },
  { word: 'weight', description: 'Names the column with the weight of each row.', example: 'weight w' },
  {
    word: 'propensity',
    description: 'Chooses the model for the probability of being treated.',
    example: 'propensity logistic',
  },
  {
    word: 'learner',
    description: 'Chooses the models for the outcome and the treatment.',
    example: 'learner boosting',
  },
  { word: 'folds', description: 'Sets the number of folds for cross-fitting.', example: 'folds 5' },
  {
    word: 'trim',
    description: 'Drops rows whose probability of treatment is nearer to 0 or 1 than this.',
    example: 'trim 0.05',
  },
  {
    word: 'strata',
    description: 'Sets the number of classes of similar probability of treatment.',
    example: 'strata 5',
  },
  { word: 'neighbors', description: 'Sets the number of matches for each row.', example: 'neighbors 3' },
  {
    word: 'caliper',
    description: 'Sets how far apart two matched rows may be, in standard deviations.',
    example: 'caliper 0.2',
  },
  {
    word: 'fuller',
    description: 'Shortens the tails of `liml` by this constant: 1 has the least bias, 4 the least error.',
    example: 'fuller 1',
  },
  {
    word: 'bootstrap',
    description: 'Computes the interval from this many resamples of the rows.',
    example: 'bootstrap 500',
  },
  {
    word: 'level',
    description: 'Sets the confidence level of the interval, 0.95 unless told.',
    example: 'level 0.9',
  },
  {
    word: 'seed',
    description: 'Fixes the random numbers, so that a run can be repeated.',
    example: 'seed 42',
  },
  { word: 'refute', description: 'Runs checks that try to break the estimate.', example: 'refute placebo' },
  {
    word: 'expect',
    description: 'States what must hold of this estimate, and is run as a test.',
    example: 'expect estimate between 0.9 and 1.1',
  },
] as const satisfies readonly KeywordWord[];

/** The types of a variable. */
export const TYPES = [
  { word: 'binary', description: 'Two values.' },
  { word: 'continuous', description: 'A quantity on a scale.' },
  { word: 'count', description: 'A number of things: 0, 1, 2, and so on.' },
  { word: 'categorical', description: 'One of several values without an order.' },
  { word: 'ordinal', description: 'One of several values in an order.' },
] as const satisfies readonly (VocabularyWord & { readonly word: TypeName })[];

/** What may follow `missing` in the options of `data`. */
export const MISSING_POLICIES = [
  { word: 'drop', description: 'Leaves out rows that miss a value that is used.' },
  { word: 'mean', description: 'Puts the mean of the column in place of a missing value.' },
  { word: 'indicator', description: 'Fills missing values and adds a variable that marks them.' },
] as const satisfies readonly VocabularyWord[];

/** What may follow `estimand`. */
export const ESTIMANDS = [
  { word: 'ate', description: 'The effect averaged over everyone.' },
  { word: 'att', description: 'The effect averaged over the treated.' },
  { word: 'atc', description: 'The effect averaged over the untreated.' },
  { word: 'late', description: 'The effect on those whom the instrument moves.' },
  { word: 'overlap', description: 'The effect on those who might as well have been treated as not.' },
  { word: 'total', description: 'The whole effect, through mediators and past them.' },
  { word: 'direct', description: 'The part of the effect that does not go through the mediators.' },
  { word: 'indirect', description: 'The part of the effect that goes through the mediators.' },
] as const satisfies readonly VocabularyWord[];

/** What may follow `se`. */
export const STANDARD_ERRORS = [
  { word: 'classic', description: 'Takes the noise to be equally large in every row.' },
  { word: 'robust', description: 'Allows noise of different size by row (HC1), and is the default.' },
  { word: 'hc0', description: 'Allows noise of different size by row, without a correction for few rows.' },
  { word: 'hc2', description: 'Allows noise of different size by row, corrected by the leverage of each.' },
  {
    word: 'hc3',
    description: 'Allows noise of different size by row, corrected by the square of the leverage of each.',
  },
] as const satisfies readonly VocabularyWord[];

/** What may follow `propensity`. */
export const PROPENSITIES = [
  { word: 'logistic', description: 'Logistic regression, the default.' },
  { word: 'probit', description: 'Probit regression.' },
  { word: 'tree', description: 'A pruned classification tree.' },
  { word: 'boosting', description: 'Many small trees, boosted.' },
] as const satisfies readonly VocabularyWord[];

/** What may follow `learner`. */
export const LEARNERS = [
  { word: 'linear', description: 'Linear and logistic regression, fitted once.' },
  { word: 'boosting', description: 'Boosted trees, fitted on some folds and used on the others.' },
] as const satisfies readonly VocabularyWord[];

/** What may follow `expect` on a line of its own, in place of a variable. */
export const EXPECTATIONS = [
  { word: 'identifiable', description: 'The graph identifies the effect.' },
  { word: 'implications', description: 'The data agree with every independence that the graph implies.' },
] as const satisfies readonly VocabularyWord[];

/** Words between the parts of a statement or an option. */
export const CONNECTIVES = [
  { word: 'on', description: 'Names the engine that holds the data, or the outcome of an estimate.' },
  {
    word: 'of',
    description: 'Names the treatment of an estimate, or the other variable of an independence.',
  },
  { word: 'as', description: 'Gives an estimate a title.' },
  { word: 'given', description: 'Names the variables that are held fixed.' },
  { word: 'independent', description: 'Says that one variable tells nothing about the other.' },
  { word: 'at', description: 'Sets the significance level of a test.' },
  { word: 'vs', description: 'Stands between the two levels of a contrast.' },
  { word: 'between', description: 'Says that a number lies between two others.' },
  { word: 'and', description: 'Stands between the two bounds of `between`.' },
  { word: 'nothing', description: 'Says that nothing is adjusted for.' },
] as const satisfies readonly VocabularyWord[];

/** Words that an expression keeps for itself: a column of that name needs backticks there. */
export const EXPRESSION_WORDS = [
  { word: 'true', description: 'The truth value that holds.' },
  { word: 'false', description: 'The truth value that does not hold.' },
  { word: 'missing', description: 'A value that is not there.' },
  { word: 'not', description: 'Turns a condition round.' },
  { word: 'and', description: 'Holds where both conditions hold.' },
  { word: 'or', description: 'Holds where at least one condition holds.' },
  { word: 'in', description: 'Holds where a value is one of a list.' },
  { word: 'is', description: 'Starts `is missing` and `is not missing`.' },
] as const satisfies readonly VocabularyWord[];

/** The functions of expressions. Their names are functions only straight before `(`. */
export const FUNCTIONS = [
  fn('log', 'log(x)', 'The natural logarithm.', 1, 1),
  fn('exp', 'exp(x)', 'The exponential.', 1, 1),
  fn('sqrt', 'sqrt(x)', 'The square root.', 1, 1),
  fn('abs', 'abs(x)', 'The distance from zero.', 1, 1),
  fn('round', 'round(x, digits)', 'Rounds to a whole number, or to so many digits.', 1, 2),
  fn('min', 'min(x, y, …)', 'The smallest of its values.', 1, Number.POSITIVE_INFINITY),
  fn('max', 'max(x, y, …)', 'The largest of its values.', 1, Number.POSITIVE_INFINITY),
  fn(
    'coalesce',
    'coalesce(x, y, …)',
    'The first of its values that is not missing.',
    1,
    Number.POSITIVE_INFINITY,
  ),
  fn('lower', 'lower(x)', 'A text in lower case.', 1, 1),
  fn('if', 'if(condition, then, else)', 'One of two values, by a condition.', 3, 3),
] as const satisfies readonly FunctionWord[];

function fn<W extends string>(
  word: W,
  signature: string,
  description: string,
  minimumArguments: number,
  maximumArguments: number,
): FunctionWord & { readonly word: W } {
  return { word, signature, description, minimumArguments, maximumArguments };
}
