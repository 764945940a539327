/** What a table holds, before any model: each variable, how they go together, and what is suspicious. */

import { completeRows, type Table } from '../table.ts';
import type { VariableKind } from '../variableType.ts';
import { type ArmComparison, compareArms } from './comparison.ts';
import { type Correlations, correlate } from './correlations.ts';
import { summariseColumn, type VariableSummary } from './summary.ts';
import { findSuspicions, type ProfiledRoles, type Suspicion } from './suspicions.ts';

export interface TableProfile {
  readonly variables: readonly VariableSummary[];
  /** Rows with a value in every variable. */
  readonly complete: number;
  readonly correlations: Correlations;
  /** Of each treatment that has levels. */
  readonly comparisons: readonly ArmComparison[];
  readonly suspicions: readonly Suspicion[];
}

/** Profiles the columns `names` of a table, of which those that are not there are passed over; `kinds` are their declared types. */
export function profileTable(
  table: Table,
  names: readonly string[],
  kinds: ReadonlyMap<string, VariableKind>,
  roles: ProfiledRoles,
): TableProfile {
  const present = names.filter((name) => table.columns.has(name));
  const variables = present.flatMap((name) => {
    const column = table.columns.get(name);
    return column === undefined ? [] : [summariseColumn(name, column, kinds.get(name) ?? null)];
  });
  const correlations = correlate(table, present);
  return {
    variables,
    complete: completeRows(table, present).length,
    correlations,
    comparisons: roles.treatment
      .filter((name) => table.columns.has(name))
      .flatMap((name) => compareArms(table, name, present)),
    suspicions: findSuspicions(table, variables, correlations, roles),
  };
}
