/** Two levels of a discrete treatment, compared. */

import { one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { TreatmentLevel } from './coding.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { comparedLevels } from './weightedArms.ts';

export interface LevelPairs {
  readonly kind: 'pairs';
  readonly levels: readonly TreatmentLevel[];
  readonly contrasts: readonly Contrast[];
  /** Indices of the levels that some contrast compares, ascending. */
  readonly compared: readonly number[];
}

/**
 * The contrasts of a plan that compares levels: each level against the first, or the one that was asked for.
 *
 * Fails where the treatment is a number with many values, or a level does not occur.
 */
export function levelPairs({ treatment, plan }: EstimationProblem): LevelPairs | EstimationFailure {
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  if (treatment.kind === 'continuous') {
    return failure(
      'method-mismatch',
      `${plan.method} compares levels, and ${plan.treatment} is a number with many values. Use \`regression\` or \`dml\`, or derive a variable with levels.`,
    );
  }
  const compared = [...new Set(contrasts.contrasts.flatMap((each) => comparedLevels(each).levels))];
  return {
    kind: 'pairs',
    levels: treatment.levels,
    contrasts: contrasts.contrasts,
    compared: compared.sort((a, b) => a - b),
  };
}

/** Weight of each row in the population that an effect is about: everyone, or those who have one of the levels. */
export function targetWeight(
  problem: EstimationProblem,
  levels: readonly TreatmentLevel[],
  [treated, control]: readonly [number, number],
): RowExpression {
  const own = problem.weight ?? one;
  const { estimand } = problem.plan;
  if (estimand === 'att') return product(levels[treated].indicator, own);
  return estimand === 'atc' ? product(levels[control].indicator, own) : own;
}
