/** What is told of an estimate that weights or matches rows beside its metrics. */
export interface WeightingDiagnostics {
  /** Effective sample size of each arm under the weights. */
  readonly essTreated?: number;
  readonly essControl?: number;
  /** Largest weight of a row, as a multiple of the mean weight of its arm. */
  readonly maxWeight?: number;
  /** Balance of each covariate before and after weighting, in the order of the adjustment set. */
  readonly balance?: readonly CovariateBalance[];
}

export interface CovariateBalance {
  /** Variable, or variable and level of a categorical one: `region = south`. */
  readonly covariate: string;
  /** Standardised mean differences. */
  readonly smdBefore: number;
  readonly smdAfter: number;
}
