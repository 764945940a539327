import { kolmogorovSmirnov, signedShares } from '../stats/kolmogorovSmirnov.ts';
import { product } from '../stats/rowExpression.ts';
import { plainMean, type SampleMoments, sampleMoments, weighRows } from '../stats/sampleMoments.ts';
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
  const before = [
    await moments.values(product(treated.rows, ...own)),
    await moments.values(product(control.rows, ...own)),
  ];
  const after = [await moments.values(treated.weight), await moments.values(control.weight)];
  const pairs = [before, after].map(([first, second]) => signedShares(first, second));
  const samples = [...before, ...after].map(weighRows);
  const balance: CovariateBalance[] = [];
  for (const { label, expression } of covariates) {
    const values = await moments.values(expression);
    const mean = plainMean(values);
    const [t, c, weightedT, weightedC] = samples.map((each) => sampleMoments(values, each, mean));
    const spread = Math.sqrt((t.variance + c.variance) / 2);
    const apart = (first: SampleMoments, second: SampleMoments): number =>
      spread === 0 ? 0 : (first.mean - second.mean) / spread;
    const distances = kolmogorovSmirnov(values, pairs);
    balance.push({
      covariate: label,
      smdBefore: apart(t, c),
      smdAfter: apart(weightedT, weightedC),
      varianceRatioBefore: t.variance / c.variance,
      varianceRatioAfter: weightedT.variance / weightedC.variance,
      ksBefore: distances[0],
      ksAfter: distances[1],
    });
  }
  return balance;
}
