/** Data in memory: one typed array a column. */

import { doubles, integers } from './sharedArrays.ts';

/** `NaN` stands for a missing value. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly values: Float64Array;
}

/** `codes[i]` indexes `levels`; −1 stands for a missing value. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** Columns of equal length, by name. */
export interface Table {
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/**
 * The column called `name`.
 *
 * @throws where there is none: which columns are asked for is decided by the caller, so that is a bug.
 */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column === undefined) throw new Error(`The table has no column ${name}.`);
  return column;
}

/** Sets `keep` to 0 where the column has no value. */
function leaveMissing(column: Column, keep: Uint8Array): void {
  if (column.kind === 'numeric') {
    const { values } = column;
    for (let row = 0; row < keep.length; row++) if (Number.isNaN(values[row])) keep[row] = 0;
  } else {
    const { codes } = column;
    for (let row = 0; row < keep.length; row++) if (codes[row] < 0) keep[row] = 0;
  }
}

/** What is known of columns: whether each row has a value. Plans ask it of the same columns again and again. */
const completeness = new WeakMap<Column, boolean>();

function isComplete(column: Column): boolean {
  const known = completeness.get(column);
  if (known !== undefined) return known;
  const found = hasAllValues(column);
  completeness.set(column, found);
  return found;
}

function hasAllValues(column: Column): boolean {
  if (column.kind === 'numeric') {
    const { values } = column;
    for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) return false;
  } else {
    const { codes } = column;
    for (let row = 0; row < codes.length; row++) if (codes[row] < 0) return false;
  }
  return true;
}

/** Ascending indices of the rows that have a value in each of `names`. */
export function completeRows(table: Table, names: readonly string[]): Int32Array {
  const keep = new Uint8Array(table.rowCount).fill(1);
  for (const name of names) {
    const column = columnOf(table, name);
    if (!isComplete(column)) leaveMissing(column, keep);
  }
  return indicesOf(keep);
}

/** Ascending indices at which `keep` is not zero. */
export function indicesOf(keep: Uint8Array): Int32Array {
  let count = 0;
  for (let row = 0; row < keep.length; row++) count += keep[row] === 0 ? 0 : 1;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < keep.length; row++) if (keep[row] !== 0) rows[next++] = row;
  return rows;
}

function selectFrom(column: Column, rows: Int32Array): Column {
  if (column.kind === 'numeric') return { kind: 'numeric', values: gather(column.values, rows, doubles) };
  return { kind: 'categorical', levels: column.levels, codes: gather(column.codes, rows, integers) };
}

function gather<T extends Float64Array | Int32Array>(
  source: T,
  rows: Int32Array,
  make: (length: number) => T,
): T {
  const result = make(rows.length);
  for (let i = 0; i < rows.length; i++) result[i] = source[rows[i]];
  return result;
}

function inOrder(rows: Int32Array): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i] !== i) return false;
  return true;
}

/** The table with only the columns `names`, and of these only `rows`, in their order. Nothing is copied where every row keeps its place. */
export function selectRows(table: Table, names: readonly string[], rows: Int32Array): Table {
  const all = rows.length === table.rowCount && inOrder(rows);
  const columns = new Map<string, Column>();
  for (const name of names) {
    const column = columnOf(table, name);
    columns.set(name, all ? column : selectFrom(column, rows));
  }
  return { rowCount: rows.length, columns };
}
