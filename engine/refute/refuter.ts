/** What a refuter is: a file that says what it changes, and a row in `refuters.ts`. */

import type { ContrastEstimate, Estimator, EstimatorAnswer } from '../estimate/estimator.ts';
import type { EstimationData, EstimationProblem } from '../estimate/problem.ts';
import type { RefutationDetails } from '../estimate/refutation.ts';
import type { Interval } from '../stats/confidenceSet.ts';
import type { LinearModel } from './linearModel.ts';

/** The estimate that is to be refuted, with what several refuters share of it. */
export interface RefutationTask {
  readonly data: EstimationData;
  readonly problem: EstimationProblem;
  readonly estimator: Estimator;
  readonly answer: EstimatorAnswer;
  /** One a contrast, as reported: with bootstrapped errors where the plan asks for them. */
  readonly estimates: readonly ReportedContrast[];
  /** Refits of a refuter that repeats. */
  readonly repetitions: number;
  /** Fits of a learner take their time, so that there are fewer of them. */
  readonly slow: boolean;
  readonly seed: number;
  /** Told how far a refuter has come, between 0 and 1. */
  readonly onProgress: (fraction: number) => void;
  /** Made when first asked for: the model in cross-products, null where the method has none. */
  readonly linear: () => Promise<LinearModel | null>;
  /** Made when first asked for: the rows in an order that their values decide. */
  readonly order: () => Int32Array;
}

export interface ReportedContrast {
  readonly contrast: ContrastEstimate['contrast'];
  readonly estimate: number;
  readonly se: number;
  readonly ci: Interval;
}

/** What a refuter found of one contrast. */
export interface Finding {
  readonly passed: boolean | null;
  readonly message: string;
  readonly estimate?: number;
  readonly p?: number;
  readonly interval?: Interval;
  readonly details?: RefutationDetails;
}

export type RefuterAnswer =
  | {
      readonly kind: 'findings';
      /** One a contrast. */
      readonly findings: readonly (Finding | { readonly error: string })[];
      readonly computation: 'cross-products' | 'refits' | null;
      /** Refits that gave an estimate, and those that could not. */
      readonly repetitions: number;
      readonly failed: number;
    }
  | { readonly kind: 'failure'; readonly message: string };

export type Refuter = (task: RefutationTask) => Promise<RefuterAnswer>;
