/** The options of an `estimate` statement, each read into its settings. */

import { both } from '../../engine/data/expression.ts';
import type { Method, MethodOption } from '../../engine/estimate/methods.ts';
import type { Comparison, Expectation } from '../../engine/estimate/plan.ts';
import { METRICS, type Metric } from '../../engine/estimate/result.ts';
import { findRefuter, REFUTERS } from '../../engine/refute/catalogue.ts';
import type { EstimateOption, Level, Name, NumberOption, Range } from '../../grammar/tree.ts';
import {
  ESTIMANDS,
  ESTIMATE_OPTIONS,
  LEARNERS,
  PROPENSITIES,
  STANDARD_ERRORS,
} from '../../grammar/vocabulary.ts';
import { lowerExpression } from './definitions.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import type { Reading } from './estimateSettings.ts';
import { anyOf, type Mend, respell } from './mend.ts';
import { latentsIn, readInstruments, roleEntries } from './question.ts';
import { meantWord, unknownRefuterText, wayOut } from './synonyms.ts';

/** Reads one option of a statement; what is wrong with it goes to the diagnostics. */
export function readOption(option: EstimateOption, reading: Reading): void {
  if (option.kind === 'broken') return;
  if (option.kind === 'unknown') {
    reading.diagnostics.push(unknownOption(option.name, reading.method));
    return;
  }
  if (!takes(reading.method, option.kind)) {
    reading.diagnostics.push(notTaken(reading.method, option));
    return;
  }
  applyOption(option, reading);
}

function unknownOption(name: Name, method: Method): Diagnostic {
  const words = ESTIMATE_OPTIONS.map(({ word }) => word);
  const way = wayOut(name.text, words, 'Remove it.');
  const meant = meantWord(name.text, words);
  // Spelt right it would be the next error where the method does not take it.
  const isTaken = method.options.some((option) => option === meant);
  return diagnostic('unknown-option', name.range, `There is no option ${name.text}. ${way}`, {
    mends: isTaken
      ? [...respell(name.range, meant), withoutOption(name.range)]
      : [withoutOption(name.range), ...anyOf(name.range, meant === undefined ? [] : [meant])],
  });
}

function takes(method: Method, option: MethodOption | 'id'): boolean {
  return option !== 'id' && method.options.includes(option);
}

function notTaken(method: Method, option: EstimateOption): Diagnostic {
  const word = option.kind === 'unknown' ? option.name.text : option.kind;
  const way = word === 'id' ? '`id` belongs to `data`.' : `Remove it, or use a method that takes it.`;
  return diagnostic('method-mismatch', option.keyword, `${method.name} does not take \`${word}\`. ${way}`, {
    mends: [withoutOption(option.keyword)],
  });
}

/** Takes an option out. */
export function withoutOption(keyword: Range): Mend {
  return { kind: 'remove', what: 'option', range: keyword };
}

type KnownOption = Exclude<EstimateOption, { kind: 'broken' | 'unknown' }>;

function applyOption(option: KnownOption, reading: Reading): void {
  const { settings, symbols, structure, diagnostics } = reading;
  switch (option.kind) {
    case 'adjust':
      applyAdjust(option, reading);
      break;
    case 'instrument':
      settings.instruments = readInstruments(option, symbols, structure);
      diagnostics.push(...latentsIn(settings.instruments, 'instrument', structure));
      diagnostics.push(
        ...latentsIn(
          settings.instruments.flatMap(({ given }) => given ?? []),
          'given',
          structure,
        ),
      );
      break;
    case 'estimand':
      applyEstimand(option.word, reading);
      break;
    case 'contrast':
      if (option.level !== undefined && option.reference !== undefined) {
        settings.contrast = { level: levelText(option.level), reference: levelText(option.reference) };
      }
      break;
    case 'where':
      applyWhere(option, reading);
      break;
    case 'se':
      applyStandardError(option.word, reading);
      break;
    case 'cluster':
      if (reading.method.name === 'matching') {
        diagnostics.push(notForMatching(option, NO_CLUSTERS));
        break;
      }
      settings.cluster = option.name?.text ?? null;
      break;
    case 'weight':
      settings.weight = option.name?.text ?? null;
      break;
    case 'propensity':
      applyPropensity(option.word, reading);
      break;
    case 'refute':
      applyRefuters(option.refuters, reading);
      break;
    case 'expect':
      applyExpectation(option, reading);
      break;
    case 'learner':
      settings.learner = knownWord(option.word, 'learner', LEARNERS, diagnostics) ?? settings.learner;
      break;
    case 'by':
    case 'through':
      applyVariables(option, reading);
      break;
    case 'id':
      break;
    default:
      if (option.kind === 'bootstrap' && reading.method.name === 'matching') {
        diagnostics.push(notForMatching(option, NO_BOOTSTRAP));
        break;
      }
      applyNumber(option, reading);
      break;
  }
}

