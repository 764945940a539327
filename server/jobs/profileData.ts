/** The profile job: what the rows of a file hold, variable by variable. */

import { profileTable } from '../../engine/data/profile/profile.ts';
import type { ProfiledRoles, Suspicion } from '../../engine/data/profile/suspicions.ts';
import type { DataRequest, VariableRequest } from '../../engine/data/request.ts';
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
  { path, data, roles }: Extract<JobRequest, { kind: 'profile' }>,
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
  const profile = profileTable(loaded.table, names, new Map(declared), present(roles, loaded));
  const unusable = [...loaded.problems].map(
    ([variable, { message }]): Suspicion => ({ code: 'unusable', variable, message }),
  );
  return {
    kind: 'profiled',
    ...profile,
    suspicions: [...unusable, ...profile.suspicions],
    columns,
    rows: {
      read: loaded.rowsRead,
      kept: loaded.table.rowCount,
      dropped: { where: loaded.rowsFiltered, undecided: loaded.rowsUndecided },
    },
  };
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
async function loadWhole(db: Database, request: DataRequest): Promise<LoadedTable | DataFailure> {
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
