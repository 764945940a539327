/** What is told of an estimate with a Neyman-orthogonal score beside its metrics: the pieces of the bounds of Chernozhukov, Cinelli, Newey, Sharma & Syrgkanis (2022). */
export interface DebiasedDiagnostics {
  /**
   * σ² = E[(Y − g(T, X))²], in squared units of the outcome: what the outcome model leaves unexplained. With `dml` g is the partially linear
   * ℓ(X) + θ (T − m(X)).
   */
  readonly outcomeVariance?: number;
  /**
   * ν² = E[α(T, X)²] of the Riesz representer α, for which the effect is E[α Y]: with `dml` (T − m)/E[(T − m)²] (for several levels the row of that
   * level of the inverse of their covariance, times them), with `aipw` and `tmle` the weight of the treated row, or minus that of the untreated, over the size of
   * the population. In inverse squared units of the treatment.
   */
  readonly rieszVariance?: number;
  /** Standard error of the estimate with the estimation of parametric nuisance models in it, where both are parametric: right even where one of them is not. */
  readonly stackedSe?: number;
}
