/** What it does to the variance of a matched effect that the score was estimated from the same rows. */

import { expectedInformation, type Link, scoreOf } from '../../stats/binaryRegression.ts';
import { dot } from '../../stats/dot.ts';
import { inverseOfInformation } from '../../stats/information.ts';
import { crossProducts, rawProducts } from '../../stats/moments.ts';
import { apply, linear, one, product, type RowExpression, rowValues } from '../../stats/rowExpression.ts';
import type { EstimationProblem } from '../problem.ts';
import type { BinaryPropensity } from '../propensity.ts';
import type { LocalMoments } from './localMoments.ts';
import type { MatchedEffect, MatchedOutcome } from './matchedEffect.ts';
import { eachRow, hasMatch, isTarget, type MatchedRows, otherArm } from './matchedRows.ts';
import type { Windows } from './nearest.ts';
import { type ScoreGroups, taken } from './scoreGroups.ts';

/** e, e′/(1 − e) and e′/e of the propensity e and its slope e′ in the linear predictor, one a score. */
export interface ScoreSlopes {
  readonly probability: Float64Array;
  readonly ratios: readonly [control: Float64Array, treated: Float64Array];
}

/** A propensity fitted by maximum likelihood, with what several matched outcomes need of it. */
export interface LikelihoodScore {
  readonly propensity: BinaryPropensity;
  readonly link: Link;
  /** Of the information, the constant first. */
  readonly inverse: readonly (readonly number[])[];
  readonly slopes: ScoreSlopes;
}

/** Inverse information of the propensity, and its slopes at the scores of `groups`. */
export async function likelihoodScore(
  { moments, weight = one }: EstimationProblem,
  propensity: BinaryPropensity,
  link: Link,
  groups: ScoreGroups,
): Promise<LikelihoodScore> {
  const { linearPredictor, probability } = propensity;
  const products = await crossProducts(
    moments,
    propensity.terms.map((term) => term.expression),
    product(weight, expectedInformation(link, linearPredictor)),
  );
  const ofScores = async (expression: RowExpression): Promise<Float64Array> =>
    taken(await moments.values(expression), groups.samples);
  const e = await ofScores(probability);
  const ratios =
    link === 'logistic'
      ? ([e, e.map((value) => 1 - value)] as const)
      : ([
          await ofScores(apply('inverseMills', linear(0, [-1], [linearPredictor]))),
          await ofScores(apply('inverseMills', linearPredictor)),
        ] as const);
  return { propensity, link, inverse: inverseOfInformation(products), slopes: { probability: e, ratios } };
}

/**
 * The term to add to `knownScoreVariance` for a propensity estimated by maximum likelihood (Abadie & Imbens 2016):
 * −c′I⁻¹c for the average effect, −c′I⁻¹c + g′I⁻¹g for that on the treated, with I the information, c the covariance of the matched effect with the
 * score of the likelihood, made of the covariances of covariates and outcome among the rows of an arm nearest in the propensity, and g the
 * derivative of the effect on the treated in the coefficients. g is Σ w x e′ (dᵢ − τ)/Σ w with the local covariances that a match on
 * the propensity alone leaves out of it: (1 − e) e′ of those of the treated less e e′ of those of the controls.
 *
 * With weights w the likelihood is weighted too: the effect moves with its score by q = g − c, the score's variance is J = Σ w² s² x x′, and the
 * term is 2 q′I⁻¹c₂ + q′I⁻¹J I⁻¹q with c₂ as c with w² for w. It is the one above where weights are equal.
 *
 * The covariances are linear in x, so each of q and c₂ is a sum over the rows of x times a number that does not depend on x.
 */
export async function estimatedScoreTerm(
  problem: EstimationProblem,
  score: LikelihoodScore,
  matched: MatchedRows,
  windows: readonly [Windows, Windows],
  outcome: MatchedOutcome,
  effect: MatchedEffect,
): Promise<number> {
  if (effect.local === null) return Number.NaN;
  const factors = rowFactors(matched, windows, outcome, effect, effect.local, score.slopes);
  const terms = score.propensity.terms.map(({ expression }) => expression);
  const { sums } = await problem.moments.pass({
    sums: [factors.move, factors.covariance].flatMap((numbers) => {
      const factor = rowValues(numbers);
      return [factor, ...terms.map((term) => product(factor, term))];
    }),
  });
  const move = sums.subarray(0, terms.length + 1);
  const covariance = sums.subarray(terms.length + 1);
  const direction = score.inverse.map((row) => dot(row, move));
  // Without weights J is I, and I⁻¹J I⁻¹ is I⁻¹.
  const spread =
    problem.weight === undefined
      ? dot(direction, move)
      : await scoreSpread(problem, score, problem.weight, direction);
  return 2 * dot(direction, covariance) + spread;
}

