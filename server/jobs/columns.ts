/** Which columns of a file are read, and whether they hold numbers or text. */

import { basename } from 'node:path';
import { quoteIdentifier } from '../../engine/data/sql.ts';
import { columnDifference, type DataFile } from './dataFile.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { jsonObjects, positionalName, readFailure, scanSql } from './scan.ts';

/** Columns copied into the table `raw`, under safe names. */
export interface RawColumns {
  readonly kind: 'columns';
  readonly rows: number;
  /** By their names in the file. */
  readonly columns: ReadonlyMap<string, RawColumn>;
  /** Those that were wanted as labels too, as they are written: names in the table `raw`, quoted. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface RawColumn {
  /** Name in the table `raw`, quoted. */
  readonly sql: string;
  readonly type: 'number' | 'text';
}

/** Rows whose values decide a column's type first; a value further down that does not fit has the whole column looked at. */
const SAMPLE_ROWS = 10_000;

/** All column names, in order; fails where several files have not the same. */
export async function columnNames(db: Database, file: DataFile): Promise<readonly string[] | DataFailure> {
  if (file.format === 'csv') return file.header;
  try {
    return file.format === 'json' ? await jsonNames(db, file) : await parquetNames(db, file);
  } catch (error) {
    return readFailure(file, error);
  }
}

async function parquetNames(db: Database, file: DataFile): Promise<readonly string[] | DataFailure> {
  const found: { readonly path: string; readonly names: readonly string[] }[] = [];
  for (const path of file.paths) {
    const rows = await db.rows(
      `DESCRIBE SELECT * FROM ${scanSql({ ...file, paths: [path] }, [], new Map())}`,
    );
    const names = rows.map((row) => String(row['column_name']));
    const [first] = found;
    const difference =
      first === undefined ? null : columnDifference(basename(first.path), first.names, basename(path), names);
    if (difference !== null) return dataFailure('data-unreadable', difference);
    found.push({ path, names });
  }
  return found[0]?.names ?? [];
}

/** The keys of all objects, by the row in which each comes first and by their order in it. A key need not be in every row: there it is missing. */
async function jsonNames(db: Database, file: DataFile): Promise<readonly string[] | DataFailure> {
  const objects = `SELECT json, row_number() OVER () AS n FROM ${jsonObjects(file)}`;
  const [stray] = await db.rows(
    `SELECT CAST(min(n) AS DOUBLE) AS n, lower(json_type(min_by(json, n))) AS kind FROM (${objects}) WHERE json_type(json) <> 'OBJECT'`,
  );
  if (stray?.['n'] !== null && stray?.['n'] !== undefined) {
    return dataFailure(
      'data-unreadable',
      `${basename(file.path)}, row ${stray['n']}: this is ${stray['kind'] === 'array' ? 'a list' : 'a single value'}, and a row has to be an object: {"x": 1, "y": 2}.`,
    );
  }
  const rows = await db.rows(
    `SELECT key, min(n) AS first, min(place) AS place FROM (SELECT n, unnest(json_keys(json)) AS key, unnest(range(len(json_keys(json)))) AS place FROM (${objects})) GROUP BY key ORDER BY first, place`,
  );
  return rows.map((row) => String(row['key']));
}

/**
 * Reads the columns `wanted` into the table `raw`, rows in the order of the file. A column is numeric where every value that is there is a
 * number; those in `labels` are there as text too.
 *
 * @param names all columns of the file, in order
 */
export async function loadRaw(
  db: Database,
  file: DataFile,
  names: readonly string[],
  wanted: readonly string[],
  labels: ReadonlySet<string>,
): Promise<RawColumns | DataFailure> {
  const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) {
    return dataFailure('data-unreadable', `The header names ${twice} twice. Rename one of the two columns.`);
  }
  const positions = wanted.map((name) => names.indexOf(name));
  try {
    return file.format === 'parquet'
      ? await loadParquet(db, file, wanted, labels)
      : await loadText(db, { file, names }, wanted, positions, labels);
  } catch (error) {
    return readFailure(file, error);
  }
}

/** A file whose values are all written as text, with the names of its columns. */
interface TextFile {
  readonly file: DataFile;
  readonly names: readonly string[];
}

async function loadText(
  db: Database,
  file: TextFile,
  wanted: readonly string[],
  positions: readonly number[],
  labels: ReadonlySet<string>,
): Promise<RawColumns> {
  const written = new Set(positions.filter((_position, i) => labels.has(wanted[i] ?? '')));
  const sampled = await numericColumns(db, file, positions, SAMPLE_ROWS);
  try {
    await copyText(db, file, positions, sampled, written);
    return await describeRaw(db, wanted, positions, sampled, written);
  } catch (error) {
    if (!isConversionError(error)) throw error;
  }
  const all = await numericColumns(db, file, positions, null);
  await copyText(db, file, positions, all, written);
  return describeRaw(db, wanted, positions, all, written);
}

