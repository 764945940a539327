/** The certified regressions of NIST in every place in which least squares is computed: the kernel, `regression`, and the instrumental estimators. */

import { describe, expect, it } from 'vitest';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { slopeCovariance } from '../../../engine/stats/covariance.ts';
import { leastSquares } from '../../../engine/stats/leastSquares.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { dataOf, estimateOf } from '../../support/estimation.ts';
import { type CertifiedRegression, NIST_REGRESSIONS } from '../../support/nist.ts';
import { correctDigits, numericTable } from '../../support/numeric.ts';

const CASES = NIST_REGRESSIONS.map((set) => [set.name, set] as const);

/** A mirrored set has twice the sums of squares, and twice the rows less two for the degrees of freedom. */
function expectedError(set: CertifiedRegression, j: number): number {
  return set.errors[j]! / (set.intercept === null ? Math.SQRT2 : 1);
}

/** A certified 0 is met absolutely, in units of the slope. */
function digitsOfError(se: number, set: CertifiedRegression, j: number): number {
  const certified = expectedError(set, j);
  return certified === 0 ? -Math.log10(se / Math.abs(set.slopes[j]!)) : correctDigits(se, certified);
}

describe.each(CASES)('%s', (_name, set) => {
  const names = Object.keys(set.x);

  it('in the kernel of least squares', async () => {
    const moments = columnMoments(numericTable({ y: set.y, ...set.x }));
    const fit = await leastSquares(moments, column('y'), names.map(column));
    const covariance = await slopeCovariance(moments, fit, { kind: 'classic' });
    if (covariance.kind === 'failure') throw new Error(covariance.code);
    for (const [j, slope] of set.slopes.entries()) {
      expect(correctDigits(fit.coefficients[j]!, slope), `slope ${j}`).toBeGreaterThanOrEqual(set.digits);
      const se = Math.sqrt(covariance.covariance.matrix[j]![j]!);
      expect(digitsOfError(se, set, j), `error ${j}`).toBeGreaterThanOrEqual(set.digits);
    }
    if (set.rSquared !== null) {
      const rSquared = 1 - fit.residualSum / fit.totalSum;
      expect(correctDigits(rSquared, set.rSquared), 'R²').toBeGreaterThanOrEqual(set.digits);
    }
    if (set.intercept !== null) {
      expect(correctDigits(fit.intercept, set.intercept), 'intercept').toBeGreaterThanOrEqual(set.digits);
    }
  });

  it.each(['regression', 'iv', 'liml', 'gmm'])('as the effect of each regressor by %s', async (method) => {
    for (const [j, treatment] of names.entries()) {
      const data = dataOf({ y: set.y, ...set.x, same: set.x[treatment]! });
      const instruments = method === 'regression' ? [] : ['same'];
      const adjusted = names.filter((name) => name !== treatment);
      const plan = { method, treatment, adjusted, instruments, standardError: 'classic' } as const;
      const { estimate, se } = await estimateOf(data, plan);
      expect(correctDigits(estimate, set.slopes[j]!), treatment).toBeGreaterThanOrEqual(set.digits);
      expect(digitsOfError(se, set, j), `error of ${treatment}`).toBeGreaterThanOrEqual(set.digits);
    }
  });
});
