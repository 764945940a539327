/** Several rows of one unit: they are not independent, and standard errors that take them for it are too small. */

import { groupedVariable } from '../data/request.ts';
import { columnOf } from '../data/table.ts';
import type { EstimatePlan } from './plan.ts';
import type { EstimationData } from './problem.ts';
import type { EstimateWarning } from './result.ts';

/**
 * The plan with its standard errors clustered by the unit (`id`), where some unit has several of `rows` and nothing else was said of clusters; with a
 * warning of it, or of standard errors that were asked for and take those rows for independent.
 */
export function clusterUnits(
  data: EstimationData,
  plan: EstimatePlan,
  rows: Int32Array,
): { readonly plan: EstimatePlan; readonly warnings: readonly EstimateWarning[] } {
  const { id, cluster, standardError } = plan;
  if (id === null || cluster !== null) return { plan, warnings: [] };
  const column = columnOf(data.table, id);
  if (column.kind !== 'categorical') return { plan, warnings: [] };
  const counts = new Float64Array(column.levels.length);
  for (const row of rows) if (column.codes[row] >= 0) counts[column.codes[row]] += 1;
  const units = counts.filter((count) => count > 0).length;
  const repeated = counts.filter((count) => count > 1).length;
  if (repeated === 0) return { plan, warnings: [] };
  const most = counts.indexOf(counts.reduce((top, count) => Math.max(top, count), 0));
  const found = `${repeated} of ${units} units of ${groupedVariable(id)} have several rows (${column.levels[most]} has ${counts[most]})`;
  const asked = standardError !== null && standardError !== 'robust';
  const message = asked
    ? `${found}, and \`se ${standardError}\` takes them for independent. Without it they are clustered by unit.`
    : `${found}: standard errors are clustered by it. If each should have one row, look into the data.`;
  return {
    plan: asked ? plan : { ...plan, cluster: id },
    warnings: [{ code: 'repeated-units', message }],
  };
}
