/** `aipw`: augmented inverse probability weighting. */

import { comparisonOf, doublyRobustAnswer, type ScoredComparison, scoreOf } from './doublyRobust.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer, type SharedFits } from './estimator.ts';
import { fitNuisances, type Nuisances } from './nuisances.ts';
import { type LevelPairs, levelPairs } from './pairs.ts';
import type { EstimationFailure, EstimationProblem } from './problem.ts';

/**
 * τ = Σ [ω (μ₁ − μ₀) + w₁ (Y − μ₁) − w₀ (Y − μ₀)]/Σ ω, with outcome models μ and weights w of the propensity: 1/e for the average effect, 1 and
 * e/(1 − e) for that on the treated (Robins, Rotnitzky & Zhao 1994; cross-fitted: Chernozhukov et al. 2018, section 5.1). Right where either the outcome models or
 * the propensity are.
 *
 * The variance is n/(n − 1) Σ φ² of the influence function φ = (score − ω τ)/Σ ω, in which both nuisances count as known: first-order exact where both are right,
 * or cross-fitted and close. With `trim` rows outside are not averaged over; the models are of all rows.
 */
export const aipw: Estimator = async (problem, shared) => {
  const pairs = levelPairs(problem);
  if (pairs.kind === 'failure') return pairs;
  const nuisances = await fitNuisances(problem, shared, pairs);
  if (nuisances.kind === 'failure') return nuisances;
  return augment(problem, shared, pairs, nuisances);
};

/** The estimate from nuisances, wherever they come from. */
export async function augment(
  problem: EstimationProblem,
  shared: Pick<SharedFits, 'pointOnly'>,
  { contrasts }: LevelPairs,
  nuisances: Nuisances,
): Promise<EstimatorAnswer | EstimationFailure> {
  const comparisons: ScoredComparison[] = [];
  for (const contrast of contrasts) {
    const comparison = await comparisonOf(problem, nuisances.propensity, contrast);
    if ('kind' in comparison) return comparison;
    const [treated, control] = comparison.pair.levels.map((level) => nuisances.means.get(level));
    if (treated === undefined || control === undefined) throw new Error('Every compared level has a mean.');
    const means = { treated, control };
    const { sums } = await problem.moments.pass({ sums: [scoreOf(problem, comparison, means)] });
    comparisons.push({ ...comparison, means, effect: sums[0] / comparison.total, warnings: [] });
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
