/**
 * `boosting`: gradient boosting of small histogram trees with early stopping (Friedman 2001; the leaf-wise growth of Ke et al. 2017).
 *
 * With F the sum of the trees so far and gᵢ, hᵢ the weighted negative first and the second derivative of the loss in F(xᵢ), a tree is grown that
 * lowers Σ (gᵢ/wᵢ − tree(xᵢ))² wᵢ the most, and each of its leaves adds rate · Σ gᵢ/(Σ hᵢ + λ) to F: a Newton step (Friedman 2001, algorithms 5 and 6).
 */

import type { Random } from '../stats/random.ts';
import type { BinnedTable } from './bins.ts';
import { binnedTable } from './bins.ts';
import { type GrownTree, type GrowthSpace, growTree, growthSpace } from './growTree.ts';
import type { FeatureTable, FittedLearner, Learner, LearningTask, TrainingRows } from './learner.ts';
import { type Objective, objectiveOf } from './objective.ts';
import { gradientScale, packGradients, packWeights } from './packing.ts';
import { shuffled } from './shuffled.ts';
import { type TrainingSet, trainingSet, weighingRows } from './trainingSet.ts';
import { findLeaves, forBlocks, type TreeNodes } from './treeNodes.ts';

export interface BoostingSettings {
  readonly rate: number;
  readonly leaves: number;
  /** Least rows a leaf. */
  readonly leafRows: number;
  /** λ, in rows with derivative zero. */
  readonly penalty: number;
  readonly rounds: number;
  /** Rounds without progress after which it stops. */
  readonly patience: number;
  /** Part of the first loss that counts as progress. */
  readonly progress: number;
  /** Part of the rows whose loss decides when to stop; 0 for none, and all rounds. */
  readonly validation: number;
}

/** Up to as many rows the model is fitted again with those that told when to stop; of more, a tenth is not missed. */
const REFIT_ROWS = 50_000;

/** Fewer rows say nothing about where to split. */
const FEWEST_ROWS = 10;

/** The settings for a number of rows: what larger data can afford in leaves, and what smaller data must not lose to the validation part. */
export function boostingSettings(rows: number): BoostingSettings {
  return {
    rate: 0.1,
    leaves: rows < 2000 ? 4 : rows < 20_000 ? 8 : rows < 200_000 ? 15 : 31,
    leafRows: Math.max(5, Math.min(20, Math.floor(rows / 25))),
    penalty: 1,
    rounds: 500,
    patience: 10,
    progress: 1e-4,
    validation: rows <= REFIT_ROWS ? 0.2 : 0.1,
  };
}

/** One boosted tree: where rows go, and what each node adds if it is a leaf. */
interface BoostedTree {
  readonly nodes: TreeNodes;
  readonly values: Float64Array;
}

interface BoostedModel {
  readonly objective: Objective;
  /** A tree an output, round after round. */
  readonly rounds: readonly (readonly BoostedTree[])[];
  /** Total gain of each feature. */
  readonly gains: Float64Array;
}

/**
 * Fits with `boostingSettings`. A random part of the training rows is kept apart, and trees are added while they lower its loss. Up to 50,000 rows the model is
 * then fitted again to all of them with as many rounds; of more rows the nine tenths that it was grown on are all it sees.
 *
 * Probabilities lie strictly between 0 and 1: their log odds are kept within ± log(2n + 1), those of half a row of n.
 */
export const boosting: Learner = (table, training, task, random) => {
  const rows = weighingRows(training);
  const settings = boostingSettings(rows.length);
  const { model } = boostedModel(table, { ...training, rows }, task, random, settings);
  return fittedModel(binnedTable(table), model);
};

/** What `boosting` does with settings of one's own; `losses` are those of the kept rows after each round, the first before any. */
export function boostedModel(
  table: FeatureTable,
  training: TrainingRows,
  task: LearningTask,
  random: Random,
  settings: BoostingSettings,
): { readonly model: BoostedModel; readonly losses: readonly number[] } {
  const { rows } = training;
  const kept = rows.length < 2 * FEWEST_ROWS ? 0 : Math.floor(rows.length * settings.validation);
  const set = trainingSet(table, training, kept === 0 ? rows : shuffled(rows, random));
  const first = boost(set, rows.length - kept, task, settings);
  if (kept === 0 || rows.length > REFIT_ROWS) return first;
  const rounds = first.model.rounds.length;
  const again = boost(trainingSet(table, training, rows), rows.length, task, { ...settings, rounds });
  return { model: again.model, losses: first.losses };
}

