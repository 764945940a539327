/** The score that augmented weighting and targeted learning share, and what is told of it. */

import { apply, linear, minus, one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { Contrast } from './contrasts.ts';
import type { ContrastEstimate, EstimatorAnswer, RowScore } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import type { Nuisances } from './nuisances.ts';
import { modelInfluence } from './outcomeModel.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { Propensity } from './propensity.ts';
import { describePropensity } from './propensityDiagnostics.ts';
import { propensityInfluence } from './propensityInfluence.ts';
import type { EstimateWarning } from './result.ts';
import { propensityScores, weightScores } from './rowScores.ts';
import { keptRowCount, trimWarning } from './trimming.ts';
import { keptRows, type WeightedPair, weightedPair } from './weightedArms.ts';
import { armSums, assessWeighting } from './weightingDiagnostics.ts';

/** One contrast, before its outcomes are predicted. */
export interface Comparison {
  readonly label: Contrast['label'];
  /** Rows of the two arms, with weights under which they stand for the population. */
  readonly pair: WeightedPair;
  /** Weight of a row in the population that the effect is about: everyone that is kept, or the treated of them; and Σ of it. */
  readonly target: RowExpression;
  readonly total: number;
  /** Σ of the weights of all rows that are kept. */
  readonly kept: number;
}

/** E[Y | T, X] of the two arms, as they enter the score. */
export interface ArmMeans {
  readonly treated: RowExpression;
  readonly control: RowExpression;
}

export interface ScoredComparison extends Comparison {
  readonly means: ArmMeans;
  /** Of treated against control, whichever way round the contrast is asked for. */
  readonly effect: number;
  readonly warnings: readonly EstimateWarning[];
}

/** Sets up a contrast; fails where trimming leaves nobody in one of its arms, or a row's treatment was certain. */
export async function comparisonOf(
  problem: EstimationProblem,
  propensity: Propensity,
  contrast: Contrast,
): Promise<Comparison | EstimationFailure> {
  const { plan, moments, weight = one } = problem;
  const estimand = plan.estimand === 'att' ? 'att' : 'ate';
  const pair = weightedPair(problem, propensity, contrast, estimand);
  const probabilities = propensity.levels === 'two' ? [propensity.probability] : propensity.probabilities;
  const everyone = product(weight, ...keptRows(probabilities, plan.trim));
  const target = estimand === 'att' ? product(pair.treated.rows, weight) : everyone;
  const { treated, control } = pair;
  const { sums } = await moments.pass({ sums: [target, everyone, treated.weight, control.weight] });
  if (sums[2] === 0 || sums[3] === 0) return nothingLeft(problem);
  if (!sums.every(Number.isFinite)) return certainTreatment(problem);
  return { label: contrast.label, pair, target, total: sums[0], kept: sums[1] };
}

function nothingLeft({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `No rows of one arm have a propensity between ${plan.trim} and ${1 - plan.trim}. Use a smaller \`trim\`.`,
  );
}

function certainTreatment({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `Some rows have a propensity of 0 or 1, and nobody stands for them in the other arm. Leave out with \`where\` those whose ${plan.treatment} was certain.`,
  );
}

/**
 * What a row adds to the effect: ω (μ₁ − μ₀) + w₁ (Y − μ₁) − w₀ (Y − μ₀), with ω the weight of the row in the population and w₁, w₀ the weights of its arm
 * (Robins, Rotnitzky & Zhao 1994; Hahn 1998 for the effect on the treated). Over Σ ω it sums to the effect.
 */
export function scoreOf(
  { outcome }: EstimationProblem,
  { pair, target }: Comparison,
  means: ArmMeans,
): RowExpression {
  return linear(
    0,
    [1, 1, -1],
    [
      product(target, minus(means.treated, means.control)),
      product(pair.treated.weight, minus(outcome, means.treated)),
      product(pair.control.weight, minus(outcome, means.control)),
    ],
  );
}

/** The answer of a method with this score: influence-function errors, and the diagnostics of weighting. */
export async function doublyRobustAnswer(
  problem: EstimationProblem,
  nuisances: Nuisances,
  comparisons: readonly ScoredComparison[],
  contrasts: readonly Contrast[],
): Promise<EstimatorAnswer | EstimationFailure> {
  const { propensity } = nuisances;
  const kept = await keptRowCount(problem, propensity);
  const estimates: ContrastEstimate[] = [];
  for (const comparison of comparisons) {
    const estimate = await describe(problem, nuisances, comparison, kept);
    if (!Number.isFinite(estimate.estimate) || !Number.isFinite(estimate.se)) return beyondNumbers(problem);
    estimates.push(estimate);
  }
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: problem.plan.cluster === null ? 'influence' : 'cluster',
    n: kept,
    diagnostics: { metrics: {} },
    warnings: [...trimWarning(problem, kept), ...nuisances.warnings],
    unreliable: null,
    rowScores: async () => [
      ...(await propensityScores(problem, propensity, contrasts)),
      ...(await weightScores(problem, comparisons)),
      ...(await effectScores(problem, comparisons)),
    ],
  };
}

/** An estimate that is no number, in words. */
export function beyondNumbers({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'extrapolation',
    `The models predict numbers beyond all bounds for some rows: the arms of ${plan.treatment} are too unlike. Leave out with \`where\` the rows that have nobody like them in the other arm.`,
  );
}

