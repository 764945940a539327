/** An order of the rows that their values decide: what is drawn, cut or summed in it is the same however the file was sorted. */

import { sortedByKeys } from './keySort.ts';
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
    const words =
      column.kind === 'numeric'
        ? new Uint32Array(normalised(column.values).buffer)
        : wordsOfCodes(column.codes);
    for (let row = 0; row < table.rowCount; row++) {
      const [first, second] = [words[2 * row], words[2 * row + 1]];
      high[row] = mix(Math.imul(high[row], 31) ^ first ^ Math.imul(second, 0x27d4eb2f));
      low[row] = mix(Math.imul(low[row], 33) ^ second ^ Math.imul(first, 0x165667b1));
    }
  }
  return sortedByKeys(high, low);
}

/** A copy in which the two zeros are one. */
function normalised(values: Float64Array): Float64Array {
  return values.map((value) => value + 0);
}

function wordsOfCodes(codes: Int32Array): Uint32Array {
  const words = new Uint32Array(2 * codes.length);
  for (let i = 0; i < codes.length; i++) words[2 * i] = codes[i];
  return words;
}

/** The finaliser of MurmurHash3 (Appleby 2011, public domain): every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
