/** `s_learner`, `t_learner`, `x_learner`, `dr_learner`: an effect for each row, and what of it can be relied on. */

import { boosting } from '../learn/boosting.ts';
import { linear } from '../learn/linear.ts';
import { tree } from '../learn/tree.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { type Folds, fitStreams, foldsOf } from './crossFitting.ts';
import type { Heterogeneity } from './diagnostics/heterogeneity.ts';
import {
  crossFittedEffects,
  doublyRobustScores,
  type EffectLearners,
  type EffectMethod,
  type EffectPredictions,
  sequentialEffects,
} from './effects/crossFittedEffects.ts';
import { type EffectData, effectData } from './effects/effectData.ts';
import { effectGroups, rankedGroups } from './effects/effectGroups.ts';
import { effectOverlap } from './effects/effectOverlap.ts';
import { calibrationOf, effectProjection } from './effects/effectProjection.ts';
import { spreadOf } from './effects/effectSpread.ts';
import { effectWarnings } from './effects/effectWarnings.ts';
import { scoreAverage, type WeightedScores } from './effects/scoreAverage.ts';
import { upliftCurve } from './effects/upliftCurve.ts';
import { type ContrastEstimate, type Estimator, pointAnswer, type RowScore } from './estimator.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import type { EstimateWarning } from './result.ts';

/** One contrast, computed. */
interface ContrastEffects {
  readonly contrast: Contrast;
  readonly arms: readonly [level: number, reference: number];
  readonly predictions: EffectPredictions;
  readonly weighted: WeightedScores;
  readonly average: { readonly rows: number; readonly estimate: number; readonly se: number };
}

/**
 * Effects are predicted for every row by models of the other folds (`crossFittedEffects`). What is said of the population is not their average but that of the doubly
 * robust scores Γ built on the same cross-fitted models: τ = Σ w Γ/Σ w, with Σ (w (Γ − τ)/Σ w)² as variance (Chernozhukov et al. 2018, section 5). It is right at the
 * usual rate where the models are only roughly so, and the predictions of single rows are then tested against it.
 */
function individualEffects(method: EffectMethod): Estimator {
  return async (problem, shared) => {
    if (problem.treatment.kind === 'continuous') return notLevels(problem);
    const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
    if (contrasts.kind === 'failure') return contrasts;
    const learners = learnersOf(problem);
    if ('kind' in learners) return learners;
    const folds = foldsOf(problem);
    if (folds.kind === 'failure') return folds;
    const data = await effectData(problem);
    const found: ContrastEffects[] = [];
    for (const contrast of contrasts.contrasts) {
      const effects = await effectsOfContrast(problem, method, learners, folds, data, contrast);
      if ('kind' in effects) return effects;
      found.push(effects);
    }
    if (shared.pointOnly) {
      const points = found.map(({ contrast, average }) => ({
        contrast: contrast.label,
        estimate: average.estimate,
      }));
      return pointAnswer(points, found[0].average.rows);
    }
    const overlaps = await Promise.all(
      found.map(({ arms, predictions, weighted }) =>
        effectOverlap(problem, data, arms, predictions, weighted.weights),
      ),
    );
    const estimates: ContrastEstimate[] = [];
    const warnings: EstimateWarning[] = [];
    for (const [c, effects] of found.entries()) {
      const nextStream = fitStreams(problem);
      const sequential = sequentialEffects(data, method, learners, effects.arms, folds, nextStream);
      const heterogeneity = await heterogeneityOf(problem, folds, effects, sequential);
      const { contrast, average } = effects;
      estimates.push({
        contrast: contrast.label,
        estimate: average.estimate,
        se: average.se,
        diagnostics: { metrics: overlaps[c].metrics, heterogeneity },
      });
      const about = found.length > 1 ? ` (${contrast.label[0]} against ${contrast.label[1]})` : '';
      warnings.push(...effectWarnings(problem, heterogeneity, average.rows, about));
    }
    return {
      kind: 'answer',
      contrasts: estimates,
      df: null,
      seType: problem.plan.cluster === null ? 'influence' : 'cluster',
      n: Math.max(...found.map(({ average }) => average.rows)),
      diagnostics: { metrics: {} },
      warnings,
      unreliable: overlaps.find(({ unreliable }) => unreliable !== null)?.unreliable ?? null,
      rowScores: async () => found.flatMap(rowScoresOf),
    };
  };
}

export const sLearner = individualEffects('s_learner');
export const tLearner = individualEffects('t_learner');
export const xLearner = individualEffects('x_learner');
export const drLearner = individualEffects('dr_learner');

