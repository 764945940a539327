/** What is told of an estimate that is computed from a formula of the graph. */
export interface FormulaDiagnostics {
  /** `Σ_{z} P(y | x, z) P(z)`; absent where it was computed in another way. */
  readonly formula?: string;
  /** Combinations of levels that occur in the rows. */
  readonly combinations?: number;
  /** Of a two-valued outcome: the share that would have its last value if all had the level. */
  readonly interventionalMeans?: readonly InterventionalMean[];
}

export interface InterventionalMean {
  readonly level: string;
  readonly mean: number;
}
