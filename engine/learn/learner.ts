/** What a machine learner is: something that predicts a response from covariates, fitted on some rows and used on others. */

import type { Random } from '../stats/random.ts';

/** A covariate as learners take it: numbers, or levels whose order means nothing. */
export type Feature =
  | { readonly kind: 'numeric'; readonly label: string; readonly values: Float64Array }
  | {
      readonly kind: 'categorical';
      readonly label: string;
      /** In 0 … `levels` − 1. */
      readonly codes: Int32Array;
      readonly levels: number;
    };

/** Features of equal length without missing values. */
export interface FeatureTable {
  readonly rows: number;
  readonly features: readonly Feature[];
}

export type LearningTask =
  /** E[response | features], by squared error. */
  | { readonly kind: 'mean' }
  /** P(response = 1 | features) of a 0/1 response, by log-likelihood. */
  | { readonly kind: 'probability' }
  /** P(response = c | features) of a response in 0 … classes − 1. */
  | { readonly kind: 'classes'; readonly classes: number };

export interface TrainingRows {
  /** Indices into the feature table, in an order that does not depend on that of the file. */
  readonly rows: Int32Array;
  /** One a row of the feature table. */
  readonly response: Float64Array;
  /** One a row of the feature table, not negative; null for equal ones. */
  readonly weights: Float64Array | null;
}

/** The weight of a row of the table. */
export function weightOf({ weights }: TrainingRows, row: number): number {
  return weights === null ? 1 : weights[row];
}

export interface FittedLearner {
  /** Predictions for `rows`, in their order: one array, or for `classes` one a class. */
  predict(rows: Int32Array): readonly Float64Array[];
  /** What each feature contributed to the fit, summing to 1 (or all 0 where none did), in the order of the features. */
  readonly importances: readonly number[];
}

/** Fits to the training rows; the same rows, task and random stream give the same fit. */
export type Learner = (
  table: FeatureTable,
  training: TrainingRows,
  task: LearningTask,
  random: Random,
) => FittedLearner;
