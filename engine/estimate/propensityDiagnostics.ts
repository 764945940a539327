/** What is told of a fitted propensity: where the arms overlap, how well treatment can be foretold, and from what. */

import { apply, linear, one, product, type RowExpression } from '../stats/rowExpression.ts';
import { termMoments } from '../stats/termMoments.ts';
import { areaUnderCurve } from './auc.ts';
import type { BalancedArms } from './balance.ts';
import type {
  OverlapBin,
  PropensityCoefficient,
  PropensityDiagnostics,
  PropensityModelSummary,
} from './diagnostics/propensity.ts';
import type { EstimationProblem } from './problem.ts';
import type { Propensity } from './propensity.ts';
import type { Metric } from './result.ts';

/** Bins of the overlap histogram. */
const BINS = 20;

/**
 * Overlap histogram, range, area under the ROC curve and model of a propensity, for the two levels that are compared.
 *
 * @param levels indices of the treated level and of the one that it is compared with
 * @param arms the weighted rows of the two; null where the method weights none, and all rows of the levels count alike
 */
export async function describePropensity(
  problem: EstimationProblem,
  propensity: Propensity,
  levels: readonly [treated: number, control: number],
  arms: BalancedArms | null,
): Promise<{
  readonly metrics: Readonly<Partial<Record<Metric, number>>>;
  readonly diagnostics: PropensityDiagnostics;
}> {
  const { moments, treatment, weight } = problem;
  if (treatment.kind !== 'discrete') throw new Error('A propensity is of a treatment with levels.');
  const [treated, control] = levels.map((level) => treatment.levels[level].indicator);
  const [ofTreated, ofControl] = levels.map((level) => propensity.probabilities[level]);
  const scores = await moments.values(ofTreated);
  // Rows of the two levels alone, and there the odds between them.
  const isTwo = propensity.levels === 'two';
  const ranked = isTwo
    ? scores
    : await moments.values(
        product(ofTreated, apply('reciprocal', linear(0, [1, 1], [ofTreated, ofControl]))),
      );
  const labels = (await moments.values(isTwo ? treated : linear(-1, [2, 1], [treated, control]))).map(
    Math.round,
  );
  const weights = weight === undefined ? null : await moments.values(weight);
  const { extremes } = await moments.pass({ extremes: isTwo ? [ofTreated] : [ofTreated, ofControl] });
  const rows = arms === null ? [treated, control] : [arms.treated.rows, arms.control.rows];
  const shares =
    arms === null
      ? rows.map((each) => product(each, weight ?? one))
      : [arms.treated.weight, arms.control.weight];
  return {
    metrics: {
      min_propensity: Math.min(...extremes.map(({ min }) => min)),
      max_propensity: Math.max(...extremes.map(({ max }) => max)),
      auc: areaUnderCurve({ scores: ranked, labels, weights }),
    },
    diagnostics: {
      overlap: await overlapBins(problem, scores, rows, shares),
      ...(problem.plan.trim > 0 ? { trim: problem.plan.trim } : {}),
      propensityModel: await modelSummary(problem, propensity),
    },
  };
}

async function overlapBins(
  { moments }: EstimationProblem,
  scores: Float64Array,
  rows: readonly RowExpression[],
  weights: readonly RowExpression[],
): Promise<readonly OverlapBin[]> {
  const histograms: Float64Array[] = [];
  for (const mass of [...rows, ...weights]) histograms.push(histogram(scores, await moments.values(mass)));
  const [treated, control, weightedTreated, weightedControl] = histograms;
  const share = (bins: Float64Array, b: number): number =>
    bins[b] / bins.reduce((sum, mass) => sum + mass, 0);
  return Array.from({ length: BINS }, (_bin, b) => ({
    from: b / BINS,
    to: (b + 1) / BINS,
    treated: treated[b],
    control: control[b],
    weightedTreated: share(weightedTreated, b),
    weightedControl: share(weightedControl, b),
  }));
}

function histogram(scores: Float64Array, mass: Float64Array): Float64Array {
  const bins = new Float64Array(BINS);
  for (let row = 0; row < scores.length; row++) {
    bins[Math.min(BINS - 1, Math.floor(scores[row] * BINS))] += mass[row];
  }
  return bins;
}

/** The coefficients of a parametric model with their standardised size, or the importances of a learned one. */
export async function modelSummary(
  { moments, weight, treatment }: EstimationProblem,
  { model, terms, fit, importances }: Propensity,
): Promise<PropensityModelSummary> {
  if (fit === null || treatment.kind !== 'discrete') {
    const sorted = [...(importances ?? [])].sort((a, b) => b.importance - a.importance);
    return { model, coefficients: null, importances: sorted };
  }
  const found = await termMoments(
    moments,
    terms.map(({ expression }) => expression),
    [weight ?? one],
  );
  const spreads = found.map(([{ variance }]) => Math.sqrt(variance));
  const scaled = (slopes: readonly number[], level: string | null): PropensityCoefficient[] =>
    terms.map(({ label }, j) => ({
      covariate: label,
      level,
      coefficient: slopes[j],
      standardised: slopes[j] * spreads[j],
    }));
  const coefficients =
    'equations' in fit
      ? fit.equations.flatMap((equation, c) => scaled(equation.coefficients, treatment.levels[c + 1].label))
      : scaled(fit.coefficients, null);
  return { model, coefficients, importances: null };
}
