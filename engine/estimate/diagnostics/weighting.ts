/** What is told of an estimate that weights, stratifies or matches rows beside its metrics. */
export interface WeightingDiagnostics {
  /** Effective sample size of each arm under the weights. */
  readonly essTreated?: number;
  readonly essControl?: number;
  /** Largest weight of a row, as a multiple of the mean weight of its arm. */
  readonly maxWeight?: number;
  /** Rows of each arm that count for more than `EXTREME_SHARE` average rows of it. */
  readonly extremeWeights?: { readonly treated: number; readonly control: number };
  /** Balance of each covariate before and after weighting, in the order of the adjustment set. */
  readonly balance?: readonly CovariateBalance[];
}

/** A row that counts for as many average rows of its arm has an extreme weight. */
export const EXTREME_SHARE = 10;

export interface CovariateBalance {
  /** Variable, or variable and level of a categorical one: `region = south`. */
  readonly covariate: string;
  /** Standardised mean differences. */
  readonly smdBefore: number;
  readonly smdAfter: number;
  /** Variance among the treated over that among the untreated; 1 is balance. Not finite where it does not vary among the untreated. */
  readonly varianceRatioBefore: number;
  readonly varianceRatioAfter: number;
  /** Kolmogorov–Smirnov distances: largest difference of the two distribution functions, from 0 to 1. */
  readonly ksBefore: number;
  readonly ksAfter: number;
}
