/** `stratification`: the difference of the arms within classes of the propensity, averaged over the classes. */

import { one, product, rowValues } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import { type Estimator, type EstimatorAnswer, pointAnswer } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { type BinaryPropensity, binaryPropensity } from './propensity.ts';
import { describePropensity } from './propensityDiagnostics.ts';
import type { EstimateWarning } from './result.ts';
import { propensityScores, weightScores } from './rowScores.ts';
import { type ScoredRows, type Strata, type StratumArm, type StratumArms, stratify } from './strata.ts';
import { keptRowCount, trimWarning } from './trimming.ts';
import { comparedLevels, keptRows, type WeightedArm } from './weightedArms.ts';
import { armSums, assessWeighting, type WeightingWays } from './weightingDiagnostics.ts';

/** Classes with both arms, each with its part in the estimate. */
interface Comparison {
  readonly rows: ScoredRows;
  readonly strata: Strata;
  /** Of each class; 0 where an arm is missing. They sum to 1. */
  readonly shares: readonly number[];
  /** Of the second level against the first. */
  readonly estimate: number;
}

/**
 * τ = Σ πₖ (ȳ₁ₖ − ȳ₀ₖ) over classes k of the propensity, cut at its quantiles: of all rows with πₖ their part in the class (ate), or of the treated
 * with πₖ the treated's (att). Rosenbaum & Rubin (1984).
 *
 * The variance is Σ πₖ² (s₁ₖ²/n₁ₖ + s₀ₖ²/n₀ₖ) with the variances within the arms of the classes, which are taken as given. With own weights a mean
 * has the variance Σ w²(y − ȳ)²/(Σ w)² · n/(n − 1); with clusters the influences of their rows are added.
 */
export const stratification: Estimator = async (problem, shared) => {
  const { plan, treatment } = problem;
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const propensity = await binaryPropensity(problem, shared);
  if (propensity.kind === 'failure') return propensity;
  const comparison = compare(await scoredRows(problem, propensity), plan.strata, plan.estimand === 'att');
  if (comparison === null) return nothingToCompare(problem);
  const [contrast] = contrasts.contrasts;
  const { sign } = comparedLevels(contrast);
  const estimate = sign * comparison.estimate;
  if (shared.pointOnly) {
    return pointAnswer([{ contrast: contrast.label, estimate }], problem.table.rowCount);
  }
  const variance = await varianceOf(problem, comparison);
  if (variance === null) return tooThin(problem);
  const se = Math.sqrt(variance);
  const answer = await describe(problem, propensity, comparison);
  const pair = armsOf(problem, comparison);
  return {
    kind: 'answer',
    contrasts: [{ contrast: contrast.label, estimate, se }],
    df: null,
    seType: plan.cluster === null ? 'stratified' : 'cluster',
    ...answer,
    rowScores: async () => [
      ...(await propensityScores(problem, propensity, contrasts.contrasts)),
      ...(await weightScores(problem, [{ label: contrast.label, pair }])),
      {
        name: 'stratum',
        contrast: null,
        values: Float64Array.from(comparison.strata.classes, (each) => (each < 0 ? Number.NaN : each + 1)),
      },
    ],
  };
};

function nothingToCompare({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `No class of the propensity holds rows of both levels of ${plan.treatment}: nobody can be compared. Use fewer \`strata\`, a smaller \`trim\`, or adjust for fewer variables.`,
  );
}

function tooThin({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'too-few-rows',
    `With ${plan.strata} strata no class holds two rows of one of the levels of ${plan.treatment}, so that nothing is known of how rows differ within classes. Use fewer \`strata\`.`,
  );
}

async function scoredRows(
  { moments, outcome, weight, plan }: EstimationProblem,
  { probability, treated }: BinaryPropensity,
): Promise<ScoredRows> {
  return {
    score: await moments.values(probability),
    treated: (await moments.values(treated)).map(Math.round),
    outcome: await moments.values(outcome),
    weight: weight === undefined ? null : await moments.values(weight),
    kept: await moments.values(product(one, ...keptRows([probability], plan.trim))),
  };
}

