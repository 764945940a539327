/**
 * `linear`: generalised linear models as learners: least squares for means, logistic regression by Newton's method for probabilities, and for several
 * classes a logistic regression of each against the first (Begg & Gray 1984). Levels enter as dummies.
 */

import {
  type FeatureTable,
  type FittedLearner,
  type Learner,
  type TrainingRows,
  weightOf,
} from './learner.ts';

/** A column of the design: a number, or an indicator of a level. */
interface DesignColumn {
  readonly feature: number;
  at(row: number): number;
}

/** η = intercept + Σ slopes · (column − centre)/scale; columns that say nothing have slope 0. */
interface LinearModel {
  readonly intercept: number;
  readonly slopes: Float64Array;
  readonly scaling: readonly ColumnScale[];
}

interface ColumnScale {
  readonly centre: number;
  /** Standard deviation; 0 where the column does not vary. */
  readonly scale: number;
}

/** Part of a column's variance outside the span of those before it, under which it says nothing new. */
const COLLINEAR = 1e-10;

const NEWTON_STEPS = 50;
const SETTLED = 1e-10;

/**
 * Probabilities are kept strictly between 0 and 1 by log odds within ± log(2n + 1), those of half a row of n: where a class can be told without error the fit has
 * no end, and stops there.
 */
export const linear: Learner = (table, training, task) => {
  const columns = designColumns(table);
  if (task.kind === 'mean') {
    const model = leastSquares(columns, training);
    return fitted(table, columns, [model], (rows) => [scoresOf(columns, model, rows)]);
  }
  const bound = Math.log(2 * training.rows.length + 1);
  const classes = task.kind === 'classes' ? task.classes : 2;
  const models = Array.from({ length: classes - 1 }, (_class, c) => {
    const rows = training.rows.filter(
      (row) => training.response[row] === 0 || training.response[row] === c + 1,
    );
    const response = training.response.map((value) => (value === c + 1 ? 1 : 0));
    return logistic(columns, { ...training, rows, response }, bound);
  });
  return fitted(table, columns, models, (rows) => {
    const scores = models.map((model) =>
      scoresOf(columns, model, rows).map((score) => Math.max(-bound, Math.min(bound, score))),
    );
    const chances = softmax(scores, rows.length);
    return task.kind === 'classes' ? chances : [chances[1]];
  });
};

function designColumns({ features }: FeatureTable): DesignColumn[] {
  return features.flatMap((feature, f): DesignColumn[] => {
    if (feature.kind === 'numeric') return [{ feature: f, at: (row) => feature.values[row] }];
    const { codes, levels } = feature;
    return Array.from({ length: Math.max(0, levels - 1) }, (_level, l) => ({
      feature: f,
      at: (row: number) => (codes[row] === l + 1 ? 1 : 0),
    }));
  });
}

function scoresOf(columns: readonly DesignColumn[], model: LinearModel, rows: Int32Array): Float64Array {
  const scores = new Float64Array(rows.length).fill(model.intercept);
  for (const [j, column] of columns.entries()) {
    const { centre, scale } = model.scaling[j];
    const slope = model.slopes[j];
    if (slope === 0) continue;
    for (let i = 0; i < rows.length; i++) scores[i] += slope * ((column.at(rows[i]) - centre) / scale);
  }
  return scores;
}

/** Chances of the first class, whose score is 0, and of the others. */
function softmax(scores: readonly Float64Array[], rows: number): Float64Array[] {
  const chances = [0, ...scores.keys()].map(() => new Float64Array(rows));
  for (let i = 0; i < rows; i++) {
    const largest = scores.reduce((most, column) => Math.max(most, column[i]), 0);
    let sum = 0;
    for (const [c, column] of chances.entries()) {
      column[i] = Math.exp((c === 0 ? 0 : scores[c - 1][i]) - largest);
      sum += column[i];
    }
    for (const column of chances) column[i] /= sum;
  }
  return chances;
}

function scaleColumns(columns: readonly DesignColumn[], training: TrainingRows): ColumnScale[] {
  let total = 0;
  for (const row of training.rows) total += weightOf(training, row);
  return columns.map((column) => {
    let centre = 0;
    for (const row of training.rows) centre += (weightOf(training, row) / total) * column.at(row);
    let square = 0;
    for (const row of training.rows) {
      square += (weightOf(training, row) / total) * (column.at(row) - centre) ** 2;
    }
    const scale = Math.sqrt(square);
    return { centre, scale: scale > 1e-12 * Math.abs(centre) && Number.isFinite(scale) ? scale : 0 };
  });
}

/** The training rows of the scaled design, by rows, with a constant first. */
function scaledDesign(
  columns: readonly DesignColumn[],
  scaling: readonly ColumnScale[],
  rows: Int32Array,
): Float64Array {
  const size = columns.length + 1;
  const design = new Float64Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) design[i * size] = 1;
  for (const [j, column] of columns.entries()) {
    const { centre, scale } = scaling[j];
    if (scale === 0) continue;
    for (let i = 0; i < rows.length; i++) design[i * size + j + 1] = (column.at(rows[i]) - centre) / scale;
  }
  return design;
}

