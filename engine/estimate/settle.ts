/** What only the rows decide about a plan: values filled in, and whether rows of one unit come several times. */

import { columnOf } from '../data/table.ts';
import { fillCovariates, filledWarnings } from './missing.ts';
import type { EstimatePlan } from './plan.ts';
import { type EstimationData, plannedRows } from './problem.ts';
import type { EstimateWarning } from './result.ts';
import { clusterUnits } from './units.ts';

export interface SettledPlan {
  readonly data: EstimationData;
  /** With nothing left to settle: settling it again changes nothing. */
  readonly plan: EstimatePlan;
  readonly warnings: readonly EstimateWarning[];
}

/** Settles a plan whose variables all have columns. */
export function settlePlan(data: EstimationData, plan: EstimatePlan): SettledPlan {
  if (plan.missing === 'drop' && plan.id === null) return { data, plan, warnings: [] };
  const filled = fillCovariates(data, plan);
  const rows = plannedRows(filled.data.table, filled.plan);
  const adjusted = filled.plan.adjusted.filter(
    (name) => !filled.indicators.has(name) || varies(filled.data, name, rows),
  );
  const units = clusterUnits(filled.data, { ...filled.plan, adjusted }, rows);
  return {
    data: filled.data,
    plan: { ...units.plan, id: null },
    warnings: [...filledWarnings(data, plan, filled.filled, rows), ...units.warnings],
  };
}

/** An indicator that marks none of the rows used, or all, has nothing to tell. */
function varies({ table }: EstimationData, name: string, rows: Int32Array): boolean {
  const column = columnOf(table, name);
  return column.kind === 'numeric' && rows.some((row) => column.values[row] !== column.values[rows[0]]);
}
