/**
 * `tree`: one classification or regression tree, grown large by the reduction of squared error (for classes that is the Gini index) and pruned to the
 * price of a leaf with the least cross-validated error (Breiman, Friedman, Olshen & Stone 1984).
 */

import { binnedTable } from './bins.ts';
import { type GrowthSpace, growTree, growthSpace } from './growTree.ts';
import type { Learner, LearningTask } from './learner.ts';
import { gradientScale, packGradients, packWeights } from './packing.ts';
import { costAtPrice, type PruningSequence, prunedTree, pruningSequence } from './pruning.ts';
import { scaledResponse } from './scaledResponse.ts';
import { shuffled } from './shuffled.ts';
import { type TrainingSet, trainingSet, weighingRows } from './trainingSet.ts';
import { findLeaves, forBlocks, type TreeNodes } from './treeNodes.ts';

/** Leaves before pruning. */
const LEAVES = 256;

const FOLDS = 10;

/** A tree whose nodes know what they would predict as leaves. */
interface ValuedTree {
  readonly nodes: TreeNodes;
  /** For each output, one a node. */
  readonly values: readonly Float64Array[];
  /** Mean over all rows of the squared error of each node's rows. */
  readonly cost: Float64Array;
}

/** What is predicted: one column, or an indicator a class. */
interface Targets {
  readonly columns: readonly Float64Array[];
  /** Are they chances, which must not be 0 or 1? */
  readonly chances: boolean;
  restore(value: number): number;
}

/**
 * Leaves have at least 5 to 20 rows, more where there are many. Of the prices with the least error in tenfold cross-validation the highest is taken.
 *
 * Probabilities lie strictly between 0 and 1: no leaf of n rows says less than half a row of n + 1.
 */
export const tree: Learner = (table, training, task, random) => {
  const rows = shuffled(weighingRows(training), random);
  const set = trainingSet(table, training, rows);
  const targets = targetsOf(task, set);
  const leafRows = Math.max(5, Math.min(20, Math.floor(rows.length / 25)));
  const space = growthSpace(rows.length);
  const full = valuedTree(set, targets, leafRows, space);
  const sequence = pruningSequence(full.nodes, full.cost);
  const price = bestPrice(set, targets, leafRows, sequence, space);
  const nodes = prunedTree(full.nodes, sequence, price);
  const binned = binnedTable(table);
  return {
    importances: importancesOf(nodes, full.cost, table.features.length),
    predict: (wanted) => {
      const predictions = full.values.map(() => new Float64Array(wanted.length));
      forBlocks(binned, wanted, (codes, stride, start, count) => {
        const leaves = new Int32Array(count);
        findLeaves(nodes, codes, stride, 0, count, leaves);
        for (const [k, values] of full.values.entries()) {
          for (let i = 0; i < count; i++) predictions[k][start + i] = targets.restore(values[leaves[i]]);
        }
      });
      return predictions;
    },
  };
};

function targetsOf(task: LearningTask, set: TrainingSet): Targets {
  if (task.kind === 'mean') {
    const { values, restore } = scaledResponse(set);
    return { columns: [values], chances: false, restore };
  }
  const classes = task.kind === 'probability' ? [1] : Array.from({ length: task.classes }, (_class, c) => c);
  const columns = classes.map((own) => set.response.map((value) => (value === own ? 1 : 0)));
  return { columns, chances: true, restore: (value) => value };
}

/** Grows on all rows of a set. */
function valuedTree(set: TrainingSet, targets: Targets, leafRows: number, space: GrowthSpace): ValuedTree {
  const weights = packWeights(set.weights, set.rows);
  const gradients = targets.columns.map((column) => centredGradients(column, set));
  // Errors of several outputs are added up, so they need one scale.
  const scale = Math.min(...gradients.map((column) => gradientScale(weights, column)));
  const packed = gradients.map((column) => {
    const values = new Float64Array(set.rows);
    packGradients(weights, column, scale, values);
    return values;
  });
  const { unit, place } = weights;
  const rule = { place, leafWeight: leafRows * unit, penalty: 0 };
  const grown = growTree(set.bins, set.rows, packed, rule, { leaves: LEAVES, unit }, space);
  const { count, child } = grown.nodes;
  const weight = new Float64Array(count);
  const sums = targets.columns.map(() => new Float64Array(count));
  const squares = new Float64Array(count);
  for (const { node, start, end } of grown.leaves) {
    for (let i = start; i < end; i++) {
      const row = space.positions[i];
      const own = set.weights === null ? 1 : set.weights[row];
      weight[node] += own;
      for (const [k, column] of targets.columns.entries()) {
        sums[k][node] += own * column[row];
        squares[node] += own * column[row] * column[row];
      }
    }
  }
  for (let node = count - 1; node >= 0; node--) {
    const left = child[node];
    if (left === 0) continue;
    for (const column of [weight, squares, ...sums]) column[node] = column[left] + column[left + 1];
  }
  const explained = (node: number): number =>
    sums.reduce((sum, column) => sum + (column[node] * column[node]) / weight[node], 0);
  const cost = squares.map((square, node) => (square - explained(node)) / set.weight);
  return { nodes: grown.nodes, values: leafValues(sums, weight, targets.chances), cost };
}

