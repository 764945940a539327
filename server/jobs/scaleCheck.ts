/** Numbers so large, or so small, that sums of their squares are no numbers any more. */

import type { VariableRequest } from '../../engine/data/request.ts';
import { quoteIdentifier, type TypedSql } from '../../engine/data/sql.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import type { RowFinder } from './loadTable.ts';

/** Products of four such numbers, as in robust standard errors, are summed over many rows and stay far from 1.8e308. */
const LARGEST = 1e50;

/** A column without any number above it is 0 once it is squared, squared again and compared. */
const SMALLEST = 1e-50;

/**
 * The largest absolute value in the table `kept` of those columns of numbers with which nothing can be computed; infinity where there is an infinite
 * number. In most data empty.
 */
export async function extremeColumns(
  db: Database,
  variables: readonly VariableRequest[],
  columns: ReadonlyMap<string, TypedSql>,
): Promise<ReadonlyMap<string, number>> {
  const numbers = variables.flatMap(({ name, label }) => {
    const column = columns.get(name);
    return label || column?.type !== 'number' ? [] : [{ name, sql: column.sql }];
  });
  if (numbers.length === 0) return new Map();
  const list = numbers.map(({ sql }, i) => `max(abs(${sql})) AS ${quoteIdentifier(`m${i}`)}`).join(', ');
  const [answer] = await db.rows(`SELECT ${list} FROM kept`);
  return new Map(
    numbers.flatMap(({ name }, i) => {
      const found = answer?.[`m${i}`];
      const extreme = typeof found === 'number' && (found > LARGEST || (found > 0 && found < SMALLEST));
      return extreme ? [[name, found] as const] : [];
    }),
  );
}

/** Why a variable cannot be used whose largest absolute value is `scale`, with the row that holds it. */
export async function scaleFailure(
  { name }: VariableRequest,
  { sql }: TypedSql,
  scale: number,
  rowOf: RowFinder,
): Promise<DataFailure> {
  if (scale === Number.POSITIVE_INFINITY) {
    return dataFailure(
      'type-mismatch',
      `${name} is infinite in row ${(await rowOf(`isinf(${sql})`, sql)).row}. Mend the data, or leave such rows out: \`where ${name} < 1e30 and ${name} > -1e30\`.`,
    );
  }
  const unit = `Write it in another unit, as in \`variable ${name} = ${name} / ${Number(scale.toPrecision(1))}\`, or leave that row out with \`where\`.`;
  if (scale < SMALLEST) {
    return dataFailure(
      'type-mismatch',
      `${name} holds no number above ${scale}: too small to compute with. ${unit}`,
    );
  }
  const { row } = await rowOf(`abs(${sql}) > ${LARGEST}`, sql);
  return dataFailure(
    'type-mismatch',
    `${name} holds numbers up to ${scale} (the first too large to compute with is in row ${row}). ${unit}`,
  );
}
