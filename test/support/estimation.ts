import type { Column } from '../../engine/data/table.ts';
import type { VariableKind } from '../../engine/data/variableType.ts';
import { DEFAULT_OPTIONS, type EstimatePlan } from '../../engine/estimate/plan.ts';
import type { EstimationData } from '../../engine/estimate/problem.ts';
import type { Estimate, EstimateOutcome } from '../../engine/estimate/result.ts';
import { runEstimates } from '../../engine/estimate/run.ts';

/** A plan for the effect of `t` on `y`, with what a test is about. */
export function planOf(change: Partial<EstimatePlan>): EstimatePlan {
  return {
    ...DEFAULT_OPTIONS,
    name: 'estimate',
    method: 'regression',
    estimand: 'ate',
    treatment: 't',
    outcome: 'y',
    adjusted: [],
    instruments: [],
    formula: null,
    parts: [],
    identified: true,
    obstacle: null,
    implied: false,
    filter: null,
    seed: 1,
    ...change,
  };
}

/** Columns of numbers, or of text as levels in code unit order; kinds as given, else from the values. */
export function dataOf(
  columns: Readonly<Record<string, readonly (number | string)[]>>,
  kinds: Readonly<Record<string, VariableKind>> = {},
): EstimationData {
  const table = new Map<string, Column>();
  const found = new Map<string, VariableKind>();
  let rowCount = 0;
  for (const [name, values] of Object.entries(columns)) {
    rowCount = values.length;
    const distinct = new Set(values).size;
    if (values.some((value) => typeof value === 'string')) {
      const levels = [...new Set(values.map(String))].sort();
      table.set(name, {
        kind: 'categorical',
        levels,
        codes: Int32Array.from(values, (value) => levels.indexOf(String(value))),
      });
      found.set(name, kinds[name] ?? (distinct === 2 ? 'binary' : 'categorical'));
    } else {
      table.set(name, { kind: 'numeric', values: Float64Array.from(values, Number) });
      found.set(name, kinds[name] ?? (distinct === 2 ? 'binary' : 'continuous'));
    }
  }
  return { table: { rowCount, columns: table }, kinds: found, problems: new Map() };
}

/** All outcomes of one plan. */
export async function outcomesOf(
  data: EstimationData,
  change: Partial<EstimatePlan>,
): Promise<readonly EstimateOutcome[]> {
  return (await runEstimates(data, [planOf(change)]))[0] ?? [];
}

/** The one estimate of a plan; a failure fails the test with its message. */
export async function estimateOf(data: EstimationData, change: Partial<EstimatePlan>): Promise<Estimate> {
  const [outcome] = await outcomesOf(data, change);
  if (outcome?.kind !== 'estimate') throw new Error(outcome?.error.message ?? 'no outcome');
  return outcome;
}

/** A confounded study of `n` rows: t depends on a, b and g, y on all of them; z moves t alone. The effect is 2. */
export function study(n: number, seed = 1): Record<string, (number | string)[]> {
  let state = seed;
  const uniform = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const rows = Array.from({ length: n }, () => {
    const [a, b, z] = [normal(), normal(), uniform() < 0.5 ? 1 : 0];
    const g = ['n', 'o', 's'][Math.floor(uniform() * 3)] ?? 'n';
    const pull = 0.6 * a - 0.4 * b + (g === 's' ? 0.7 : 0) + 1.2 * z - 0.7;
    const t = uniform() < 1 / (1 + Math.exp(-pull)) ? 1 : 0;
    const y = 1 + 2 * t + a + 0.5 * b + (g === 'o' ? 1 : 0) + normal();
    return { a, b, g, z, t, y, c: `c${Math.floor(uniform() * 40)}` };
  });
  return Object.fromEntries(
    (['a', 'b', 'g', 'z', 't', 'y', 'c'] as const).map((name) => [name, rows.map((row) => row[name])]),
  );
}
