/** The profile job: what the rows of a file hold, variable by variable. */

import { splitArms } from '../../engine/data/profile/armSplit.ts';
import { countByArm } from '../../engine/data/profile/byArm.ts';
import type { ArmsProfile } from '../../engine/data/profile/described.ts';
import { profileTable } from '../../engine/data/profile/profile.ts';
import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import type { ProfiledRoles, Suspicion } from '../../engine/data/profile/suspicions.ts';
import type { DataRequest, VariableRequest } from '../../engine/data/request.ts';
import type { Table } from '../../engine/data/table.ts';
import { columnNames } from './columns.ts';
import { openDataFile } from './dataFile.ts';
import type { Database } from './duckdb.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { type LoadedTable, loadTable } from './loadTable.ts';
import type { JobRequest, ProfiledFile } from './protocol.ts';

/**
 * Profiles the variables of a request, or every column. A variable that cannot be used as it is (numbers and text in one column, say) is shown as the
 * text it holds, and with the reason; one that has no column is among the suspicious ones only.
 */
export async function profileData(
  db: Database,
  { path, data, roles, byArm }: Extract<JobRequest, { kind: 'profile' }>,
): Promise<ProfiledFile | DataFailure> {
  const columns = await columnsOf(db, path);
  if ('kind' in columns) return columns;
  const request = { path, ...(data ?? everyColumn(columns)) };
  const loaded = await loadWhole(db, request);
  if (loaded.kind === 'failure') return loaded;
  const declared = request.variables.flatMap(({ name, type }) =>
    type === null ? [] : [[name, type.kind] as const],
  );
  const names = request.variables.map(({ name }) => name);
  const shown = present(roles, loaded);
  const profile = profileTable(loaded.table, names, new Map(declared), shown);
  const unusable = [...loaded.problems].map(
    ([variable, { message }]): Suspicion => ({ code: 'unusable', variable, message }),
  );
  return {
    kind: 'profiled',
    ...profile,
    suspicions: [...unusable, ...profile.suspicions],
    columns,
    byArm: byArm === true ? armsProfile(loaded.table, profile.variables, shown) : null,
    rows: {
      read: loaded.rowsRead,
      kept: loaded.table.rowCount,
      dropped: { where: loaded.rowsFiltered, undecided: loaded.rowsUndecided },
    },
  };
}

function armsProfile(
  table: Table,
  summaries: readonly VariableSummary[],
  { treatment: [treatment] }: ProfiledRoles,
): ArmsProfile | null {
  const arms = treatment === undefined ? null : splitArms(table, treatment);
  if (arms === null) return null;
  const { split, places } = arms;
  return { split, variables: countByArm(table, summaries, places, split.arms.length) };
}

async function columnsOf(db: Database, path: string): Promise<readonly string[] | DataFailure> {
  const file = await openDataFile(path);
  return file.kind === 'failure' ? file : columnNames(db, file);
}

function everyColumn(columns: readonly string[]): Omit<DataRequest, 'path'> {
  const named = columns.filter((name, i) => name !== '' && columns.indexOf(name) === i);
  const variables = named.map(
    (name): VariableRequest => ({ name, definition: null, type: null, label: false }),
  );
  return { variables, where: null, filters: [] };
}

/** Loads the variables, and those with values of the wrong kind as the text that they are. */
export async function loadWhole(db: Database, request: DataRequest): Promise<LoadedTable | DataFailure> {
  const loaded = await loadTable(db, request);
  if (loaded.kind === 'failure') return loaded;
  const wrong = request.variables.filter(({ name }) => {
    const problem = loaded.problems.get(name);
    return problem !== undefined && problem.code !== 'column-missing';
  });
  if (wrong.length === 0) return loaded;
  const labels = wrong.map((variable): VariableRequest => ({ ...variable, type: null, label: true }));
  const again = await loadTable(db, {
    ...request,
    variables: [...request.variables, ...labels].filter(last),
  });
  if (again.kind === 'failure') return again;
  if (again.table.rowCount !== loaded.table.rowCount) {
    return dataFailure(
      'data-unreadable',
      'The file changed while it was read. Run again once it is written.',
    );
  }
  return { ...again, problems: loaded.problems };
}

/** Of two requests for a variable the later one, in its place. */
function last({ name }: VariableRequest, index: number, all: readonly VariableRequest[]): boolean {
  return !all.some((other, i) => i > index && other.name === name);
}

function present(roles: ProfiledRoles, { table }: LoadedTable): ProfiledRoles {
  const there = (names: readonly string[]): string[] => names.filter((name) => table.columns.has(name));
  return { treatment: there(roles.treatment), outcome: there(roles.outcome) };
}
