/** What an estimator is: a short file that states its estimating equations, and a row in `estimators.ts`. */

import type { EstimationFailure, EstimationProblem } from './problem.ts';
import type { PropensityResult } from './propensity.ts';
import type { Estimand, EstimateDiagnostics, EstimateWarning, StandardErrorType } from './result.ts';

/** A number a row that an estimator made on its way, for whoever wants the rows back with it. */
export interface RowScore {
  readonly name: 'propensity' | 'weight' | 'stratum' | 'matched_row' | 'effect';
  /** Level and reference that it is about; null where it is about all. */
  readonly contrast: readonly [level: string, reference: string] | null;
  /** One a row of the problem's table; `NaN` where the row has none. A matched row is told by its index in that table. */
  readonly values: Float64Array;
}

export interface ContrastEstimate {
  readonly contrast: readonly [level: string, reference: string];
  readonly estimate: number;
  readonly se: number;
  /** Where a method answers several questions at once: which this is, if not the plan's. */
  readonly estimand?: Estimand;
  /** Its own, where the contrasts of an answer differ in them. */
  readonly diagnostics?: EstimateDiagnostics;
  /** Told after those of the answer; its own reason why the number means nothing. */
  readonly warnings?: readonly EstimateWarning[];
  readonly unreliable?: EstimateWarning | null;
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
  /** What each row got; made only when asked for. Absent where the method gives rows nothing. */
  readonly rowScores?: () => Promise<readonly RowScore[]>;
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
