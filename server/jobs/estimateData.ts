/** The estimate job: load what the plans need, and run them. */

import { basename } from 'node:path';
import type { DataRequest } from '../../engine/data/request.ts';
import { completeRows, selectRows } from '../../engine/data/table.ts';
import { fillable } from '../../engine/estimate/missing.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { plannedColumns } from '../../engine/estimate/problem.ts';
import type { RowCount } from '../../engine/estimate/result.ts';
import { runEstimates } from '../../engine/estimate/run.ts';
import type { Crew } from '../../engine/stats/crew.ts';
import type { Database } from './duckdb.ts';
import { type LoadedTable, loadTable } from './loadTable.ts';
import type { JobProgress, JobResults } from './protocol.ts';

/** Reading counts for this part of the progress. */
const READING_SHARE = 0.4;

/** How often a person is told how far the reading has come, in milliseconds. */
const TICK = 200;

/** Reads the data of a request and runs the plans on it. */
export async function estimateData(
  db: Database,
  request: DataRequest,
  plans: readonly EstimatePlan[],
  crew: Crew,
  onProgress: JobProgress,
): Promise<JobResults['estimate']> {
  const stage = `Reading ${basename(request.path)}`;
  onProgress(stage, 0);
  const timer = setInterval(() => onProgress(stage, READING_SHARE * (db.progress() ?? 0)), TICK);
  const loaded = await loadTable(db, request).finally(() => clearInterval(timer));
  if (loaded.kind === 'failure') return loaded;
  const data = { table: loaded.table, kinds: loaded.kinds, problems: loaded.problems, crew };
  const outcomes = await runEstimates(data, plans, (name, fraction) =>
    onProgress(name, READING_SHARE + (1 - READING_SHARE) * fraction),
  );
  return { kind: 'estimated', rows: countRows(loaded, plans), outcomes };
}

function countRows(loaded: LoadedTable, plans: readonly EstimatePlan[]): RowCount {
  const { table, rowsRead, rowsFiltered, rowsUndecided } = loaded;
  const filled = new Set(plans.flatMap((plan) => (plan.missing === 'drop' ? [] : fillable(table, plan))));
  const needed = plans.flatMap((plan) => {
    const made = new Set(plan.missing === 'drop' ? [] : fillable(table, plan));
    return plannedColumns(plan).filter((name) => !made.has(name) && table.columns.has(name));
  });
  const rows = completeRows(table, [...new Set(needed)]);
  const gaps = [...filled].sort().flatMap((name) => {
    const count = rows.length - completeRows(selectRows(table, [name], rows), [name]).length;
    return count === 0 ? [] : [[name, count] as const];
  });
  return {
    read: rowsRead,
    used: rows.length,
    dropped: { where: rowsFiltered, missing: rowsUndecided + table.rowCount - rows.length },
    filled: Object.fromEntries(gaps),
  };
}
