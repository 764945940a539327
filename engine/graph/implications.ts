import type { Node } from '../model/model.ts';
import { type CausalGraph, hasNeighbor } from './graph.ts';
import { complement, members, type NodeSet, nodeSet, union } from './nodeSet.ts';
import { createWorkspace, type Workspace, wholeGraph } from './reachability.ts';
import { minimalSeparator } from './separators.ts';

/**
 * `x` and `y`, `x` the smaller, are independent given the set (and the selection) in every distribution that
 * the graph allows.
 */
export interface Implication {
  readonly x: Node;
  readonly y: Node;
  readonly given: readonly Node[];
}

/** Independences, and whether the search stopped before it had seen every pair. */
export interface ImplicationList {
  readonly implications: readonly Implication[];
  readonly truncated: boolean;
}

/** Node visits after which a search for implications stops unless told otherwise: some seconds. */
const WORK = 50_000_000;

/**
 * For each pair of measured variables that is not joined by an edge and that measured variables can separate,
 * one minimal separator, as it is found: pairs in the order of their nodes. With a selection the data hold
 * only what is true given it, so it is conditioned on throughout and is not one of the variables. `null`
 * stands for a pair that has none, so that the reader can stop between any two pairs. Linear for each pair.
 * The graph has no cycle.
 */
export function* implications(
  graph: CausalGraph,
  selection: readonly Node[],
  workspace: Workspace = createWorkspace(),
): Generator<Implication | null, void, undefined> {
  const view = wholeGraph(graph, workspace);
  const required = nodeSet(graph.size, selection);
  const allowed: NodeSet = complement(union(graph.latent, required));
  const variables = members(allowed);
  for (const [index, x] of variables.entries()) {
    for (let later = index + 1; later < variables.length; later++) {
      const y = variables[later]!;
      if (areAdjacent(graph, x, y)) continue;
      const given = minimalSeparator({ view, from: [x], to: [y], required, allowed });
      yield given === null ? null : { x, y, given };
    }
  }
}

/** The first `limit` implications, found with at most `work` node visits. */
export function listImplications(
  graph: CausalGraph,
  selection: readonly Node[],
  { limit, work = WORK }: { readonly limit: number; readonly work?: number },
): ImplicationList {
  const workspace = createWorkspace();
  const found: Implication[] = [];
  for (const implication of implications(graph, selection, workspace)) {
    if (implication !== null && found.length >= limit) return { implications: found, truncated: true };
    if (implication !== null) found.push(implication);
    if (workspace.visits > work) return { implications: found, truncated: true };
  }
  return { implications: found, truncated: false };
}

function areAdjacent(graph: CausalGraph, x: Node, y: Node): boolean {
  return (
    hasNeighbor(graph.children, x, y) || hasNeighbor(graph.children, y, x) || hasNeighbor(graph.spouses, x, y)
  );
}