const NO_CLUSTERS =
  '`matching` has no clustered standard error: with replacement a row serves several others, and only for independent rows is it known what that costs. Remove `cluster`, or use `ipw` or `regression`.';
const NO_BOOTSTRAP =
  '`matching` cannot be bootstrapped: the estimate jumps as neighbours change, and resampling does not repeat how (Abadie & Imbens 2008). Remove `bootstrap`: the standard error is known without it.';

function notForMatching({ keyword }: KnownOption, reason: string): Diagnostic {
  return diagnostic('method-mismatch', keyword, reason, { mends: [withoutOption(keyword)] });
}

function applyVariables(
  { kind, names }: Extract<KnownOption, { kind: 'by' | 'through' }>,
  { settings, symbols, structure, diagnostics }: Reading,
): void {
  const entries = roleEntries(names, symbols, structure);
  settings[kind] = [...new Set(entries.map(({ variable }) => variable))];
  diagnostics.push(...latentsIn(entries, kind, structure));
}

function applyAdjust(
  { names, keyword }: Extract<KnownOption, { kind: 'adjust' }>,
  { settings, symbols, structure, diagnostics }: Reading,
): void {
  const entries = roleEntries(names, symbols, structure);
  settings.adjust = [...(settings.adjust ?? []), ...entries];
  settings.adjustRange = keyword;
  diagnostics.push(...latentsIn(entries, 'adjust', structure));
}

/** A level as text: what it is called in the data. */
export function levelText(level: Level): string {
  return level.kind === 'name' ? level.text : String(level.value);
}

/** `word` if it is one of `words`; otherwise a diagnostic that offers the nearest. */
function knownWord<W extends string>(
  word: Name | undefined,
  what: string,
  words: readonly { readonly word: W }[],
  diagnostics: Diagnostic[],
): W | null {
  if (word === undefined) return null;
  const found = words.find((candidate) => candidate.word === word.text);
  if (found !== undefined) return found.word;
  const names = words.map((candidate) => candidate.word);
  const way = wayOut(word.text, names, `Choose from ${names.join(', ')}.`);
  const meant = respell(word.range, meantWord(word.text, names));
  diagnostics.push(
    diagnostic('unknown-option', word.range, `There is no ${what} ${word.text}. ${way}`, {
      mends: meant.length > 0 ? meant : anyOf(word.range, names),
    }),
  );
  return null;
}

function applyEstimand(word: Name | undefined, { settings, method, diagnostics }: Reading): void {
  const estimand = knownWord(word, 'estimand', ESTIMANDS, diagnostics);
  if (estimand === null || word === undefined) return;
  if (method.estimands.includes(estimand)) settings.estimand = estimand;
  else {
    const possible = method.estimands.join(', ');
    diagnostics.push(
      diagnostic(
        'method-mismatch',
        word.range,
        `${method.name} does not estimate the ${estimand}; it estimates ${possible}. Choose another method or estimand.`,
        { mends: anyOf(word.range, method.estimands) },
      ),
    );
  }
}

function applyWhere(
  option: Extract<KnownOption, { kind: 'where' }>,
  { settings, symbols, diagnostics }: Reading,
): void {
  if (option.condition === undefined) return;
  const lowered = lowerExpression(option.condition, null, symbols);
  if (lowered.kind === 'lowered') settings.where = both(settings.where, lowered.expression);
  else diagnostics.push(lowered.diagnostic);
}

/** Methods whose standard error has no variants, and where it comes from. */
const OWN_ERRORS: ReadonlyMap<string, string> = new Map([
  ['ipw', 'the stacked estimating equations'],
  ['entropy_balance', 'the stacked estimating equations'],
  ['standardization', 'the stacked estimating equations'],
  ['stratification', 'the variances within the classes'],
  ['matching', 'Abadie and Imbens'],
  ['aipw', 'the influence function'],
  ['tmle', 'the influence function'],
  ['dml', 'the orthogonal score'],
  ['frontdoor', 'all its models together, by the delta method'],
  ['mediation', 'all its models together, by the delta method'],
  ['id', 'the counts of its cells, by the delta method'],
  ['s_learner', 'the doubly robust score'],
  ['t_learner', 'the doubly robust score'],
  ['x_learner', 'the doubly robust score'],
  ['dr_learner', 'the doubly robust score'],
]);

