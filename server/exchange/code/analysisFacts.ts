/** What a script in another language needs to know of a spec: which rows, which variables, which estimates. */

import type { DataExpression } from '../../../engine/data/expression.ts';
import { type DataRequest, filterColumn, groupedVariable } from '../../../engine/data/request.ts';
import type { VariableKind } from '../../../engine/data/variableType.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { planEstimation } from '../../analysis/estimation.ts';

/** A variable that the estimates use, after those that its definition uses. */
export interface ScriptVariable {
  readonly name: string;
  readonly definition: DataExpression | null;
  readonly kind: VariableKind | null;
  /** In the person's order, the reference first; empty where none were listed. */
  readonly levels: readonly string[];
}

export interface ScriptFacts {
  /** As the spec names it; null without data. */
  readonly path: string | null;
  readonly where: DataExpression | null;
  readonly variables: readonly ScriptVariable[];
  /** What can be planned, in the order of the text. */
  readonly plans: readonly EstimatePlan[];
  /** Those that estimates set for themselves. */
  readonly conditions: readonly DataExpression[];
}

/** Reads what a script needs from an analysis; of a spec with errors what could be planned. */
export function scriptFacts(analysis: Analysis): ScriptFacts {
  const { planned, request } = planEstimation(analysis);
  const plans = planned.flatMap((one) => (one.kind === 'plan' ? [one.plan] : []));
  return {
    path: analysis.data.path,
    where: request.where,
    variables: request.variables.filter(({ label }) => !label).map(scriptVariable),
    plans,
    conditions: request.filters,
  };
}

function scriptVariable({ name, definition, type }: DataRequest['variables'][number]): ScriptVariable {
  return { name, definition, kind: type?.kind ?? null, levels: type?.levels ?? [] };
}

/** Columns of the data of one estimate: a row with no value in one of them is left out. */
export function columnsOf(plan: EstimatePlan): readonly string[] {
  const { treatment, outcome, adjusted, instruments, through, by, weight, cluster } = plan;
  const optional = [weight, cluster].filter((name) => name !== null);
  const all = [outcome, treatment, ...adjusted, ...instruments, ...through, ...by, ...optional];
  return [...new Set(all.map(groupedVariable))];
}

/** Place of an estimate's own condition among the `conditions`, from 1; null where it sets none. */
export function conditionPlace({ filter }: EstimatePlan): number | null {
  if (filter === null) return null;
  let place = 0;
  while (filterColumn(place) !== filter) place += 1;
  return place + 1;
}
