/** From a data file to columns in memory: reads, derives, filters and codes what a request names. */

import { namesIn } from '../../engine/data/expression.ts';
import {
  type DataRequest,
  filterColumn,
  ROW_NUMBERS,
  type VariableRequest,
} from '../../engine/data/request.ts';
import { printCondition, printSql, type SqlScope, type TypedSql } from '../../engine/data/sql.ts';
import type { Column, Table } from '../../engine/data/table.ts';
import { sortLevels, type VariableKind } from '../../engine/data/variableType.ts';
import { columnNames, countRows, loadRaw, type RawColumns } from './columns.ts';
import { openDataFile, wasChanged } from './dataFile.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { extremeColumns, scaleFailure } from './scaleCheck.ts';
import { checkValues } from './valueCheck.ts';

export interface LoadedTable {
  readonly kind: 'loaded';
  readonly table: Table;
  readonly kinds: ReadonlyMap<string, VariableKind>;
  /** Variables that have no column in `table`, and why. */
  readonly problems: ReadonlyMap<string, DataFailure>;
  readonly rowsRead: number;
  /** Rows that the `where` of the data leaves out, and those of which it cannot say for want of a value. */
  readonly rowsFiltered: number;
  readonly rowsUndecided: number;
}

/**
 * Loads the variables of a request. What is wrong with one variable is told under `problems` and stops only what uses it; what is wrong with
 * the file or with its `where` is the failure of the whole.
 */
export async function loadTable(db: Database, request: DataRequest): Promise<LoadedTable | DataFailure> {
  const file = await openDataFile(request.path);
  if (file.kind === 'failure') return file;
  const names = await columnNames(db, file);
  if ('kind' in names) return names;
  const wanted = wantedColumns(request).filter((name) => names.includes(name));
  const raw = await loadRaw(db, file, names, wanted, writtenColumns(request));
  if (raw.kind === 'failure') return raw;
  const changed = await wasChanged(file);
  if (changed !== null) return changed;
  const derived = deriveVariables(request, raw, request.rowNumbers === true ? NUMBERED_ROWS : ALL_ROWS);
  const filtered = filterRows(request, derived);
  if (filtered.kind === 'failure') return filtered;
  await makeKept(db, filtered.query);
  const rowOf = rowFinder(db, request, raw);
  const columns = await collectColumns(db, request, derived, raw.texts, rowOf);
  const undecided = filtered.undecided === null ? 0 : await countRows(db, `(${filtered.undecided})`);
  const rowsFiltered = raw.rows - columns.table.rowCount - undecided;
  return { kind: 'loaded', ...columns, rowsRead: raw.rows, rowsFiltered, rowsUndecided: undecided };
}

/** The table `kept`. Where no row is left out and nothing is derived it is `raw` under another name, and no copy of it. */
async function makeKept(db: Database, query: string): Promise<void> {
  await db.run('DROP VIEW IF EXISTS kept_as_read; DROP TABLE IF EXISTS kept_rows');
  const [made, kind] = query === ALL_ROWS ? ['kept_as_read', 'VIEW'] : ['kept_rows', 'TABLE'];
  await db.run(
    `CREATE TEMP ${kind} ${made} AS ${query}; CREATE OR REPLACE TEMP VIEW kept AS SELECT * FROM ${made}`,
  );
}

const ALL_ROWS = 'SELECT * FROM raw';
const NUMBERED_ROWS = 'SELECT *, rowid AS file_row FROM raw';

/** The first row of the file, counted from 1 below the header, that is kept and satisfies a condition of SQL, with the value of an expression there. */
export type RowFinder = (condition: string, value: string) => Promise<FoundRow>;

export interface FoundRow {
  readonly row: number;
  readonly value: string;
}

/** Looks only when something is wrong: nobody else pays for the numbers of the rows. */
function rowFinder(db: Database, request: DataRequest, raw: RawColumns): RowFinder {
  const numbered = deriveVariables(request, raw, 'SELECT *, rowid + 1 AS file_row FROM raw');
  const kept = filterRows(request, numbered);
  return async (condition, value) => {
    if (kept.kind === 'failure') return { row: 0, value: '' };
    const [answer] = await db.rows(
      `SELECT CAST(min(file_row) AS DOUBLE) AS row, CAST(arg_min(${value}, file_row) AS VARCHAR) AS value FROM (${kept.query}) WHERE ${condition}`,
    );
    return { row: Number(answer?.['row']), value: String(answer?.['value']) };
  };
}

