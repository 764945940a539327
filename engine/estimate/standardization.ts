/** `standardization`: an outcome model an arm, predicted for everyone and averaged (the g-formula). */

import { linear, minus, product, type RowExpression } from '../stats/rowExpression.ts';
import type { Contrast } from './contrasts.ts';
import { type ContrastEstimate, type Estimator, pointAnswer, type RowScore } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import { fitOutcomeModels, modelInfluence, type OutcomeModel } from './outcomeModel.ts';
import { armRows, assessOverlap } from './overlap.ts';
import { type LevelPairs, levelPairs, targetWeight } from './pairs.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { comparedLevels } from './weightedArms.ts';

/** The pieces of one contrast. */
interface Standardised {
  readonly label: Contrast['label'];
  /** −1 where the contrast is of the earlier level against the later, which counts as the treated one all the same. */
  readonly sign: 1 | -1;
  readonly treated: OutcomeModel;
  readonly control: OutcomeModel;
  /** Weight of a row in the population that the effect is about, and Σ of it. */
  readonly target: RowExpression;
  readonly total: number;
  /** μ₁ − μ₀ of a row. */
  readonly effect: RowExpression;
  /** Its mean in that population. */
  readonly mean: number;
}

/**
 * τ = Σ ω (μ₁(x) − μ₀(x)) / Σ ω, with μ the outcome model of each arm and ω the weight of a row in the population: everyone (ate), the treated
 * (att) or the untreated (atc). Robins (1986).
 *
 * The variance is that of the stacked estimating equations of both models and the means (Stefanski & Boos 2002): Σ φ² without a small-sample
 * factor, φ = ω (μ₁ − μ₀ − τ)/Σω + what each model's own scores add (`modelInfluence`).
 */
export const standardization: Estimator = async (problem, shared) => {
  const pairs = levelPairs(problem);
  if (pairs.kind === 'failure') return pairs;
  const fitted = await fitOutcomeModels(problem, pairs.levels, pairs.compared);
  if (fitted.kind === 'failure') return fitted;
  const standardised: Standardised[] = [];
  for (const contrast of pairs.contrasts) {
    const piece = await average(problem, pairs, contrast, fitted.models);
    if (!Number.isFinite(piece.mean)) return beyondNumbers(problem);
    standardised.push(piece);
  }
  const points = standardised.map(({ label, sign, mean }) => ({ contrast: label, estimate: sign * mean }));
  const n = problem.table.rowCount;
  if (shared.pointOnly) return pointAnswer(points, n);
  const contrasts: ContrastEstimate[] = [];
  for (const [index, piece] of standardised.entries()) {
    const se = Math.sqrt(await influenceVariance(problem, await influenceOf(problem, piece)));
    if (!Number.isFinite(se)) return beyondNumbers(problem);
    contrasts.push({ ...points[index], se });
  }
  const overlap =
    problem.covariates.length === 0
      ? armRows(problem)
      : await assessOverlap(problem, shared, estimandOf(problem));
  return {
    kind: 'answer',
    contrasts,
    df: null,
    seType: problem.plan.cluster === null ? 'stacked' : 'cluster',
    n,
    diagnostics: { metrics: overlap.metrics },
    warnings: [...overlap.warnings, ...fitted.warnings],
    unreliable: overlap.unreliable,
    rowScores: () => effectScores(problem, standardised),
  };
};

function estimandOf({ plan }: EstimationProblem): 'ate' | 'att' | 'atc' {
  return plan.estimand === 'att' || plan.estimand === 'atc' ? plan.estimand : 'ate';
}

async function average(
  problem: EstimationProblem,
  { levels }: LevelPairs,
  contrast: Contrast,
  models: ReadonlyMap<number, OutcomeModel>,
): Promise<Standardised> {
  const pair = comparedLevels(contrast);
  const [treated, control] = pair.levels.map((level) => models.get(level));
  if (treated === undefined || control === undefined) throw new Error('Every compared level has a model.');
  const effect = minus(treated.mean, control.mean);
  const target = targetWeight(problem, levels, pair.levels);
  const { sums } = await problem.moments.pass({ sums: [target, product(target, effect)] });
  const [total, sum] = sums;
  return {
    label: contrast.label,
    sign: pair.sign,
    treated,
    control,
    target,
    total,
    effect,
    mean: sum / total,
  };
}

async function influenceOf(problem: EstimationProblem, piece: Standardised): Promise<RowExpression> {
  const share = linear(0, [1 / piece.total], [piece.target]);
  return linear(
    0,
    [1, 1, -1],
    [
      product(share, linear(-piece.mean, [1], [piece.effect])),
      await modelInfluence(problem, piece.treated, share),
      await modelInfluence(problem, piece.control, share),
    ],
  );
}

function beyondNumbers({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'extrapolation',
    `The outcome model of one arm of ${plan.treatment} predicts numbers beyond all bounds for the rows of the other: the arms are too unlike. Leave out with \`where\` the rows that have nobody like them in the other arm.`,
  );
}

/** μ₁ − μ₀ of each row, as the contrast is asked for. */
async function effectScores(
  { moments }: EstimationProblem,
  standardised: readonly Standardised[],
): Promise<readonly RowScore[]> {
  return Promise.all(
    standardised.map(async ({ label, sign, effect }): Promise<RowScore> => {
      const values = await moments.values(linear(0, [sign], [effect]));
      return { name: 'effect', contrast: label, values };
    }),
  );
}
