/** The two arms of a contrast under balancing weights of the propensity, and how these weights move with its linear predictors. */

import { densityOf, type Link } from '../stats/binaryRegression.ts';
import {
  apply,
  complement,
  constant,
  linear,
  product,
  type RowExpression,
  within,
} from '../stats/rowExpression.ts';
import type { Contrast } from './contrasts.ts';
import { balancingWeights, type WeightedEstimand } from './overlap.ts';
import type { EstimationProblem } from './problem.ts';
import type { BinaryPropensity, Propensity, SeveralLevelPropensity } from './propensity.ts';

/** Rows of one level of the treatment, with the weights under which they stand for a population. */
export interface WeightedArm {
  readonly label: string;
  /** 1 in the rows of the arm that are kept, else 0. */
  readonly rows: RowExpression;
  /** Own weight · balancing weight in these rows, else 0. */
  readonly weight: RowExpression;
}

/** With the derivatives of the weight in the linear predictors of the propensity, one each. */
export interface PropensityArm extends WeightedArm {
  readonly slopes: readonly RowExpression[];
}

export interface WeightedPair {
  /** The later of the two levels counts as the treated one, whichever way round the contrast is asked for. */
  readonly treated: PropensityArm;
  readonly control: PropensityArm;
  /** Indices of the two levels. */
  readonly levels: readonly [treated: number, control: number];
  /** 1 where the contrast is treated against control, −1 where it is the other way round. */
  readonly sign: 1 | -1;
}

/** The two levels that a contrast compares: the later one first. */
export function comparedLevels({ weights }: Contrast): Pick<WeightedPair, 'levels' | 'sign'> {
  const [control, treated] = weights.flatMap((weight, level) => (weight === 0 ? [] : [level]));
  return { levels: [treated, control], sign: weights[treated] > 0 ? 1 : -1 };
}

/** The arms of `contrast`, weighted for `estimand`; rows with any probability outside [trim, 1 − trim] are left out. */
export function weightedPair(
  problem: EstimationProblem,
  propensity: Propensity,
  contrast: Contrast,
  estimand: WeightedEstimand,
): WeightedPair {
  const compared = comparedLevels(contrast);
  const arms =
    propensity.levels === 'two'
      ? armsOfTwo(problem, propensity, estimand)
      : armsOfSeveral(problem, propensity, compared.levels, estimand);
  return { ...compared, ...arms };
}

/** 1 where no probability is outside [trim, 1 − trim]; none where nothing is trimmed. */
export function keptRows(probabilities: readonly RowExpression[], trim: number): readonly RowExpression[] {
  return trim > 0 ? probabilities.map((probability) => within(probability, trim, 1 - trim)) : [];
}

function armsOfTwo(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  estimand: WeightedEstimand,
): Pick<WeightedPair, 'treated' | 'control'> {
  const { probability, treated, linearPredictor } = propensity;
  const own = problem.weight === undefined ? [] : [problem.weight];
  const kept = keptRows([probability], problem.plan.trim);
  const treatedRows = product(treated, ...kept);
  const controlRows = product(complement(treated), ...kept);
  const weights = balancingWeights(estimand, probability);
  const slopes = weightSlopes(estimand, probability, densityOf(linkOf(propensity), linearPredictor));
  const [control, last] = labelsOf(problem);
  return {
    treated: {
      label: last,
      rows: treatedRows,
      weight: product(treatedRows, weights.treated, ...own),
      slopes: [product(treatedRows, slopes.treated, ...own)],
    },
    control: {
      label: control,
      rows: controlRows,
      weight: product(controlRows, weights.control, ...own),
      slopes: [product(controlRows, slopes.control, ...own)],
    },
  };
}

/** The link of a parametric model of two levels; a learned one is read on the scale of log odds. */
export function linkOf({ model }: BinaryPropensity): Link {
  return model === 'probit' ? 'probit' : 'logistic';
}

function labelsOf({ treatment }: EstimationProblem): readonly string[] {
  return treatment.kind === 'discrete' ? treatment.levels.map((level) => level.label) : [];
}

/** Derivatives in η of the balancing weights, where de/dη is `density`. */
function weightSlopes(
  estimand: WeightedEstimand,
  probability: RowExpression,
  density: RowExpression,
): { treated: RowExpression; control: RowExpression } {
  const none = linear(0, [], []);
  const overTreated = linear(0, [-1], [product(density, apply('square', apply('reciprocal', probability)))]);
  const overControl = product(density, apply('square', apply('reciprocal', complement(probability))));
  switch (estimand) {
    case 'ate':
      return { treated: overTreated, control: overControl };
    case 'att':
      return { treated: none, control: overControl };
    case 'atc':
      return { treated: overTreated, control: none };
    case 'overlap':
      return { treated: linear(0, [-1], [density]), control: density };
  }
}

/**
 * Generalised balancing weights h(x)/eⱼ(x) with the tilting functions 1 (ate), the treated level's e (att), the control level's (atc) and
 * 1/Σ 1/e (overlap). Source: Li & Li (2019), Table 1. With ∂eₗ/∂ηₘ = eₗ(1[l = m] − eₘ) the derivative of their logarithm in ηₘ is
 * eₘ − 1[j = m] (ate), 1[target = m] − 1[j = m] (att and atc), and h/eₘ − 1[j = m] (overlap).
 */
function armsOfSeveral(
  problem: EstimationProblem,
  { probabilities }: SeveralLevelPropensity,
  [treated, control]: readonly [number, number],
  estimand: WeightedEstimand,
): Pick<WeightedPair, 'treated' | 'control'> {
  const { treatment, plan, weight: ownWeight } = problem;
  if (treatment.kind !== 'discrete') throw new Error('A propensity is of a treatment with levels.');
  const own = ownWeight === undefined ? [] : [ownWeight];
  const kept = keptRows(probabilities, plan.trim);
  const inverses = probabilities.map((probability) => apply('reciprocal', probability));
  const harmonic = apply(
    'reciprocal',
    linear(
      0,
      inverses.map(() => 1),
      inverses,
    ),
  );
  const target = estimand === 'att' ? treated : control;
  const tilted = (level: number): readonly RowExpression[] => {
    if (estimand === 'ate') return [inverses[level]];
    if (estimand === 'overlap') return [harmonic, inverses[level]];
    return level === target ? [] : [probabilities[target], inverses[level]];
  };
  const logSlope = (level: number, predictor: number): RowExpression => {
    const itself = level === predictor ? 1 : 0;
    if (estimand === 'ate') return linear(-itself, [1], [probabilities[predictor]]);
    if (estimand === 'overlap') return linear(-itself, [1], [product(harmonic, inverses[predictor])]);
    return constant((target === predictor ? 1 : 0) - itself);
  };
  const arm = (level: number): PropensityArm => {
    const { label, indicator } = treatment.levels[level];
    const rows = product(indicator, ...kept);
    const weight = product(rows, ...tilted(level), ...own);
    const slopes = probabilities.slice(1).map((_p, m) => product(weight, logSlope(level, m + 1)));
    return { label, rows, weight, slopes };
  };
  return { treated: arm(treated), control: arm(control) };
}
