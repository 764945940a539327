/** Two levels of a discrete treatment, compared. */

import { one, product, type RowExpression } from '../stats/rowExpression.ts';
import type { TreatmentLevel } from './coding.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';

/** A comparison, with the later of the two levels as the treated one whichever way round it is asked for: who the treated are does not turn with the sign. */
export interface LevelPair {
  readonly label: Contrast['label'];
  /** Indices into the treatment's levels. */
  readonly treated: number;
  readonly control: number;
  /** 1, or −1 where the contrast is of the earlier level against the later. */
  readonly sign: 1 | -1;
}

export interface LevelPairs {
  readonly kind: 'pairs';
  readonly levels: readonly TreatmentLevel[];
  readonly pairs: readonly LevelPair[];
  /** Indices of the levels that some pair compares, ascending. */
  readonly compared: readonly number[];
}

/**
 * The contrasts of a plan as pairs of levels: each level against the first, or the one that was asked for.
 *
 * Fails where the treatment is a number with many values, or a level does not occur.
 */
export function levelPairs(problem: EstimationProblem): LevelPairs | EstimationFailure {
  const { treatment, plan } = problem;
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  if (treatment.kind === 'continuous') {
    return failure(
      'method-mismatch',
      `${plan.method} compares levels, and ${plan.treatment} is a number with many values. Use \`regression\` or \`dml\`, or derive a variable with levels.`,
    );
  }
  const pairs = contrasts.contrasts.map(({ label, weights }): LevelPair => {
    const [level, reference] = [weights.indexOf(1), weights.indexOf(-1)];
    return {
      label,
      treated: Math.max(level, reference),
      control: Math.min(level, reference),
      sign: level > reference ? 1 : -1,
    };
  });
  const compared = [...new Set(pairs.flatMap(({ treated, control }) => [treated, control]))];
  return { kind: 'pairs', levels: treatment.levels, pairs, compared: compared.sort((a, b) => a - b) };
}

/** Label of the treated level and of the other, in that order. */
export function armsOf({ levels }: LevelPairs, { treated, control }: LevelPair): readonly [string, string] {
  return [levels[treated].label, levels[control].label];
}

/** Weight of each row in the population that an effect is about: everyone, or those who have one of the levels. */
export function targetWeight(
  problem: EstimationProblem,
  { levels }: LevelPairs,
  { treated, control }: LevelPair,
): RowExpression {
  const own = problem.weight ?? one;
  const { estimand } = problem.plan;
  if (estimand === 'att') return product(levels[treated].indicator, own);
  return estimand === 'atc' ? product(levels[control].indicator, own) : own;
}