/** Columns whose values are names, so that it matters how they are written. */
function writtenColumns({ variables }: DataRequest): ReadonlySet<string> {
  return new Set(
    variables.flatMap(({ name, definition, label, type }) => {
      if (label && definition?.kind === 'column') return [definition.name];
      const named = type?.kind === 'categorical' || type?.kind === 'ordinal';
      return named && definition === null ? [name] : [];
    }),
  );
}

function wantedColumns(request: DataRequest): string[] {
  const expressions = [
    ...request.variables.map((variable) => variable.definition),
    request.where,
    ...request.filters,
  ].filter((expression) => expression !== null);
  const plain = request.variables.filter((variable) => variable.definition === null).map(({ name }) => name);
  return [...new Set([...plain, ...expressions.flatMap((expression) => namesIn(expression, 'column'))])];
}

interface Derived {
  readonly scope: SqlScope;
  /** A query that gives the raw columns and `v0`, `v1`, … for the variables that could be derived. */
  readonly query: string;
  /** By variable, in the order of the request. */
  readonly columns: ReadonlyMap<string, TypedSql>;
  readonly problems: ReadonlyMap<string, DataFailure>;
}

/** One layer of query a derived variable, so that a later one can use it by name. */
function deriveVariables(request: DataRequest, raw: RawColumns, rows: string): Derived {
  const columns = new Map<string, TypedSql>();
  const problems = new Map<string, DataFailure>();
  const scope: SqlScope = {
    column: (name) => {
      const column = raw.columns.get(name);
      return column === undefined ? undefined : { kind: 'sql', ...column };
    },
    variable: (name) => columns.get(name),
  };
  let query = rows;
  for (const [index, { name, definition, label }] of request.variables.entries()) {
    const text = label && definition?.kind === 'column' ? raw.texts.get(definition.name) : undefined;
    if (text !== undefined) {
      columns.set(name, { kind: 'sql', sql: text, type: 'text' });
      continue;
    }
    const printed = printSql(definition ?? { kind: 'column', name }, scope);
    if (printed.kind === 'failure') {
      problems.set(
        name,
        dataFailure(definition === null ? 'column-missing' : 'type-mismatch', printed.message),
      );
      continue;
    }
    if (definition === null) {
      columns.set(name, printed);
      continue;
    }
    query = withDerived(query, printed, `v${index}`);
    columns.set(name, { kind: 'sql', sql: `v${index}`, type: printed.type === 'text' ? 'text' : 'number' });
  }
  return { scope, query, columns, problems };
}

/** `query` with the derived column `name`: conditions are stored as 0 and 1, and what is not finite is missing. */
function withDerived(query: string, printed: TypedSql, name: string): string {
  if (printed.type === 'text') return `SELECT *, ${printed.sql} AS ${name} FROM (${query})`;
  const inner = `SELECT *, CAST(${printed.sql} AS DOUBLE) AS derived FROM (${query})`;
  return `SELECT * EXCLUDE (derived), CASE WHEN isfinite(derived) THEN derived END AS ${name} FROM (${inner})`;
}

interface FilteredRows {
  readonly kind: 'rows';
  /** A query that gives the rows to keep. */
  readonly query: string;
  /** One that gives the rows for which the condition has no value; null without a condition. */
  readonly undecided: string | null;
}

function filterRows(request: DataRequest, derived: Derived): FilteredRows | DataFailure {
  const conditions: string[] = [];
  for (const filter of request.filters) {
    const printed = printCondition(filter, derived.scope);
    if (printed.kind === 'failure') return dataFailure('type-mismatch', `In \`where\`: ${printed.message}`);
    conditions.push(printed.sql);
  }
  const filters = conditions.map((sql, i) => `, CAST(coalesce(${sql}, FALSE) AS DOUBLE) AS f${i}`).join('');
  const selection = filters === '' ? derived.query : `SELECT *${filters} FROM (${derived.query})`;
  if (request.where === null) return { kind: 'rows', query: selection, undecided: null };
  const where = printCondition(request.where, derived.scope);
  if (where.kind === 'failure') return dataFailure('type-mismatch', `In \`where\`: ${where.message}`);
  return {
    kind: 'rows',
    query: `SELECT * FROM (${selection}) WHERE ${where.sql}`,
    undecided: `SELECT 1 FROM (${derived.query}) WHERE ${where.sql} IS NULL`,
  };
}

