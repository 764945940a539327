/**
 * Grows a tree leaf by leaf, the leaf with the largest gain first (Ke et al. 2017, LightGBM), on histograms: only that of the smaller child is
 * summed from its rows, that of its sibling is the parent's less it.
 */

import { fillHistogram } from './histogram.ts';
import { bestSplit, type Split, type SplitRule } from './split.ts';
import type { TrainingBins } from './trainingBins.ts';
import { newTree, type TreeNodes } from './treeNodes.ts';

export interface GrowthLimits {
  readonly leaves: number;
  /** Packed weight of one row. */
  readonly unit: number;
}

export interface GrownLeaf {
  readonly node: number;
  /** Its rows are `positions[start … end)` of the workspace. */
  readonly start: number;
  readonly end: number;
}

export interface GrownTree {
  readonly nodes: TreeNodes;
  readonly leaves: readonly GrownLeaf[];
}

/** Memory that trees grown one after the other share. */
export interface GrowthSpace {
  /** Rows, those of a leaf next to each other. */
  readonly positions: Int32Array;
  readonly moved: Int32Array;
  readonly gathered: Float64Array;
  /** Histograms not in use. */
  readonly spare: Float64Array[];
}

/** Room to grow trees on `rows` rows. */
export function growthSpace(rows: number): GrowthSpace {
  return {
    positions: new Int32Array(rows),
    moved: new Int32Array(rows),
    gathered: new Float64Array(rows),
    spare: [],
  };
}

interface OpenLeaf extends GrownLeaf {
  /** One an output. */
  readonly histograms: readonly Float64Array[];
  readonly split: Split | null;
}

/**
 * A tree of the first `rows` rows of `bins`.
 *
 * @param packed weights and gradients of the rows, an array an output, as `packing.ts` makes them
 */
export function growTree(
  bins: TrainingBins,
  rows: number,
  packed: readonly Float64Array[],
  rule: SplitRule,
  limits: GrowthLimits,
  space: GrowthSpace,
): GrownTree {
  const nodes = newTree(limits.leaves);
  const { positions } = space;
  for (let i = 0; i < rows; i++) positions[i] = i;
  const search = (histograms: readonly Float64Array[]): Split | null =>
    bestSplit(histograms, bins.features, bins.offsets, rule, limits.unit);
  const root = limits.leaves > 1 ? histogramsOf(bins, packed, space, 0, rows) : [];
  const open: OpenLeaf[] = [
    { node: 0, start: 0, end: rows, histograms: root, split: root.length > 0 ? search(root) : null },
  ];
  while (open.length < limits.leaves) {
    const best = leafToSplit(open);
    const leaf = open[best];
    if (leaf === undefined || leaf.split === null) break;
    const middle = partition(bins, leaf, leaf.split, space);
    const child = addChildren(nodes, leaf.node, leaf.split);
    const last = open.length + 1 === limits.leaves;
    const [left, right] = last ? [[], []] : childHistograms(bins, packed, space, leaf, middle);
    if (last) space.spare.push(...leaf.histograms);
    open[best] = {
      node: child,
      start: leaf.start,
      end: middle,
      histograms: left,
      split: last ? null : search(left),
    };
    open.push({
      node: child + 1,
      start: middle,
      end: leaf.end,
      histograms: right,
      split: last ? null : search(right),
    });
  }
  for (const { histograms } of open) space.spare.push(...histograms);
  return { nodes, leaves: open.map(({ node, start, end }) => ({ node, start, end })) };
}

/** Index of the leaf with the largest gain, the first of equals; −1 where none can be split. */
function leafToSplit(open: readonly OpenLeaf[]): number {
  let best = -1;
  let gain = 0;
  for (let i = 0; i < open.length; i++) {
    const split = open[i].split;
    if (split !== null && split.gain > gain) [best, gain] = [i, split.gain];
  }
  return best;
}

function addChildren(nodes: TreeNodes, node: number, split: Split): number {
  const child = nodes.count;
  nodes.count += 2;
  nodes.child[node] = child;
  nodes.feature[node] = split.feature;
  nodes.threshold[node] = split.left === null ? split.threshold : -1;
  nodes.left[node] = split.left;
  nodes.gain[node] = split.gain;
  return child;
}

function histogramsOf(
  bins: TrainingBins,
  packed: readonly Float64Array[],
  space: GrowthSpace,
  start: number,
  end: number,
): Float64Array[] {
  return packed.map((values) => {
    const sums = space.spare.pop() ?? new Float64Array(bins.totalBins);
    fillHistogram(bins, space.positions, start, end, values, space.gathered, sums);
    return sums;
  });
}

/** Of the two children; the larger takes over the memory of the parent's. */
function childHistograms(
  bins: TrainingBins,
  packed: readonly Float64Array[],
  space: GrowthSpace,
  leaf: OpenLeaf,
  middle: number,
): [left: readonly Float64Array[], right: readonly Float64Array[]] {
  const leftIsSmaller = middle - leaf.start <= leaf.end - middle;
  const smaller = leftIsSmaller
    ? histogramsOf(bins, packed, space, leaf.start, middle)
    : histogramsOf(bins, packed, space, middle, leaf.end);
  for (const [k, sums] of leaf.histograms.entries()) {
    const less = smaller[k];
    for (let b = 0; b < sums.length; b++) sums[b] -= less[b];
  }
  return leftIsSmaller ? [smaller, leaf.histograms] : [leaf.histograms, smaller];
}

/** Puts the rows of a leaf that go left before those that go right, each in their order, and gives where the right ones start. */
function partition(bins: TrainingBins, leaf: GrownLeaf, split: Split, space: GrowthSpace): number {
  const { positions, moved } = space;
  const start = (split.feature >> 2) * bins.rows;
  const words = bins.words.subarray(start, start + bins.rows);
  const shift = (split.feature & 3) << 3;
  const { threshold, left } = split;
  let kept = leaf.start;
  let away = 0;
  for (let i = leaf.start; i < leaf.end; i++) {
    const row = positions[i];
    const code = (words[row] >>> shift) & 255;
    const goesLeft = left === null ? code <= threshold : left[code] === 1;
    // Written to both places without a branch; only one of them moves on.
    positions[kept] = row;
    moved[away] = row;
    const step = goesLeft ? 1 : 0;
    kept += step;
    away += 1 - step;
  }
  positions.set(moved.subarray(0, away), kept);
  return kept;
}
