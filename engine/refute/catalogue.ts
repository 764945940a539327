/** Every refuter of the language: what it asks, and of which methods it can be asked. What computes them is in `refuters.ts`. */

import { findMethod, type Method } from '../estimate/methods.ts';

/** Is it the machinery of the estimate that a failure puts in doubt, or the effect that it found? */
export type Verdict = 'machinery' | 'effect';

export const REFUTER_NAMES = [
  'placebo',
  'random_common_cause',
  'subset',
  'dummy_outcome',
  'bootstrap',
  'unobserved_common_cause',
  'sensitivity',
  'e_value',
  'rosenbaum',
] as const;
export type RefuterName = (typeof REFUTER_NAMES)[number];

export interface RefuterEntry {
  readonly name: RefuterName;
  /** For headings: `Placebo treatment`. */
  readonly title: string;
  readonly verdict: Verdict;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** What it takes for true until the data speak against it; null for one that only reports. */
  readonly nullHypothesis: string | null;
  /** Does it refit the estimate many times? */
  readonly repeats: boolean;
  /** Is it run where nothing says which refuters are wanted? */
  readonly standard: boolean;
  /** Why a method cannot be asked, and what to do; null where it can. */
  readonly undefinedFor: (method: Method) => string | null;
}

const always = (): null => null;

function takesCovariates({ name, strategy }: Method): string | null {
  if (strategy !== 'frontdoor' && strategy !== 'id') return null;
  return `${name} is computed from a formula that has no place for one more covariate. Use placebo or subset.`;
}

function comparesArms({ name, strategy }: Method): string | null {
  if (strategy === 'backdoor' || strategy === 'none') return null;
  const why =
    strategy === 'mediation'
      ? `${name} also rests on there being no hidden common cause of mediator and outcome, of which this says nothing.`
      : `${name} does not rest on having measured every common cause of treatment and outcome, and that is what this is about.`;
  return `${why} Refute a \`regression\` of the same effect to see what a hidden cause would do to it.`;
}

function hasBounds(method: Method): string | null {
  const { name } = method;
  if (['difference', 'regression', 'aipw', 'tmle', 'dml'].includes(name)) return null;
  return (
    comparesArms(method) ??
    `Bounds on omitted variables are not defined for ${name}. Use e_value, or refute a \`regression\` of the same effect.`
  );
}

function isMatched({ name }: Method): string | null {
  if (name === 'matching') return null;
  return `Rosenbaum's bounds are for matched pairs, and ${name} makes none. Use sensitivity or e_value, or \`estimate matching\`.`;
}

function canResample({ name }: Method): string | null {
  if (name !== 'matching') return null;
  return 'Matched rows cannot be resampled: with replacement the bootstrap is wrong for nearest neighbours (Abadie & Imbens 2008). Use subset.';
}

/** In the order of the manual. */
export const REFUTERS: readonly RefuterEntry[] = [
  {
    name: 'placebo',
    title: 'Placebo treatment',
    verdict: 'machinery',
    summary: 'Permutes the treatment; the effect should vanish.',
    nullHypothesis: 'With a treatment that was dealt out at random, the method finds no effect.',
    repeats: true,
    standard: true,
    undefinedFor: always,
  },
  {
    name: 'random_common_cause',
    title: 'Random common cause',
    verdict: 'machinery',
    summary: 'Adds an independent covariate; the effect should not move.',
    nullHypothesis:
      'A covariate that has nothing to do with anything does not move the estimate by more than its standard error.',
    repeats: true,
    standard: true,
    undefinedFor: takesCovariates,
  },
  {
    name: 'subset',
    title: 'Subsets of the rows',
    verdict: 'effect',
    summary: 'Estimates again on random subsets of the rows.',
    nullHypothesis: 'Random parts of the rows tell the same as all of them.',
    repeats: true,
    standard: true,
    undefinedFor: always,
  },
  {
    name: 'dummy_outcome',
    title: 'Dummy outcome',
    verdict: 'machinery',
    summary: 'Replaces the outcome by noise; the effect should vanish.',
    nullHypothesis:
      'On an outcome that is noise of the same distribution, the treatment is found to have no effect.',
    repeats: true,
    standard: false,
    undefinedFor: always,
  },
  {
    name: 'bootstrap',
    title: 'Resampled rows',
    verdict: 'effect',
    summary: 'Estimates again on resampled rows.',
    nullHypothesis: 'Rows drawn again from the same population tell the same.',
    repeats: true,
    standard: false,
    undefinedFor: canResample,
  },
  {
    name: 'unobserved_common_cause',
    title: 'Simulated confounder',
    verdict: 'effect',
    summary: 'Adds a simulated confounder of growing strength until the sign flips.',
    nullHypothesis: null,
    repeats: true,
    standard: true,
    undefinedFor: comparesArms,
  },
  {
    name: 'sensitivity',
    title: 'Omitted-variable bounds',
    verdict: 'effect',
    summary: 'How strong would an unmeasured confounder have to be?',
    nullHypothesis: null,
    repeats: false,
    standard: true,
    undefinedFor: hasBounds,
  },
  {
    name: 'e_value',
    title: 'E-value',
    verdict: 'effect',
    summary: 'How strong, on the risk-ratio scale, would an unmeasured confounder have to be?',
    nullHypothesis: null,
    repeats: false,
    standard: true,
    undefinedFor: comparesArms,
  },
  {
    name: 'rosenbaum',
    title: "Rosenbaum's bounds",
    verdict: 'effect',
    summary: 'How much hidden bias would a matched comparison bear?',
    nullHypothesis: null,
    repeats: false,
    standard: false,
    undefinedFor: isMatched,
  },
];

/** The refuter called `name`; undefined where the language has none. */
export function findRefuter(name: string): RefuterEntry | undefined {
  return REFUTERS.find((candidate) => candidate.name === name);
}

/** The refuters of an estimate that names none, as far as its method can be asked. */
export function standardRefuters(method: string): readonly RefuterName[] {
  const found = findMethod(method);
  if (found === undefined) return [];
  return REFUTERS.filter(({ standard, undefinedFor }) => standard && undefinedFor(found) === null).map(
    ({ name }) => name,
  );
}
