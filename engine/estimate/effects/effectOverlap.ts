/** Overlap of the two arms of an effect, by the weights that the doubly robust scores give their residuals. */

import { rowValues } from '../../stats/rowExpression.ts';
import { armWeights, armWeightTerms, type OverlapAssessment, overlapFailure } from '../overlap.ts';
import type { EstimationProblem } from '../problem.ts';
import type { EffectPredictions } from './crossFittedEffects.ts';
import type { EffectData } from './effectData.ts';

/** @param kept weight of each row; 0 where it is left out */
export async function effectOverlap(
  problem: EstimationProblem,
  { arms }: EffectData,
  [level, reference]: readonly [number, number],
  { chance, referenceChance }: EffectPredictions,
  kept: Float64Array,
): Promise<OverlapAssessment> {
  const { treatment } = problem;
  if (treatment.kind === 'continuous') return { metrics: {}, warnings: [], unreliable: null };
  const rowsOf = (arm: number): Float64Array =>
    Float64Array.from(arms, (own, row) => (own === arm && kept[row] > 0 ? 1 : 0));
  const [own, other] = [rowsOf(level), rowsOf(reference)];
  const weighted = (rows: Float64Array, chances: Float64Array): Float64Array =>
    rows.map((value, row) => (value * kept[row]) / chances[row]);
  const { sums, extremes } = await problem.moments.pass({
    sums: [
      ...armWeightTerms(rowValues(own), rowValues(weighted(own, chance))),
      ...armWeightTerms(rowValues(other), rowValues(weighted(other, referenceChance))),
    ],
    extremes: [rowValues(level > reference ? chance : referenceChance)],
  });
  const parts = [
    { label: treatment.levels[level].label, weights: armWeights(sums, 0) },
    { label: treatment.levels[reference].label, weights: armWeights(sums, 3) },
  ];
  return {
    metrics: {
      min_propensity: extremes[0].min,
      max_propensity: extremes[0].max,
      ess: parts.reduce((sum, { weights }) => sum + weights.effective, 0),
    },
    warnings: [],
    unreliable: overlapFailure(problem, parts, 'ate'),
  };
}
