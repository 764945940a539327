/** What a doubly robust method knows of how far an omitted variable could move it (Chernozhukov et al. 2022, "Long story short"). */
export interface RepresenterDiagnostics {
  /** σ²: mean square of what the outcome model leaves. */
  readonly outcomeVariance?: number;
  /** ν²: mean square of the Riesz representer, the weight that the estimate gives to what is left. */
  readonly rieszVariance?: number;
}
