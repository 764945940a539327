/** Confidence sets that hold however weak the instruments are, by inverting the test of Anderson & Rubin (1949). */

import { type ConfidenceSet, quadraticSublevel } from '../stats/confidenceSet.ts';
import { fQuantile } from '../stats/distributions.ts';
import { waldSet } from '../stats/waldSet.ts';
import type { SlopeCovariances } from './instrumentScores.ts';
import type { TwoStageFit } from './twoStage.ts';

/**
 * All τ that the F test of the instruments in a regression of Y − τ·T on covariates and instruments does not reject: a quadratic inequality in τ, whose
 * solutions may be an interval, two rays, the whole line, or nothing. For errors of the same variance in all rows.
 */
export function andersonRubinSet(
  { explained, left, first, count }: TwoStageFit,
  level: number,
): ConfidenceSet {
  const df = first.rows - first.parameters;
  const bound = (count / df) * fQuantile(level, count, df);
  return quadraticSublevel(
    explained.tt - bound * left.tt,
    -2 * (explained.ty - bound * left.ty),
    explained.yy - bound * left.yy,
  );
}

/**
 * All τ that the same test with robust or clustered errors does not reject (Andrews, Stock & Sun 2019, Annual Review of Economics 11, section 5.1). Null where that test does not
 * exist, as with fewer clusters than instruments.
 */
export function robustAndersonRubinSet(
  { treatmentSlopes, outcomeSlopes, count }: TwoStageFit,
  { treatment, outcome, cross, df }: SlopeCovariances,
  level: number,
): ConfidenceSet | null {
  return waldSet(
    { a: outcomeSlopes, b: treatmentSlopes, aa: outcome, ab: cross, bb: treatment },
    count * fQuantile(level, count, df),
  );
}
