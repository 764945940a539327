/** What boosting minimises, task by task: loss, its derivatives in the scores of the trees, and from scores to predictions. */

import type { LearningTask } from './learner.ts';
import { scaledResponse } from './scaledResponse.ts';
import type { TrainingSet } from './trainingSet.ts';

export interface Objective {
  /** Score of every row before the first tree, one an output. */
  readonly start: readonly number[];
  /** Scores are kept within ± this. */
  readonly bound: number;
  /** Is the second derivative the weight alone? */
  readonly constantCurvature: boolean;
  /**
   * Writes for the rows before `end` the negative first derivatives of the loss in their scores, and, where curvature is not constant, the second ones;
   * both multiplied by the weights.
   */
  derivatives(
    scores: readonly Float64Array[],
    end: number,
    gradients: readonly Float64Array[],
    curvatures: readonly Float64Array[],
  ): void;
  /** Mean loss of the rows `from … rows`. */
  loss(scores: readonly Float64Array[], from: number): number;
  /** Turns scores into predictions, in place. */
  finish(scores: readonly Float64Array[]): void;
}

/** The objective of a task on the rows of a set. */
export function objectiveOf(task: LearningTask, set: TrainingSet): Objective {
  switch (task.kind) {
    case 'mean':
      return squaredError(set);
    case 'probability':
      return logistic(set);
    case 'classes':
      return softmax(set, task.classes);
  }
}

/** Σ w (y − F)² / 2 of the scaled response. */
function squaredError(set: TrainingSet): Objective {
  const { weights } = set;
  const { values: y, restore } = scaledResponse(set);
  return {
    start: [0],
    bound: Number.POSITIVE_INFINITY,
    constantCurvature: true,
    derivatives([scores], end, [gradients]) {
      if (weights === null) for (let i = 0; i < end; i++) gradients[i] = y[i] - scores[i];
      else for (let i = 0; i < end; i++) gradients[i] = weights[i] * (y[i] - scores[i]);
    },
    loss: ([scores], from) => meanOver(set, from, (i) => (y[i] - scores[i]) ** 2),
    finish([scores]) {
      for (let i = 0; i < scores.length; i++) scores[i] = restore(scores[i]);
    },
  };
}

/** The log odds that half a row of n speaks for: no score is beyond it, so no probability is 0 or 1. */
function logOddsBound(weight: number): number {
  return Math.log(2 * weight + 1);
}

function logistic(set: TrainingSet): Objective {
  const { response, weights } = set;
  const bound = logOddsBound(set.weight);
  const mean = meanOver(set, 0, (i) => response[i]);
  return {
    start: [Math.max(-bound, Math.min(bound, Math.log(mean / (1 - mean))))],
    bound,
    constantCurvature: false,
    derivatives([scores], end, [gradients], [curvatures]) {
      for (let i = 0; i < end; i++) {
        const probability = 1 / (1 + Math.exp(-scores[i]));
        const weight = weights === null ? 1 : weights[i];
        gradients[i] = weight * (response[i] - probability);
        curvatures[i] = weight * probability * (1 - probability);
      }
    },
    loss: ([scores], from) =>
      meanOver(
        set,
        from,
        (i) => Math.log1p(Math.exp(-Math.abs(scores[i]))) + Math.max(scores[i], 0) - response[i] * scores[i],
      ),
    finish([scores]) {
      for (let i = 0; i < scores.length; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]));
    },
  };
}

/** Multinomial log-likelihood with a score a class; the curvature is that of Friedman (2001, section 4.6). */
function softmax(set: TrainingSet, classes: number): Objective {
  const { response, weights } = set;
  const bound = logOddsBound(set.weight);
  const shares = Array.from({ length: classes }, (_class, c) =>
    meanOver(set, 0, (i) => (response[i] === c ? 1 : 0)),
  );
  const factor = classes / Math.max(1, classes - 1);
  return {
    // Half a row of each class keeps the share of one that does not occur from 0.
    start: shares.map((share) => Math.log((share * set.weight + 0.5) / (set.weight + classes / 2))),
    bound,
    constantCurvature: false,
    derivatives(scores, end, gradients, curvatures) {
      for (let i = 0; i < end; i++) {
        const normaliser = logSumExp(scores, i);
        const weight = weights === null ? 1 : weights[i];
        for (let c = 0; c < classes; c++) {
          const probability = Math.exp(scores[c][i] - normaliser);
          gradients[c][i] = weight * ((response[i] === c ? 1 : 0) - probability);
          curvatures[c][i] = weight * factor * probability * (1 - probability);
        }
      }
    },
    loss: (scores, from) => meanOver(set, from, (i) => logSumExp(scores, i) - scores[response[i]][i]),
    finish(scores) {
      for (let i = 0; i < scores[0].length; i++) {
        const normaliser = logSumExp(scores, i);
        for (let c = 0; c < classes; c++) scores[c][i] = Math.exp(scores[c][i] - normaliser);
      }
    },
  };
}

function logSumExp(scores: readonly Float64Array[], row: number): number {
  let largest = scores[0][row];
  for (let c = 1; c < scores.length; c++) largest = Math.max(largest, scores[c][row]);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += Math.exp(scores[c][row] - largest);
  return largest + Math.log(sum);
}

function meanOver({ rows, weights }: TrainingSet, from: number, value: (i: number) => number): number {
  let sum = 0;
  let weight = 0;
  for (let i = from; i < rows; i++) {
    const own = weights === null ? 1 : weights[i];
    sum += own * value(i);
    weight += own;
  }
  return sum / weight;
}
