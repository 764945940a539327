import type { ConfidenceSet } from '../../stats/confidenceSet.ts';

/** What is told of an instrumental-variable estimate beside its metrics. */
export interface InstrumentDiagnostics {
  readonly firstStageFRobust?: number;
  readonly partialR2?: number;
  /** Effective F that has to be exceeded to rule out, at 5 %, a bias of more than a tenth (a twentieth) of the worst case. */
  readonly effectiveFCritical10?: number;
  readonly effectiveFCritical5?: number;
  /** F statistic of the regression form of the Durbin–Wu–Hausman test; its p value is the metric `hausman_p`. */
  readonly wuHausman?: number;
  /** n·R² statistic of the over-identifying restrictions; its p value is the metric `overid_p`. */
  readonly sargan?: number;
  /** Hansen's J of the over-identifying restrictions, for `gmm`; its p value is the metric `overid_p`. */
  readonly hansenJ?: number;
  /** κ of the k-class, for `liml`: 1 would be two-stage least squares. */
  readonly kappa?: number;
  /** Weak-instrument robust confidence set at the estimate's level, for errors of the same variance in all rows. */
  readonly andersonRubin?: ConfidenceSet;
  /** The same for errors whose variance differs between rows, or that go together within clusters. */
  readonly andersonRubinRobust?: ConfidenceSet;
  /** Slope of the treatment on the first instrument given the covariates and the other instruments, and its standard error. */
  readonly firstStage?: number;
  readonly firstStageSe?: number;
  /** Slope of the outcome on it. */
  readonly reducedForm?: number;
  readonly reducedFormSe?: number;
}
