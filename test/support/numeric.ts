import type { Column, Table } from '../../engine/data/table.ts';

/** A table of numeric columns. */
export function numericTable(data: Readonly<Record<string, readonly number[]>>): Table {
  const columns = new Map<string, Column>();
  let rowCount = 0;
  for (const [name, values] of Object.entries(data)) {
    columns.set(name, { kind: 'numeric', values: Float64Array.from(values) });
    rowCount = values.length;
  }
  return { rowCount, columns };
}

/** Number of leading digits in which `value` agrees with `certified`: −log10 of the relative error, at most 16. */
export function correctDigits(value: number, certified: number): number {
  const error = Math.abs(value - certified) / (certified === 0 ? 1 : Math.abs(certified));
  return error === 0 ? 16 : Math.min(16, -Math.log10(error));
}
