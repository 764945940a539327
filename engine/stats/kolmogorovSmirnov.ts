/** Kolmogorov–Smirnov distances of weighted samples, without sorting all of the rows. */

/** Rows so few that they are sorted, and bounds of the number of cells into which the range of more is cut. */
const FEW_ROWS = 256;
const FEWEST_CELLS = 256;
const MOST_CELLS = 1 << 13;

/** A gain under this is rounding. */
const ROUNDING = 1e-13;

/** Each row's share of the first sample less its share of the second. Both samples weigh something. */
export function signedShares(first: Float64Array, second: Float64Array): Float64Array {
  const totalFirst = sumOf(first);
  const totalSecond = sumOf(second);
  const shares = new Float64Array(first.length);
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
  readonly rows: Int32Array;
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
  const rows = new Int32Array(values.length);
  for (let i = 0; i < rows.length; i++) rows[i] = i;
  const placed = cellsOf(values, rows);
  return pairs.map((shares) => {
    const search: Search = { values, shares, best: 0 };
    if (placed !== null) lookInto(search, placed, 0);
    return Math.min(search.best, 1);
  });
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
function cellsOf(values: Float64Array, rows: Int32Array): CellRows | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low < high)) return null;
  const count = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, rows.length >> 4));
  const cells = new Uint16Array(rows.length);
  const range = high / 2 - low / 2;
  const perUnit = count / range;
  if (Number.isFinite(perUnit)) {
    for (let i = 0; i < rows.length; i++) {
      cells[i] = Math.min(count - 1, (values[rows[i]] / 2 - low / 2) * perUnit);
    }
  } else {
    // A range next to nothing: only its two ends are told apart.
    for (let i = 0; i < rows.length; i++) cells[i] = values[rows[i]] > low ? count - 1 : 0;
  }
  return { rows, cells, count };
}

/** Raises `best` by what the rows show, where the difference is `left` below them. What it is above them the caller knows. */
function lookInto(search: Search, { rows, cells, count }: CellRows, left: number): void {
  const { shares } = search;
  // What a cell adds, and what of that is upwards: side by side, as they are asked for together.
  const sums = new Float64Array(2 * count);
  for (let i = 0; i < rows.length; i++) {
    const share = shares[rows[i]];
    const cell = 2 * cells[i];
    sums[cell] += share;
    // Without a branch, which the signs of real data would make a guess.
    sums[cell + 1] += (share + Math.abs(share)) / 2;
  }
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
      const placed = cellsOf(search.values, members);
      if (placed !== null) lookInto(search, placed, starts[cell]);
    }
  }
}

/** The rows of each open cell. */
function membersOf(rows: Int32Array, cells: Uint16Array, open: Uint8Array): ReadonlyMap<number, Int32Array> {
  const sizes = new Int32Array(open.length);
  for (let i = 0; i < rows.length; i++) sizes[cells[i]] += open[cells[i]];
  const members = new Map<number, Int32Array>();
  sizes.forEach((size, cell) => {
    if (size > 0) members.set(cell, new Int32Array(size));
  });
  if (members.size === 0) return members;
  sizes.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const cell = cells[i];
    if (open[cell] === 0) continue;
    const own = members.get(cell);
    if (own !== undefined) own[sizes[cell]++] = rows[i];
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
