import type { Interval } from '../../stats/confidenceSet.ts';

/** What is told of individual effects beside their average. */
export interface HeterogeneityDiagnostics {
  readonly heterogeneity?: Heterogeneity;
}

export interface Heterogeneity {
  /** The predicted effects of the rows, each by models that did not see the row. */
  readonly effects: {
    readonly mean: number;
    readonly sd: number;
    readonly quantiles: readonly { readonly probability: number; readonly value: number }[];
  };
  readonly calibration: Calibration | null;
  /** Average effects of the rows in quarters of the predicted effect, lowest first; empty where all are predicted alike. */
  readonly ranked: readonly EffectGroup[];
  /** Average effects of the groups that `by` asks for. */
  readonly groups: readonly EffectGroup[];
  /** Best linear projection of the effect on the covariates; null where there are none, or too few rows. */
  readonly projection: readonly ProjectionTerm[] | null;
  readonly uplift: Uplift;
}

/**
 * The regression of the doubly robust scores on the predicted effects, less their mean in the fold: slope 1 where predictions differ as the effects do,
 * 0 where they say nothing of them.
 */
export interface Calibration {
  readonly slope: number;
  readonly se: number;
  /** One-sided, from predictions that each fold got from those before it: the chance of such slopes if effects did not differ. */
  readonly p: number;
}

export interface EffectGroup {
  readonly variable: string;
  readonly label: string;
  readonly rows: number;
  readonly estimate: number;
  readonly se: number;
  /** At the estimate's level. */
  readonly ci: Interval;
}

export interface ProjectionTerm {
  /** As a column of the design: `age`, `region = south`. */
  readonly covariate: string;
  /** Change of the effect with one unit of it. */
  readonly coefficient: number;
  readonly se: number;
  readonly p: number;
}

/** Who should be treated first: rows are taken in the order of their predicted effect, largest first. */
export interface Uplift {
  /** Gain a person of the population, if that share of it is treated: (1/n) Σ of the scores of those taken. */
  readonly curve: readonly { readonly share: number; readonly gain: number }[];
  /** Area between the curve and the straight line of a random order (Qini), in units of the outcome. */
  readonly area: number;
  /** Of the area of this order. */
  readonly se: number;
}
