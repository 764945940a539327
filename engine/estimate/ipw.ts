/** `ipw`: normalised inverse probability weighting, with the estimated propensity accounted for in the standard error. */

import { densityOf, type Link, observedInformation, scoreOf } from '../stats/binaryRegression.ts';
import { inverseOfInformation } from '../stats/information.ts';
import type { CrossProducts } from '../stats/moments.ts';
import {
  apply,
  complement,
  linear,
  minus,
  one,
  product,
  type RowExpression,
  shifted,
  within,
} from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { areaUnderCurve } from './auc.ts';
import { covariateBalance } from './balance.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer } from './estimator.ts';
import {
  type ArmWeights,
  armWeights,
  armWeightTerms,
  balancingWeights,
  overlapFailure,
  type WeightedEstimand,
} from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { type BinaryPropensity, binaryPropensity } from './propensity.ts';
import type { EstimateWarning } from './result.ts';

/** The pieces of the estimating equations, as expressions of a row. */
interface WeightedArms {
  /** Weight of a row in its arm: own weight · balancing weight · arm's indicator · inside the trimming bounds. */
  readonly treated: RowExpression;
  readonly control: RowExpression;
  /** Derivatives of the two in the linear predictor. */
  readonly treatedSlope: RowExpression;
  readonly controlSlope: RowExpression;
  /** Indicator of the rows of each arm that are kept. */
  readonly treatedRows: RowExpression;
  readonly controlRows: RowExpression;
}

/**
 * τ = Σ w₁Y/Σ w₁ − Σ w₀Y/Σ w₀ with balancing weights of the fitted propensity (Hájek; Hirano, Imbens & Ridder 2003).
 *
 * The variance is that of the stacked estimating equations of the propensity model and the two means
 * (Stefanski & Boos 2002; Lunceford & Davidian 2004, section 4): Σ IFᵢ², without a small-sample factor.
 */
export const ipw: Estimator = async (problem, shared) => {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const propensity = await binaryPropensity(problem, shared);
  if (propensity.kind === 'failure') return propensity;
  const estimand = estimandOf(problem);
  const arms = weightArms(problem, propensity, estimand);
  const sums = await armSums(problem, arms, propensity);
  if (sums.treatedWeight === 0 || sums.controlWeight === 0) return nothingLeft(problem);
  // The propensity is of the second level; a contrast may be asked for the other way round.
  const [contrast] = contrasts.contrasts;
  const sign = contrast.weights[1] > 0 ? 1 : -1;
  const estimate = sums.treatedMean - sums.controlMean;
  if (shared.pointOnly)
    return pointAnswer([{ contrast: contrast.label, estimate: sign * estimate }], problem.table.rowCount);
  const se = await stackedStandardError(problem, propensity, arms, sums);
  return describe(problem, propensity, arms, sums, {
    contrast: contrast.label,
    estimate: sign * estimate,
    se,
  });
};

function estimandOf(problem: EstimationProblem): WeightedEstimand {
  const { estimand } = problem.plan;
  return estimand === 'att' || estimand === 'atc' || estimand === 'overlap' ? estimand : 'ate';
}

function nothingLeft(problem: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `No rows of one arm have a propensity between ${problem.plan.trim} and ${1 - problem.plan.trim}. Use a smaller \`trim\`.`,
  );
}

