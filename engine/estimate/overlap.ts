/** Overlap comes first: is there anyone to compare with? */

import type { RowExpression } from '../stats/rowExpression.ts';
import { apply, complement, one, product } from '../stats/rowExpression.ts';
import type { SharedFits } from './estimator.ts';
import type { EstimationProblem } from './problem.ts';
import { binaryPropensity, type PropensityFailure } from './propensity.ts';
import type { EstimateWarning, Metric } from './result.ts';

export type WeightedEstimand = 'ate' | 'att' | 'atc' | 'overlap';

export interface OverlapAssessment {
  readonly metrics: Readonly<Partial<Record<Metric, number>>>;
  readonly warnings: readonly EstimateWarning[];
  readonly unreliable: EstimateWarning | null;
}

/** An arm with fewer effective rows than this, or than this part of its rows, does not stand for anybody. */
const MINIMUM_EFFECTIVE_ROWS = 20;
const MINIMUM_EFFECTIVE_SHARE = 1 / 20;

/**
 * Balancing weights of the two arms, h(e)/e and h(e)/(1 − e), for the tilting function h of each estimand:
 * 1 (ate), e (att), 1 − e (atc), e(1 − e) (overlap). Source: Li, Morgan & Zaslavsky (2018), Table 1.
 */
export function balancingWeights(
  estimand: WeightedEstimand,
  probability: RowExpression,
): { readonly treated: RowExpression; readonly control: RowExpression } {
  const rest = complement(probability);
  switch (estimand) {
    case 'ate':
      return { treated: apply('reciprocal', probability), control: apply('reciprocal', rest) };
    case 'att':
      return { treated: one, control: product(probability, apply('reciprocal', rest)) };
    case 'atc':
      return { treated: product(rest, apply('reciprocal', probability)), control: one };
    case 'overlap':
      return { treated: rest, control: probability };
  }
}

export interface ArmWeights {
  /** Rows of the arm. */
  readonly rows: number;
  /** (Σw)² / Σw², after Kish (1965). */
  readonly effective: number;
  /** The effective rows that there could be at best, where a method takes but some of the rows; all of them where absent. */
  readonly reachable?: number;
}

/** Reads Σ 1, Σ w, Σ w² of an arm from three sums. */
export function armWeights(sums: ArrayLike<number>, start: number): ArmWeights {
  return { rows: sums[start], effective: sums[start + 1] ** 2 / sums[start + 2] };
}

/** The three terms that `armWeights` reads: the arm's indicator, its weight, and the square of it. */
export function armWeightTerms(indicator: RowExpression, weight: RowExpression): RowExpression[] {
  return [indicator, weight, apply('square', weight)];
}

/** The reason why a comparison with these arms means nothing; null where it does. */
export function overlapFailure(
  problem: EstimationProblem,
  arms: readonly { readonly label: string; readonly weights: ArmWeights }[],
  estimand: WeightedEstimand | 'unadjusted',
): EstimateWarning | null {
  const thin = arms.find(
    ({ weights }) =>
      !(weights.effective >= MINIMUM_EFFECTIVE_ROWS) ||
      weights.effective < (weights.reachable ?? weights.rows) * MINIMUM_EFFECTIVE_SHARE,
  );
  if (thin === undefined) return null;
  const { rows, effective } = thin.weights;
  const arm = `rows with ${problem.plan.treatment} = ${thin.label}`;
  if (estimand === 'unadjusted' || effective > rows - 0.5) {
    return {
      code: 'positivity',
      message: `Unreliable: there are only ${rows} ${arm}. Nothing can be said from so few.`,
    };
  }
  const way =
    estimand === 'ate'
      ? 'Ask for `estimand att`, for `estimand overlap`, or leave out with `where` those who never could have had the other treatment.'
      : 'Leave out with `where` those who never could have had the other treatment.';
  return {
    code: 'positivity',
    message: `Unreliable: the ${rows} ${arm} count for only ${effective.toFixed(1)} once they stand for everyone, because hardly anyone like the others is among them. ${way}`,
  };
}

/** Overlap of an unadjusted comparison: the sizes of the arms. */
export function armRows(problem: EstimationProblem): OverlapAssessment {
  const { treatment } = problem;
  if (treatment.kind === 'continuous') return { metrics: {}, warnings: [], unreliable: null };
  const arms = treatment.levels.map(({ label, rows }) => ({ label, weights: { rows, effective: rows } }));
  return { metrics: {}, warnings: [], unreliable: overlapFailure(problem, arms, 'unadjusted') };
}

/**
 * Overlap of an adjusted comparison of two levels, from the logistic propensity: a regression would otherwise draw its line
 * through a region without data and not say so. Other treatments are not assessed.
 */
export async function assessOverlap(
  problem: EstimationProblem,
  shared: SharedFits,
  estimand: WeightedEstimand,
): Promise<OverlapAssessment> {
  const { treatment } = problem;
  if (treatment.kind === 'continuous' || treatment.levels.length !== 2) return armRows(problem);
  const propensity = await binaryPropensity(problem, shared);
  if (propensity.kind === 'failure') {
    return withoutPropensity(problem, propensity);
  }
  const { treated } = propensity;
  const control = complement(treated);
  const weights = balancingWeights(estimand, propensity.probability);
  const own = problem.weight ?? one;
  const { sums, extremes } = await problem.moments.pass({
    sums: [
      ...armWeightTerms(treated, product(treated, own, weights.treated)),
      ...armWeightTerms(control, product(control, own, weights.control)),
    ],
    extremes: [propensity.probability],
  });
  const arms = [
    { label: treatment.levels[1].label, weights: armWeights(sums, 0) },
    { label: treatment.levels[0].label, weights: armWeights(sums, 3) },
  ];
  return {
    metrics: { min_propensity: extremes[0].min, max_propensity: extremes[0].max },
    warnings: [],
    unreliable: overlapFailure(problem, arms, estimand),
  };
}

/** Where some rows have nobody like them to be compared with that is a warning; where none has, there is no comparison. */
function withoutPropensity(
  problem: EstimationProblem,
  { code, message, complete }: PropensityFailure,
): OverlapAssessment {
  const { metrics, unreliable } = armRows(problem);
  if (code !== 'separation') return { metrics, warnings: [], unreliable };
  return complete === true
    ? {
        metrics,
        warnings: [],
        unreliable: { code: 'positivity', message: `Unreliable: ${decapitalised(message)}` },
      }
    : { metrics, warnings: [{ code: 'positivity', message }], unreliable };
}

function decapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
