/** What came of refuting an estimate. */

import type { RosenbaumBounds } from '../refute/rosenbaum.ts';
import type { Interval } from '../stats/confidenceSet.ts';

/** A confounder as strong as `times` the covariate named, and the estimate adjusted for it. */
export interface BenchmarkBound {
  readonly covariate: string;
  readonly times: number;
  /** Part of what the covariates leave of the treatment, and of the outcome, that it explains. */
  readonly partialR2Treatment: number;
  readonly partialR2Outcome: number;
  readonly estimate: number;
  readonly se: number;
  readonly t: number;
  readonly ci: Interval;
}

/** Estimates over a grid of a confounder's strengths: one row a strength with the treatment, one column a strength with the outcome. */
export interface StrengthGrid {
  readonly treatment: readonly number[];
  readonly outcome: readonly number[];
  readonly estimates: readonly (readonly (number | null)[])[];
}

export type RefutationDetails =
  | { readonly kind: 'move'; readonly move: number; readonly se: number }
  | {
      readonly kind: 'grid';
      readonly grid: StrengthGrid;
      /** Partial R² with both treatment and outcome at which the sign flips; null where it does not within the grid. */
      readonly flipsAt: number | null;
    }
  | {
      readonly kind: 'linear-bounds';
      readonly robustnessValue: number;
      /** At which the interval reaches zero. */
      readonly robustnessValueAlpha: number;
      readonly alpha: number;
      /** Of the treatment with the outcome: also the partial R² with the treatment that suffices for a confounder which explains all of the outcome. */
      readonly partialR2: number;
      readonly t: number;
      readonly df: number;
      readonly bounds: readonly BenchmarkBound[];
      readonly contour: StrengthGrid;
      readonly contourT: readonly (readonly (number | null)[])[];
    }
  | {
      readonly kind: 'nonparametric-bounds';
      readonly robustnessValue: number;
      readonly robustnessValueAlpha: number;
      readonly alpha: number;
      /** √(σ²ν²): the bias of a confounder of strength 1 with outcome and representer. */
      readonly scale: number;
      readonly contour: StrengthGrid;
    }
  | {
      readonly kind: 'e-value';
      readonly riskRatio: number;
      readonly riskRatioCi: Interval;
      readonly eValue: number;
      /** Of the end of the interval next to 1; 1 where the interval holds 1. */
      readonly eValueLimit: number;
      readonly scale: 'risks' | 'standardised difference';
    }
  | ({ readonly kind: 'rosenbaum'; readonly alpha: number } & RosenbaumBounds);

export interface RefutationOutcome {
  readonly refuter: string;
  /** `machinery`: a failure says that the estimate is computed wrongly or cannot be; `effect`: that it does not stand firm. */
  readonly verdict: 'machinery' | 'effect';
  readonly nullHypothesis: string | null;
  /** Mean of the refitted estimates; null where nothing is refitted. */
  readonly estimate: number | null;
  /** How far out in their distribution the value asked about lies, two-sided; no p value of the effect. */
  readonly p: number | null;
  /** Null where it reports rather than judges, or could not be asked. */
  readonly passed: boolean | null;
  /** 95 % of the refitted estimates. */
  readonly interval: Interval | null;
  /** Refits that gave an estimate, and those that could not. */
  readonly repetitions: number;
  readonly failed: number;
  /** How they were made; null without any. */
  readonly computation: 'cross-products' | 'refits' | null;
  /** The verdict in words. */
  readonly message: string;
  /** Why there is none; null where there is. */
  readonly error: string | null;
  readonly details: RefutationDetails | null;
}
