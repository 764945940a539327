/** What is told of a regression beside its metrics. */
export interface RegressionDiagnostics {
  /** Condition number of the centred and scaled design, at least 1. */
  readonly condition?: number;
  /** p value of the RESET test of the regression's functional form. */
  readonly resetP?: number;
}
