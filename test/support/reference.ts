import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Column, Table } from '../../engine/data/table.ts';

/** Folder of the published and exact values; absent on most machines, and then what needs it is skipped. */
const folder = process.env['CAUSAL_REFERENCE'] ?? resolve(import.meta.dirname, '../../../shared/reference');

/** Path of a reference file; null, said aloud once, where the reference values are not on this machine. */
export function referenceFile(name: string): string | null {
  const path = resolve(folder, name);
  if (existsSync(path)) return path;
  console.warn(
    `Skipped: ${name} is not here. Set CAUSAL_REFERENCE to the folder of reference values to run these tests.`,
  );
  return null;
}

/** Reads a CSV file without quoted commas; a column with any text is categorical, its levels in code unit order. */
export function readPlainCsv(path: string): Table {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const columns = new Map<string, Column>();
  header.forEach((name, j) => {
    const cells = rows.map((row) => row[j]);
    const numeric = cells.every((cell) => cell === '' || Number.isFinite(Number(cell)));
    columns.set(name, numeric ? numericColumn(cells) : categoricalColumn(cells));
  });
  return { rowCount: rows.length, columns };
}

function numericColumn(cells: readonly string[]): Column {
  return {
    kind: 'numeric',
    values: Float64Array.from(cells, (cell) => (cell === '' ? Number.NaN : Number(cell))),
  };
}

function categoricalColumn(cells: readonly string[]): Column {
  const levels = [...new Set(cells.filter((cell) => cell !== ''))].sort();
  return { kind: 'categorical', levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) };
}
