/** An order of the rows that their values decide: what is drawn, cut or summed in it is the same however the file was sorted. */

import { sortedByHash } from './hashSort.ts';
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
  return sortedByHash(high, low);
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
