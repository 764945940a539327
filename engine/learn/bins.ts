/** Values replaced by the number of the bin they fall in: what histogram trees are grown on. Made once a column, whoever asks. */

import type { Feature, FeatureTable } from './learner.ts';

/** Bins of one feature fit a byte; four of them a word. */
export const BINS_LIMIT = 255;

export interface BinnedFeature {
  /** Bin of each row, in 0 … `bins` − 1. For numbers bins ascend with the value. */
  readonly codes: Uint8Array;
  readonly bins: number;
  /** Does the order of the bins mean nothing? */
  readonly categorical: boolean;
}

export interface BinnedTable {
  readonly rows: number;
  readonly features: readonly BinnedFeature[];
  /** Codes of four features a word, the first in the lowest byte: one array a group of four features. */
  readonly words: readonly Uint32Array[];
  /** Where the bins of each feature start among those of all. */
  readonly offsets: Int32Array;
  readonly totalBins: number;
}

const binnedTables = new WeakMap<FeatureTable, BinnedTable>();
const binnedColumns = new WeakMap<Float64Array | Int32Array, BinnedFeature>();

/** The bins of a table. The same table, and the same column in another one, are not binned twice. */
export function binnedTable(table: FeatureTable): BinnedTable {
  const known = binnedTables.get(table);
  if (known !== undefined) return known;
  const features = table.features.map(binnedFeature);
  const offsets = new Int32Array(features.length);
  let totalBins = 0;
  for (const [f, feature] of features.entries()) {
    offsets[f] = totalBins;
    totalBins += feature.bins;
  }
  const binned = { rows: table.rows, features, words: wordsOf(features, table.rows), offsets, totalBins };
  binnedTables.set(table, binned);
  return binned;
}

function wordsOf(features: readonly BinnedFeature[], rows: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(features.length / 4) }, (_group, group) => {
    const words = new Uint32Array(rows);
    for (const [place, { codes }] of features.slice(4 * group, 4 * group + 4).entries()) {
      for (let row = 0; row < rows; row++) words[row] |= codes[row] << (8 * place);
    }
    return words;
  });
}

function binnedFeature(feature: Feature): BinnedFeature {
  const source = feature.kind === 'numeric' ? feature.values : feature.codes;
  const known = binnedColumns.get(source);
  if (known !== undefined) return known;
  const binned =
    feature.kind === 'numeric' ? binnedNumbers(feature.values) : binnedLevels(feature.codes, feature.levels);
  binnedColumns.set(source, binned);
  return binned;
}

function binnedNumbers(values: Float64Array): BinnedFeature {
  const bounds = distinctValues(values, BINS_LIMIT) ?? quantileBounds(values.slice().sort(), BINS_LIMIT);
  return { codes: codesUnder(values, bounds), bins: Math.max(1, bounds.length), categorical: false };
}

/** Ascending; null where there are more than `limit`. */
function distinctValues(values: Float64Array, limit: number): number[] | null {
  const distinct = new Set<number>();
  for (const value of values) {
    distinct.add(value);
    if (distinct.size > limit) return null;
  }
  return [...distinct].sort((a, b) => a - b);
}

/** Largest values of at most `limit` bins with about as many rows each; a value that would fill a bin gets one of its own. */
function quantileBounds(sorted: Float64Array, limit: number): number[] {
  const bounds: number[] = [];
  let start = 0;
  while (start < sorted.length) {
    const share = (sorted.length - start) / Math.max(1, limit - bounds.length);
    const value = sorted[Math.min(sorted.length, start + Math.max(1, Math.round(share))) - 1];
    const [first, end] = [firstAtLeast(sorted, value), firstAbove(sorted, value)];
    const alone = end - first > share && first > start && bounds.length < limit - 1;
    bounds.push(alone ? sorted[first - 1] : value);
    start = alone ? first : end;
  }
  return bounds;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each value the number of bounds under it: a binary search of always eight steps. */
function codesUnder(values: Float64Array, bounds: readonly number[]): Uint8Array {
  const padded = new Float64Array(256).fill(Number.POSITIVE_INFINITY);
  padded.set(bounds);
  const codes = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    let code = 0;
    for (let step = 128; step > 0; step >>>= 1) if (padded[code + step - 1] < value) code += step;
    codes[row] = code;
  }
  return codes;
}

/** A bin a level that occurs; of more than fit, the rarest share the last. */
function binnedLevels(source: Int32Array, levels: number): BinnedFeature {
  const counts = new Float64Array(levels);
  for (const code of source) counts[code] += 1;
  const occurring = Array.from(counts, (_count, code) => code).filter((code) => counts[code] > 0);
  const ranked =
    occurring.length > BINS_LIMIT ? occurring.sort((a, b) => counts[b] - counts[a] || a - b) : occurring;
  const bins = Math.max(1, Math.min(BINS_LIMIT, ranked.length));
  const binOf = new Uint8Array(levels);
  for (const [rank, code] of ranked.entries()) binOf[code] = Math.min(rank, bins - 1);
  return { codes: Uint8Array.from(source, (code) => binOf[code]), bins, categorical: true };
}
