/** What is told of a propensity beside its metrics. */
export interface PropensityDiagnostics {
  /** Equally wide bins of the propensity from 0 to 1. */
  readonly overlap?: readonly OverlapBin[];
  /** Rows with a propensity outside [trim, 1 − trim] were left out; absent where none could be. */
  readonly trim?: number;
  /** What the model of the treatment rests on. */
  readonly propensityModel?: PropensityModelSummary;
}

export interface OverlapBin {
  readonly from: number;
  readonly to: number;
  /** Rows of each arm. */
  readonly treated: number;
  readonly control: number;
  /** Shares of each arm's weight, which sum to 1. */
  readonly weightedTreated: number;
  readonly weightedControl: number;
}

export interface PropensityModelSummary {
  readonly model: 'logistic' | 'probit' | 'tree' | 'boosting';
  /** Of a parametric model, in the order of the adjustment set; null for a learned one. */
  readonly coefficients: readonly PropensityCoefficient[] | null;
  /** Of a learned model: what each variable contributed to its fit, summing to 1, largest first; null for a parametric one. */
  readonly importances: readonly { readonly variable: string; readonly importance: number }[] | null;
}

export interface PropensityCoefficient {
  readonly covariate: string;
  /** The level whose log odds against the first it moves; null where there are two. */
  readonly level: string | null;
  readonly coefficient: number;
  /** Times the standard deviation of the covariate: its pull on the linear predictor. */
  readonly standardised: number;
}
