/** Columns as delimited text. */

import { open } from 'node:fs/promises';
import { UsageError } from '../arguments.ts';

export interface WrittenColumn {
  readonly name: string;
  /** One a row, of levels their place; NaN for a missing value. */
  readonly values: Float64Array;
  /** Null for numbers. */
  readonly levels: readonly string[] | null;
}

/** Rows that are put into one piece of text: a file may be larger than any string. */
const PIECE = 10_000;

/** Writes a header and the rows to a file, as RFC 4180 has it; numbers so that they read back as the same doubles. */
export async function writeRows(
  path: string,
  columns: readonly WrittenColumn[],
  delimiter: string,
): Promise<void> {
  try {
    const file = await open(path, 'w');
    try {
      await file.write(`${columns.map(({ name }) => cell(name, delimiter)).join(delimiter)}\n`);
      const rows = columns[0]?.values.length ?? 0;
      const cells = columns.map((column) => cellsOf(column, delimiter));
      for (let start = 0; start < rows; start += PIECE) {
        let piece = '';
        for (let row = start; row < Math.min(start + PIECE, rows); row++) {
          piece += `${cells.map((cellAt) => cellAt(row)).join(delimiter)}\n`;
        }
        await file.write(piece);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function cellsOf({ values, levels }: WrittenColumn, delimiter: string): (row: number) => string {
  const names = levels?.map((level) => cell(level, delimiter));
  return (row) => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) return '';
    return names === undefined ? String(value) : (names[value] ?? '');
  };
}

function cell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
