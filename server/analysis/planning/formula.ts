import { planFormula } from '../../../engine/estimate/plugin/plannedFormula.ts';
import { isZeroEffect } from '../../../engine/graph/effect.ts';
import type { Hedge } from '../../../engine/graph/id/id.ts';
import { idAnswer } from '../../../engine/graph/identification.ts';
import { nameList } from '../../../engine/wording.ts';
import type { Structure } from '../structure.ts';
import type { Choice, ChoiceRequest, Pair } from './choice.ts';

/** An estimate of the formula that the ID algorithm derives; a text where it derives none. */
export function chooseFormula({ pair, answers, structure }: ChoiceRequest): Choice | string {
  if ('code' in answers) return `There is no formula: ${answers.message}`;
  const { effect } = answers;
  if (isZeroEffect(effect)) return zeroEffect(pair);
  const answer = idAnswer(effect);
  if (answer.kind === 'not-applicable') {
    return 'There is no formula: the rows are selected, and the ID algorithm is known for unselected rows only.';
  }
  if (answer.kind === 'not-identifiable') return hedgeText(answer.hedge, pair, structure);
  if (answer.estimand === null) {
    return 'The graph identifies the effect, but the formula is too long to be computed. Use a method that adjusts, such as `regression`, or leave variables out of the graph that no path needs.';
  }
  const roles = { treatment: pair.treatment.variable, outcome: pair.outcome.variable };
  const formula = planFormula(answer.estimand, structure.graph.names, roles);
  return { adjusted: [], instruments: [], obstacle: null, formula };
}

/** Where nothing leads from treatment to outcome there is nothing to compute. */
export function zeroEffect({ treatment, outcome }: Pair): string {
  return `In this graph no chain of arrows leads from ${treatment.variable} to ${outcome.variable}: the effect is zero by assumption, and there is nothing to estimate. Draw the arrow if there may be one.`;
}

/** Why no formula exists (Shpitser & Pearl 2006), for a person. */
export function hedgeText(
  { outer, inner }: Hedge,
  { treatment, outcome }: Pair,
  structure: Structure,
): string {
  const names = (nodes: Hedge['outer']): string =>
    nameList(nodes.map((node) => structure.graph.names[node] ?? '').sort());
  const added = outer.filter((node) => !inner.includes(node));
  return `The graph does not tell the effect of ${treatment.variable} on ${outcome.variable} from what unmeasured causes do: they join ${names(outer)}, and setting ${treatment.variable} takes ${names(added)} from ${names(inner)}, which no data can follow (a hedge). Measure one of these causes, or find an instrument.`;
}
