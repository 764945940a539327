import type { Node } from '../model/model.ts';
import { type AdjustmentProblem, adjustmentQuestion, checkAdjustment } from './adjustment.ts';
import { conditioned, type Effect } from './effect.ts';
import { difference, members, nodeSet, union } from './nodeSet.ts';
import { withoutLoops } from './path.ts';
import { type PathReport, reportPath } from './pathReport.ts';
import { listPaths } from './paths.ts';
import { ask, walkTo } from './reachability.ts';
import { ancestors, separated } from './separation.ts';
import { minimalSeparator } from './separators.ts';
import { connectionOpenedBy } from './tables.ts';

/** Paths, and steps of the search for them, among which one opened by a given member is looked for. */
const PATHS = 200;
const STEPS = 20_000;

/** What one member of an adjustment set does there. */
export type MemberReview =
  | {
      readonly kind: 'problem';
      readonly node: Node;
      readonly problem: Exclude<AdjustmentProblem, { readonly code: 'open-path' }>;
    }
  /** A collider, or a descendant of one: adjusting for it opens this path, which biases the effect. */
  | { readonly kind: 'collider'; readonly node: Node; readonly report: PathReport }
  /**
   * Given the rest of the set it tells something of the treatment and, but for the treatment's effect,
   * nothing of the outcome: adjusting for it takes precision away, and amplifies what bias there is (Pearl
   * 2010; Wooldridge 2016).
   */
  | { readonly kind: 'instrument'; readonly node: Node }
  /**
   * The set stays valid without it and every other unneeded or instrument-like member. `precision`: it says
   * something of the outcome, and nothing of the treatment.
   */
  | { readonly kind: 'unneeded'; readonly node: Node; readonly precision: boolean };

/** A given adjustment set, member by member. Members that do their work are not listed. */
export interface AdjustmentReview {
  readonly valid: boolean;
  /** In ascending order of node; a member has one entry, its worst. */
  readonly members: readonly MemberReview[];
  /** What no single member is to blame for: an open path, a selection that is forbidden. */
  readonly problems: readonly AdjustmentProblem[];
}

/**
 * Reviews a given set: which members spoil it, which do harm in other ways, and which are not needed. A
 * member is called a collider only where it alone opens a path and the set is not valid. Linear for each
 * member.
 */
export function reviewAdjustment(effect: Effect, set: readonly Node[]): AdjustmentReview {
  const { valid, problems } = checkAdjustment(effect, set);
  const chosen = [...new Set(set)].sort((a, b) => a - b);
  const unneeded = valid ? unneededMembers(effect, chosen) : new Set<Node>();
  return {
    valid,
    members: chosen.flatMap((node) => {
      const review = reviewMember(effect, chosen, node, problems, unneeded);
      return review === null ? [] : [review];
    }),
    problems: problems.filter(({ code }) => code === 'open-path' || code === 'forbidden-selection'),
  };
}

/**
 * The members outside one minimal valid set within the given valid one: they can all be left out together.
 * What is like an instrument is left out where that can be.
 */
export function unneededMembers(effect: Effect, set: readonly Node[]): Set<Node> {
  const within = (nodes: readonly Node[]) =>
    minimalSeparator(adjustmentQuestion(effect, nodeSet(effect.graph.size, nodes)));
  const kept = within(set.filter((node) => !isInstrumentLike(effect, set, node))) ?? within(set) ?? set;
  return new Set(set.filter((node) => !kept.includes(node)));
}

/**
 * An open path, not causal, that is open only because `by` is conditioned on: it passes a collider at or
 * above one of `by` and of nothing else in the set. Null where there is none, which is linear to see, or
 * where the bounded search that follows where the shortest walk is no path does not find one.
 */
export function pathOpenedBy(effect: Effect, set: readonly Node[], by: readonly Node[]): PathReport | null {
  const { backdoor, view, treatment, outcome } = effect;
  const given = conditioned(effect, set);
  const opened = ancestors(backdoor, members(given));
  const others = ancestors(view, members(difference(given, nodeSet(given.length, by))));
  const opener = difference(opened, others);
  const question = ask(backdoor, connectionOpenedBy, { given, opened, opener });
  const walk = walkTo(question, members(treatment), outcome);
  if (walk === null) return null;
  const isOpenedBy = (report: PathReport) =>
    report.inner.some(({ node, kind }) => kind === 'opened' && opener[node] === 1);
  const shortest = reportPath(view, withoutLoops(walk), given);
  if (isOpenedBy(shortest)) return shortest;
  const { paths } = listPaths(effect, set, { which: 'biasing', limit: PATHS, work: STEPS });
  return paths.find(isOpenedBy) ?? null;
}

function reviewMember(
  effect: Effect,
  set: readonly Node[],
  node: Node,
  problems: readonly AdjustmentProblem[],
  unneeded: ReadonlySet<Node>,
): MemberReview | null {
  for (const problem of problems) {
    if (problem.code === 'open-path' || problem.code === 'forbidden-selection') continue;
    if (problem.node === node) return { kind: 'problem', node, problem };
  }
  if (problems.some(({ code }) => code === 'open-path')) {
    const report = pathOpenedBy(effect, set, [node]);
    if (report !== null) return { kind: 'collider', node, report };
  }
  if ((problems.length > 0 || unneeded.has(node)) && isInstrumentLike(effect, set, node)) {
    return { kind: 'instrument', node };
  }
  if (unneeded.has(node)) return { kind: 'unneeded', node, precision: isPrecise(effect, set, node) };
  return null;
}

function isInstrumentLike(effect: Effect, set: readonly Node[], node: Node): boolean {
  const { view, backdoor, treatment, outcome } = effect;
  const rest = withoutNode(effect, set, node);
  return !separated(view, [node], treatment, rest) && separated(backdoor, [node], outcome, rest);
}

function isPrecise(effect: Effect, set: readonly Node[], node: Node): boolean {
  const { view, treatment, outcome } = effect;
  const rest = withoutNode(effect, set, node);
  return (
    separated(view, [node], treatment, rest) && !separated(view, [node], outcome, union(rest, treatment))
  );
}

function withoutNode(effect: Effect, set: readonly Node[], node: Node) {
  return difference(conditioned(effect, set), nodeSet(effect.graph.size, [node]));
}
