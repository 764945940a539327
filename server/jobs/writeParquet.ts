/** The Parquet job: a CSV file of our own as Parquet. */

import { quoteIdentifier, quoteText } from '../../engine/data/sql.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import type { JobRequest } from './protocol.ts';
import { positionalName } from './scan.ts';

export interface WrittenFile {
  readonly kind: 'written';
}

/** Writes the rows of the CSV file `from`, whose columns are known, to `to`; fails where that cannot be written. */
export async function writeParquet(
  db: Database,
  { from, to, columns }: Extract<JobRequest, { kind: 'parquet' }>,
): Promise<WrittenFile | DataFailure> {
  const types = columns.map(({ number }, i) => `'${positionalName(i)}': '${number ? 'DOUBLE' : 'VARCHAR'}'`);
  const named = columns.map(({ name }, i) => `${positionalName(i)} AS ${quoteIdentifier(name)}`);
  const source = `read_csv(${quoteText(from)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})`;
  try {
    await db.run(`COPY (SELECT ${named.join(', ')} FROM ${source}) TO ${quoteText(to)} (FORMAT parquet)`);
    return { kind: 'written' };
  } catch (error) {
    return dataFailure('job-failed', error instanceof Error ? error.message : String(error));
  }
}
