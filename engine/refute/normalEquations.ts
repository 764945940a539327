/** Normal equations in typed arrays, for hundreds of refits: columns that say nothing new are passed over rather than divided by. */

/** Part of a column's sum of squares, of what those before it leave, under which it counts as their combination. */
const REDUNDANT = 1e-10;

/**
 * Lower Cholesky factor of the leading `head` × `head` part of a symmetric `size` × `size` matrix, by rows. A column that those before it
 * tell gets a zero on the diagonal.
 */
export function factorHead(matrix: Float64Array, size: number, head: number): Float64Array {
  const factor = new Float64Array(head * head);
  for (let i = 0; i < head; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j];
      for (let k = 0; k < j; k++) rest -= factor[i * head + k] * factor[j * head + k];
      if (i === j) factor[i * head + i] = rest > REDUNDANT * matrix[i * size + i] ? Math.sqrt(rest) : 0;
      else factor[i * head + j] = factor[j * head + j] === 0 ? 0 : rest / factor[j * head + j];
    }
  }
  return factor;
}

/** The smallest part that a column, of the first `head`, keeps of its sum of squares once those before it are held fixed; 0 for a column of zeros. */
export function smallestPivot(matrix: Float64Array, size: number, head: number): number {
  const factor = factorHead(matrix, size, head);
  let smallest = 1;
  for (let i = 0; i < head; i++) {
    const total = matrix[i * size + i];
    smallest = Math.min(smallest, total > 0 ? factor[i * head + i] ** 2 / total : 0);
  }
  return smallest;
}

/** L⁻¹ · columns for a lower factor L; `columns` is `head` × `count` by rows. Rows of passed-over columns come out as zeros. */
export function solveLower(
  factor: Float64Array,
  head: number,
  columns: Float64Array,
  count: number,
): Float64Array {
  const solved = new Float64Array(columns.length);
  for (let i = 0; i < head; i++) {
    const pivot = factor[i * head + i];
    if (pivot === 0) continue;
    for (let c = 0; c < count; c++) {
      let rest = columns[i * count + c];
      for (let k = 0; k < i; k++) rest -= factor[i * head + k] * solved[k * count + c];
      solved[i * count + c] = rest / pivot;
    }
  }
  return solved;
}

/** inner − crossᵀ · head⁻¹ · cross: products of what the columns held fixed leave of the others. */
export function partialledOut(
  factor: Float64Array,
  head: number,
  cross: Float64Array,
  inner: Float64Array,
  count: number,
): Float64Array {
  const solved = solveLower(factor, head, cross, count);
  const left = inner.slice();
  for (let k = 0; k < head; k++) {
    for (let i = 0; i < count; i++) {
      const value = solved[k * count + i];
      if (value === 0) continue;
      for (let j = 0; j < count; j++) left[i * count + j] -= value * solved[k * count + j];
    }
  }
  return left;
}

/** Sweeps the first column out of the others; where it is redundant, beside `total`, its sum of squares before, it is only taken away. */
export function withoutFirst(matrix: Float64Array, count: number, total: number): Float64Array {
  const rest = new Float64Array((count - 1) ** 2);
  const pivot = matrix[0] > REDUNDANT * total ? matrix[0] : Number.POSITIVE_INFINITY;
  for (let i = 1; i < count; i++) {
    for (let j = 1; j < count; j++) {
      rest[(i - 1) * (count - 1) + j - 1] = matrix[i * count + j] - (matrix[i * count] * matrix[j]) / pivot;
    }
  }
  return rest;
}

/** x with matrix · x = right, for a symmetric matrix with these sums of squares before anything was held fixed; null where it is singular. */
export function solveSymmetric(
  matrix: Float64Array,
  right: Float64Array,
  totals: Float64Array,
): Float64Array | null {
  const size = right.length;
  const factor = factorHead(matrix, size, size);
  for (let i = 0; i < size; i++) if (!(factor[i * size + i] ** 2 > REDUNDANT * totals[i])) return null;
  const solved = solveLower(factor, size, right, 1);
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solved[i] -= factor[k * size + i] * solved[k];
    solved[i] /= factor[i * size + i];
  }
  return solved;
}