function leastSquares(columns: readonly DesignColumn[], training: TrainingRows): LinearModel {
  const scaling = scaleColumns(columns, training);
  const design = scaledDesign(columns, scaling, training.rows);
  const weights = Float64Array.from(training.rows, (row) => weightOf(training, row));
  const response = Float64Array.from(training.rows, (row) => training.response[row]);
  const [intercept, ...slopes] = solveWeighted(
    design,
    columns.length + 1,
    weights,
    (i) => weights[i] * response[i],
  );
  return { intercept, slopes: Float64Array.from(slopes), scaling };
}

/** Newton–Raphson from log odds of zero; each step is shortened until the likelihood rises. */
function logistic(columns: readonly DesignColumn[], training: TrainingRows, bound: number): LinearModel {
  const scaling = scaleColumns(columns, training);
  const size = columns.length + 1;
  const { rows } = training;
  const design = scaledDesign(columns, scaling, rows);
  const own = Float64Array.from(rows, (row) => weightOf(training, row));
  const response = Float64Array.from(rows, (row) => training.response[row]);
  let coefficients = new Float64Array(size);
  let scores = new Float64Array(rows.length);
  let likelihood = logLikelihood(scores, response, own);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const chances = scores.map((score) => 1 / (1 + Math.exp(-score)));
    const curvature = own.map((weight, i) => weight * chances[i] * (1 - chances[i]));
    const direction = solveWeighted(design, size, curvature, (i) => own[i] * (response[i] - chances[i]));
    const next = ascend(design, size, coefficients, direction, response, own, likelihood);
    const gained = next.likelihood - likelihood;
    if (!(gained > 0)) break;
    ({ coefficients, scores, likelihood } = next);
    if (gained < SETTLED * (1 + Math.abs(likelihood)) || scores.every((score) => Math.abs(score) > bound))
      break;
  }
  return { intercept: coefficients[0], slopes: coefficients.slice(1), scaling };
}

interface Ascent {
  readonly coefficients: Float64Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly likelihood: number;
}

function ascend(
  design: Float64Array,
  size: number,
  from: Float64Array,
  direction: readonly number[],
  response: Float64Array,
  weights: Float64Array,
  likelihood: number,
): Ascent {
  for (let length = 1; ; length /= 2) {
    const coefficients = Float64Array.from(from, (value, j) => value + length * direction[j]);
    const scores = new Float64Array(response.length);
    for (let i = 0; i < scores.length; i++) {
      for (let j = 0; j < size; j++) scores[i] += design[i * size + j] * coefficients[j];
    }
    const reached = logLikelihood(scores, response, weights);
    if (reached >= likelihood || length < 1e-6) return { coefficients, scores, likelihood: reached };
  }
}

function logLikelihood(scores: Float64Array, response: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    sum += weights[i] * (response[i] * score - Math.max(score, 0) - Math.log1p(Math.exp(-Math.abs(score))));
  }
  return sum;
}

/** Solves (Σ w x xᵀ) b = Σ x g by Cholesky's method; columns that are combinations of earlier ones get 0. */
function solveWeighted(
  design: Float64Array,
  size: number,
  weights: Float64Array,
  gradient: (i: number) => number,
): number[] {
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let i = 0; i < weights.length; i++) {
    const start = i * size;
    const g = gradient(i);
    for (let j = 0; j < size; j++) {
      const value = design[start + j];
      if (value === 0) continue;
      right[j] += value * g;
      const weighted = value * weights[i];
      for (let k = 0; k <= j; k++) matrix[j * size + k] += weighted * design[start + k];
    }
  }
  return solveLower(matrix, right, size);
}

function solveLower(matrix: Float64Array, right: Float64Array, size: number): number[] {
  const diagonal = Float64Array.from({ length: size }, (_value, j) => matrix[j * size + j]);
  const lost = new Uint8Array(size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let rest = matrix[j * size + k];
      for (let m = 0; m < k; m++) rest -= matrix[j * size + m] * matrix[k * size + m];
      if (k < j) matrix[j * size + k] = lost[k] === 1 ? 0 : rest / matrix[k * size + k];
      else if (rest > COLLINEAR * diagonal[j]) matrix[j * size + j] = Math.sqrt(rest);
      else lost[j] = 1;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let j = 0; j < size; j++) {
    let rest = right[j];
    for (let k = 0; k < j; k++) rest -= matrix[j * size + k] * solution[k];
    solution[j] = lost[j] === 1 ? 0 : rest / matrix[j * size + j];
  }
  for (let j = size - 1; j >= 0; j--) {
    let rest = solution[j];
    for (let k = j + 1; k < size; k++) rest -= matrix[k * size + j] * solution[k];
    solution[j] = lost[j] === 1 ? 0 : rest / matrix[j * size + j];
  }
  return solution;
}

/** Importances are squared standardised slopes, over their sum. */
function fitted(
  { features }: FeatureTable,
  columns: readonly DesignColumn[],
  models: readonly LinearModel[],
  predict: (rows: Int32Array) => readonly Float64Array[],
): FittedLearner {
  const parts = features.map(() => 0);
  for (const { slopes } of models) {
    for (const [j, { feature }] of columns.entries()) parts[feature] += slopes[j] ** 2;
  }
  const total = parts.reduce((sum, part) => sum + part, 0);
  return { predict, importances: parts.map((part) => (total > 0 ? part / total : 0)) };
}
