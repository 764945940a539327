/** Individual effects of two levels of a treatment, each predicted by models of the other folds. */

import type { FeatureTable, FittedLearner, Learner, LearningTask } from '../../learn/learner.ts';
import type { Random } from '../../stats/random.ts';
import type { Folds } from '../crossFitting.ts';
import { type EffectData, withTreatment } from './effectData.ts';

export type EffectMethod = 's_learner' | 't_learner' | 'x_learner' | 'dr_learner';

export interface EffectLearners {
  readonly outcome: Learner;
  readonly propensity: Learner;
  /** Of what is regressed on the covariates once more: imputed effects, scores. */
  readonly effect: Learner;
}

/** One a row. */
export interface EffectPredictions {
  /** E[Y(level) − Y(reference) | X]. */
  readonly effect: Float64Array;
  /** E[Y | level, X] and E[Y | reference, X]. */
  readonly mean: Float64Array;
  readonly referenceMean: Float64Array;
  /** P(level | X) and P(reference | X). */
  readonly chance: Float64Array;
  readonly referenceChance: Float64Array;
}

/** What fits on one choice of rows need. */
interface Fitting {
  readonly data: EffectData;
  readonly method: EffectMethod;
  readonly learners: EffectLearners;
  readonly level: number;
  readonly reference: number;
  /** Features with the treatment among them, for `s_learner`. */
  readonly joint: FeatureTable | null;
  nextStream(): Random;
}

/** Models of one choice of rows, asked for others. */
interface Nuisances {
  chances(rows: Int32Array): readonly [level: Float64Array, reference: Float64Array];
  means(rows: Int32Array): readonly [level: Float64Array, reference: Float64Array];
}

/**
 * For each fold, from the rows of the others alone:
 *
 * s_learner: one model μ(x, t) of the outcome; the effect is μ(x, level) − μ(x, reference).
 * t_learner: a model an arm, μ₁ and μ₀; the effect is their difference.
 * x_learner: Y − μ₀(X) regressed on X in the arm of the level gives τ₁, μ₁(X) − Y in that of the reference τ₀; the effect is
 *   g τ₀ + (1 − g) τ₁ with g = e₁/(e₁ + e₀) (Künzel, Sekhon, Bickel & Yu 2019, eqs. 1–9).
 * dr_learner: the doubly robust score regressed on X; the scores come from models of the half of the training folds that they are not in (Kennedy 2023,
 *   algorithm 1).
 *
 * Null where an arm has no training rows without some fold.
 *
 * @param level index of the treatment's level; so is `reference`
 */
