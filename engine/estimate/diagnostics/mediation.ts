/** What is told of an estimate that goes through mediators beside its metrics. */
export interface MediationDiagnostics {
  /** How the numbers were computed, for a person: which models, or which formula. */
  readonly approach?: string;
  /** Indirect effect over total effect, where both parts have the same sign; with its standard error. */
  readonly proportionMediated?: number;
  readonly proportionSe?: number;
  /** p value of the interaction of treatment and mediators in the model of the outcome. */
  readonly interactionP?: number;
  /** The effect and the parts that it splits into, whichever of them were asked for; the two parts sum to the whole. */
  readonly decomposition?: {
    readonly total: EffectPart;
    readonly direct: EffectPart;
    readonly indirect: EffectPart;
  };
}

export interface EffectPart {
  readonly estimate: number;
  readonly se: number;
}
