/** Average effects of groups of rows. */

import { columnOf } from '../../data/table.ts';
import { level, type RowExpression, rowValues, within } from '../../stats/rowExpression.ts';
import type { EffectGroup } from '../diagnostics/heterogeneity.ts';
import { infer } from '../inference.ts';
import type { EstimationProblem } from '../problem.ts';
import { scoreAverage, type WeightedScores } from './scoreAverage.ts';

interface Part {
  readonly label: string;
  readonly rows: RowExpression;
}

const QUARTERS = ['lowest quarter', 'second quarter', 'third quarter', 'highest quarter'];

/** The groups of each `by` variable: its levels, the values of a number that has at most four, else quarters. */
export async function effectGroups(
  problem: EstimationProblem,
  scores: WeightedScores,
): Promise<readonly EffectGroup[]> {
  const groups: EffectGroup[] = [];
  for (const variable of problem.plan.by) {
    groups.push(...(await averages(problem, scores, variable, partsOf(problem, variable, scores))));
  }
  return groups;
}

/** Groups by the effect that is predicted (Chernozhukov, Demirer, Duflo & Fernández-Val 2018); none where it does not vary. */
export async function rankedGroups(
  problem: EstimationProblem,
  effect: Float64Array,
  scores: WeightedScores,
): Promise<readonly EffectGroup[]> {
  const parts = quarters(effect, scores.weights);
  return parts.length < 2 ? [] : averages(problem, scores, 'predicted effect', parts);
}

async function averages(
  problem: EstimationProblem,
  scores: WeightedScores,
  variable: string,
  parts: readonly Part[],
): Promise<readonly EffectGroup[]> {
  const groups: EffectGroup[] = [];
  for (const { label, rows } of parts) {
    const average = await scoreAverage(problem, scores, rows);
    if (average === null) continue;
    const { ci } = infer(average.estimate, average.se, null, problem.plan.level);
    groups.push({ variable, label, ...average, ci });
  }
  return groups;
}

function partsOf(
  { table }: EstimationProblem,
  variable: string,
  { weights }: WeightedScores,
): readonly Part[] {
  const column = columnOf(table, variable);
  if (column.kind === 'categorical') {
    return column.levels.map((label, code) => ({ label, rows: level(variable, code) }));
  }
  const values = fewValues(column.values);
  if (values === null) return quarters(column.values, weights);
  return values.map((value) => ({
    label: String(value),
    rows: within(rowValues(column.values), value, value),
  }));
}

/** The different numbers of a column, ascending; null where there are more than four. */
function fewValues(values: Float64Array): readonly number[] | null {
  const found = new Set<number>();
  for (const value of values) {
    found.add(value);
    if (found.size > QUARTERS.length) return null;
  }
  return [...found].sort((a, b) => a - b);
}

/** Parts with about a quarter of the rows that count each; rows with the same value are in the same. */
function quarters(values: Float64Array, weights: Float64Array): readonly Part[] {
  const sorted = values.filter((_value, row) => weights[row] > 0).sort();
  const limits = [1, 2, 3].map((k) => sorted[Math.ceil((k * sorted.length) / 4) - 1]);
  const quarter = values.map((value) => limits.filter((limit) => value > limit).length);
  const occurring = new Set(quarter.filter((_value, row) => weights[row] > 0));
  return QUARTERS.flatMap((label, k) =>
    occurring.has(k) ? [{ label, rows: within(rowValues(quarter), k, k) }] : [],
  );
}