export function crossFittedEffects(
  data: EffectData,
  method: EffectMethod,
  learners: EffectLearners,
  [level, reference]: readonly [number, number],
  folds: Folds,
  nextStream: () => Random,
): EffectPredictions | null {
  const joint = method === 's_learner' ? withTreatment(data, [level, reference]) : null;
  const fitting = { data, method, learners, level, reference, joint, nextStream };
  const column = (): Float64Array => new Float64Array(data.arms.length);
  const [effect, mean, referenceMean, chance, referenceChance] = [
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  for (let fold = 0; fold < folds.count; fold++) {
    const train = folds.order.filter((row) => folds.foldOf[row] !== fold);
    const held = folds.order.filter((row) => folds.foldOf[row] === fold);
    const nuisances = fitNuisances(fitting, train);
    if (nuisances === null) return null;
    const means = nuisances.means(held);
    const chances = nuisances.chances(held);
    const effects = effectsOf(fitting, nuisances, train, held, halvesOf(folds, fold));
    if (effects === null) return null;
    scatter(held, effects, effect);
    scatter(held, means[0], mean);
    scatter(held, means[1], referenceMean);
    scatter(held, chances[0], chance);
    scatter(held, chances[1], referenceChance);
  }
  return { effect, mean, referenceMean, chance, referenceChance };
}

/**
 * Effects of the rows of each fold but the first, predicted by models of the folds before it alone; `NaN` in the first, and where those lack an arm. What is
 * computed from them fold by fold does not share rows with what was computed before, as a test needs it (Wager 2024).
 */
export function sequentialEffects(
  data: EffectData,
  method: EffectMethod,
  learners: EffectLearners,
  [level, reference]: readonly [number, number],
  folds: Folds,
  nextStream: () => Random,
): Float64Array {
  const joint = method === 's_learner' ? withTreatment(data, [level, reference]) : null;
  const fitting = { data, method, learners, level, reference, joint, nextStream };
  const effect = new Float64Array(data.arms.length).fill(Number.NaN);
  const halves = new Uint8Array(data.arms.length);
  for (const [position, row] of folds.order.entries()) halves[row] = position % 2;
  for (let fold = 1; fold < folds.count; fold++) {
    const train = folds.order.filter((row) => folds.foldOf[row] < fold);
    const held = folds.order.filter((row) => folds.foldOf[row] === fold);
    const nuisances = fitNuisances(fitting, train);
    const effects = nuisances === null ? null : effectsOf(fitting, nuisances, train, held, halves);
    if (effects !== null) scatter(held, effects, effect);
  }
  return effect;
}

function scatter(rows: Int32Array, values: Float64Array, target: Float64Array): void {
  for (let i = 0; i < rows.length; i++) target[rows[i]] = values[i];
}

/** Which half each row outside a fold is in: whole folds, so that clusters stay together, or with one other fold every other row. */
function halvesOf({ count, foldOf, order }: Folds, fold: number): Uint8Array {
  const half = new Uint8Array(foldOf.length);
  for (const [position, row] of order.entries()) {
    const other = foldOf[row] > fold ? foldOf[row] - 1 : foldOf[row];
    half[row] = count > 2 ? other % 2 : position % 2;
  }
  return half;
}

/** Fits to the rows that weigh something; null where there are none. */
function fitModel(
  { data, nextStream }: Fitting,
  learner: Learner,
  task: LearningTask,
  rows: Int32Array,
  response: Float64Array,
  features = data.features,
): FittedLearner | null {
  const { weights } = data;
  const weighing = weights === null ? rows : rows.filter((row) => weights[row] > 0);
  // A stream is taken whether it is used or not, so that later fits draw the same.
  const random = nextStream();
  return weighing.length === 0
    ? null
    : learner(features, { rows: weighing, response, weights }, task, random);
}

function fitNuisances(fitting: Fitting, train: Int32Array): Nuisances | null {
  const means = fitting.joint === null ? armMeans(fitting, train) : jointMeans(fitting, train, fitting.joint);
  const chances = armChances(fitting, train);
  return means === null || chances === null ? null : { means, chances };
}

function armMeans(fitting: Fitting, train: Int32Array): Nuisances['means'] | null {
  const { data, learners, level, reference } = fitting;
  const [own, other] = [level, reference].map((arm) =>
    fitModel(
      fitting,
      learners.outcome,
      data.outcomeTask,
      train.filter((row) => data.arms[row] === arm),
      data.outcome,
    ),
  );
  if (own === null || other === null) return null;
  return (rows) => [own.predict(rows)[0], other.predict(rows)[0]];
}

function jointMeans(fitting: Fitting, train: Int32Array, joint: FeatureTable): Nuisances['means'] | null {
  const { data, learners } = fitting;
  const n = data.arms.length;
  const repeat = (values: Float64Array): Float64Array => {
    const all = new Float64Array(joint.rows);
    all.set(values);
    return all;
  };
  const weights = data.weights === null ? null : repeat(data.weights);
  const repeated: Fitting = { ...fitting, data: { ...data, weights } };
  const model = fitModel(repeated, learners.outcome, data.outcomeTask, train, repeat(data.outcome), joint);
  if (model === null) return null;
  return (rows) => [
    model.predict(rows.map((row) => n + row))[0],
    model.predict(rows.map((row) => 2 * n + row))[0],
  ];
}

function armChances(fitting: Fitting, train: Int32Array): Nuisances['chances'] | null {
  const { data, learners, level, reference } = fitting;
  const { levels } = data;
  const task: LearningTask = levels === 2 ? { kind: 'probability' } : { kind: 'classes', classes: levels };
  const model = fitModel(fitting, learners.propensity, task, train, Float64Array.from(data.arms));
  if (model === null) return null;
  return (rows) => {
    const predicted = model.predict(rows);
    const chances = levels === 2 ? [predicted[0].map((chance) => 1 - chance), predicted[0]] : predicted;
    return [chances[level], chances[reference]];
  };
}

function effectsOf(
  fitting: Fitting,
  nuisances: Nuisances,
  train: Int32Array,
  held: Int32Array,
  halves: Uint8Array,
): Float64Array | null {
  switch (fitting.method) {
    case 's_learner':
    case 't_learner': {
      const [own, other] = nuisances.means(held);
      return own.map((value, i) => value - other[i]);
    }
    case 'x_learner':
      return imputedEffects(fitting, nuisances, train, held);
    case 'dr_learner':
      return scoreEffects(fitting, train, held, halves);
  }
}

function imputedEffects(
  fitting: Fitting,
  nuisances: Nuisances,
  train: Int32Array,
  held: Int32Array,
): Float64Array | null {
  const { data, learners, level, reference } = fitting;
  const [inLevel, inReference] = [level, reference].map((arm) => {
    const rows = train.filter((row) => data.arms[row] === arm);
    const imputed = new Float64Array(data.arms.length);
    const [own, other] = nuisances.means(rows);
    for (let i = 0; i < rows.length; i++) {
      const { [rows[i]]: outcome } = data.outcome;
      imputed[rows[i]] = arm === level ? outcome - other[i] : own[i] - outcome;
    }
    return fitModel(fitting, learners.effect, { kind: 'mean' }, rows, imputed);
  });
  if (inLevel === null || inReference === null) return null;
  const [ofLevel] = inLevel.predict(held);
  const [ofReference] = inReference.predict(held);
  const [chance, referenceChance] = nuisances.chances(held);
  return ofLevel.map((value, i) => {
    const share = chance[i] / (chance[i] + referenceChance[i]);
    return share * ofReference[i] + (1 - share) * value;
  });
}

function scoreEffects(
  fitting: Fitting,
  train: Int32Array,
  held: Int32Array,
  halves: Uint8Array,
): Float64Array | null {
  const { data, learners, level, reference } = fitting;
  const scores = new Float64Array(data.arms.length);
  for (const half of [0, 1]) {
    const nuisances = fitNuisances(
      fitting,
      train.filter((row) => halves[row] !== half),
    );
    if (nuisances === null) return null;
    const rows = train.filter((row) => halves[row] === half);
    const [own, other] = nuisances.means(rows);
    const [chance, referenceChance] = nuisances.chances(rows);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const arm = data.arms[row];
      scores[row] = own[i] - other[i];
      if (arm === level) scores[row] += (data.outcome[row] - own[i]) / chance[i];
      if (arm === reference) scores[row] -= (data.outcome[row] - other[i]) / referenceChance[i];
    }
  }
  return fitModel(fitting, learners.effect, { kind: 'mean' }, train, scores)?.predict(held)[0] ?? null;
}

/**
 * The doubly robust score of each row: μ₁ − μ₀ + 1{T = level}(Y − μ₁)/e₁ − 1{T = reference}(Y − μ₀)/e₀, whose mean given X is the effect where
 * either the means or the chances are right (Robins, Rotnitzky & Zhao 1994).
 */
export function doublyRobustScores(
  { arms, outcome }: EffectData,
  { mean, referenceMean, chance, referenceChance }: EffectPredictions,
  [level, reference]: readonly [number, number],
): Float64Array {
  return mean.map((own, row) => {
    const base = own - referenceMean[row];
    if (arms[row] === level) return base + (outcome[row] - own) / chance[row];
    if (arms[row] === reference) return base - (outcome[row] - referenceMean[row]) / referenceChance[row];
    return base;
  });
}
