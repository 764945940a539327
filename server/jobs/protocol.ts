/** What is said between the process that asks for a job and the process that does it. Everything is plain data. */

import type { DataRequest } from '../../engine/data/request.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimateOutcome, RowCount } from '../../engine/estimate/result.ts';
import type { DataDescription } from './describeData.ts';
import type { DataFailure } from './failure.ts';

export type JobRequest =
  | { readonly kind: 'describe'; readonly path: string; readonly columns: readonly string[] }
  | { readonly kind: 'estimate'; readonly data: DataRequest; readonly plans: readonly EstimatePlan[] };

export interface JobResults {
  readonly describe: DataDescription | DataFailure;
  readonly estimate: EstimatedPlans | DataFailure;
}

export interface EstimatedPlans {
  readonly kind: 'estimated';
  readonly rows: RowCount;
  /** By plan, in order. */
  readonly outcomes: readonly (readonly EstimateOutcome[])[];
}

export type JobMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly fraction: number | null }
  | { readonly kind: 'result'; readonly result: JobResults[JobRequest['kind']] }
  /** A fault of our own; the process ends after it. */
  | { readonly kind: 'fault'; readonly message: string; readonly stack: string };

export type JobProgress = (stage: string, fraction: number | null) => void;
