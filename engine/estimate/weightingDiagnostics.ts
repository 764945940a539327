/** What is told of two weighted arms, whichever method made the weights. */

import { product, within } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { type BalancedArms, covariateBalance } from './balance.ts';
import {
  type CovariateBalance,
  EXTREME_SHARE,
  type WeightHistogram,
  type WeightingDiagnostics,
} from './diagnostics/weighting.ts';
import {
  type ArmWeights,
  armWeights,
  armWeightTerms,
  overlapFailure,
  type WeightedEstimand,
} from './overlap.ts';
import type { EstimationProblem } from './problem.ts';
import type { EstimateWarning, Metric } from './result.ts';
import type { WeightedArm } from './weightedArms.ts';
import { weightHistogram } from './weightHistogram.ts';

/** Size of an arm under its weights, and the weighted mean of the outcome. */
export interface ArmSums extends ArmWeights {
  readonly label: string;
  /** Σ w. */
  readonly weight: number;
  /** Σ w Y/Σ w. */
  readonly mean: number;
}

/** Sums over the arms given, in their order. */
export async function armSums(
  { moments, outcome }: EstimationProblem,
  arms: readonly WeightedArm[],
): Promise<readonly ArmSums[]> {
  const { sums } = await moments.pass({
    sums: arms.flatMap(({ rows, weight }) => [...armWeightTerms(rows, weight), product(weight, outcome)]),
  });
  return arms.map(({ label }, a) => {
    const weight = sums[4 * a + 1];
    return { label, ...armWeights(sums, 4 * a), weight, mean: sums[4 * a + 3] / weight };
  });
}

export interface WeightingAssessment {
  readonly metrics: Readonly<Partial<Record<Metric, number>>>;
  readonly diagnostics: WeightingDiagnostics;
  readonly warnings: readonly EstimateWarning[];
  readonly unreliable: EstimateWarning | null;
}

/** What to do about weights that fall short, by the method that made them. */
export interface WeightingWays {
  readonly extreme: string;
  readonly imbalance: string;
}

const MODEL_WAYS: WeightingWays = {
  extreme: 'Compare with `estimand overlap` or a `trim`.',
  imbalance: 'The model of the treatment misses something.',
};

/** Balance, effective sizes and extreme weights of two arms, with what has to be said of them. */
export async function assessWeighting(
  problem: EstimationProblem,
  arms: BalancedArms,
  sums: { readonly treated: ArmSums; readonly control: ArmSums },
  estimand: WeightedEstimand,
  ways: WeightingWays = MODEL_WAYS,
): Promise<WeightingAssessment> {
  const { treated, control } = sums;
  const limit = (arm: ArmSums): number => (EXTREME_SHARE * arm.weight) / arm.rows;
  const counted = await problem.moments.pass({
    sums: [
      within(arms.treated.weight, limit(treated), Number.POSITIVE_INFINITY),
      within(arms.control.weight, limit(control), Number.POSITIVE_INFINITY),
    ],
    extremes: [arms.treated.weight, arms.control.weight],
  });
  const [ofTreated, ofControl] = counted.extremes;
  const maxWeight = Math.max(
    (ofTreated.max * treated.rows) / treated.weight,
    (ofControl.max * control.rows) / control.weight,
  );
  const balance = await covariateBalance(problem, arms);
  return {
    metrics: {
      max_smd: Math.max(0, ...balance.map((row) => Math.abs(row.smdAfter))),
      ess: treated.effective + control.effective,
    },
    diagnostics: {
      essTreated: treated.effective,
      essControl: control.effective,
      maxWeight,
      arms: { treated: treated.label, control: control.label },
      weights: await armHistogram(problem, arms),
      extremeWeights: { treated: counted.sums[0], control: counted.sums[1] },
      balance,
    },
    warnings: [...weightWarning(maxWeight, ways), ...balanceWarning(balance, ways)],
    unreliable: overlapFailure(
      problem,
      [treated, control].map((arm) => ({ label: arm.label, weights: arm })),
      estimand,
    ),
  };
}

async function armHistogram({ moments }: EstimationProblem, arms: BalancedArms): Promise<WeightHistogram> {
  const weightsOf = async ({ rows, weight }: WeightedArm): Promise<Float64Array> => {
    const inside = await moments.values(rows);
    return (await moments.values(weight)).filter((_weight, row) => inside[row] > 0);
  };
  return weightHistogram(await weightsOf(arms.treated), await weightsOf(arms.control));
}

/** One row that counts for this many of its arm can decide the answer. */
const DECIDING_WEIGHT = 50;

function weightWarning(maxWeight: number, ways: WeightingWays): EstimateWarning[] {
  if (maxWeight < DECIDING_WEIGHT) return [];
  return [
    {
      code: 'extreme-weights',
      message: `One row counts for ${maxWeight.toFixed(0)} average rows of its arm, because its treatment was very unlikely. ${ways.extreme}`,
    },
  ];
}

function balanceWarning(balance: readonly CovariateBalance[], ways: WeightingWays): EstimateWarning[] {
  const off = balance.filter((row) => Math.abs(row.smdAfter) > 0.1);
  if (off.length === 0) return [];
  const names = nameList(off.map((row) => `${row.covariate} (${row.smdAfter.toFixed(2)})`));
  return [
    {
      code: 'imbalance',
      message: `After weighting the arms still differ in ${names} by more than 0.1 standard deviations. ${ways.imbalance}`,
    },
  ];
}
