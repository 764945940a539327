/** `iv`: two-stage least squares. */

import { instrumentalEstimator } from './instrumentalEstimator.ts';
import { twoStageLeastSquares } from './structuralFit.ts';

/**
 * Y = a + τ·T + b·X with T instrumented by Z: T is replaced by its fit on X and Z, and the errors are computed with T itself
 * (Angrist, Imbens & Rubin 1996; Wooldridge 2010, Econometric Analysis, section 5.2).
 */
export const iv = instrumentalEstimator(async (problem, stages) => ({
  kind: 'equation',
  equation: await twoStageLeastSquares(problem, stages),
}));
