/** Estimates as they are asked for: everything decided that can be decided without the rows. */

import type { PlannedFormula } from './plugin/plannedFormula.ts';
import type { RelevanceDepth } from './relevance.ts';
import type { Estimand, Metric } from './result.ts';

export type StandardErrorOption = 'classic' | 'robust' | 'hc0' | 'hc2' | 'hc3';

export type Comparison =
  | { readonly kind: '<' | '<=' | '>' | '>='; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number };

export interface Expectation {
  readonly metric: Metric;
  readonly comparison: Comparison;
}

export type PropensityModel = 'logistic' | 'probit' | 'tree' | 'boosting';

/** What is done where a covariate has no value: the row is left out, or a value filled in, which an indicator may mark. */
export type MissingPolicy = 'drop' | 'mean' | 'indicator';

export type LearnerName = 'linear' | 'boosting';

/** What an estimate is told beside its variables; null where nothing was said. */
export interface EstimateOptions {
  /** Level and reference as written; null for the default of the treatment's type. */
  readonly contrast: { readonly level: string; readonly reference: string } | null;
  /** Null for the method's own. */
  readonly standardError: StandardErrorOption | null;
  readonly cluster: string | null;
  readonly weight: string | null;
  /** Column with the names of units, of which one may have several rows; null where each row is one of its own. */
  readonly id: string | null;
  readonly missing: MissingPolicy;
  readonly propensity: PropensityModel;
  /** Nuisance models of the doubly robust methods and of individual effects. */
  readonly learner: LearnerName;
  /** Parts of the rows in cross-fitting: each is predicted by a model of the others. */
  readonly folds: number;
  /** Propensities outside [trim, 1 − trim] are left out; 0 for none. */
  readonly trim: number;
  /** Propensity classes of stratification. */
  readonly strata: number;
  /** Matches a row. */
  readonly neighbors: number;
  /** Largest distance of a match, in standard deviations of the propensity's linear predictor; null for any. */
  readonly caliper: number | null;
  /** Fuller's constant of `liml`: 0 for LIML itself, 1 for the estimator with the least bias. */
  readonly fuller: number;
  /** Variables in whose groups the effect is told; those through which it runs. */
  readonly by: readonly string[];
  readonly through: readonly string[];
  /** Resamples; null for no bootstrap. */
  readonly bootstrap: number | null;
  /** Coverage of the intervals, between 0 and 1. */
  readonly level: number;
  readonly expectations: readonly Expectation[];
  /** Names of refuters, in the order they were asked for. */
  readonly refuters: readonly string[];
  /** Refits of each refuter; null for its own number. */
  readonly repetitions: number | null;
}

export const DEFAULT_OPTIONS: EstimateOptions = {
  contrast: null,
  standardError: null,
  cluster: null,
  weight: null,
  id: null,
  missing: 'drop',
  propensity: 'logistic',
  learner: 'linear',
  folds: 5,
  trim: 0,
  strata: 5,
  neighbors: 1,
  caliper: null,
  fuller: 0,
  by: [],
  through: [],
  bootstrap: null,
  level: 0.95,
  expectations: [],
  refuters: [],
  repetitions: null,
};

export interface EstimatePlan extends EstimateOptions {
  readonly name: string;
  /** One of the available methods. */
  readonly method: string;
  readonly estimand: Estimand;
  readonly treatment: string;
  readonly outcome: string;
  readonly adjusted: readonly string[];
  readonly instruments: readonly string[];
  /** What the method computes, where that is a formula of the graph; null for others. */
  readonly formula: PlannedFormula | null;
  /** Of a method that answers several questions at once: those that were asked, in its order; empty for others. */
  readonly parts: readonly Estimand[];
  readonly identified: boolean;
  /** Why the graph does not identify it, for a person; null where it does. */
  readonly obstacle: string | null;
  /** Shown for contrast, though no statement asked for it. */
  readonly implied: boolean;
  /** Name of the 0/1 column of the table that the estimate's own `where` made; null without one. */
  readonly filter: string | null;
  readonly seed: number;
  /** How much is told of what the estimate rests on; absent unless asked for. */
  readonly relevance?: RelevanceDepth;
}

/** `between 0.9 and 1.1`, `> 10`. */
export function formatComparison(comparison: Comparison): string {
  if (comparison.kind === 'between') return `between ${comparison.low} and ${comparison.high}`;
  return `${comparison.kind} ${comparison.value}`;
}

/** Does `value` satisfy the comparison? Never, where it is missing. */
export function holds(comparison: Comparison, value: number | null): boolean {
  if (value === null || Number.isNaN(value)) return false;
  switch (comparison.kind) {
    case '<':
      return value < comparison.value;
    case '<=':
      return value <= comparison.value;
    case '>':
      return value > comparison.value;
    case '>=':
      return value >= comparison.value;
    case 'between':
      return value >= comparison.low && value <= comparison.high;
  }
}
