/**
 * Σ left[i] · right[σ(i)] for all permutations σ of a group at once. The group: the units stand in chunks of 2ᵏ places, and a member g swaps, in
 * every chunk, the unit at place j with the one at place j xor g. Its 2ᵏ products are an xor-convolution, which the Walsh–Hadamard
 * transform turns into a product place by place: k additions a unit in place of 2ᵏ multiplications (Yates 1937; Good 1958).
 */

/**
 * In place over `length` numbers, unnormalised: twice over it multiplies by the number of places, a power of two. `width` columns stand side
 * by side at each place.
 */
export function walshHadamard(values: Float64Array, start: number, length: number, width: number): void {
  let half = width;
  // Two steps at once touch each number half as often.
  for (; 4 * half <= length; half *= 4) {
    for (let block = start; block < start + length; block += 4 * half) {
      for (let i = block; i < block + half; i++) {
        const sum = values[i] + values[i + half];
        const difference = values[i] - values[i + half];
        const laterSum = values[i + 2 * half] + values[i + 3 * half];
        const laterDifference = values[i + 2 * half] - values[i + 3 * half];
        values[i] = sum + laterSum;
        values[i + half] = difference + laterDifference;
        values[i + 2 * half] = sum - laterSum;
        values[i + 3 * half] = difference - laterDifference;
      }
    }
  }
  if (2 * half > length) return;
  for (let i = start; i < start + half; i++) {
    const sum = values[i] + values[i + half];
    values[i + half] = values[i] - values[i + half];
    values[i] = sum;
  }
}

/** A matrix of columns side by side, chunk by chunk transformed in place; places from `length` on are left as they are. */
export function transformChunks(matrix: Float64Array, length: number, chunk: number, width: number): void {
  for (let place = 0; place < length; place += chunk) {
    walshHadamard(matrix, place * width, chunk * width, width);
  }
}

/** Of transformed left columns and one transformed right column: Σ left · right for each member g of the group, at `g · width + column`. */
export function swapProducts(
  lefts: Float64Array,
  width: number,
  right: Float64Array,
  length: number,
  chunk: number,
): Float64Array {
  const sums = new Float64Array(chunk * width);
  for (let place = 0, next = 0; place < length; place += chunk) {
    for (let g = 0, total = 0; g < chunk; g++) {
      const value = right[place + g];
      for (let j = 0; j < width; j++) sums[total++] += value * lefts[next++];
    }
  }
  walshHadamard(sums, 0, chunk * width, width);
  for (let i = 0; i < sums.length; i++) sums[i] /= chunk;
  return sums;
}
