/** Quantiles of numbers that may count several times. */

/**
 * The inner cut points between `parts` equally heavy parts of `values`, ascending; fewer than `parts` − 1 different ones where values are tied.
 *
 * With weights that are whole numbers, or none, these are the quantiles by linear interpolation (Hyndman & Fan 1996, type 7) of the values
 * repeated so often; with others the lowest values up to which the weight is at least the share (type 1), which no unit of the weights changes.
 */
export function cutPoints(
  values: Float64Array,
  weights: Float64Array | null,
  parts: number,
): readonly number[] {
  const rows = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const reached = new Float64Array(rows.length);
  let total = 0;
  rows.forEach((row, i) => {
    total += weights === null ? 1 : weights[row];
    reached[i] = total;
  });
  const isCounted = weights === null || weights.every(Number.isInteger);
  return Array.from({ length: parts - 1 }, (_part, p) => {
    if (!isCounted) return values[rows[firstReaching(reached, ((p + 1) / parts) * total)]];
    const position = ((p + 1) * (total - 1)) / parts;
    const below = Math.floor(position);
    // The copies of a value are those whose number is under what is reached with it.
    const low = values[rows[firstReaching(reached, below + 1)]];
    const high = values[rows[firstReaching(reached, Math.min(below + 2, total))]];
    return low + (position - below) * (high - low);
  });
}

/** Index of the first entry that is at least `target`; the last where rounding keeps all below. */
function firstReaching(reached: Float64Array, target: number): number {
  let low = 0;
  let high = reached.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached[middle] >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of the ascending `cuts` are at most `value`. */
export function classOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
