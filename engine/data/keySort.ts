/** Sorting of rows by 64-bit keys, in time that grows with the rows alone. */

const RADIX = 1 << 16;

/** Indices sorted by 64-bit keys: a stable counting sort of 16 bits after the other, the lowest first. */
export function sortedByKeys(high: Uint32Array, low: Uint32Array): Int32Array {
  let order = Int32Array.from(high, (_key, i) => i);
  let target = new Int32Array(order.length);
  for (const [keys, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    const starts = new Int32Array(RADIX + 1);
    for (let i = 0; i < keys.length; i++) starts[((keys[i] >>> shift) & (RADIX - 1)) + 1] += 1;
    for (let digit = 0; digit < RADIX; digit++) starts[digit + 1] += starts[digit];
    for (let i = 0; i < order.length; i++) {
      const row = order[i];
      target[starts[(keys[row] >>> shift) & (RADIX - 1)]++] = row;
    }
    [order, target] = [target, order];
  }
  return order;
}

/** Indices of `values`, none of them NaN, from the smallest to the largest; those that are equal stay in the order they came in. */
export function ascendingOrder(values: Float64Array): Int32Array {
  // Adding 0 makes the two zeros one.
  const words = new Uint32Array(values.map((value) => value + 0).buffer);
  const high = new Uint32Array(values.length);
  const low = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    // As whole numbers, positive floats are in order; negative ones, whose sign bit is set, are in reverse.
    const flip = words[2 * i + 1] >>> 31 === 1 ? 0xffffffff : 0;
    high[i] = words[2 * i + 1] ^ (flip | 0x80000000);
    low[i] = words[2 * i] ^ flip;
  }
  return sortedByKeys(high, low);
}
