import type { ConfidenceSet } from '../../stats/confidenceSet.ts';

/** What is told of an instrumental-variable estimate beside its metrics. */
export interface InstrumentDiagnostics {
  readonly firstStageFRobust?: number;
  readonly partialR2?: number;
  /** F statistic of the regression form of the Durbin–Wu–Hausman test; its p value is the metric `hausman_p`. */
  readonly wuHausman?: number;
  /** n·R² statistic of the over-identifying restrictions; its p value is the metric `overid_p`. */
  readonly sargan?: number;
  /** Weak-instrument robust confidence set at the estimate's level. */
  readonly andersonRubin?: ConfidenceSet;
  /** Slope of the outcome on the first instrument given the covariates. */
  readonly reducedForm?: number;
}
