/** Rows to learn from, brought together: bins, response and weight side by side, in the order of the training rows. */

import { binnedTable } from './bins.ts';
import type { FeatureTable, TrainingRows } from './learner.ts';
import { type TrainingBins, trainingBins } from './trainingBins.ts';

export interface TrainingSet {
  readonly rows: number;
  readonly bins: TrainingBins;
  readonly response: Float64Array;
  /** Counts of alike rows where all weights are whole, else scaled to a mean of 1; null for equal ones. */
  readonly weights: Float64Array | null;
  /** Σ of the weights. */
  readonly weight: number;
}

/** The training rows that weigh something. */
export function weighingRows({ rows, weights }: TrainingRows): Int32Array {
  return weights === null ? rows : rows.filter((row) => weights[row] > 0);
}

/** The rows `rows` of a table with their response and weights, in their order. */
export function trainingSet(
  table: FeatureTable,
  { response, weights }: TrainingRows,
  rows: Int32Array,
): TrainingSet {
  const own = weights === null ? null : unitWeights(gather(weights, rows));
  return {
    rows: rows.length,
    bins: trainingBins(binnedTable(table), rows),
    response: gather(response, rows),
    weights: own,
    weight: own === null ? rows.length : own.reduce((sum, weight) => sum + weight, 0),
  };
}

/** `source` at the indices `rows`. */
export function gather(source: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = source[rows[i]];
  return values;
}

function unitWeights(weights: Float64Array): Float64Array {
  if (weights.every((weight) => Number.isInteger(weight))) return weights;
  const mean = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
  return weights.map((weight) => weight / mean);
}
