/** What is said between the process that asks for a job and the process that does it. Everything is plain data. */

import type { ArmsProfile, ProfiledRows } from '../../engine/data/profile/described.ts';
import type { PairPicture } from '../../engine/data/profile/pair.ts';
import type { TableProfile } from '../../engine/data/profile/profile.ts';
import type { ProfiledRoles } from '../../engine/data/profile/suspicions.ts';
import type { DataRequest } from '../../engine/data/request.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimateOutcome, RowCount } from '../../engine/estimate/result.ts';
import type { SurveyAnswer, SurveyRequest } from '../analysis/survey.ts';
import type { DataDescription } from './describeData.ts';
import type { DataFailure } from './failure.ts';
import type { WrittenFile } from './writeParquet.ts';

export type JobRequest =
  | { readonly kind: 'describe'; readonly path: string; readonly columns: readonly string[] }
  | {
      readonly kind: 'profile';
      readonly path: string;
      /** Variables to profile, with the conditions on their rows; null for every column of the file. */
      readonly data: Omit<DataRequest, 'path'> | null;
      readonly roles: ProfiledRoles;
      /** Are the variables wanted by group of the first treatment as well? */
      readonly byArm?: boolean;
    }
  | {
      readonly kind: 'pair';
      /** Of the two, and of the treatment. */
      readonly data: DataRequest;
      readonly x: string;
      readonly y: string;
      readonly treatment: string | null;
    }
  | {
      readonly kind: 'parquet';
      readonly from: string;
      readonly to: string;
      readonly columns: readonly { readonly name: string; readonly number: boolean }[];
    }
  | { readonly kind: 'estimate'; readonly data: DataRequest; readonly plans: readonly EstimatePlan[] }
  | {
      readonly kind: 'scores';
      readonly data: DataRequest;
      readonly plans: readonly EstimatePlan[];
      /** Absolute; its ending is the format. */
      readonly output: string;
    }
  | {
      readonly kind: 'survey';
      readonly path: string;
      readonly request: SurveyRequest;
      /** Columns to describe first, as `describe` does; null for none. */
      readonly describe: readonly string[] | null;
    };

export interface JobResults {
  readonly describe: DataDescription | DataFailure;
  readonly profile: ProfiledFile | DataFailure;
  readonly pair: PairPicture | DataFailure;
  readonly parquet: WrittenFile | DataFailure;
  readonly estimate: EstimatedPlans | DataFailure;
  readonly scores: ScoredFile | DataFailure;
  readonly survey: SurveyedFile | DataFailure;
}

export interface ScoredFile {
  readonly kind: 'scored';
  readonly rows: number;
  /** By plan, in order: the columns that it gave, or why it gave none. */
  readonly plans: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}

export interface ProfiledFile extends TableProfile {
  readonly kind: 'profiled';
  readonly rows: ProfiledRows;
  /** All columns of the file, in order. */
  readonly columns: readonly string[];
  /** Null where it was not asked for, or there is no value of a treatment. */
  readonly byArm: ArmsProfile | null;
}

export interface EstimatedPlans {
  readonly kind: 'estimated';
  readonly rows: RowCount;
  /** By plan, in order. */
  readonly outcomes: readonly (readonly EstimateOutcome[])[];
}

export interface SurveyedFile {
  readonly kind: 'surveyed';
  /** Null where it was not asked for. */
  readonly description: DataDescription | null;
  /** A failure where the rows could not be had: a condition on them cannot be computed, say. */
  readonly answer: SurveyAnswer | DataFailure;
}

export type JobMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly fraction: number | null }
  | { readonly kind: 'result'; readonly result: JobResults[JobRequest['kind']] }
  /** A fault of our own; the process ends after it. */
  | { readonly kind: 'fault'; readonly message: string; readonly stack: string };

export type JobProgress = (stage: string, fraction: number | null) => void;
