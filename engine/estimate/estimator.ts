/** What an estimator is: a short file that states its estimating equations, and a row in `estimators.ts`. */

import type { EstimationFailure, EstimationProblem } from './problem.ts';
import type { PropensityResult } from './propensity.ts';
import type { EstimateDiagnostics, EstimateWarning, StandardErrorType } from './result.ts';

export interface ContrastEstimate {
  readonly contrast: readonly [level: string, reference: string];
  readonly estimate: number;
  readonly se: number;
}

export interface EstimatorAnswer {
  readonly kind: 'answer';
  /** One a contrast of the treatment. */
  readonly contrasts: readonly ContrastEstimate[];
  /** Degrees of freedom of the t distribution; null for the normal. */
  readonly df: number | null;
  readonly seType: StandardErrorType;
  /** Rows used. */
  readonly n: number;
  readonly diagnostics: EstimateDiagnostics;
  readonly warnings: readonly EstimateWarning[];
  /** Why the number means nothing; null where it is reliable. */
  readonly unreliable: EstimateWarning | null;
}

/** What an estimator finds around it: fits that several estimates of one run share, each made once. */
export interface SharedFits {
  /** Is only the number wanted, as for a resample, without error and diagnostics? */
  readonly pointOnly: boolean;
  propensity(problem: EstimationProblem): Promise<PropensityResult>;
}

export type Estimator = (
  problem: EstimationProblem,
  shared: SharedFits,
) => Promise<EstimatorAnswer | EstimationFailure>;

/** The answer where only the numbers are wanted. */
export function pointAnswer(contrasts: readonly Omit<ContrastEstimate, 'se'>[], n: number): EstimatorAnswer {
  return {
    kind: 'answer',
    contrasts: contrasts.map((contrast) => ({ ...contrast, se: Number.NaN })),
    df: null,
    seType: 'bootstrap',
    n,
    diagnostics: { metrics: {} },
    warnings: [],
    unreliable: null,
  };
}