function weightArms(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  estimand: WeightedEstimand,
): WeightedArms {
  const { probability } = propensity;
  const { trim } = problem.plan;
  const own = problem.weight === undefined ? [] : [problem.weight];
  const kept = trim > 0 ? [within(probability, trim, 1 - trim)] : [];
  const treatedRows = product(propensity.treated, ...kept);
  const controlRows = product(complement(propensity.treated), ...kept);
  const weights = balancingWeights(estimand, probability);
  const slopes = weightSlopes(
    estimand,
    probability,
    densityOf(linkOf(propensity), propensity.linearPredictor),
  );
  return {
    treated: product(treatedRows, weights.treated, ...own),
    control: product(controlRows, weights.control, ...own),
    treatedSlope: product(treatedRows, slopes.treated, ...own),
    controlSlope: product(controlRows, slopes.control, ...own),
    treatedRows,
    controlRows,
  };
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

interface ArmSums {
  readonly treatedWeight: number;
  readonly controlWeight: number;
  readonly treatedMean: number;
  readonly controlMean: number;
  readonly treatedArm: ArmWeights;
  readonly controlArm: ArmWeights;
  readonly minPropensity: number;
  readonly maxPropensity: number;
  /** Largest weight over the mean weight of its arm. */
  readonly maxWeight: number;
}

async function armSums(
  problem: EstimationProblem,
  arms: WeightedArms,
  propensity: BinaryPropensity,
): Promise<ArmSums> {
  const { sums, extremes } = await problem.moments.pass({
    sums: [
      ...armWeightTerms(arms.treatedRows, arms.treated),
      ...armWeightTerms(arms.controlRows, arms.control),
      product(arms.treated, problem.outcome),
      product(arms.control, problem.outcome),
    ],
    extremes: [propensity.probability, arms.treated, arms.control],
  });
  const [, treatedWeight, , , controlWeight] = sums;
  const treatedArm = armWeights(sums, 0);
  const controlArm = armWeights(sums, 3);
  return {
    treatedWeight,
    controlWeight,
    treatedMean: sums[6] / treatedWeight,
    controlMean: sums[7] / controlWeight,
    treatedArm,
    controlArm,
    minPropensity: extremes[0].min,
    maxPropensity: extremes[0].max,
    maxWeight: Math.max(
      (extremes[1].max * treatedArm.rows) / treatedWeight,
      (extremes[2].max * controlArm.rows) / controlWeight,
    ),
  };
}

/** Square root of Σ IF², or of its clustered form with the factor G/(G − 1). */
async function stackedStandardError(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  arms: WeightedArms,
  sums: ArmSums,
): Promise<number> {
  const { linearPredictor } = propensity;
  const link = linkOf(propensity);
  const own = problem.weight ?? one;
  const terms = propensity.terms.map((term) => term.expression);
  const treatedResidual = shifted(problem.outcome, sums.treatedMean);
  const controlResidual = shifted(problem.outcome, sums.controlMean);
  // How the difference of the two means moves with η, row by row.
  const sensitivity = minus(
    linear(0, [1 / sums.treatedWeight], [product(arms.treatedSlope, treatedResidual)]),
    linear(0, [1 / sums.controlWeight], [product(arms.controlSlope, controlResidual)]),
  );
  const information = product(own, observedInformation(link, propensity.treated, linearPredictor));
  const answer = await problem.moments.pass({
    sums: [sensitivity, ...terms.map((term) => product(sensitivity, term))],
    products: { terms, weight: information },
  });
  const direction = solveInformation(answer.products, answer.sums);
  const influence = linear(
    0,
    [1 / sums.treatedWeight, -1 / sums.controlWeight, 1],
    [
      product(arms.treated, treatedResidual),
      product(arms.control, controlResidual),
      product(
        own,
        scoreOf(link, propensity.treated, linearPredictor),
        linear(direction[0], direction.slice(1), terms),
      ),
    ],
  );
  return Math.sqrt(await influenceVariance(problem, influence));
}

function linkOf({ model }: BinaryPropensity): Link {
  return model === 'probit' ? 'probit' : 'logistic';
}

/** Inverse information times the gradient: what one unit of score does to the estimate. */
function solveInformation(products: CrossProducts, gradient: Float64Array): number[] {
  return inverseOfInformation(products).map((row) =>
    row.reduce((sum, value, k) => sum + value * gradient[k], 0),
  );
}

async function influenceVariance(problem: EstimationProblem, influence: RowExpression): Promise<number> {
  const { cluster } = problem.plan;
  if (cluster === null) {
    const { sums } = await problem.moments.pass({ sums: [apply('square', influence)] });
    return sums[0];
  }
  const { groupSums } = await problem.moments.pass({
    groupSums: { terms: [influence, one], group: cluster },
  });
  let total = 0;
  let groups = 0;
  for (let g = 0; g < groupSums.groups; g++) {
    if (groupSums.sums[2 * g + 1] === 0) continue;
    groups += 1;
    total += groupSums.sums[2 * g] ** 2;
  }
  return (total * groups) / (groups - 1);
}

async function describe(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  arms: WeightedArms,
  sums: ArmSums,
  contrast: EstimatorAnswer['contrasts'][number],
): Promise<EstimatorAnswer> {
  const { treatment } = problem;
  const labels = treatment.kind === 'discrete' ? treatment.levels.map((level) => level.label) : [];
  const balance = await covariateBalance(problem, arms);
  const auc = await areaUnderCurve(problem.moments, propensity.probability, propensity.treated);
  const kept = sums.treatedArm.rows + sums.controlArm.rows;
  const unreliable = overlapFailure(
    problem,
    [
      { label: labels[1], weights: sums.treatedArm },
      { label: labels[0], weights: sums.controlArm },
    ],
    estimandOf(problem),
  );
  return {
    kind: 'answer',
    contrasts: [contrast],
    df: null,
    seType: problem.plan.cluster === null ? 'stacked' : 'cluster',
    n: kept,
    diagnostics: {
      metrics: {
        max_smd: Math.max(0, ...balance.map((row) => Math.abs(row.smdAfter))),
        ess: sums.treatedArm.effective + sums.controlArm.effective,
        min_propensity: sums.minPropensity,
        max_propensity: sums.maxPropensity,
        auc,
      },
      essTreated: sums.treatedArm.effective,
      essControl: sums.controlArm.effective,
      maxWeight: sums.maxWeight,
      balance,
    },
    warnings: [
      ...trimWarning(problem, kept),
      ...weightWarning(sums),
      ...balanceWarning(balance),
      ...droppedWarning(problem.covariates, propensity.dropped),
    ],
    unreliable,
  };
}

function trimWarning(problem: EstimationProblem, kept: number): EstimateWarning[] {
  const left = problem.table.rowCount - kept;
  if (left === 0) return [];
  const { trim } = problem.plan;
  return [
    {
      code: 'trimmed',
      message: `${left} of ${problem.table.rowCount} rows were left out: their propensity is outside ${trim} to ${1 - trim}. The estimate is about the others.`,
    },
  ];
}

/** One row that counts for this many of its arm can decide the answer. */
const EXTREME_WEIGHT = 50;

function weightWarning(sums: ArmSums): EstimateWarning[] {
  if (sums.maxWeight < EXTREME_WEIGHT) return [];
  return [
    {
      code: 'extreme-weights',
      message: `One row counts for ${sums.maxWeight.toFixed(0)} average rows of its arm, because its treatment was very unlikely. Compare with \`estimand overlap\` or a \`trim\`.`,
    },
  ];
}

function balanceWarning(balance: Awaited<ReturnType<typeof covariateBalance>>): EstimateWarning[] {
  const off = balance.filter((row) => Math.abs(row.smdAfter) > 0.1);
  if (off.length === 0) return [];
  const names = nameList(off.map((row) => `${row.covariate} (${row.smdAfter.toFixed(2)})`));
  return [
    {
      code: 'imbalance',
      message: `After weighting the arms still differ in ${names} by more than 0.1 standard deviations. The model of the treatment misses something.`,
    },
  ];
}
