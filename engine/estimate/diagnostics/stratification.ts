/** What is told of an estimate within classes of the propensity beside its metrics. */
export interface StratificationDiagnostics {
  /** Ascending in the propensity; classes without an arm are among them. */
  readonly strata?: readonly Stratum[];
}

export interface Stratum {
  /** Lowest and highest propensity of its rows. */
  readonly from: number;
  readonly to: number;
  /** Rows of each arm. */
  readonly treated: number;
  readonly control: number;
  /** Difference of the arms' means; null where one is missing, and the class does not count. */
  readonly difference: number | null;
  /** Its part in the estimate; the parts sum to 1. */
  readonly share: number;
}
