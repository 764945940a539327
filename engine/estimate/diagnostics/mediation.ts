/** What is told of an estimate that goes through mediators beside its metrics. */
export interface MediationDiagnostics {
  /** How the numbers were computed, for a person: which models, or which formula. */
  readonly approach?: string;
  /** Indirect effect over total effect, where both parts have the same sign; with its standard error. */
  readonly proportionMediated?: number;
  readonly proportionSe?: number;
  /** p value of the interaction of treatment and mediators in the model of the outcome. */
  readonly interactionP?: number;
}
