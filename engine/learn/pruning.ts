/** Cost-complexity pruning (Breiman, Friedman, Olshen & Stone 1984, chapter 3): the nested subtrees that are best for each price of a leaf. */

import type { TreeNodes } from './treeNodes.ts';

export interface PruningSequence {
  /** Price of a leaf from which each node is a leaf; 0 for those that have no children. */
  readonly collapse: Float64Array;
  /** The prices at which the tree shrinks, ascending, after 0. */
  readonly prices: readonly number[];
}

/** @param cost of each node, were it a leaf: not less than that of its children together. */
export function pruningSequence(tree: TreeNodes, cost: Float64Array): PruningSequence {
  const { child, count } = tree;
  const collapse = new Float64Array(count);
  for (let node = 0; node < count; node++) if (child[node] > 0) collapse[node] = Number.POSITIVE_INFINITY;
  const prices = [0];
  let price = 0;
  while (collapse[0] === Number.POSITIVE_INFINITY) {
    const weakest = weakestLink(tree, cost, collapse);
    price = Math.max(price, weakest.price);
    if (price > prices[prices.length - 1]) prices.push(price);
    // What stands below is gone with it.
    const below = [weakest.node];
    for (let node = below.pop(); node !== undefined; node = below.pop()) {
      if (collapse[node] !== Number.POSITIVE_INFINITY) continue;
      collapse[node] = price;
      below.push(child[node], child[node] + 1);
    }
  }
  return { collapse, prices };
}

/** The node whose branch saves the least cost a leaf. */
function weakestLink(
  { child, count }: TreeNodes,
  cost: Float64Array,
  collapse: Float64Array,
): { readonly node: number; readonly price: number } {
  const branchCost = cost.slice(0, count);
  const leaves = new Float64Array(count).fill(1);
  let weakest = { node: 0, price: Number.POSITIVE_INFINITY };
  // Children have larger numbers than their parents.
  for (let node = count - 1; node >= 0; node--) {
    if (collapse[node] !== Number.POSITIVE_INFINITY) continue;
    const left = child[node];
    branchCost[node] = branchCost[left] + branchCost[left + 1];
    leaves[node] = leaves[left] + leaves[left + 1];
    const price = Math.max(0, cost[node] - branchCost[node]) / (leaves[node] - 1);
    if (price <= weakest.price) weakest = { node, price };
  }
  return weakest;
}

/** Sum of `cost` over the leaves that the tree has at a price. */
export function costAtPrice(
  { child }: TreeNodes,
  { collapse }: PruningSequence,
  cost: Float64Array,
  price: number,
): number {
  let total = 0;
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (collapse[node] <= price) total += cost[node];
    else open.push(child[node], child[node] + 1);
  }
  return total;
}

/** The tree as it is at a price: the same nodes, some of which have lost their children. */
export function prunedTree(tree: TreeNodes, { collapse }: PruningSequence, price: number): TreeNodes {
  return {
    ...tree,
    child: tree.child.map((child, node) => (node < tree.count && collapse[node] > price ? child : 0)),
  };
}