/** Residuals from the mean, weighted. */
function centredGradients(column: Float64Array, { weights, weight }: TrainingSet): Float64Array {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += weights === null ? column[i] : weights[i] * column[i];
  const mean = sum / weight;
  return column.map((value, i) => (weights === null ? 1 : weights[i]) * (value - mean));
}

function leafValues(
  sums: readonly Float64Array[],
  weight: Float64Array,
  chances: boolean,
): readonly Float64Array[] {
  const means = sums.map((column) => column.map((sum, node) => sum / weight[node]));
  if (!chances) return means;
  const least = weight.map((own) => 0.5 / (own + 1));
  if (means.length === 1)
    return [means[0].map((mean, node) => Math.max(least[node], Math.min(1 - least[node], mean)))];
  const raised = means.map((column) => column.map((mean, node) => Math.max(least[node], mean)));
  return raised.map((column) =>
    column.map((value, node) => value / raised.reduce((sum, other) => sum + other[node], 0)),
  );
}

/** The price with the least held-out error; of equals the highest. */
function bestPrice(
  set: TrainingSet,
  targets: Targets,
  leafRows: number,
  { prices }: PruningSequence,
  space: GrowthSpace,
): number {
  // The geometric middle of each interval of prices stands for it (Breiman et al. 1984, section 3.4).
  const middles = prices.map((price, k) =>
    k + 1 < prices.length ? Math.sqrt(price * prices[k + 1]) : Number.POSITIVE_INFINITY,
  );
  const errors = new Float64Array(prices.length);
  const folds = Math.min(FOLDS, set.rows);
  if (folds < 2 || prices.length === 1) return middles[middles.length - 1];
  for (let fold = 0; fold < folds; fold++) {
    const others = rowsWhere(set.rows, (row) => row % folds !== fold);
    const held = rowsWhere(set.rows, (row) => row % folds === fold);
    const part = subset(set, others);
    const grown = valuedTree(part, { ...targets, columns: pick(targets.columns, others) }, leafRows, space);
    const sequence = pruningSequence(grown.nodes, grown.cost);
    const cost = heldOutCost(set, targets, grown, held);
    for (const [k, price] of middles.entries()) {
      errors[k] += costAtPrice(grown.nodes, sequence, cost, price);
    }
  }
  const least = Math.min(...errors);
  return middles[errors.findLastIndex((error) => error <= least)];
}

function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  return Int32Array.from({ length: rows }, (_row, i) => i).filter(keep);
}

function pick(columns: readonly Float64Array[], rows: Int32Array): Float64Array[] {
  return columns.map((column) => Float64Array.from(rows, (row) => column[row]));
}

function subset(set: TrainingSet, rows: Int32Array): TrainingSet {
  const { bins, weights } = set;
  const groups = bins.rows === 0 ? 0 : bins.words.length / bins.rows;
  const words = new Uint32Array(groups * rows.length);
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < rows.length; i++)
      words[group * rows.length + i] = bins.words[group * bins.rows + rows[i]];
  }
  const own = weights === null ? null : pick([weights], rows)[0];
  return {
    rows: rows.length,
    bins: { ...bins, rows: rows.length, words },
    response: pick([set.response], rows)[0],
    weights: own,
    weight: own === null ? rows.length : own.reduce((sum, value) => sum + value, 0),
  };
}

/** Squared error that each node would have as a leaf, over the held-out rows that pass through it. */
function heldOutCost(set: TrainingSet, targets: Targets, grown: ValuedTree, held: Int32Array): Float64Array {
  const { nodes, values } = grown;
  const parent = new Int32Array(nodes.count).fill(-1);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.child[node] > 0) parent.fill(node, nodes.child[node], nodes.child[node] + 2);
  }
  const leaf = new Int32Array(1);
  const cost = new Float64Array(nodes.count);
  for (const row of held) {
    findLeaves(nodes, set.bins.words, set.bins.rows, row, 1, leaf);
    const own = set.weights === null ? 1 : set.weights[row];
    for (let node = leaf[0]; node >= 0; node = parent[node]) {
      for (const [k, column] of targets.columns.entries()) {
        cost[node] += own * (column[row] - values[k][node]) ** 2;
      }
    }
  }
  return cost;
}

function importancesOf({ child, feature, count }: TreeNodes, cost: Float64Array, features: number): number[] {
  const gains = new Array<number>(features).fill(0);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const left = child[node];
    if (left === 0 || node >= count) continue;
    gains[feature[node]] += Math.max(0, cost[node] - cost[left] - cost[left + 1]);
    open.push(left, left + 1);
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return gains.map((gain) => (total > 0 ? gain / total : 0));
}
