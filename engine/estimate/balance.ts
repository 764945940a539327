import { signedShares } from '../stats/kolmogorovSmirnov.ts';
import { product } from '../stats/rowExpression.ts';
import { type TermMoments, termMoments } from '../stats/termMoments.ts';
import type { CovariateBalance } from './diagnostics/weighting.ts';
import type { EstimationProblem } from './problem.ts';
import type { WeightedArm } from './weightedArms.ts';

/** Two arms; their rows before, and their weights after weighting. */
export interface BalancedArms {
  readonly treated: WeightedArm;
  readonly control: WeightedArm;
}

/**
 * How far the covariates differ between two arms, before and after weighting: standardised mean differences, ratios of variances and
 * Kolmogorov–Smirnov distances (Austin 2009; Austin & Stuart 2015). Before, a row has its own weight alone.
 * The denominator of mean differences is √((s₁² + s₀²)/2) of the unweighted arms in both, so that the two can be compared.
 */
export async function covariateBalance(
  { moments, covariates, weight }: EstimationProblem,
  { treated, control }: BalancedArms,
): Promise<CovariateBalance[]> {
  const own = weight === undefined ? [] : [weight];
  const before = [product(treated.rows, ...own), product(control.rows, ...own)];
  const weights = [...before, treated.weight, control.weight];
  const found = await termMoments(
    moments,
    covariates.map(({ expression }) => expression),
    weights,
  );
  const shares: Float64Array[] = [];
  for (const [first, second] of [before, [treated.weight, control.weight]]) {
    shares.push(signedShares(await moments.values(first), await moments.values(second)));
  }
  const columns: Float64Array[] = [];
  for (const { expression } of covariates) columns.push(await moments.values(expression));
  const distances = await moments.distances(columns, shares);
  return covariates.map(({ label }, j) => {
    const [t, c, weightedT, weightedC] = found[j];
    const spread = Math.sqrt((t.variance + c.variance) / 2);
    const apart = (first: TermMoments, second: TermMoments): number =>
      spread === 0 ? 0 : (first.mean - second.mean) / spread;
    const [ksBefore, ksAfter] = distances[j];
    return {
      covariate: label,
      smdBefore: apart(t, c),
      smdAfter: apart(weightedT, weightedC),
      varianceRatioBefore: t.variance / c.variance,
      varianceRatioAfter: weightedT.variance / weightedC.variance,
      ksBefore,
      ksAfter,
    };
  });
}
