/** What an estimate is once it has been computed: the one shape that the terminal, the editor and the report show. */

import type { Interval } from '../stats/confidenceSet.ts';
import type { DebiasedDiagnostics } from './diagnostics/debiased.ts';
import type { FormulaDiagnostics } from './diagnostics/formula.ts';
import type { HeterogeneityDiagnostics } from './diagnostics/heterogeneity.ts';
import type { InstrumentDiagnostics } from './diagnostics/instrument.ts';
import type { MatchingDiagnostics } from './diagnostics/matching.ts';
import type { MediationDiagnostics } from './diagnostics/mediation.ts';
import type { PropensityDiagnostics } from './diagnostics/propensity.ts';
import type { RegressionDiagnostics } from './diagnostics/regression.ts';
import type { StratificationDiagnostics } from './diagnostics/stratification.ts';
import type { WeightingDiagnostics } from './diagnostics/weighting.ts';
import type { RefutationOutcome } from './refutation.ts';
import type { Relevance } from './relevance.ts';

/** Numbers by the names that an `expect` may use; each is absent where the method does not give it. */
export const METRICS = [
  'estimate',
  'se',
  'p',
  'ci_low',
  'ci_high',
  'n',
  'first_stage_f',
  'effective_f',
  'overid_p',
  'hausman_p',
  'max_smd',
  'ess',
  'min_propensity',
  'max_propensity',
  'auc',
  'r_squared',
  'robustness_value',
  'e_value',
] as const;
export type Metric = (typeof METRICS)[number];

/** What each metric is, in a sentence, for a person who reads its name for the first time. */
export const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  estimate: 'The effect itself, in units of the outcome.',
  se: 'The standard error: how far the estimate would typically be off if the data were drawn again.',
  p: 'The probability of an estimate at least this far from zero if there were no effect.',
  ci_low: 'The lower end of the confidence interval.',
  ci_high: 'The upper end of the confidence interval.',
  n: 'The number of rows that the estimate uses.',
  first_stage_f:
    'How strongly the instruments move the treatment, as an F statistic; below 10 an instrument is weak and the estimate drifts towards the confounded one.',
  effective_f:
    'The strength of the instruments where the noise differs from row to row (Montiel Olea and Pflueger); read it like the first-stage F.',
  overid_p:
    'Whether several instruments tell the same story: a small p value says that at least one of them is not valid.',
  hausman_p:
    'Whether the instrumental and the plain regression estimates differ by more than chance: a small p value speaks for confounding.',
  max_smd:
    'The largest standardised difference in means of a covariate between the arms after weighting; under 0.1 counts as balanced.',
  ess: 'The effective sample size: the number of equally weighted rows that would tell as much as the weighted ones do.',
  min_propensity:
    'The smallest estimated probability of treatment; near 0 there are rows that hardly could have been treated.',
  max_propensity:
    'The largest estimated probability of treatment; near 1 there are rows that hardly could have gone untreated.',
  auc: 'How well the covariates tell treated from untreated, from 0.5 (not at all) to 1 (always); near 1 the arms hardly overlap.',
  r_squared: 'The share of the variation of the outcome that the regression explains, from 0 to 1.',
  robustness_value:
    'The share of what is left unexplained of treatment and outcome that a hidden confounder would have to explain to undo the estimate.',
  e_value:
    'How strongly, as a risk ratio, a hidden confounder would have to move treatment and outcome to explain the estimate away.',
};

export type Estimand =
  | 'unadjusted'
  | 'ate'
  | 'att'
  | 'atc'
  | 'late'
  | 'overlap'
  | 'cate'
  | 'direct'
  | 'indirect'
  | 'total';

export type StandardErrorType =
  | 'classic'
  | 'robust'
  | 'hc0'
  | 'hc2'
  | 'hc3'
  | 'cluster'
  | 'stacked'
  | 'known-propensity'
  | 'stratified'
  | 'influence'
  | 'delta'
  | 'bootstrap';

export interface EstimateWarning {
  /** Stable, from the diagnostics of the language or a method's own (`collinear`, `functional-form`, …). */
  readonly code: string;
  readonly message: string;
}

/** Diagnostics beyond the metrics, a family a file; each is absent where the method does not give it. */
export interface EstimateDiagnostics
  extends RegressionDiagnostics,
    HeterogeneityDiagnostics,
    InstrumentDiagnostics,
    WeightingDiagnostics,
    DebiasedDiagnostics,
    MatchingDiagnostics,
    FormulaDiagnostics,
    MediationDiagnostics,
    PropensityDiagnostics,
    StratificationDiagnostics {
  readonly metrics: Readonly<Partial<Record<Metric, number>>>;
}

/** What one `expect` line asked of this estimate and what it got. */
export interface ExpectationOutcome {
  readonly metric: string;
  /** As in the text: `between 0.9 and 1.1`, `> 10`. */
  readonly expected: string;
  readonly actual: number | null;
  readonly passed: boolean;
}

/** What is known of an estimate before it is run. */
export interface EstimateHeading {
  /** The `as` title, else the method and what tells it from its neighbours. */
  readonly name: string;
  readonly method: string;
  readonly estimand: Estimand;
  readonly treatment: string;
  readonly outcome: string;
  /** Level and reference of a discrete treatment; for one that is a number the values between which it moves, 1 and 0 for a change of one unit. */
  readonly contrast: readonly [level: string, reference: string];
  /** Sorted by code unit, as are the instruments. */
  readonly adjusted: readonly string[];
  readonly instruments: readonly string[];
  /** Mediators that the effect is followed through, sorted as well; absent or empty where it is followed through none. */
  readonly through?: readonly string[];
  /** Does the graph identify the estimand by this method with these variables? */
  readonly identified: boolean;
  /** Shown for contrast, though no statement of the file asked for it. */
  readonly implied: boolean;
}

export interface Estimate extends EstimateHeading {
  readonly kind: 'estimate';
  /** Is the treatment a number, and the contrast a change of it, rather than two levels? */
  readonly dose: boolean;
  /** False where overlap is too thin for the number to mean anything. */
  readonly reliable: boolean;
  readonly estimate: number;
  readonly se: number;
  readonly ci: Interval;
  /** Coverage of `ci`, between 0 and 1. */
  readonly level: number;
  readonly statistic: number;
  readonly p: number;
  /** Rows used. */
  readonly n: number;
  readonly seType: StandardErrorType;
  readonly diagnostics: EstimateDiagnostics;
  /** Most important first. */
  readonly warnings: readonly EstimateWarning[];
  readonly refutations: readonly RefutationOutcome[];
  readonly expectations: readonly ExpectationOutcome[];
  /** What drives the treatment and what the estimate rests on; absent unless asked for, null where nothing is adjusted for. */
  readonly relevance?: Relevance | null;
}

/** A method that could not run; it never stops the others. */
export interface EstimateFailure extends EstimateHeading {
  readonly kind: 'failure';
  readonly error: { readonly code: string; readonly message: string };
}

export type EstimateOutcome = Estimate | EstimateFailure;

/** Rows of the data file, and why some are not used. */
export interface RowCount {
  readonly read: number;
  /** Rows with a value in every variable that some estimate uses. */
  readonly used: number;
  readonly dropped: {
    /** Left out by the data's `where`. */
    readonly where: number;
    /** Left out for a missing value. */
    readonly missing: number;
  };
  /** Of the rows used, in how many a covariate was given a value, by its name; empty where every value was measured. */
  readonly filled: Readonly<Record<string, number>>;
}

export interface EstimationReport {
  readonly rows: RowCount;
  readonly estimates: readonly EstimateOutcome[];
}
