/** Simulated studies for the accuracy benches: columns in memory, and plans over them. */

import type { Column } from '../../engine/data/table.ts';
import type { VariableKind } from '../../engine/data/variableType.ts';
import { DEFAULT_OPTIONS, type EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimationData } from '../../engine/estimate/problem.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { runEstimates } from '../../engine/estimate/run.ts';
import type { Random } from '../../engine/stats/random.ts';

/** A standard normal draw (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** One row of a study, by variable. */
export type Row = Readonly<Record<string, number>>;

/** Rows as data; the variables of `groups` are names of groups, those of two values are binary. */
export function dataOf(rows: readonly Row[], groups: readonly string[] = []): EstimationData {
  const names = Object.keys(rows[0] ?? {});
  const columns = new Map<string, Column>();
  const kinds = new Map<string, VariableKind>();
  for (const name of names) {
    const values = Float64Array.from(rows, (row) => row[name] ?? Number.NaN);
    const distinct = [...new Set(values.subarray(0, 2000))];
    if (groups.includes(name)) {
      const levels = [...new Set(values)].sort((a, b) => a - b);
      const places = new Map(levels.map((level, code) => [level, code]));
      const codes = Int32Array.from(values, (value) => places.get(value) ?? -1);
      columns.set(name, { kind: 'categorical', codes, levels: levels.map(String) });
      kinds.set(name, 'categorical');
    } else {
      columns.set(name, { kind: 'numeric', values });
      kinds.set(name, distinct.length === 2 ? 'binary' : 'continuous');
    }
  }
  return { table: { rowCount: rows.length, columns }, kinds, problems: new Map() };
}

/** A plan for the effect of `t` on `y`. */
export function planOf(change: Partial<EstimatePlan>): EstimatePlan {
  return {
    ...DEFAULT_OPTIONS,
    name: change.method ?? '',
    method: 'regression',
    estimand: 'ate',
    treatment: 't',
    outcome: 'y',
    adjusted: [],
    instruments: [],
    identified: true,
    obstacle: null,
    implied: false,
    filter: null,
    formula: null,
    parts: [],
    seed: 1,
    ...change,
  };
}

/** The first estimate of each plan; null where it could not run. */
export async function estimatesOf(
  data: EstimationData,
  plans: readonly EstimatePlan[],
): Promise<readonly (Estimate | null)[]> {
  const outcomes = await runEstimates(data, plans);
  return outcomes.map(([first]) => (first?.kind === 'estimate' ? first : null));
}

/** The value of `--NAME VALUE` in the environment's list of arguments, or a default. */
export function setting(name: string, otherwise: number): number {
  const words = (process.env['CAUSAL_BENCH_ARGUMENTS'] ?? '').split(' ');
  const place = words.indexOf(`--${name}`);
  const value = Number(words[place + 1]);
  return place >= 0 && Number.isFinite(value) ? value : otherwise;
}