/** Σ w² s² (x′direction)². */
async function scoreSpread(
  problem: EstimationProblem,
  { propensity, link }: LikelihoodScore,
  weight: RowExpression,
  direction: readonly number[],
): Promise<number> {
  const { terms, treated, linearPredictor } = propensity;
  const score = product(weight, scoreOf(link, treated, linearPredictor));
  const products = await crossProducts(
    problem.moments,
    [one, ...terms.map((term) => term.expression)],
    apply('square', score),
  );
  return rawProducts(products).reduce((sum, row, j) => sum + direction[j] * dot(row, direction), 0);
}

/** The numbers by which x is multiplied in q and in c₂, one a row. */
function rowFactors(
  matched: MatchedRows,
  windows: readonly [Windows, Windows],
  outcome: MatchedOutcome,
  effect: MatchedEffect,
  local: readonly [LocalMoments, LocalMoments],
  slopes: ScoreSlopes,
): { move: Float64Array; covariance: Float64Array } {
  const { groups, estimand, weights, targetWeight } = matched;
  const { probability, ratios } = slopes;
  const moveRows = new Float64Array(weights.length);
  const covarianceRows = new Float64Array(weights.length);
  const { sums, squares } = reachedWeights(matched);
  for (const arm of [0, 1] as const) {
    const move = new Float64Array(sums.length);
    const covariance = new Float64Array(sums.length);
    for (let g = 0; g < sums.length; g++) {
      if (sums[g] === 0) continue;
      const e = probability[g];
      const toTreated = estimand === 'att' ? e : 1;
      const factor = (toTreated * ratios[arm][g]) / targetWeight;
      const slope = e * ratios[1][g];
      const left = (arm === 1 ? 1 - e : -e) * slope;
      const derivative = estimand === 'att' ? left / targetWeight : 0;
      move[g] = sums[g] * (derivative - factor);
      covariance[g] = squares[g] * factor;
    }
    addCovariances(matched, arm, windows[arm], local[arm], outcome.values, [
      { factors: move, rows: moveRows },
      { factors: covariance, rows: covarianceRows },
    ]);
    if (estimand === 'ate') continue;
    eachRow(groups.arms[arm], (row, _k, group) => {
      if (sums[group] === 0) return;
      const slope = probability[group] * ratios[1][group];
      moveRows[row] += (weights[row] * slope * (effect.differences[row] - effect.estimate)) / targetWeight;
    });
  }
  return { move: moveRows, covariance: covarianceRows };
}

/** Σ w and Σ w² of the rows of each score over which the expectations are taken: those whose score has matches. */
function reachedWeights({ groups, estimand, matches }: MatchedRows): {
  sums: Float64Array;
  squares: Float64Array;
} {
  const sums = new Float64Array(groups.scores.length);
  const squares = new Float64Array(groups.scores.length);
  for (const arm of [0, 1] as const) {
    const { groups: groupOf, weights, squares: weightSquares } = groups.arms[arm];
    for (let k = 0; k < groupOf.length; k++) {
      const group = groupOf[k];
      const reached =
        estimand === 'att'
          ? hasMatch(matches[0], group) && hasMatch(matches[1], group)
          : isTarget(estimand, arm) && hasMatch(matches[otherArm(arm)], group);
      if (!reached) continue;
      sums[group] += weights[k];
      squares[group] += weightSquares[k];
    }
  }
  return { sums, squares };
}

/** Numbers one a score, and one a row to which is added what x is multiplied with in Σ factor · cov(x, y). */
interface FactorSums {
  readonly factors: Float64Array;
  readonly rows: Float64Array;
}

/** Adds to the rows of each of two sums, the covariance being that of the rows of `arm` in the window of each score. Rows are far apart in memory: they are visited once. */
function addCovariances(
  { groups, weights }: MatchedRows,
  arm: 0 | 1,
  { first, last }: Windows,
  { means, divisors }: LocalMoments,
  outcome: Float64Array,
  [left, right]: readonly [FactorSums, FactorSums],
): void {
  const { scores, rows: rowsByScore, starts } = groups.arms[arm];
  const size = scores.length;
  const [ofOne, ofOther] = [left.factors, right.factors];
  const [oneRows, otherRows] = [left.rows, right.rows];
  const scales = new Float64Array(2 * size);
  const offsets = new Float64Array(2 * size);
  for (let g = 0; g < ofOne.length; g++) {
    if (ofOne[g] === 0 && ofOther[g] === 0) continue;
    const factor = ofOne[g] / divisors[g];
    const otherFactor = ofOther[g] / divisors[g];
    for (let k = first[g]; k <= last[g]; k++) {
      scales[2 * k] += factor;
      offsets[2 * k] += factor * means[g];
      scales[2 * k + 1] += otherFactor;
      offsets[2 * k + 1] += otherFactor * means[g];
    }
  }
  for (let k = 0; k < size; k++) {
    for (let i = starts[k]; i < starts[k + 1]; i++) {
      const row = rowsByScore[i];
      const value = outcome[row];
      oneRows[row] += weights[row] * (value * scales[2 * k] - offsets[2 * k]);
      otherRows[row] += weights[row] * (value * scales[2 * k + 1] - offsets[2 * k + 1]);
    }
  }
}
