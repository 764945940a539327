/** The bins of the rows that a model is grown on, in the order of its training rows, so that growing walks through memory forwards. */

import type { BinnedFeature, BinnedTable } from './bins.ts';

export interface TrainingBins {
  readonly rows: number;
  readonly features: readonly BinnedFeature[];
  /** Codes of four features a word: all rows of the first four features, then of the next four. */
  readonly words: Uint32Array;
  readonly offsets: Int32Array;
  readonly totalBins: number;
}

/** The rows `rows` of a table, in their order. */
export function trainingBins(table: BinnedTable, rows: Int32Array): TrainingBins {
  const words = new Uint32Array(table.words.length * rows.length);
  for (const [group, source] of table.words.entries()) {
    const start = group * rows.length;
    for (let i = 0; i < rows.length; i++) words[start + i] = source[rows[i]];
  }
  return {
    rows: rows.length,
    features: table.features,
    words,
    offsets: table.offsets,
    totalBins: table.totalBins,
  };
}