async function collectColumns(
  db: Database,
  request: DataRequest,
  derived: Derived,
  texts: RawColumns['texts'],
  rowOf: RowFinder,
): Promise<Pick<LoadedTable, 'table' | 'kinds' | 'problems'>> {
  const rows = await countRows(db, 'kept');
  const problems = new Map(derived.problems);
  const plans: ColumnPlan[] = request.filters.map((_filter, i) => ({
    name: filterColumn(i),
    sql: `f${i}`,
    levels: null,
  }));
  if (request.rowNumbers === true) {
    plans.push({ name: ROW_NUMBERS, sql: 'CAST(file_row AS DOUBLE)', levels: null });
  }
  const magnitudes = await extremeColumns(db, request.variables, derived.columns);
  for (const variable of request.variables) {
    const source = derived.columns.get(variable.name);
    if (source === undefined) continue;
    const scale = magnitudes.get(variable.name);
    if (scale !== undefined) {
      problems.set(variable.name, await scaleFailure(variable, source, scale, rowOf));
      continue;
    }
    const plan = await planColumn(
      db,
      variable,
      await namingSource(db, source, texts.get(variable.name)),
      rowOf,
    );
    if ('kind' in plan) problems.set(variable.name, plan);
    else plans.push(plan);
  }
  const arrays = await db.numbers(
    plans.map(({ sql }) => sql),
    'kept',
    rows,
  );
  const columns = new Map(
    plans.map((plan, i) => [plan.name, codedColumn(plan, arrays[i] ?? new Float64Array(rows))]),
  );
  const kinds = new Map(
    request.variables.flatMap(({ name, type }) => {
      const column = columns.get(name);
      return column === undefined ? [] : [[name, type?.kind ?? observedKind(column)] as const];
    }),
  );
  return { table: { rowCount: rows, columns }, kinds, problems };
}

/** How one column of the answer is read: as numbers, or as codes into `levels`. */
interface ColumnPlan {
  readonly name: string;
  readonly sql: string;
  /** For each code that DuckDB gives, its place among the sorted levels; null for numbers. */
  readonly levels: { readonly sorted: readonly string[]; readonly places: readonly number[] } | null;
}

/** The column as it is written, where numbers would make one level of several, as of `1` and `01`. */
async function namingSource(db: Database, source: TypedSql, written: string | undefined): Promise<TypedSql> {
  if (written === undefined || source.type === 'text') return source;
  const [answer] = await db.rows(
    `SELECT count(DISTINCT ${written}) > count(DISTINCT ${source.sql}) AS merges FROM kept`,
  );
  return answer?.['merges'] === true ? { kind: 'sql', sql: written, type: 'text' } : source;
}

async function planColumn(
  db: Database,
  variable: VariableRequest,
  source: TypedSql,
  rowOf: RowFinder,
): Promise<ColumnPlan | DataFailure> {
  const problem = variable.label ? null : await checkValues(db, variable, source, rowOf);
  if (problem !== null) return problem;
  if (source.type !== 'text' && !isDiscrete(variable))
    return { name: variable.name, sql: source.sql, levels: null };
  const type = `levels_of_${source.sql}`;
  const text = `CAST(${source.sql} AS VARCHAR)`;
  await db.run(`DROP TYPE IF EXISTS ${type}`);
  await db.run(
    `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${text} FROM kept WHERE ${source.sql} IS NOT NULL)`,
  );
  const found = await db.rows(`SELECT unnest(enum_range(CAST(NULL AS ${type}))) AS level`);
  const labels = found.map((row) =>
    source.type === 'text' ? String(row['level']) : String(Number(row['level'])),
  );
  const sorted = orderLevels(labels, variable.type?.levels ?? []);
  return {
    name: variable.name,
    sql: `CAST(enum_code(CAST(${text} AS ${type})) AS DOUBLE)`,
    levels: { sorted, places: labels.map((label) => sorted.indexOf(label)) },
  };
}

/** Numbers that are names of levels: declared so, or listed in an order other than their own. */
function isDiscrete({ label, type }: VariableRequest): boolean {
  if (label || type?.kind === 'categorical' || type?.kind === 'ordinal') return true;
  const levels = type?.levels ?? [];
  return levels.join() !== sortLevels(levels).join();
}

/** The declared order, the reference first; without one, ascending. */
function orderLevels(labels: readonly string[], declared: readonly string[]): readonly string[] {
  return declared.length === 0 ? sortLevels(labels) : declared;
}

function codedColumn(plan: ColumnPlan, values: Float64Array): Column {
  if (plan.levels === null) return { kind: 'numeric', values };
  const { places, sorted } = plan.levels;
  const codes = Int32Array.from(values, (code) => (Number.isNaN(code) ? -1 : (places[code] ?? -1)));
  return { kind: 'categorical', codes, levels: sorted };
}

function observedKind(column: Column): VariableKind {
  if (column.kind === 'categorical') return column.levels.length === 2 ? 'binary' : 'categorical';
  const seen = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) seen.add(value);
    if (seen.size > 2) return 'continuous';
  }
  return 'binary';
}