function applyStandardError(word: Name | undefined, { settings, method, diagnostics }: Reading): void {
  const type = knownWord(word, 'standard error', STANDARD_ERRORS, diagnostics);
  if (type === null || word === undefined) return;
  const own = OWN_ERRORS.get(method.name);
  const weighted = own !== undefined && type !== 'robust';
  const leverage = method.strategy === 'instrument' && (type === 'hc2' || type === 'hc3');
  if (!weighted && !leverage) settings.standardError = type;
  else {
    const way = weighted
      ? `its standard error comes from ${own}. Leave \`se\` out.`
      : 'leverage corrections are made for regressions. Use `se robust`, `hc0` or `classic`.';
    diagnostics.push(
      diagnostic('method-mismatch', word.range, `${method.name} has no \`se ${type}\`: ${way}`, {
        mends: anyOf(word.range, ['robust']),
      }),
    );
  }
}

function applyPropensity(word: Name | undefined, { settings, diagnostics }: Reading): void {
  settings.propensity = knownWord(word, 'propensity model', PROPENSITIES, diagnostics) ?? settings.propensity;
}

function applyRefuters(refuters: readonly Name[], { settings, method, diagnostics }: Reading): void {
  for (const refuter of refuters) {
    const found = findRefuter(refuter.text);
    const reason = found?.undefinedFor(method) ?? null;
    if (found === undefined) diagnostics.push(unknownRefuter(refuter));
    else if (reason === null) settings.refuters = [...new Set([...settings.refuters, refuter.text])];
    else {
      diagnostics.push(
        diagnostic('method-mismatch', refuter.range, `\`refute ${refuter.text}\`: ${reason}`, {
          mends: [{ kind: 'leave-out', range: refuter.range, variables: [refuter.text] }],
        }),
      );
    }
  }
}

function unknownRefuter({ text, range }: Name): Diagnostic {
  const names = REFUTERS.map(({ name }) => name);
  return diagnostic('unknown-refuter', range, unknownRefuterText(text), {
    mends: respell(range, meantWord(text, names)),
  });
}

function applyExpectation(
  option: Extract<KnownOption, { kind: 'expect' }>,
  { settings, diagnostics }: Reading,
): void {
  const { metric, comparison } = option;
  if (metric === undefined) return;
  const known = METRICS.find((candidate) => candidate === metric.text);
  if (known === undefined) {
    const way = wayOut(metric.text, METRICS, `Metrics are ${METRICS.join(', ')}.`);
    diagnostics.push(
      diagnostic('unknown-metric', metric.range, `There is no metric ${metric.text}. ${way}`, {
        mends: respell(metric.range, meantWord(metric.text, METRICS)),
      }),
    );
  } else if (comparison !== undefined) {
    settings.expectations = [...settings.expectations, expectationOf(known, comparison)];
  }
}

type WrittenComparison = NonNullable<Extract<KnownOption, { kind: 'expect' }>['comparison']>;

function expectationOf(metric: Metric, comparison: WrittenComparison): Expectation {
  const plain: Comparison =
    comparison.kind === 'between'
      ? { kind: 'between', low: comparison.low.value, high: comparison.high.value }
      : { kind: comparison.kind, value: comparison.value.value };
  return { metric, comparison: plain };
}

const NUMBER_RULES: Readonly<
  Record<NumberOption['kind'], { readonly holds: (value: number) => boolean; readonly rule: string }>
> = {
  trim: { holds: (value: number) => value >= 0 && value < 0.5, rule: 'a number from 0 to 0.5, such as 0.05' },
  bootstrap: {
    holds: between(10, 100_000),
    rule: 'how many resamples to draw, from 10 to 100000',
  },
  level: { holds: (value: number) => value > 0 && value < 1, rule: 'a number between 0 and 1, such as 0.95' },
  seed: { holds: Number.isSafeInteger, rule: 'a whole number' },
  folds: { holds: between(2, 100), rule: 'into how many parts the rows are cut, from 2 to 100' },
  strata: { holds: between(2, 1000), rule: 'how many classes to make, from 2 to 1000' },
  neighbors: { holds: between(1, 1000), rule: 'how many matches a row gets, from 1 to 1000' },
  caliper: {
    holds: (value) => value > 0,
    rule: 'a distance in standard deviations, more than 0, such as 0.2',
  },
  fuller: {
    holds: (value) => value >= 0,
    rule: "Fuller's constant, 0 or more: 1 for the least bias, 4 for the least error",
  },
};

/** Whole numbers from `low` to `high`. */
function between(low: number, high: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= low && value <= high;
}

function applyNumber(
  { kind, value, keyword: option }: NumberOption,
  { settings, diagnostics }: Reading,
): void {
  if (value === undefined) return;
  const { holds, rule } = NUMBER_RULES[kind];
  if (holds(value.value)) settings[kind] = value.value;
  else {
    // A percentage for a share, and a fraction of a resample: what else was meant is not known.
    const near = [value.value / 100, Math.round(value.value)].filter(holds).slice(0, 1);
    diagnostics.push(
      diagnostic('method-mismatch', value.range, `\`${kind}\` takes ${rule}.`, {
        mends: [...anyOf(value.range, near.map(String)), withoutOption(option)],
      }),
    );
  }
}
