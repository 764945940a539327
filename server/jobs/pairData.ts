/** The pair job: two variables of a file together. */

import { type PairPicture, pairOf } from '../../engine/data/profile/pair.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { loadWhole } from './profileData.ts';
import type { JobRequest } from './protocol.ts';

/** Loads the two variables, and the treatment where it can be had; a variable without a column is a failure. */
export async function pairData(
  db: Database,
  { data, x, y, treatment }: Extract<JobRequest, { kind: 'pair' }>,
): Promise<PairPicture | DataFailure> {
  const loaded = await loadWhole(db, data);
  if (loaded.kind === 'failure') return loaded;
  const { table, problems } = loaded;
  const absent = [x, y].find((name) => !table.columns.has(name));
  if (absent !== undefined) {
    return problems.get(absent) ?? dataFailure('column-missing', `The data have no column ${absent}.`);
  }
  return pairOf(table, x, y, treatment !== null && table.columns.has(treatment) ? treatment : null);
}
