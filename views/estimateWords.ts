/** Estimates in words: what was done, for whom it holds, and whether the graph stands behind it. */

import type {
  Estimand,
  Estimate,
  EstimateHeading,
  EstimateOutcome,
  StandardErrorType,
} from '../engine/estimate/result.ts';
import { nameList } from '../engine/wording.ts';
import { formatCount, formatP } from './numbers.ts';
import { isolated, printable } from './text.ts';

const ESTIMANDS: Readonly<Record<Estimand, string>> = {
  unadjusted: 'plain difference',
  ate: 'average effect',
  att: 'effect on the treated',
  atc: 'effect on the untreated',
  late: 'effect on those the instrument moves',
  overlap: 'effect where both groups overlap',
  cate: 'effect by group',
  direct: 'direct effect',
  indirect: 'indirect effect',
  total: 'total effect',
};

const STANDARD_ERRORS: Readonly<Record<StandardErrorType, string>> = {
  classic: 'classic',
  robust: 'robust',
  hc0: 'HC0',
  hc2: 'HC2',
  hc3: 'HC3',
  cluster: 'clustered',
  stacked: 'stacked',
  'known-propensity': 'propensity as known',
  stratified: 'within classes',
  influence: 'influence function',
  delta: 'delta method',
  bootstrap: 'bootstrap',
};

/** How an estimate is drawn: by what may be believed of it. */
export type Standing = 'naive' | 'identified' | 'not-identified' | 'unreliable' | 'failed';

/** The one standing of an estimate; a doubt that comes first in this list hides those after it: failed, naive, unreliable, not identified. */
export function standing(outcome: EstimateOutcome): Standing {
  if (outcome.kind === 'failure') return 'failed';
  if (outcome.estimand === 'unadjusted') return 'naive';
  if (!outcome.reliable) return 'unreliable';
  return outcome.identified ? 'identified' : 'not-identified';
}

/** What a standing means, in a few words. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  naive: 'nothing adjusted',
  identified: 'identified by the graph',
  'not-identified': 'not identified by the graph',
  unreliable: 'unreliable: too little overlap',
  failed: 'could not run',
};

/** `the average effect`, `the effect on the treated`, … without its article. */
export function estimandWords(estimand: Estimand): string {
  return ESTIMANDS[estimand];
}

/** The name of an estimate, with its part of the effect where one estimate gives several: `Mediation analysis, direct effect`. */
export function titleOf({ name, estimand }: Pick<EstimateHeading, 'name' | 'estimand'>): string {
  const isPart = estimand === 'total' || estimand === 'direct' || estimand === 'indirect';
  return isPart ? `${name}, ${estimandWords(estimand)}` : name;
}

/** The kind of standard error in a word. */
export function standardErrorWord(type: StandardErrorType): string {
  return STANDARD_ERRORS[type];
}

/** `a, b and c`, or `3 variables` with a limit of 0. Names are printable and kept from turning the line round. */
function namesOrCount(names: readonly string[], limit: number): string {
  if (limit === 0 && names.length > 1) return `${names.length} variables`;
  const shown = names.map((name) => isolated(printable(name)));
  return nameList(shown, Math.max(1, limit));
}

/** What an estimate holds fixed or makes use of: `adjusts for age and sex`, `instrument: rollout`, `nothing adjusted`. */
export function controlWords(heading: EstimateHeading, limit: number): string {
  const parts: string[] = [];
  if (heading.instruments.length > 0) {
    const word = heading.instruments.length === 1 ? 'instrument' : 'instruments';
    parts.push(`${word}: ${namesOrCount(heading.instruments, limit)}`);
  }
  const { through = [] } = heading;
  if (through.length > 0) parts.push(`through ${namesOrCount(through, limit)}`);
  if (heading.adjusted.length > 0) parts.push(`adjusts for ${namesOrCount(heading.adjusted, limit)}`);
  return parts.length === 0 ? 'nothing adjusted' : parts.join(', ');
}

/** The diagnostics that a reader should know before believing the number, as short phrases. */
export function diagnosticWords(estimate: Estimate): readonly string[] {
  const { metrics } = estimate.diagnostics;
  const phrases: string[] = [];
  const add = (value: number | undefined, phrase: (shown: number) => string): void => {
    if (value !== undefined && Number.isFinite(value)) phrases.push(phrase(value));
  };
  add(metrics.first_stage_f, (f) => `first-stage F ${f < 100 ? f.toFixed(1) : formatCount(f)}`);
  add(metrics.max_smd, (smd) => `largest imbalance ${smd.toFixed(2)}`);
  add(metrics.ess, (ess) => `effective rows ${formatCount(ess)}`);
  if (Number.isFinite(estimate.p)) phrases.push(`p ${formatP(estimate.p).replace(/^(?=\d)/, '= ')}`);
  return phrases;
}
