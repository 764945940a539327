/** A grown tree over binned features, and where it sends rows. */

import type { BinnedTable } from './bins.ts';

export interface TreeNodes {
  /** Nodes in use; the first is the root. */
  count: number;
  /** Left child; the right one follows it. 0 where the node is a leaf. */
  readonly child: Int32Array;
  readonly feature: Int32Array;
  /** Bins above this go right; −1 where `left` tells. */
  readonly threshold: Int32Array;
  readonly left: (Uint8Array | null)[];
  /** What the split gained, in the scale that it was searched in. */
  readonly gain: Float64Array;
}

/** A tree of one leaf, with room for `leaves`. */
export function newTree(leaves: number): TreeNodes {
  const size = 2 * leaves - 1;
  return {
    count: 1,
    child: new Int32Array(size),
    feature: new Int32Array(size),
    threshold: new Int32Array(size),
    left: new Array<Uint8Array | null>(size).fill(null),
    gain: new Float64Array(size),
  };
}

/** Rows whose codes are brought together at a time, so that all trees find them in the cache. */
const BLOCK = 2048;

/**
 * Calls `visit(tree, codes, stride, start, count)` for each tree and each block of rows: the codes of the rows `start … start + count` of `rows` stand in
 * `codes`, a group of four features after the other at a distance of `stride`.
 */
export function forBlocks(
  table: BinnedTable,
  rows: Int32Array,
  visit: (codes: Uint32Array, stride: number, start: number, count: number) => void,
): void {
  const block = new Uint32Array(Math.max(1, table.words.length) * BLOCK);
  for (let start = 0; start < rows.length; start += BLOCK) {
    const count = Math.min(BLOCK, rows.length - start);
    for (const [group, words] of table.words.entries()) {
      for (let i = 0; i < count; i++) block[group * BLOCK + i] = words[rows[start + i]];
    }
    visit(block, BLOCK, start, count);
  }
}

/** The leaf of each of the rows `first … first + count`, whose codes lie in `words` with groups at a distance of `stride`. */
export function findLeaves(
  tree: TreeNodes,
  words: Uint32Array,
  stride: number,
  first: number,
  count: number,
  leaves: Int32Array,
): void {
  const { child, feature, threshold, left } = tree;
  for (let i = 0; i < count; i++) {
    let node = 0;
    let next = child[0];
    while (next > 0) {
      const f = feature[node];
      const code = (words[(f >> 2) * stride + first + i] >>> ((f & 3) << 3)) & 255;
      const limit = threshold[node];
      const levels = limit < 0 ? left[node] : null;
      // A code above the limit makes the difference negative, and its sign bit the step to the right.
      node = next + (levels === null ? (limit - code) >>> 31 : 1 - levels[code]);
      next = child[node];
    }
    leaves[i] = node;
  }
}
