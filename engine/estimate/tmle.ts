/** `tmle`: targeted maximum likelihood. */

import { logisticParts } from '../stats/binaryRegression.ts';
import { maximiseLikelihood } from '../stats/generalizedLinear.ts';
import {
  apply,
  complement,
  linear,
  minus,
  product,
  type RowExpression,
  within,
} from '../stats/rowExpression.ts';
import { type Comparison, comparisonOf, doublyRobustAnswer, type ScoredComparison } from './doublyRobust.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer, type SharedFits } from './estimator.ts';
import { fitNuisances, type Nuisances } from './nuisances.ts';
import { type LevelPairs, levelPairs } from './pairs.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { EstimateWarning } from './result.ts';
import type { WeightedArm } from './weightedArms.ts';

/** Predictions of a bounded outcome are kept as far from 0 and 1, where log odds end; those of probabilities are inside by themselves. */
const MARGIN = 0.0005;
const PROBABILITY_MARGIN = 1e-9;

/**
 * The outcome is bounded to [0, 1] by its least and largest value, its predictions q are moved along logit q* = logit q + ε an arm, with ε the maximum
 * of the logistic likelihood in which a row counts by the weight w of its arm, and τ = Σ ω (μ₁* − μ₀*)/Σ ω of what comes out: an average of predictions
 * that are in bounds, and solves Σ w (Y − μ*) = 0 in each arm, the equation of the efficient score (van der Laan & Rubin 2006; bounds: Gruber & van der
 * Laan 2010; the propensity in the weight rather than beside ε, which extreme weights cannot blow up: Stitelman, De Gruttola & van der Laan 2012).
 *
 * The variance is that of `aipw`, with the targeted predictions.
 */
export const tmle: Estimator = async (problem, shared) => {
  const pairs = levelPairs(problem);
  if (pairs.kind === 'failure') return pairs;
  const nuisances = await fitNuisances(problem, shared, pairs);
  if (nuisances.kind === 'failure') return nuisances;
  return target(problem, shared, pairs, nuisances);
};

/** The estimate from nuisances, wherever they come from. */
export async function target(
  problem: EstimationProblem,
  shared: Pick<SharedFits, 'pointOnly'>,
  { contrasts }: LevelPairs,
  nuisances: Nuisances,
): Promise<EstimatorAnswer | EstimationFailure> {
  const range = await rangeOf(problem);
  const comparisons: ScoredComparison[] = [];
  for (const contrast of contrasts) {
    const comparison = await comparisonOf(problem, nuisances.propensity, contrast);
    if ('kind' in comparison) return comparison;
    const targeted = await targetArms(problem, comparison, nuisances, range);
    if ('kind' in targeted) return targeted;
    comparisons.push(targeted);
  }
  if (shared.pointOnly) {
    const points = comparisons.map(({ label, pair, effect }) => ({
      contrast: label,
      estimate: pair.sign * effect,
    }));
    return pointAnswer(points, problem.table.rowCount);
  }
  return doublyRobustAnswer(problem, nuisances, comparisons, contrasts);
}

interface OutcomeRange {
  readonly low: number;
  readonly span: number;
  readonly margin: number;
}

async function rangeOf({ moments, outcome, outcomeScale }: EstimationProblem): Promise<OutcomeRange> {
  const { extremes } = await moments.pass({ extremes: [outcome] });
  const [{ min, max }] = extremes;
  return { low: min, span: max - min, margin: outcomeScale === 'binary' ? PROBABILITY_MARGIN : MARGIN };
}

async function targetArms(
  problem: EstimationProblem,
  comparison: Comparison,
  nuisances: Nuisances,
  range: OutcomeRange,
): Promise<ScoredComparison | EstimationFailure> {
  const { pair, total } = comparison;
  const treated = await targetArm(problem, pair.treated, nuisances.means.get(pair.levels[0]), range);
  if ('kind' in treated) return treated;
  const control = await targetArm(problem, pair.control, nuisances.means.get(pair.levels[1]), range);
  if ('kind' in control) return control;
  const means = { treated: treated.mean, control: control.mean };
  const { sums } = await problem.moments.pass({
    sums: [product(comparison.target, minus(means.treated, means.control))],
  });
  const warnings = boundsWarning(problem, treated.moved + control.moved);
  return { ...comparison, means, effect: sums[0] / total, warnings };
}

interface TargetedArm {
  readonly mean: RowExpression;
  /** Predictions that lay outside the outcome's range. */
  readonly moved: number;
}

async function targetArm(
  problem: EstimationProblem,
  { label, weight }: WeightedArm,
  mean: RowExpression | undefined,
  { low, span, margin }: OutcomeRange,
): Promise<TargetedArm | EstimationFailure> {
  if (mean === undefined) throw new Error('Every compared level has a mean.');
  const { moments, outcome } = problem;
  const raw = linear(-low / span, [1 / span], [mean]);
  const bounded = clamped(raw, margin, 1 - margin);
  const offset = minus(apply('log', bounded), apply('log', complement(bounded)));
  const { sums } = await moments.pass({ sums: [weight, within(raw, 0, 1)] });
  if (!sums.every(Number.isFinite)) return unsettled(problem, label);
  const result = await maximiseLikelihood(moments, {
    likelihood: logisticParts,
    response: linear(-low / span, [1 / span], [outcome]),
    terms: [],
    means: [],
    scales: [],
    start: 0,
    offset,
    weight,
    total: sums[0],
    rows: moments.rowCount,
  });
  if (result.kind !== 'fit') return unsettled(problem, label);
  const moved = apply('logistic', linear(result.fit.intercept, [1], [offset]));
  return { mean: linear(low, [span], [moved]), moved: moments.rowCount - sums[1] };
}

/** The argument where it is between the bounds, else the bound that it is beyond. */
function clamped(argument: RowExpression, low: number, high: number): RowExpression {
  return linear(
    0,
    [1, low, high],
    [
      product(argument, within(argument, low, high)),
      complement(within(argument, low, Number.POSITIVE_INFINITY)),
      complement(within(argument, Number.NEGATIVE_INFINITY, high)),
    ],
  );
}

function unsettled({ plan }: EstimationProblem, label: string): EstimationFailure {
  return failure(
    'no-convergence',
    `The predictions of ${plan.outcome} among the rows with ${plan.treatment} = ${label} cannot be targeted: the outcome does not vary there, or they are beyond all bounds. Use \`aipw\`, or leave out with \`where\` the rows that have nobody like them in the other arm.`,
  );
}

function boundsWarning({ plan }: EstimationProblem, moved: number): EstimateWarning[] {
  if (moved === 0) return [];
  return [
    {
      code: 'bounded',
      message: `${moved} predictions of ${plan.outcome} lay beyond its least or largest value in the data and were moved there, since the outcome of \`tmle\` is bounded. The outcome models reach further than the data.`,
    },
  ];
}