async function describe(
  problem: EstimationProblem,
  nuisances: Nuisances,
  comparison: ScoredComparison,
  rows: number,
): Promise<ContrastEstimate> {
  const { pair, effect, total, target, means } = comparison;
  const score = scoreOf(problem, comparison, means);
  const influence = linear(0, [1 / total, -effect / total], [score, target]);
  // Of clusters that variance has the factor G/(G − 1); of rows it is n/(n − 1), so that the error is s/√n with s the sample deviation of the score.
  const factor = problem.plan.cluster === null ? rows / (rows - 1) : 1;
  const se = Math.sqrt(factor * (await influenceVariance(problem, influence)));
  const [treated, control] = await armSums(problem, [pair.treated, pair.control]);
  const estimand = problem.plan.estimand === 'att' ? 'att' : 'ate';
  const weighting = await assessWeighting(problem, pair, { treated, control }, estimand);
  const described = await describePropensity(problem, nuisances.propensity, pair.levels, pair);
  const stackedSe = await stackedError(problem, nuisances, comparison, influence);
  return {
    contrast: comparison.label,
    estimate: pair.sign * effect,
    se,
    diagnostics: {
      ...weighting.diagnostics,
      ...described.diagnostics,
      ...(await robustnessPieces(problem, comparison)),
      ...(stackedSe === null ? {} : { stackedSe }),
      metrics: { ...weighting.metrics, ...described.metrics },
    },
    warnings: [...comparison.warnings, ...weighting.warnings, ...misfitWarning(se, stackedSe)],
    unreliable: weighting.unreliable,
  };
}

/** σ² = Σ w (Y − μ)²/Σ w over the two arms, and ν² = Σ w α²/Σ w with α = ± (arm's weight/w)/(Σ ω/Σ w). */
async function robustnessPieces(
  { moments, outcome, weight = one }: EstimationProblem,
  { pair: { treated, control }, means, total, kept }: ScoredComparison,
): Promise<{ readonly outcomeVariance: number; readonly rieszVariance: number }> {
  const left = (arm: RowExpression, mean: RowExpression): RowExpression =>
    product(arm, weight, apply('square', minus(outcome, mean)));
  const representer = (arm: RowExpression): RowExpression =>
    product(apply('square', arm), apply('reciprocal', weight));
  const { sums } = await moments.pass({
    sums: [
      left(treated.rows, means.treated),
      left(control.rows, means.control),
      representer(treated.weight),
      representer(control.weight),
    ],
  });
  return {
    outcomeVariance: (sums[0] + sums[1]) / kept,
    rieszVariance: ((sums[2] + sums[3]) * kept) / total ** 2,
  };
}

/**
 * The standard error with the scores of parametric nuisance models stacked on the score of the effect (Stefanski & Boos 2002): unlike that of the influence
 * function it does not need both models to be right. Null where a model is learned.
 */
async function stackedError(
  problem: EstimationProblem,
  { models, propensity }: Nuisances,
  { pair: { treated, control, levels }, target, total, means }: ScoredComparison,
  influence: RowExpression,
): Promise<number | null> {
  const ofTreated = models?.get(levels[0]);
  const ofControl = models?.get(levels[1]);
  // A targeted mean is not that of its model any more.
  if (ofTreated?.mean !== means.treated || ofControl?.mean !== means.control) return null;
  const { outcome } = problem;
  const sensitivities = treated.slopes.map((slope, m) =>
    linear(
      0,
      [1 / total, -1 / total],
      [
        product(slope, minus(outcome, means.treated)),
        product(control.slopes[m], minus(outcome, means.control)),
      ],
    ),
  );
  const ofPropensity = await propensityInfluence(problem, propensity, sensitivities);
  if (ofPropensity === null) return null;
  const moved = (arm: RowExpression): RowExpression => linear(0, [1 / total, -1 / total], [target, arm]);
  const stacked = linear(
    0,
    [1, 1, -1, 1],
    [
      influence,
      await modelInfluence(problem, ofTreated, moved(treated.weight)),
      await modelInfluence(problem, ofControl, moved(control.weight)),
      ofPropensity,
    ],
  );
  return Math.sqrt(await influenceVariance(problem, stacked));
}

/** Beyond this ratio the two standard errors do not tell the same any more. */
const TELLING_RATIO = 1.1;

function misfitWarning(se: number, stackedSe: number | null): EstimateWarning[] {
  if (stackedSe === null || stackedSe <= TELLING_RATIO * se) return [];
  return [
    {
      code: 'functional-form',
      message: `The standard error takes both models for right, and would be ${stackedSe.toPrecision(3)} if only one of them is. That they differ says that one of them misses something: compare with \`learner boosting\`.`,
    },
  ];
}

/** μ₁ − μ₀ of each row, as the contrast is asked for. */
async function effectScores(
  { moments }: EstimationProblem,
  comparisons: readonly ScoredComparison[],
): Promise<readonly RowScore[]> {
  return Promise.all(
    comparisons.map(async ({ label, pair, means }): Promise<RowScore> => {
      const effect = linear(0, [pair.sign, -pair.sign], [means.treated, means.control]);
      return { name: 'effect', contrast: label, values: await moments.values(effect) };
    }),
  );
}
