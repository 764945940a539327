import type { Node } from '../model/model.ts';

/**
 * A set of nodes as one byte a node: 1 at the index of a member, 0 elsewhere. Its length is the graph's size.
 */
export type NodeSet = Uint8Array;

/** The set of the given nodes among `size`. */
export function nodeSet(size: number, nodes: Iterable<Node>): NodeSet {
  const set = new Uint8Array(size);
  for (const node of nodes) set[node] = 1;
  return set;
}

/** The members in ascending order. */
export function members(set: NodeSet): Node[] {
  const nodes: Node[] = [];
  for (let node = 0; node < set.length; node++) if (set[node] === 1) nodes.push(node);
  return nodes;
}

/** The nodes that are in any of the sets, which are of one size. */
export function union(first: NodeSet, ...others: readonly NodeSet[]): NodeSet {
  const result = first.slice();
  for (const other of others) for (let i = 0; i < result.length; i++) result[i]! |= other[i]!;
  return result;
}

/** The nodes that are in every one of the sets, which are of one size. */
export function intersection(first: NodeSet, ...others: readonly NodeSet[]): NodeSet {
  const result = first.slice();
  for (const other of others) for (let i = 0; i < result.length; i++) result[i]! &= other[i]!;
  return result;
}

/** The nodes of the first set that are in none of the others. */
export function difference(first: NodeSet, ...others: readonly NodeSet[]): NodeSet {
  const result = first.slice();
  for (const other of others) for (let i = 0; i < result.length; i++) result[i]! &= other[i]! ^ 1;
  return result;
}

/** The nodes that are not in the set. */
export function complement(set: NodeSet): NodeSet {
  return set.map((member) => member ^ 1);
}

/** Whether the set has no member. */
export function isEmpty(set: NodeSet): boolean {
  return !set.includes(1);
}

/** Whether the two sets, of one size, have a member in common. */
export function intersects(first: NodeSet, second: NodeSet): boolean {
  for (let i = 0; i < first.length; i++) if ((first[i]! & second[i]!) === 1) return true;
  return false;
}

/** Number of members. */
export function sizeOf(set: NodeSet): number {
  let count = 0;
  for (let i = 0; i < set.length; i++) count += set[i]!;
  return count;
}
