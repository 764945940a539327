/** What a data file holds, before anything is done with it: its columns, and a summary of those that are asked for. */

import type { ColumnSummary, NumberSummary } from '../../engine/data/variableType.ts';
import { columnNames, loadRaw, type RawColumn } from './columns.ts';
import { openDataFile, wasChanged } from './dataFile.ts';
import type { Database } from './duckdb.ts';
import type { DataFailure } from './failure.ts';
import { countBins } from './histogram.ts';

export interface DataDescription {
  readonly kind: 'description';
  /** All column names, in order. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the columns that were asked for and exist. */
  readonly summaries: readonly ColumnSummary[];
}

/** Values listed in a summary, commonest first. */
const COMMON_VALUES = 12;

/** Up to so many different numbers are shown one by one, and not in intervals. */
const LISTED_VALUES = 6;

/** Above so many rows, different values are counted approximately (HyperLogLog): a person reads "about 40,000". */
const EXACT_ROWS = 500_000;

/**
 * Reads a file's header, and summarises `wanted` of its columns (those it has). The whole file is read once, so a broken line is found.
 */
export async function describeData(
  db: Database,
  path: string,
  wanted: readonly string[],
): Promise<DataDescription | DataFailure> {
  const file = await openDataFile(path);
  if (file.kind === 'failure') return file;
  const names = await columnNames(db, file);
  if ('kind' in names) return names;
  const present = wanted.filter((name) => names.includes(name));
  const raw = await loadRaw(db, file, names, present, new Set());
  if (raw.kind === 'failure') return raw;
  const changed = await wasChanged(file);
  if (changed !== null) return changed;
  const summaries: ColumnSummary[] = [];
  for (const [name, column] of raw.columns) summaries.push(await summarise(db, name, column, raw.rows));
  return { kind: 'description', columns: names, rows: raw.rows, summaries };
}

async function summarise(
  db: Database,
  name: string,
  column: RawColumn,
  rows: number,
): Promise<ColumnSummary> {
  const x = column.sql;
  const numeric = column.type === 'number';
  const finite = `CASE WHEN isfinite(${x}) THEN ${x} END`;
  const distinct = rows > EXACT_ROWS ? `approx_count_distinct(${x})` : `count(DISTINCT ${x})`;
  const order = numeric
    ? `, min(${finite}) AS low, max(${finite}) AS high, median(${finite}) AS median, bool_and(${x} = trunc(${x})) AS whole, ${quantile(finite, 0.01, rows)} AS q01, ${quantile(finite, 0.99, rows)} AS q99`
    : '';
  const [answer] = await db.rows(
    `SELECT CAST(count(${x}) AS DOUBLE) AS present, CAST(${distinct} AS DOUBLE) AS different${order} FROM raw`,
  );
  const present = Number(answer?.['present']);
  const common = await db.rows(
    `SELECT ${x} AS value, CAST(count(*) AS DOUBLE) AS n FROM raw WHERE ${x} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${COMMON_VALUES}`,
  );
  const different = Number(answer?.['different']);
  const integer = answer?.['whole'] === true;
  const numbers = numeric && typeof answer?.['low'] === 'number' ? await moments(db, finite, answer) : null;
  const bulk = { low: Number(answer?.['q01']), high: Number(answer?.['q99']) };
  const bins =
    numbers === null || different <= LISTED_VALUES
      ? null
      : await countBins(db, x, { numbers, bulk, integer });
  return {
    name,
    type: column.type,
    rows,
    missing: rows - present,
    distinct: different,
    integer,
    numbers,
    common: common.map((row) => ({ value: String(row['value']), count: Number(row['n']) })),
    ...(bins === null ? {} : { bins }),
  };
}

/** The squares of larger numbers, and of smaller ones, are no numbers that could be summed. */
const [LARGEST, SMALLEST] = [1e100, 1e-100];

/** Mean and standard deviation beside what is known of the order; of numbers without a square they are computed in another unit. */
async function moments(
  db: Database,
  x: string,
  order: Readonly<Record<string, unknown>>,
): Promise<NumberSummary> {
  const [min, max, median] = [Number(order['low']), Number(order['high']), Number(order['median'])];
  const size = Math.max(Math.abs(min), Math.abs(max));
  const unit = size > LARGEST || (size < SMALLEST && size > 0) ? size : 1;
  const scaled = unit === 1 ? x : `(${x} / CAST('${unit}' AS DOUBLE))`;
  const [answer] = await db.rows(`SELECT avg(${scaled}) AS mean, stddev_samp(${scaled}) AS sd FROM raw`);
  return {
    min,
    max,
    median,
    mean: unit * Number(answer?.['mean'] ?? 0),
    sd: unit * Number(answer?.['sd'] ?? 0),
  };
}

/** A quantile of a column, counted in the same way as its different values. */
function quantile(x: string, share: number, rows: number): string {
  return rows > EXACT_ROWS ? `approx_quantile(${x}, ${share})` : `quantile_disc(${x}, ${share})`;
}
