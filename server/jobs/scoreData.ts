/** The scores job: what estimates say of each row, beside the rows of the file as they are. */

import { basename, extname } from 'node:path';
import { ROW_NUMBERS } from '../../engine/data/request.ts';
import { quoteIdentifier, quoteText } from '../../engine/data/sql.ts';
import { columnOf } from '../../engine/data/table.ts';
import { type ScoreColumn, scoreRows } from '../../engine/estimate/scores.ts';
import type { Crew } from '../../engine/stats/crew.ts';
import { columnNames } from './columns.ts';
import { openDataFile } from './dataFile.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { type LoadedTable, loadTable } from './loadTable.ts';
import type { JobProgress, JobRequest, JobResults } from './protocol.ts';
import { positionalName, readFailure, scanSql } from './scan.ts';

/** Column of the number of each row in the file, from 1, which matched rows are told by. */
const ROW = 'row';

/**
 * Runs the plans and writes the file with their columns behind its own; rows that an estimate does not use have no value there. Nothing is
 * written where no plan gives a column.
 */
export async function scoreData(
  db: Database,
  { data, plans, output }: Extract<JobRequest, { kind: 'scores' }>,
  crew: Crew,
  onProgress: JobProgress,
): Promise<JobResults['scores']> {
  onProgress(`Reading ${basename(data.path)}`, 0);
  const loaded = await loadTable(db, { ...data, rowNumbers: true });
  if (loaded.kind === 'failure') return loaded;
  const original = await readWhole(db, data.path);
  if ('kind' in original) return original;
  const estimation = { table: loaded.table, kinds: loaded.kinds, problems: loaded.problems, crew };
  const scored = await scoreRows(estimation, plans, [...original, ROW], onProgress);
  const columns = scored.flatMap((one) => (one.kind === 'scores' ? one.columns : []));
  if (columns.length > 0) {
    const failed = await write(db, loaded, original, columns, output);
    if (failed !== null) return failed;
  }
  return {
    kind: 'scored',
    rows: loaded.rowsRead,
    plans: scored.map((one) => ({
      name: one.plan.name,
      columns: one.kind === 'scores' ? one.columns.map(({ name }) => name) : [],
      error: one.kind === 'failure' ? { code: one.code, message: one.message } : null,
    })),
  };
}

/** Copies the file, values as they are written, into the table `original`; the names of its columns. */
async function readWhole(db: Database, path: string): Promise<readonly string[] | DataFailure> {
  const file = await openDataFile(path);
  if (file.kind === 'failure') return file;
  const names = await columnNames(db, file);
  if ('kind' in names) return names;
  const list = names.map((name, i) => {
    const source = file.format === 'parquet' ? quoteIdentifier(name) : positionalName(i);
    return `${source} AS ${positionalName(i)}`;
  });
  try {
    const scan = scanSql(file, names, new Map());
    await db.run(`CREATE OR REPLACE TEMP TABLE original AS SELECT ${list.join(', ')} FROM ${scan}`);
  } catch (error) {
    return readFailure(file, error);
  }
  return names;
}

const FORMATS: Readonly<Record<string, string>> = {
  '.csv': "FORMAT csv, HEADER, DELIMITER ','",
  '.tsv': "FORMAT csv, HEADER, DELIMITER '\t'",
  '.parquet': 'FORMAT parquet',
};

/** Endings of the files that can be written. */
export const SCORE_ENDINGS: readonly string[] = Object.keys(FORMATS);

async function write(
  db: Database,
  loaded: LoadedTable,
  names: readonly string[],
  columns: readonly ScoreColumn[],
  output: string,
): Promise<DataFailure | null> {
  const places = columnOf(loaded.table, ROW_NUMBERS);
  if (places.kind !== 'numeric') throw new Error('Places of rows are numbers.');
  const rowNumbers = Float64Array.from({ length: loaded.rowsRead }, (_value, i) => i + 1);
  const spread = columns.map((column) => overFile(column, places.values, loaded.rowsRead));
  await db.makeTable('scores', [rowNumbers, ...spread]);
  const own = names.map((name, i) => `original.${positionalName(i)} AS ${quoteIdentifier(name)}`);
  const rowName = names.includes(ROW) ? `${ROW}_in_file` : ROW;
  const added = [`CAST(scores.s0 AS BIGINT) AS ${quoteIdentifier(rowName)}`].concat(
    columns.map(({ name, holds }, i) => {
      const value = `scores.s${i + 1}`;
      return `${holds === 'number' ? value : `CAST(${value} AS BIGINT)`} AS ${quoteIdentifier(name)}`;
    }),
  );
  const query = `SELECT ${[...own, ...added].join(', ')} FROM original POSITIONAL JOIN scores`;
  try {
    await db.run(`COPY (${query}) TO ${quoteText(output)} (${FORMATS[extname(output).toLowerCase()]})`);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return dataFailure('job-failed', `${output} cannot be written: ${reason}`);
  }
}

/** From the rows that were kept to all rows of the file; rows that are told are numbered from 1. */
function overFile({ values, holds }: ScoreColumn, places: Float64Array, rows: number): Float64Array {
  const all = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i < places.length; i++) {
    const value = values[i] ?? Number.NaN;
    all[places[i] ?? 0] = holds === 'row' && !Number.isNaN(value) ? (places[value] ?? 0) + 1 : value;
  }
  return all;
}