function isConversionError(error: unknown): boolean {
  return error instanceof Error && /Could not convert string/.test(error.message);
}

/** Which of these positions hold numbers only, in the first `limit` rows or in all. */
async function numericColumns(
  db: Database,
  { file, names }: TextFile,
  positions: readonly number[],
  limit: number | null,
): Promise<ReadonlySet<number>> {
  if (positions.length === 0) return new Set();
  const tests = positions.map((position) => {
    const name = positionalName(position);
    return `count(${name}) = count(TRY_CAST(${name} AS DOUBLE)) AS ${name}`;
  });
  const columns = positions.map(positionalName).join(', ');
  const source = `SELECT ${columns} FROM ${scanSql(file, names, new Map())}${limit === null ? '' : ` LIMIT ${limit}`}`;
  const [answer] = await db.rows(`SELECT ${tests.join(', ')} FROM (${source})`);
  return new Set(positions.filter((position) => answer?.[positionalName(position)] === true));
}

async function copyText(
  db: Database,
  { file, names }: TextFile,
  positions: readonly number[],
  numeric: ReadonlySet<number>,
  written: ReadonlySet<number>,
): Promise<void> {
  const typed = [...numeric].filter((position) => !written.has(position));
  const types = new Map(typed.map((position) => [position, 'DOUBLE']));
  const columns = positions.flatMap((position) => {
    const name = positionalName(position);
    const value = written.has(position) ? `CAST(${name} AS DOUBLE)` : name;
    const column = numeric.has(position) ? `${present(value)} AS ${name}` : name;
    return written.has(position) ? [column, `${name} AS ${textName(name)}`] : [column];
  });
  // A file is read whole even where no column of it is wanted: its rows are counted.
  const list = columns.length === 0 ? `${positionalName(0)}` : columns.join(', ');
  await db.run(`CREATE OR REPLACE TEMP TABLE raw AS SELECT ${list} FROM ${scanSql(file, names, types)}`);
}

/** Name in the table `raw` of a column as it is written. */
function textName(name: string): string {
  return `text_of_${name}`;
}

/** NaN is no value; an infinite number is one, which `where` may leave out. */
function present(sql: string): string {
  return `CASE WHEN NOT isnan(${sql}) THEN ${sql} END`;
}

async function describeRaw(
  db: Database,
  wanted: readonly string[],
  positions: readonly number[],
  numeric: ReadonlySet<number>,
  written: ReadonlySet<number>,
): Promise<RawColumns> {
  const columns = new Map<string, RawColumn>();
  const texts = new Map<string, string>();
  positions.forEach((position, i) => {
    const type = numeric.has(position) ? 'number' : 'text';
    const sql = positionalName(position);
    columns.set(wanted[i] ?? '', { sql, type });
    if (written.has(position)) texts.set(wanted[i] ?? '', textName(sql));
  });
  return { kind: 'columns', rows: await countRows(db, 'raw'), columns, texts };
}

/** Rows of a table. */
export async function countRows(db: Database, table: string): Promise<number> {
  const [answer] = await db.rows(`SELECT CAST(count(*) AS DOUBLE) AS n FROM ${table}`);
  return Number(answer?.['n']);
}

/** Types of DuckDB that are numbers; not those that hold some, such as `INTEGER[]`. */
const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE|BOOLEAN)$/;

async function loadParquet(
  db: Database,
  file: DataFile,
  wanted: readonly string[],
  labels: ReadonlySet<string>,
): Promise<RawColumns> {
  const source = scanSql(file, [], new Map());
  const described = await db.rows(`DESCRIBE SELECT * FROM ${source}`);
  const types = new Map(described.map((row) => [String(row['column_name']), String(row['column_type'])]));
  const columns = new Map<string, RawColumn>();
  const texts = new Map<string, string>();
  const list = wanted.map((name, i) => {
    const numeric = NUMBER_TYPE.test(types.get(name) ?? '');
    const safe = positionalName(i);
    columns.set(name, { sql: safe, type: numeric ? 'number' : 'text' });
    const cast = `CAST(${quoteIdentifier(name)} AS ${numeric ? 'DOUBLE' : 'VARCHAR'})`;
    const column = `${numeric ? present(cast) : cast} AS ${safe}`;
    if (!labels.has(name)) return column;
    texts.set(name, textName(safe));
    return `${column}, CAST(${quoteIdentifier(name)} AS VARCHAR) AS ${textName(safe)}`;
  });
  await db.run(
    `CREATE OR REPLACE TEMP TABLE raw AS SELECT ${list.length === 0 ? '1 AS c0' : list.join(', ')} FROM ${source}`,
  );
  return { kind: 'columns', rows: await countRows(db, 'raw'), columns, texts };
}