/** `learner` names the models of the outcome and the effect, and of the treatment too unless `propensity` names a learner. */
function learnersOf({ plan }: EstimationProblem): EffectLearners | EstimationFailure {
  const learner = plan.learner === 'boosting' ? boosting : linear;
  switch (plan.propensity) {
    case 'probit':
      return failure(
        'method-mismatch',
        `${plan.method} has no \`propensity probit\`: its models are cross-fitted. Use \`logistic\`, \`tree\` or \`boosting\`.`,
      );
    case 'logistic':
      return { outcome: learner, propensity: learner, effect: learner };
    case 'tree':
      return { outcome: learner, propensity: tree, effect: learner };
    case 'boosting':
      return { outcome: learner, propensity: boosting, effect: learner };
  }
}

function notLevels({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'method-mismatch',
    `${plan.method} compares levels, and ${plan.treatment} is a number with many values. Use \`dml\` or \`regression\`, or derive a variable with levels.`,
  );
}

async function effectsOfContrast(
  problem: EstimationProblem,
  method: EffectMethod,
  learners: EffectLearners,
  folds: Folds,
  data: EffectData,
  contrast: Contrast,
): Promise<ContrastEffects | EstimationFailure> {
  const arms = [contrast.weights.indexOf(1), contrast.weights.indexOf(-1)] as const;
  const scarce = scarceArm(problem, learners, data, arms);
  if (scarce !== null) return scarce;
  const predictions = crossFittedEffects(data, method, learners, arms, folds, fitStreams(problem));
  if (predictions === null) return withoutRows(problem);
  const scores = doublyRobustScores(data, predictions, arms);
  const weights = keptWeights(problem, data, predictions);
  const average = await scoreAverage(problem, { scores, weights });
  if (average === null) return nothingKept(problem);
  if (!Number.isFinite(average.estimate) || !Number.isFinite(average.se)) return notFinite(problem);
  return { contrast, arms, predictions, weighted: { scores, weights }, average };
}

/** A linear model of an arm needs more rows than coefficients in each training part. */
function scarceArm(
  problem: EstimationProblem,
  learners: EffectLearners,
  data: EffectData,
  arms: readonly number[],
): EstimationFailure | null {
  const { treatment, plan, covariates } = problem;
  if (learners.outcome !== linear || treatment.kind === 'continuous') return null;
  const halves = plan.method === 'dr_learner' ? 2 : 1;
  for (const arm of arms) {
    const rows = data.arms.reduce((count, own) => count + (own === arm ? 1 : 0), 0);
    const trained = Math.floor((rows * (plan.folds - 1)) / plan.folds / halves);
    if (trained > covariates.length + 1) continue;
    return failure(
      'too-few-rows',
      `Without a fold, about ${trained} rows with ${plan.treatment} = ${treatment.levels[arm].label} are left, which cannot carry a model of ${covariates.length + 1} coefficients. Adjust for fewer variables, or use \`aipw\`.`,
    );
  }
  return null;
}

function withoutRows({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'too-few-rows',
    `Without one of the ${plan.folds} folds no rows of some level of ${plan.treatment} weigh anything, so nothing is left to learn from. Use fewer \`folds\`, or merge levels.`,
  );
}

function nothingKept({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `No rows have a propensity between ${plan.trim} and ${1 - plan.trim}. Use a smaller \`trim\`.`,
  );
}

function notFinite({ plan }: EstimationProblem): EstimationFailure {
  return failure('no-convergence', `The values of ${plan.outcome} are too large to be averaged. Rescale it.`);
}

/** Own weights; 0 where a level's propensity is outside the trimming bounds. */
function keptWeights(
  { plan }: EstimationProblem,
  { weights, arms }: EffectData,
  { chance, referenceChance }: EffectPredictions,
): Float64Array {
  const { trim } = plan;
  return Float64Array.from(arms, (_arm, row) => {
    const [low, high] = [
      Math.min(chance[row], referenceChance[row]),
      Math.max(chance[row], referenceChance[row]),
    ];
    return low < trim || high > 1 - trim ? 0 : (weights?.[row] ?? 1);
  });
}

async function heterogeneityOf(
  problem: EstimationProblem,
  folds: Folds,
  { predictions, weighted }: ContrastEffects,
  sequential: Float64Array,
): Promise<Heterogeneity> {
  const { effect } = predictions;
  return {
    effects: spreadOf(effect, weighted.weights, folds.order),
    calibration: await calibrationOf(problem, effect, sequential, folds, weighted),
    ranked: await rankedGroups(problem, effect, weighted),
    groups: await effectGroups(problem, weighted),
    projection: await effectProjection(problem, weighted),
    uplift: await upliftCurve(problem, effect, weighted, folds.order),
  };
}

function rowScoresOf({ contrast, predictions }: ContrastEffects): RowScore[] {
  return [
    { name: 'effect', contrast: contrast.label, values: predictions.effect },
    { name: 'propensity', contrast: contrast.label, values: predictions.chance },
  ];
}
