import type { Node } from '../model/model.ts';
import { type AdjustmentProblem, checkAdjustment } from './adjustment/adjustment.ts';
import { type Effect, poseEffect } from './effect.ts';
import { nodeSet, union } from './kernel/nodeSet.ts';
import type { Path } from './kernel/path.ts';
import { ask, walkTo } from './kernel/reachability.ts';
import { descent } from './kernel/tables.ts';
import { descendants } from './separation/separation.ts';
import { stratum } from './stratum.ts';

/** Why mediators do not give an effect by the front door. */
export type FrontDoorProblem =
  /** What the rows are selected by may break the formula in a way that the criterion does not see. */
  | { readonly code: 'selection' }
  /** The question has no place for the mediators: one is latent, in another role, or in the set that is held fixed. */
  | { readonly code: 'role'; readonly node: Node }
  /** A directed path from treatment to outcome that meets no mediator. */
  | { readonly code: 'bypassed'; readonly path: Path }
  /** What is held fixed is changed by the treatment. */
  | { readonly code: 'given-descendant'; readonly node: Node; readonly path: Path }
  /** Treatment and mediators are confounded, or mediators and outcome beyond what the treatment blocks. */
  | { readonly code: 'confounded'; readonly problem: AdjustmentProblem };

/**
 * What stands between the mediators and the front-door formula given a set (Pearl 1995, with a set held fixed: Tian & Pearl 2002): they
 * intercept every directed path, have no open back-door path from the treatment given the set, and the treatment with the set blocks their
 * back-door paths to the outcome; the set is not changed by the treatment. Empty where nothing does: the formula is then right. Linear.
 */
export function frontDoorProblems(
  effect: Effect,
  mediators: readonly Node[],
  given: readonly Node[],
): FrontDoorProblem[] {
  const { graph, query, view, treatment, outcome, selection } = effect;
  if (stratum(effect) === null) return [{ code: 'selection' }];
  const taken = union(treatment, outcome, selection, graph.latent);
  const misplaced =
    mediators.find((node) => taken[node] === 1 || given.includes(node)) ??
    given.find((node) => taken[node] === 1);
  if (misplaced !== undefined) return [{ code: 'role', node: misplaced }];
  const barrier = union(treatment, nodeSet(graph.size, mediators));
  const bypass = walkTo(ask(view, descent, { barrier }), query.treatment, outcome);
  const changed = given.find((node) => descendants(view, query.treatment)[node] === 1);
  const descentPath =
    changed === undefined
      ? null
      : walkTo(ask(view, descent, {}), query.treatment, nodeSet(graph.size, [changed]));
  return [
    ...(bypass === null ? [] : [{ code: 'bypassed', path: bypass } as const]),
    ...(changed === undefined || descentPath === null
      ? []
      : [{ code: 'given-descendant', node: changed, path: descentPath } as const]),
    ...confounding(effect, query.treatment, mediators, given),
    ...confounding(effect, mediators, query.outcome, [...query.treatment, ...given]),
  ];
}

function confounding(
  { graph, query, view }: Effect,
  from: readonly Node[],
  to: readonly Node[],
  given: readonly Node[],
): FrontDoorProblem[] {
  if (from.length === 0 || to.length === 0) return [];
  const part = poseEffect(
    graph,
    { treatment: from, outcome: to, selection: query.selection },
    view.workspace,
  );
  if (part.kind === 'failure') throw new Error(part.message);
  return checkAdjustment(part, given).problems.map((problem) => ({ code: 'confounded', problem }));
}
