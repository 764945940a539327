/** One in-memory DuckDB, and the few ways in which it is asked. */

import type { DuckDBConnection } from '@duckdb/node-api';

export interface Database {
  run(sql: string): Promise<void>;
  /** All rows, each by column name; for small answers. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Columns of type DOUBLE, `NaN` for NULL, in the order of the select list; `rows` is how many there are. */
  numbers(sql: string, columns: number, rows: number): Promise<Float64Array[]>;
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
    numbers: (sql, columns, rows) => readNumbers(connection, sql, columns, rows),
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

async function readNumbers(
  connection: DuckDBConnection,
  sql: string,
  columns: number,
  rows: number,
): Promise<Float64Array[]> {
  const result = await connection.stream(sql);
  const arrays = Array.from({ length: columns }, () => new Float64Array(rows));
  let start = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    for (const [index, array] of arrays.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let i = 0; i < chunk.rowCount; i++) {
        const value = vector.getItem(i);
        array[start + i] = typeof value === 'number' ? value : Number.NaN;
      }
    }
    start += chunk.rowCount;
  }
  return arrays;
}
