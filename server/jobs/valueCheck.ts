/** The values of a variable against what it is said to be. */

import type { VariableRequest } from '../../engine/data/request.ts';
import type { TypedSql } from '../../engine/data/sql.ts';
import { nameList } from '../../engine/wording.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import type { RowFinder } from './loadTable.ts';

/** The reason why the values in the table `kept` do not fit the variable's type; null where they do. */
export async function checkValues(
  db: Database,
  variable: VariableRequest,
  source: TypedSql,
  rowOf: RowFinder,
): Promise<DataFailure | null> {
  const kind = variable.type?.kind;
  if (source.type === 'text') {
    const strays = await checkNumbers(db, variable, source, kind === 'continuous' || kind === 'count', rowOf);
    if (strays !== null) return strays;
  }
  const levels = variable.type?.levels ?? [];
  if (levels.length > 0) return checkLevels(db, variable, source, levels);
  return kind === 'binary' ? checkBinary(db, variable, source) : null;
}

/** Text where numbers are declared, or a few texts among numbers. */
async function checkNumbers(
  db: Database,
  { name, type }: VariableRequest,
  source: TypedSql,
  declaredNumeric: boolean,
  rowOf: RowFinder,
): Promise<DataFailure | null> {
  if (type !== null && !declaredNumeric) return null;
  const x = source.sql;
  const stray = `(${x} IS NOT NULL AND TRY_CAST(${x} AS DOUBLE) IS NULL)`;
  const comma = `regexp_full_match(${x}, '[-+]?[0-9]+,[0-9]+')`;
  const [answer] = await db.rows(
    `SELECT CAST(count(${x}) AS DOUBLE) AS n, CAST(count(*) FILTER (${stray}) AS DOUBLE) AS strays, CAST(count(*) FILTER (${comma}) AS DOUBLE) AS commas, CAST(count(*) FILTER (${DATE(x)}) AS DOUBLE) AS dates FROM kept`,
  );
  const count = Number(answer?.['n']);
  const strays = Number(answer?.['strays']);
  if (strays === 0) return null;
  const first = await rowOf(stray, x);
  const example = JSON.stringify(first.value);
  if (Number(answer?.['dates']) === count) return dates(name, example);
  if (Number(answer?.['commas']) === strays) {
    return dataFailure(
      'type-mismatch',
      `${name} holds numbers with a decimal comma (${example}). Write them with a point.`,
    );
  }
  if (!declaredNumeric && strays * 2 > count) return null;
  const found = `text in ${strays} of ${count} rows (${example}), first in row ${first.row}`;
  const told = declaredNumeric
    ? `is declared ${type?.kind} and holds ${found}`
    : `holds numbers, and ${found}`;
  return dataFailure('type-mismatch', `${name} ${told}. Mend the data, or declare it \`categorical\`.`);
}

/** A condition: the value begins as a date does, 2024-01-31, 31/01/2024 or 31.01.2024, perhaps with a time. */
const DATE = (x: string): string =>
  `regexp_full_match(${x}, '([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./]([0-9]{4}|[0-9]{2}))([T ].*)?')`;

function dates(name: string, example: string): DataFailure {
  return dataFailure(
    'type-mismatch',
    `${name} holds dates (${example}), which are neither numbers nor levels. Declare it \`categorical\` for a level a date, or add a column with a number, such as the days since a start.`,
  );
}

/** More different values than anyone reads. */
const SHOWN = 4;

async function distinctValues(db: Database, source: TypedSql): Promise<readonly string[]> {
  const rows = await db.rows(
    `SELECT DISTINCT ${source.sql} AS value FROM kept WHERE ${source.sql} IS NOT NULL ORDER BY 1 LIMIT 1000`,
  );
  return rows.map((row) => String(row['value']));
}

async function checkBinary(
  db: Database,
  { name }: VariableRequest,
  source: TypedSql,
): Promise<DataFailure | null> {
  const values = await distinctValues(db, source);
  if (values.length <= 2) return null;
  const shown = `${values.slice(0, SHOWN).join(', ')}${values.length > SHOWN ? ', …' : ''}`;
  return dataFailure(
    'type-mismatch',
    `${name} is declared binary and has ${values.length === 1000 ? 'many' : values.length} values (${shown}). Declare another type, or derive a condition such as \`${name} > 0\`.`,
  );
}

async function checkLevels(
  db: Database,
  { name }: VariableRequest,
  source: TypedSql,
  levels: readonly string[],
): Promise<DataFailure | null> {
  const unknown = (await distinctValues(db, source)).find((value) => !levels.includes(value));
  if (unknown === undefined) return null;
  return dataFailure(
    'level-unknown',
    `${name} holds ${JSON.stringify(unknown)}, which is not one of its declared levels (${nameList(levels)}). Add it to the list, or mend the data.`,
  );
}
