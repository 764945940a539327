/** Histograms: for each bin of each feature, the sum of a number over the rows that fall in it. */

import type { TrainingBins } from './trainingBins.ts';

/**
 * Sums `values` by the bins of all features into `sums`, which is cleared first. `positions[start … end)` are the rows;
 * `gathered` is room for as many numbers.
 */
export function fillHistogram(
  bins: TrainingBins,
  positions: Int32Array,
  start: number,
  end: number,
  values: Float64Array,
  gathered: Float64Array,
  sums: Float64Array,
): void {
  sums.fill(0);
  for (let i = start; i < end; i++) gathered[i] = values[positions[i]];
  const { offsets, words, rows } = bins;
  const features = offsets.length;
  for (let f = 0; f < features; f += 4) {
    const group = words.subarray((f / 4) * rows, (f / 4 + 1) * rows);
    if (f + 4 <= features) {
      addFour(
        group,
        positions,
        start,
        end,
        gathered,
        sums,
        offsets[f],
        offsets[f + 1],
        offsets[f + 2],
        offsets[f + 3],
      );
    } else {
      for (let place = 0; f + place < features; place++) {
        addOne(group, positions, start, end, gathered, sums, offsets[f + place], 8 * place);
      }
    }
  }
}

function addFour(
  words: Uint32Array,
  positions: Int32Array,
  start: number,
  end: number,
  values: Float64Array,
  sums: Float64Array,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  for (let i = start; i < end; i++) {
    const word = words[positions[i]];
    const value = values[i];
    sums[first + (word & 255)] += value;
    sums[second + ((word >>> 8) & 255)] += value;
    sums[third + ((word >>> 16) & 255)] += value;
    sums[fourth + (word >>> 24)] += value;
  }
}

function addOne(
  words: Uint32Array,
  positions: Int32Array,
  start: number,
  end: number,
  values: Float64Array,
  sums: Float64Array,
  offset: number,
  shift: number,
): void {
  for (let i = start; i < end; i++) sums[offset + ((words[positions[i]] >>> shift) & 255)] += values[i];
}
