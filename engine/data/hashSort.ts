/** Sorting of rows by hashes, a few times faster than by any keys. */

/** Rows a bucket, about: few enough to be sorted by insertion. */
const BUCKET = 8;

/** Indices sorted by 64-bit keys that look random, as hashes do: dealt into buckets by their upper bits, and each bucket sorted by insertion. Stable. */
export function sortedByHash(high: Uint32Array, low: Uint32Array): Int32Array {
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
