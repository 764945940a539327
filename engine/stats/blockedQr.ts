/** Householder QR over rows that arrive one by one: only R is kept, in blocks that stay in the cache. */

/** A column this short is zero: the square of its length would not be a number. Columns come scaled to length 1. */
const NEGLIGIBLE = 1e-150;

/** Rows gathered before they are folded into R. */
const ROWS_A_BLOCK = 256;

export interface RowFactor {
  /** Takes a copy of `row`, of length k. */
  add(row: Float64Array): void;
  /** R, k × k upper triangular by rows, with RᵀR equal to the cross-products of the rows. */
  finish(): Float64Array;
}

/**
 * Accumulates R of the QR decomposition of a tall matrix with `size` columns.
 * Source: Golub & Van Loan, Matrix Computations (4th ed., 2013), sections 5.1–5.2; the block scheme is that of
 * Demmel, Grigori, Hoemmen & Langou (2012), "Communication-optimal parallel and sequential QR", sequential TSQR.
 */
export function triangularise(size: number): RowFactor {
  const height = size + ROWS_A_BLOCK;
  // By columns: a reflection runs down a column.
  const columns = Array.from({ length: size }, () => new Float64Array(height));
  let filled = size;
  const fold = (): void => {
    for (let j = 0; j < size; j++) reflect(columns, j, filled);
    for (let j = 0; j < size; j++) columns[j].fill(0, j + 1);
    filled = size;
  };
  return {
    add: (row) => {
      if (filled === height) fold();
      for (let j = 0; j < size; j++) columns[j][filled] = row[j];
      filled += 1;
    },
    finish: () => {
      fold();
      const factor = new Float64Array(size * size);
      for (let i = 0; i < size; i++) for (let j = i; j < size; j++) factor[i * size + j] = columns[j][i];
      return factor;
    },
  };
}

/** Reflects rows `pivot … height − 1` so that column `pivot` is zero below the diagonal. */
function reflect(columns: readonly Float64Array[], pivot: number, height: number): void {
  const x = columns[pivot];
  const norm = normBelow(x, pivot, height);
  if (norm < NEGLIGIBLE) {
    x.fill(0, pivot, height);
    return;
  }
  const alpha = x[pivot] > 0 ? -norm : norm;
  // v = x − alpha·e₁; vᵀv = 2·norm·(norm + |x₀|).
  const head = x[pivot] - alpha;
  const factor = 1 / (norm * (norm + Math.abs(x[pivot])));
  for (let j = pivot + 1; j < columns.length; j++) {
    const y = columns[j];
    let projection = head * y[pivot];
    for (let i = pivot + 1; i < height; i++) projection += x[i] * y[i];
    projection *= factor;
    y[pivot] -= projection * head;
    for (let i = pivot + 1; i < height; i++) y[i] -= projection * x[i];
  }
  x[pivot] = alpha;
  x.fill(0, pivot + 1, height);
}

function normBelow(x: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < to; i++) sum += (x[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
