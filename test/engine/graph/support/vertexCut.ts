import type { CausalModel, Node } from '../../../../engine/model/model.ts';
import { reachability } from './bruteForce.ts';

/**
 * Size of a smallest set of allowed nodes that separates the two, or null where none does: a maximum flow,
 * one way after the other, through the moral graph of the ancestors, which is built in full. For models
 * without bidirected edges.
 */
export function smallestCut(
  model: CausalModel,
  from: Node,
  to: Node,
  allowed: ReadonlySet<Node>,
): number | null {
  const reach = reachability(model);
  const nodes = model.variables
    .map((_, node) => node)
    .filter((node) => reach[node]![from] || reach[node]![to]);
  const isEdge = (a: Node, b: Node) => model.directed.some((edge) => edge.from === a && edge.to === b);
  const isMarried = (a: Node, b: Node) => nodes.some((child) => isEdge(a, child) && isEdge(b, child));
  const count = 2 * model.variables.length;
  const capacity = Array.from({ length: count }, () => new Float64Array(count));
  for (const a of nodes) {
    capacity[2 * a]![2 * a + 1] = allowed.has(a) && a !== from && a !== to ? 1 : 1000;
    for (const b of nodes) {
      if (a !== b && (isEdge(a, b) || isEdge(b, a) || isMarried(a, b))) capacity[2 * a + 1]![2 * b] = 1000;
    }
  }
  for (let flow = 0; flow < 500; flow++) {
    const previous = new Map<number, number>([[2 * from + 1, -1]]);
    for (const vertex of previous.keys()) {
      for (let next = 0; next < count; next++)
        if (capacity[vertex]![next]! > 0 && !previous.has(next)) previous.set(next, vertex);
    }
    if (!previous.has(2 * to)) return flow;
    for (let vertex = 2 * to; vertex !== 2 * from + 1; vertex = previous.get(vertex)!) {
      capacity[previous.get(vertex)!]![vertex]!--;
      capacity[vertex]![previous.get(vertex)!]!++;
    }
  }
  return null;
}
