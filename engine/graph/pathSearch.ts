import type { Node } from '../model/model.ts';
import { type Adjacency, neighborsOf } from './graph.ts';
import type { NodeSet } from './nodeSet.ts';
import type { Path } from './path.ts';
import type { View } from './reachability.ts';
import { ARROWS, type Arrow } from './ruleTable.ts';

/** Which simple paths are wanted, with what steers the search to them. */
export interface PathSearch {
  readonly view: View;
  readonly sources: readonly Node[];
  /** A path ends at the first of these that it meets. */
  readonly targets: NodeSet;
  /** Not entered; the sources are in it. */
  readonly barrier: NodeSet;
  /** Whether a path that came to the inner node along one arrow may leave it along the other. */
  readonly passes: (node: Node, arrived: Arrow, leaving: Arrow) => boolean;
  /**
   * At `3 * node + arrow`: the least steps from a target back to the node, arriving there along that arrow;
   * -1 where there is no way.
   */
  readonly remaining: Int32Array;
}

/** Steps that a search may still take; counted down. */
export interface StepBudget {
  left: number;
}

interface Step {
  readonly arrow: Arrow;
  readonly to: Node;
}

/**
 * The simple paths, the shorter first, found one by one: depth first with a growing bound on the length,
 * never further than the bound leaves room to reach a target (iterative deepening A*, Korf 1985). In memory
 * for one path. Stops when the budget is spent.
 */
export function* simplePaths(search: PathSearch, budget: StepBudget): Generator<Path, void, undefined> {
  let length = 1;
  while (budget.left > 0) {
    let next = Number.POSITIVE_INFINITY;
    for (const source of search.sources) {
      next = Math.min(next, yield* pathsOfLength(search, source, length, budget));
    }
    if (next === Number.POSITIVE_INFINITY) return;
    length = next;
  }
}

/**
 * Yields the paths of one length from one source; returns the least length that a path which was given up
 * could have.
 */
function* pathsOfLength(
  search: PathSearch,
  source: Node,
  length: number,
  budget: StepBudget,
): Generator<Path, number, undefined> {
  const path: Step[] = [];
  const onPath = new Set<Node>([source]);
  const untried = [stepsFrom(search, source, null)];
  let next = Number.POSITIVE_INFINITY;
  while (untried.length > 0 && budget.left > 0) {
    budget.left--;
    const step = untried[untried.length - 1]!.pop();
    if (step === undefined) {
      untried.pop();
      const last = path.pop();
      if (last !== undefined) onPath.delete(last.to);
      continue;
    }
    if (onPath.has(step.to) || search.barrier[step.to] === 1) continue;
    const least = search.targets[step.to] === 1 ? 0 : leastRemaining(search, step);
    if (least === null) continue;
    const shortest = path.length + 1 + least;
    if (shortest > length) next = Math.min(next, shortest);
    else if (search.targets[step.to] === 0) {
      path.push(step);
      onPath.add(step.to);
      untried.push(stepsFrom(search, step.to, step.arrow));
    } else if (shortest === length) yield pathOf(source, [...path, step]);
  }
  return next;
}

/** The steps that a path may take from a node, in reverse, so that the last is tried first. */
function stepsFrom({ view, passes }: PathSearch, node: Node, arrived: Arrow | null): Step[] {
  const { children, parents, spouses } = view.graph;
  const cut = view.cut;
  const isCut = (tail: Node, head: Node) => cut !== null && cut.tails[tail] === 1 && cut.heads[head] === 1;
  const along = (arrow: Arrow, adjacency: Adjacency, isThere: (to: Node) => boolean): Step[] => {
    if (arrived !== null && !passes(node, arrived, arrow)) return [];
    return [...neighborsOf(adjacency, node)].filter(isThere).map((to) => ({ arrow, to }));
  };
  return [
    ...along('→', children, (child) => !isCut(node, child)),
    ...along('←', parents, (parent) => !isCut(parent, node)),
    ...along('↔', spouses, () => true),
  ].reverse();
}

/**
 * The least number of steps from the end of the step to a target, or null where no path goes on from there.
 */
function leastRemaining({ passes, remaining }: PathSearch, { arrow, to }: Step): number | null {
  const backwards: Readonly<Record<Arrow, Arrow>> = { '→': '←', '←': '→', '↔': '↔' };
  const steps = ARROWS.flatMap((met, code) => {
    const count = remaining[3 * to + code]!;
    return count >= 0 && passes(to, arrow, backwards[met]) ? [count] : [];
  });
  return steps.length === 0 ? null : Math.min(...steps);
}

function pathOf(source: Node, steps: readonly Step[]): Path {
  return { nodes: [source, ...steps.map(({ to }) => to)], arrows: steps.map(({ arrow }) => arrow) };
}