/** Boosts on the first `end` rows of a set; the others, if any, say when to stop. */
function boost(
  set: TrainingSet,
  end: number,
  task: LearningTask,
  settings: BoostingSettings,
): { readonly model: BoostedModel; readonly losses: readonly number[] } {
  const objective = objectiveOf(task, set);
  const outputs = objective.start.length;
  const scores = objective.start.map((start) => new Float64Array(set.rows).fill(start));
  const state = boostingState(set, end, outputs, objective.constantCurvature);
  const rounds: BoostedTree[][] = [];
  const gains: Float64Array[] = [];
  const losses = [objective.loss(scores, end < set.rows ? end : 0)];
  let best = 0;
  while (end >= FEWEST_ROWS && rounds.length < settings.rounds) {
    objective.derivatives(scores, end, state.gradients, state.curvatures);
    const gain = new Float64Array(set.bins.features.length);
    const trees = scores.map((score, k) => addTree(set, state, k, score, objective.bound, settings, gain));
    if (trees.every((tree) => tree.nodes.count === 1)) break;
    rounds.push(trees);
    gains.push(gain);
    if (end === set.rows) continue;
    losses.push(objective.loss(scores, end));
    if (losses[best] - losses[rounds.length] > settings.progress * Math.abs(losses[0])) best = rounds.length;
    else if (rounds.length - best >= settings.patience) break;
  }
  const used = end === set.rows ? rounds.length : best;
  const total = new Float64Array(set.bins.features.length);
  for (const gain of gains.slice(0, used)) for (let f = 0; f < total.length; f++) total[f] += gain[f];
  return { model: { objective, rounds: rounds.slice(0, used), gains: total }, losses };
}

interface BoostingState {
  readonly end: number;
  readonly gradients: readonly Float64Array[];
  readonly curvatures: readonly Float64Array[];
  readonly packed: Float64Array;
  readonly weights: ReturnType<typeof packWeights>;
  readonly space: GrowthSpace;
  /** Leaves of the rows that are kept apart. */
  readonly leaves: Int32Array;
}

function boostingState(
  set: TrainingSet,
  end: number,
  outputs: number,
  constantCurvature: boolean,
): BoostingState {
  const columns = (count: number): Float64Array[] =>
    Array.from({ length: count }, () => new Float64Array(end));
  return {
    end,
    gradients: columns(outputs),
    curvatures: constantCurvature ? [] : columns(outputs),
    packed: new Float64Array(end),
    weights: packWeights(set.weights === null ? null : set.weights.subarray(0, end), end),
    space: growthSpace(end),
    leaves: new Int32Array(set.rows - end),
  };
}

/** Grows the tree of one output, and adds it to the scores. */
function addTree(
  set: TrainingSet,
  state: BoostingState,
  output: number,
  scores: Float64Array,
  bound: number,
  settings: BoostingSettings,
  gains: Float64Array,
): BoostedTree {
  const { weights, packed, space, end } = state;
  const gradients = state.gradients[output];
  const scale = gradientScale(weights, gradients);
  packGradients(weights, gradients, scale, packed);
  const { unit, place } = weights;
  const rule = { place, leafWeight: settings.leafRows * unit, penalty: settings.penalty * unit };
  const grown = growTree(set.bins, end, [packed], rule, { leaves: settings.leaves, unit }, space);
  const curvatures = state.curvatures.length === 0 ? null : state.curvatures[output];
  const values = leafValues(grown, space.positions, gradients, curvatures, set.weights, settings);
  for (const { node, start, end: stop } of grown.leaves) {
    for (let i = start; i < stop; i++) {
      const row = space.positions[i];
      scores[row] = Math.max(-bound, Math.min(bound, scores[row] + values[node]));
    }
  }
  findLeaves(grown.nodes, set.bins.words, set.rows, end, set.rows - end, state.leaves);
  for (let i = end; i < set.rows; i++) {
    scores[i] = Math.max(-bound, Math.min(bound, scores[i] + values[state.leaves[i - end]]));
  }
  const { nodes } = grown;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.child[node] > 0) gains[nodes.feature[node]] += (nodes.gain[node] * unit) / scale / scale;
  }
  return { nodes, values };
}

/** rate · Σ g/(Σ h + λ) of each leaf. */
function leafValues(
  { nodes, leaves }: GrownTree,
  positions: Int32Array,
  gradients: Float64Array,
  curvatures: Float64Array | null,
  weights: Float64Array | null,
  { rate, penalty }: BoostingSettings,
): Float64Array {
  const values = new Float64Array(nodes.count);
  const second = curvatures ?? weights;
  for (const { node, start, end } of leaves) {
    let gradient = 0;
    let curvature = second === null ? end - start : 0;
    for (let i = start; i < end; i++) gradient += gradients[positions[i]];
    if (second !== null) for (let i = start; i < end; i++) curvature += second[positions[i]];
    values[node] = (rate * gradient) / (curvature + penalty);
  }
  return values;
}

function fittedModel(table: BinnedTable, model: BoostedModel): FittedLearner {
  const total = model.gains.reduce((sum, gain) => sum + gain, 0);
  return {
    predict: (rows) => predictRows(table, model, rows),
    importances: Array.from(model.gains, (gain) => (total > 0 ? gain / total : 0)),
  };
}

/** Predictions of a model for rows of the table that it was fitted in. */
export function predictRows(
  table: BinnedTable,
  model: BoostedModel,
  rows: Int32Array,
): readonly Float64Array[] {
  const { start, bound, finish } = model.objective;
  const scores = start.map((value) => new Float64Array(rows.length).fill(value));
  forBlocks(table, rows, (codes, stride, first, count) => {
    const leaves = new Int32Array(count);
    for (const trees of model.rounds) {
      for (let k = 0; k < trees.length; k++) {
        const { nodes, values } = trees[k];
        const score = scores[k];
        findLeaves(nodes, codes, stride, 0, count, leaves);
        for (let i = 0; i < count; i++) {
          score[first + i] = Math.max(-bound, Math.min(bound, score[first + i] + values[leaves[i]]));
        }
      }
    }
  });
  finish(scores);
  return scores;
}
