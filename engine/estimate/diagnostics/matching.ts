/** What is told of an estimate that matches rows. */
export interface MatchingDiagnostics {
  readonly matching?: {
    /** Rows whose effects are averaged, and rows that should have been and have no match within the caliper. */
    readonly matched: number;
    readonly unmatched: number;
    /** Largest distance of a match, in units of the propensity's linear predictor; null without a caliper. */
    readonly caliper: number | null;
    /** Rows that share the match that serves the most of them. */
    readonly mostUsed: number;
    /** The comparison without regression correction. */
    readonly uncorrected: { readonly estimate: number; readonly se: number };
  };
}
