/** The estimates that a survey is about. */

import type { DataExpression } from '../../../engine/data/expression.ts';
import { filterColumn } from '../../../engine/data/request.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Range } from '../../../grammar/tree.ts';
import type { Analysis } from '../analyse.ts';
import { planEstimation } from '../estimation.ts';

/** A plan with the place in the text that asks for it, and a key that is the same for the same comparison. */
export interface PlacedPlan {
  readonly key: string;
  readonly plan: EstimatePlan;
  /** Null for one that no statement asks for. */
  readonly range: Range | null;
}

/** The plans of a spec, with one for declared instruments that no estimate uses; and the conditions that they are made under. */
export function surveyedPlans(analysis: Analysis): {
  readonly plans: readonly PlacedPlan[];
  readonly filters: readonly DataExpression[];
} {
  const { planned, request } = planEstimation(analysis);
  const uses = planned.some((each) => each.kind === 'plan' && each.plan.instruments.length > 0);
  const unused = !uses && analysis.question.instruments.length > 0;
  // No statement is about them, so they have no condition of their own.
  const declared = unused ? planEstimation(analysis, { methods: ['iv'] }).planned : [];
  const { filters } = request;
  const conditions = new Map(filters.map((filter, index) => [filterColumn(index), filter]));
  const plans = [...planned, ...declared].flatMap((each) =>
    each.kind === 'plan' ? [{ key: keyOf(each.plan, conditions), plan: each.plan, range: each.range }] : [],
  );
  return { plans, filters };
}

/** What the overlap and the strength of a plan depend on: not its name, nor which of the conditions its own is. */
function keyOf(plan: EstimatePlan, conditions: ReadonlyMap<string, DataExpression>): string {
  const {
    method,
    estimand,
    treatment,
    outcome,
    adjusted,
    instruments,
    propensity,
    trim,
    weight,
    cluster,
    id,
    missing,
  } = plan;
  const condition = plan.filter === null ? null : conditions.get(plan.filter);
  return JSON.stringify([
    method,
    estimand,
    treatment,
    outcome,
    adjusted,
    instruments,
    propensity,
    trim,
    weight,
    cluster,
    id,
    missing,
    condition,
  ]);
}
