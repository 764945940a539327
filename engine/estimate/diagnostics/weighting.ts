/** What is told of an estimate that weights, stratifies or matches rows beside its metrics. */
export interface WeightingDiagnostics {
  /** The levels of the treatment whose rows are called treated and control here: the later and the earlier one, whichever way round the contrast is. */
  readonly arms?: { readonly treated: string; readonly control: string };
  /** Effective sample size of each arm under the weights. */
  readonly essTreated?: number;
  readonly essControl?: number;
  /** Largest weight of a row, as a multiple of the mean weight of its arm. */
  readonly maxWeight?: number;
  /** Rows of each arm that count for more than `EXTREME_SHARE` average rows of it. */
  readonly extremeWeights?: { readonly treated: number; readonly control: number };
  /** How many rows have which weight. */
  readonly weights?: WeightHistogram;
  /** Balance of each covariate before and after weighting, in the order of the adjustment set. */
  readonly balance?: readonly CovariateBalance[];
}

/** A row that counts for as many average rows of its arm has an extreme weight. */
export const EXTREME_SHARE = 10;

export interface WeightHistogram {
  /** Rows of each arm that do not count at all. */
  readonly zero: { readonly treated: number; readonly control: number };
  /**
   * Bins in which a weight, as a multiple of the mean weight of its arm, grows by √2, ascending and without gaps; 1 lies in the middle of its
   * bin. The first and the last hold what is further out as well.
   */
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    /** Rows of each arm. */
    readonly treated: number;
    readonly control: number;
  }[];
}

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
