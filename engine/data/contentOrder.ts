/** An order of the rows that their values decide: what is drawn, cut or summed in it is the same however the file was sorted. */

import { columnOf, type Table } from './table.ts';

/**
 * Indices of the rows in an order that looks random and depends on the values in `names` and on `seed` alone. Rows that are alike in all of
 * them keep the order they came in, which makes no difference.
 */
export function contentOrder(table: Table, names: readonly string[], seed: number): Int32Array {
  const high = new Uint32Array(table.rowCount).fill(mix(seed | 0));
  const low = new Uint32Array(table.rowCount).fill(mix((seed | 0) ^ 0x5bd1e995));
  for (const name of names) {
    const column = columnOf(table, name);
    if (column.kind === 'numeric') mixNumbers(column.values, high, low);
    else for (let row = 0; row < table.rowCount; row++) mixWords(high, low, row, column.codes[row], 0);
  }
  return sortedByKeys(high, low);
}

const BLOCK = 1024;

function mixNumbers(values: Float64Array, high: Uint32Array, low: Uint32Array): void {
  const block = new Float64Array(BLOCK);
  const words = new Uint32Array(block.buffer);
  for (let start = 0; start < values.length; start += BLOCK) {
    const count = Math.min(BLOCK, values.length - start);
    // The two zeros are one.
    for (let i = 0; i < count; i++) block[i] = values[start + i] + 0;
    for (let i = 0; i < count; i++) mixWords(high, low, start + i, words[2 * i], words[2 * i + 1]);
  }
}

function mixWords(high: Uint32Array, low: Uint32Array, row: number, first: number, second: number): void {
  high[row] = mix(Math.imul(high[row], 31) ^ first ^ Math.imul(second, 0x27d4eb2f));
  low[row] = mix(Math.imul(low[row], 33) ^ second ^ Math.imul(first, 0x165667b1));
}

/** The finaliser of MurmurHash3 (Appleby 2011, public domain): every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Rows a bucket, about: few enough to be sorted by insertion. */
const BUCKET = 8;

/** Indices sorted by 64-bit keys, which look random: dealt into buckets by their upper bits, and each bucket sorted by insertion. Stable. */
function sortedByKeys(high: Uint32Array, low: Uint32Array): Int32Array {
  const rows = high.length;
  const shift = 32 - Math.min(24, Math.max(1, Math.ceil(Math.log2(rows / BUCKET))));
  const starts = new Int32Array(2 ** (32 - shift) + 1);
  for (let row = 0; row < rows; row++) starts[(high[row] >>> shift) + 1] += 1;
  for (let bucket = 1; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1];
  const order = new Int32Array(rows);
  const next = starts.slice();
  for (let row = 0; row < rows; row++) order[next[high[row] >>> shift]++] = row;
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    sortBucket(order, starts[bucket], starts[bucket + 1], high, low);
  }
  return order;
}

/** Larger buckets hold rows that are alike, of which insertion could have to move many. */
const LARGE_BUCKET = 8 * BUCKET;

function sortBucket(
  order: Int32Array,
  start: number,
  end: number,
  high: Uint32Array,
  low: Uint32Array,
): void {
  if (end - start > LARGE_BUCKET) {
    order.subarray(start, end).sort((a, b) => high[a] - high[b] || low[a] - low[b]);
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const row = order[i];
    let j = i;
    for (; j > start; j--) {
      const other = order[j - 1];
      if (high[other] < high[row] || (high[other] === high[row] && low[other] <= low[row])) break;
      order[j] = other;
    }
    order[j] = row;
  }
}