/** Null where no class has both arms. */
function compare(rows: ScoredRows, parts: number, isAtt: boolean): Comparison | null {
  const strata = stratify(rows, parts, isAtt);
  const weights = strata.arms.map((stratum) => {
    if (!hasBoth(stratum)) return 0;
    return stratum.treated.weight + (isAtt ? 0 : stratum.control.weight);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return null;
  const shares = weights.map((weight) => weight / total);
  const estimate = strata.arms.reduce(
    (sum, { treated, control }, s) =>
      shares[s] === 0 ? sum : sum + shares[s] * (treated.mean - control.mean),
    0,
  );
  return { rows, strata, shares, estimate };
}

function hasBoth({ treated, control }: StratumArms): boolean {
  return treated.weight > 0 && control.weight > 0;
}

/** Null where of an arm no class holds two rows, so that no variance is known. */
async function varianceOf(problem: EstimationProblem, comparison: Comparison): Promise<number | null> {
  if (problem.plan.cluster !== null) {
    return influenceVariance(problem, rowValues(influences(comparison)));
  }
  const { strata, shares } = comparison;
  const used = strata.arms.flatMap((stratum, s) =>
    shares[s] === 0 ? [] : [{ ...stratum, share: shares[s] }],
  );
  let variance = 0;
  for (const arm of ['treated', 'control'] as const) {
    const pooled = pooledVariance(used.map((stratum) => stratum[arm]));
    if (pooled === null) return null;
    for (const stratum of used) variance += stratum.share ** 2 * meanVariance(stratum[arm], pooled);
  }
  return variance;
}

/** Variance of an arm's mean in a class; of a single row it is that of the arm's rows in the other classes. */
function meanVariance({ rows, weight, squares }: StratumArm, pooled: number): number {
  return rows > 1 ? (squares / weight ** 2) * (rows / (rows - 1)) : pooled;
}

/** Of one row, from the classes that hold several; null where none does. */
function pooledVariance(arms: readonly StratumArm[]): number | null {
  const several = arms.filter(({ rows }) => rows > 1);
  const degrees = several.reduce((sum, { rows }) => sum + rows - 1, 0);
  if (degrees === 0) return null;
  // Squares of weighted deviations, brought to a mean weight of 1 in each arm.
  const squares = several.reduce((sum, arm) => sum + arm.squares / (arm.weight / arm.rows) ** 2, 0);
  return squares / degrees;
}

/** πₖ w (Y − ȳ)/Σ w in each row, against the sign of the control arm. */
function influences({ rows, strata, shares }: Comparison): Float64Array {
  return rows.outcome.map((outcome, row) => {
    const stratum = strata.classes[row];
    if (stratum < 0 || shares[stratum] === 0) return 0;
    const isTreated = rows.treated[row] === 1;
    const arm = strata.arms[stratum][isTreated ? 'treated' : 'control'];
    const own = rows.weight === null ? 1 : rows.weight[row];
    return ((isTreated ? 1 : -1) * shares[stratum] * own * (outcome - arm.mean)) / arm.weight;
  });
}

/** The arms with the weights that the estimate is a difference of weighted means under. */
function armsOf(
  { treatment }: EstimationProblem,
  { rows, strata, shares }: Comparison,
): { readonly treated: WeightedArm; readonly control: WeightedArm } {
  const labels = treatment.kind === 'discrete' ? treatment.levels.map((level) => level.label) : [];
  const arm = (level: 0 | 1): WeightedArm => {
    const isIn = rows.treated.map((treated, row) => {
      const stratum = strata.classes[row];
      return treated === level && stratum >= 0 && shares[stratum] > 0 ? 1 : 0;
    });
    const weights = isIn.map((inArm, row) => {
      if (inArm === 0) return 0;
      const stratum = strata.classes[row];
      const { weight } = strata.arms[stratum][level === 1 ? 'treated' : 'control'];
      return (shares[stratum] * (rows.weight === null ? 1 : rows.weight[row])) / weight;
    });
    return { label: labels[level], rows: rowValues(isIn), weight: rowValues(weights) };
  };
  return { treated: arm(1), control: arm(0) };
}

async function describe(
  problem: EstimationProblem,
  propensity: BinaryPropensity,
  comparison: Comparison,
): Promise<Pick<EstimatorAnswer, 'n' | 'diagnostics' | 'warnings' | 'unreliable'>> {
  const { strata, shares } = comparison;
  const pair = armsOf(problem, comparison);
  const [treated, control] = await armSums(problem, [pair.treated, pair.control]);
  const estimand = problem.plan.estimand === 'att' ? 'att' : 'ate';
  const weighting = await assessWeighting(problem, pair, { treated, control }, estimand, WAYS);
  const described = await describePropensity(problem, propensity, [1, 0], pair);
  const kept = await keptRowCount(problem, propensity);
  return {
    n: treated.rows + control.rows,
    diagnostics: {
      ...weighting.diagnostics,
      ...described.diagnostics,
      strata: strata.arms.map((stratum, s) => ({
        from: stratum.from,
        to: stratum.to,
        treated: stratum.treated.rows,
        control: stratum.control.rows,
        difference: shares[s] === 0 ? null : stratum.treated.mean - stratum.control.mean,
        share: shares[s],
      })),
      metrics: { ...weighting.metrics, ...described.metrics },
    },
    warnings: [
      ...oneArmedWarning(problem, comparison),
      ...trimWarning(problem, kept),
      ...weighting.warnings,
      ...singleRowWarning(comparison),
      ...droppedWarning(problem.covariates, propensity.dropped),
    ],
    unreliable: weighting.unreliable,
  };
}

const WAYS: WeightingWays = {
  extreme: 'Use fewer `strata`, or a `trim`.',
  imbalance: 'More `strata` would compare rows that are more alike.',
};

/** Names the classes in which nobody can be compared, and how many rows are left out with them. */
function oneArmedWarning({ plan, treatment }: EstimationProblem, { strata }: Comparison): EstimateWarning[] {
  const labels = treatment.kind === 'discrete' ? treatment.levels.map((level) => level.label) : [];
  const oneArmed = strata.arms.filter((stratum) => !hasBoth(stratum));
  if (oneArmed.length === 0) return [];
  const rows = oneArmed.reduce((sum, { treated, control }) => sum + treated.rows + control.rows, 0);
  const classes = oneArmed.map(({ from, to, treated, control }) => {
    const only = labels[treated.weight > 0 ? 1 : 0];
    return `${from.toPrecision(2)} to ${to.toPrecision(2)} (${treated.rows + control.rows} rows, all with ${plan.treatment} = ${only})`;
  });
  return [
    {
      code: 'one-armed-stratum',
      message: `${rows} rows were left out, because nobody in their class of the propensity had the other treatment: ${nameList(classes)}. The estimate is about the others. Fewer \`strata\` would keep more.`,
    },
  ];
}

/** A class that holds one row of an arm tells nothing of how rows differ. */
function singleRowWarning({ strata, shares }: Comparison): EstimateWarning[] {
  const single = strata.arms.filter(
    ({ treated, control }, s) => shares[s] > 0 && (treated.rows === 1 || control.rows === 1),
  );
  if (single.length === 0) return [];
  return [
    {
      code: 'thin-stratum',
      message: `${single.length} of the classes ${single.length === 1 ? 'holds' : 'hold'} a single row of an arm, whose variance was taken from the other classes. Fewer \`strata\` make the standard error surer.`,
    },
  ];
}
