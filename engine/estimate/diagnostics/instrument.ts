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
  /** The test that the Anderson–Rubin set inverts, the robust one where there is one. */
  readonly andersonRubinCurve?: AndersonRubinCurve;
  /** How the treatment goes with the instruments, from the rows as they are: no covariate is held fixed. */
  readonly instrumentMeans?: InstrumentMeans;
}

export interface AndersonRubinCurve {
  readonly robust: boolean;
  /** p values of hypothesised effects, ascending in them: around the estimate, zero where it is not far, and every end of the set. */
  readonly points: readonly { readonly effect: number; readonly p: number }[];
}

export interface InstrumentMeans {
  /** The only instrument, whose values the groups hold; null where several are put together to what they say of the treatment. */
  readonly instrument: string | null;
  /** One a value where there are few, else groups of about as many rows each; ascending. */
  readonly groups: readonly InstrumentGroup[];
}

export interface InstrumentGroup {
  /** The value, or its level where the instrument is text; null for a group of several values. */
  readonly label: string | null;
  /** Mean of the instrument in it. */
  readonly at: number;
  readonly rows: number;
  /** Mean of the treatment (the later of its two levels counts as 1) and its standard error. */
  readonly mean: number;
  readonly se: number;
}
