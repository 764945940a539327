/** One in-memory DuckDB, and the few ways in which it is asked. */

import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { doubles } from '../../engine/data/sharedArrays.ts';

export interface Database {
  run(sql: string): Promise<void>;
  /** All rows, each by column name; for small answers. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Values of expressions of type DOUBLE over the rows of `table`, `NaN` for NULL; `rows` is how many there are. */
  numbers(expressions: readonly string[], table: string, rows: number): Promise<Float64Array[]>;
  /** Makes a table of columns of equal length, `NaN` becoming NULL: `s0`, `s1`, … of type DOUBLE. */
  makeTable(name: string, columns: readonly Float64Array[]): Promise<void>;
  /** Part of the running statement that is done, between 0 and 1; null where it is not known. */
  progress(): number | null;
  close(): void;
}

/**
 * Opens a database that lives in this process's memory.
 *
 * @param spillFolder where it may put what memory does not hold; null for nowhere
 */
export async function openDatabase(spillFolder: string | null = null): Promise<Database> {
  // Loaded on demand: nothing but a data job pays for the engine.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // By default it would make a folder `.tmp` where the process was started: in somebody's project.
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: spillFolder ?? '' });
  const connection = await instance.connect();
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false;');
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJS();
    },
    numbers: (expressions, table, rows) => readNumbers(connection, expressions, table, rows),
    makeTable: (name, columns) => makeTable(connection, name, columns),
    progress: () => {
      const { percentage } = connection.progress;
      return percentage < 0 ? null : percentage / 100;
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Reads a chunk while the one before it is copied: the two take about as long. */
async function readNumbers(
  connection: DuckDBConnection,
  expressions: readonly string[],
  table: string,
  rows: number,
): Promise<Float64Array[]> {
  const arrays = expressions.map(() => doubles(rows));
  if (expressions.length === 0) return arrays;
  // Without a NULL among them values need not be asked one by one whether they are there, which takes five times as long.
  const list = expressions.map((expression) => `coalesce(${expression}, CAST('NaN' AS DOUBLE))`).join(', ');
  const result = await connection.stream(`SELECT ${list} FROM ${table}`);
  let start = 0;
  let waiting = result.fetchChunk();
  for (let chunk = await waiting; chunk !== null && chunk.rowCount > 0; chunk = await waiting) {
    waiting = result.fetchChunk();
    for (const [index, array] of arrays.entries()) copyNumbers(chunk, index, array, start);
    start += chunk.rowCount;
  }
  return arrays;
}

function copyNumbers(chunk: DuckDBDataChunk, index: number, target: Float64Array, start: number): void {
  const vector = chunk.getColumnVector(index);
  const count = chunk.rowCount;
  for (let i = 0; i < count; i++) target[start + i] = vector.getItem(i) as number;
}

/** Rows that are handed over at once. */
const CHUNK = 2048;

async function makeTable(
  connection: DuckDBConnection,
  name: string,
  columns: readonly Float64Array[],
): Promise<void> {
  const { DOUBLE, DuckDBDataChunk: Chunk } = await import('@duckdb/node-api');
  const list = columns.map((_column, i) => `s${i} DOUBLE`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE ${name} (${list})`);
  const appender = await connection.createAppender(name);
  const types = columns.map(() => DOUBLE);
  const rows = columns[0]?.length ?? 0;
  for (let start = 0; start < rows; start += CHUNK) {
    const count = Math.min(CHUNK, rows - start);
    const chunk = Chunk.create(types, count);
    chunk.setColumns(
      columns.map((column) =>
        Array.from(column.subarray(start, start + count), (value) => (Number.isNaN(value) ? null : value)),
      ),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
