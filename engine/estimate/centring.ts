/** Numbers far from zero, such as years or timestamps, brought near it before sums of their squares eat the digits. */

import { type Column, columnOf, type Table } from '../data/table.ts';

/** Distance of the mean from zero, in standard deviations, from which a column is moved. */
const FAR = 1000;

/**
 * The table with those of the columns `names` moved to a mean of 0 that lie far from it; two-valued ones stay as they are. No
 * effect changes by it, since every equation has a constant.
 */
export function centredTable(table: Table, names: readonly string[]): Table {
  const columns = new Map(table.columns);
  for (const name of names) columns.set(name, knownCentred(columnOf(table, name)));
  return { ...table, columns };
}

/** Plans centre the same columns again and again. */
const centred = new WeakMap<Column, Column>();

function knownCentred(column: Column): Column {
  const known = centred.get(column);
  if (known !== undefined) return known;
  const found = centredColumn(column);
  centred.set(column, found);
  return found;
}

function centredColumn(column: Column): Column {
  if (column.kind !== 'numeric' || new Set(column.values.subarray(0, 1000)).size <= 2) return column;
  const { values } = column;
  const [first] = values;
  // Near its first value the differences are exact, and so is their mean. Plain loops: a call a value would cost more than all else that is done here.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - first;
  const offset = sum / values.length;
  const mean = first + offset;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - first - offset) ** 2;
  const variance = squares / values.length;
  if (Math.abs(mean) <= FAR * Math.sqrt(variance)) return column;
  return { kind: 'numeric', values: values.map((value) => value - mean) };
}
