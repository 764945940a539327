/** Kolmogorov–Smirnov distances of weighted samples, without sorting all of the rows. */

import { doubles } from '../data/sharedArrays.ts';

/** Rows so few that they are sorted, and bounds of the number of cells into which the range of more is cut. */
const FEW_ROWS = 256;
const FEWEST_CELLS = 256;
const MOST_CELLS = 1 << 15;

/** A gain under this is rounding. */
const ROUNDING = 1e-13;

/** Each row's share of the first sample less its share of the second. Both samples weigh something. */
export function signedShares(first: Float64Array, second: Float64Array): Float64Array {
  const totalFirst = sumOf(first);
  const totalSecond = sumOf(second);
  const shares = doubles(first.length);
  for (let i = 0; i < shares.length; i++) shares[i] = first[i] / totalFirst - second[i] / totalSecond;
  return shares;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** Rows of a sample in the cells of their range. */
interface CellRows {
  /** Null for all rows of the sample, in their order. */
  readonly rows: Int32Array | null;
  /** Of each row in `rows`. */
  readonly cells: Uint16Array;
  readonly count: number;
}

interface Search {
  readonly values: Float64Array;
  readonly shares: Float64Array;
  best: number;
}

/**
 * sup |F₁ − F₂| of the distribution functions of `values` in two samples, from 0 to 1; one a pair of samples, each as `signedShares`. Exact,
 * and linear in the rows unless many of them crowd together where the distance is largest.
 *
 * The range is cut into cells; the difference is known at their edges, and only cells within which it may rise above what is found are looked into.
 */
export function kolmogorovSmirnov(values: Float64Array, pairs: readonly Float64Array[]): readonly number[] {
  if (hasTwoValues(values)) return pairs.map((shares) => Math.min(1, distanceOfTwo(values, shares)));
  const placed = cellsOf(values, null);
  const searches = pairs.map((shares): Search => ({ values, shares, best: 0 }));
  if (placed !== null) {
    for (const [p, sums] of cellSums(pairs, placed).entries()) searchCells(searches[p], placed, sums, 0);
  }
  return searches.map(({ best }) => Math.min(best, 1));
}

/** At most two, that is; the first rows usually tell. */
function hasTwoValues(values: Float64Array): boolean {
  const [first] = values;
  let other = first;
  for (let i = 1; i < values.length; i++) {
    if (values[i] === first || values[i] === other) continue;
    if (other !== first) return false;
    other = values[i];
  }
  return true;
}

/** How much more of one sample than of the other has the value of the first row; nothing where all rows have it. */
function distanceOfTwo(values: Float64Array, shares: Float64Array): number {
  const [first] = values;
  let difference = 0;
  let rows = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== first) continue;
    difference += shares[i];
    rows += 1;
  }
  return rows === values.length ? 0 : Math.abs(difference);
}

/**
 * Cuts the range of these rows into equal cells; null where they are all alike. In halves, so that the widest range does not overflow: the lowest
 * and the highest value are never in the same cell.
 */
function cellsOf(values: Float64Array, rows: Int32Array | null): CellRows | null {
  const own = rows === null ? values : valuesAt(values, rows);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < own.length; i++) {
    const value = own[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low < high)) return null;
  const count = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, own.length >> 4));
  const cells = new Uint16Array(own.length);
  const range = high / 2 - low / 2;
  const perUnit = count / range;
  const last = count - 1;
  const half = low / 2;
  if (Number.isFinite(perUnit)) {
    for (let i = 0; i < own.length; i++) {
      // A whole number before it is compared: that takes less time.
      const cell = ((own[i] / 2 - half) * perUnit) | 0;
      cells[i] = cell < last ? cell : last;
    }
  } else {
    // A range next to nothing: only its two ends are told apart.
    for (let i = 0; i < own.length; i++) cells[i] = own[i] > low ? last : 0;
  }
  return { rows, cells, count };
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < own.length; i++) own[i] = values[rows[i]];
  return own;
}

/** For each pair of samples what a cell adds to the difference, and what of that is upwards: side by side, as they are asked for together. */
function cellSums(pairs: readonly Float64Array[], { rows, cells, count }: CellRows): Float64Array[] {
  return pairs.map((shares) => {
    const own = rows === null ? shares : valuesAt(shares, rows);
    const sums = new Float64Array(2 * count);
    for (let i = 0; i < own.length; i++) {
      const share = own[i];
      const cell = 2 * cells[i];
      sums[cell] += share;
      // Without a branch, which the signs of real data would make a guess.
      sums[cell + 1] += (share + Math.abs(share)) / 2;
    }
    return sums;
  });
}

/** Raises `best` by what the rows show, where the difference is `left` below them. What it is above them the caller knows. */
function searchCells(search: Search, placed: CellRows, sums: Float64Array, left: number): void {
  const { rows, cells, count } = placed;
  const starts = new Float64Array(count);
  let difference = left;
  for (let cell = 0; cell < count; cell++) {
    starts[cell] = difference;
    difference += sums[2 * cell];
    if (cell < count - 1) search.best = Math.max(search.best, Math.abs(difference));
  }
  const reach = (cell: number): number =>
    Math.max(starts[cell] + sums[2 * cell + 1], sums[2 * cell + 1] - sums[2 * cell] - starts[cell]);
  const open = new Uint8Array(count);
  for (let cell = 0; cell < count; cell++) open[cell] = reach(cell) > search.best + ROUNDING ? 1 : 0;
  for (const [cell, members] of membersOf(rows, cells, open)) {
    if (reach(cell) <= search.best + ROUNDING) continue;
    if (members.length <= FEW_ROWS) walk(search, members, starts[cell]);
    else {
      const within = cellsOf(search.values, members);
      if (within !== null) searchCells(search, within, cellSums([search.shares], within)[0], starts[cell]);
    }
  }
}

/** The rows of each open cell. */
function membersOf(
  rows: Int32Array | null,
  cells: Uint16Array,
  open: Uint8Array,
): ReadonlyMap<number, Int32Array> {
  const members = new Map<number, Int32Array>();
  let count = 0;
  for (let i = 0; i < cells.length; i++) count += open[cells[i]];
  if (count === 0) return members;
  const chosen = new Int32Array(count);
  for (let i = 0, next = 0; next < count; i++) {
    chosen[next] = i;
    next += open[cells[i]];
  }
  const sizes = new Int32Array(open.length);
  for (let k = 0; k < count; k++) sizes[cells[chosen[k]]] += 1;
  sizes.forEach((size, cell) => {
    if (size > 0) members.set(cell, new Int32Array(size));
  });
  sizes.fill(0);
  for (let k = 0; k < count; k++) {
    const row = chosen[k];
    const cell = cells[row];
    const own = members.get(cell);
    if (own !== undefined) own[sizes[cell]++] = rows === null ? row : rows[row];
  }
  return members;
}

/** Takes the rows in the order of their values; the difference counts after the last of equal ones. */
function walk(search: Search, rows: Int32Array, left: number): void {
  const { values, shares } = search;
  rows.sort((a, b) => values[a] - values[b]);
  let difference = left;
  for (let i = 0; i < rows.length - 1; i++) {
    difference += shares[rows[i]];
    if (values[rows[i + 1]] > values[rows[i]]) search.best = Math.max(search.best, Math.abs(difference));
  }
}
