/** `dml`: double machine learning of a partially linear model. */

import { boostedScore } from '../learn/boostedScore.ts';
import { dot } from '../stats/dot.ts';
import { crossProducts, rawProducts } from '../stats/moments.ts';
import { linear, minus, one, product, type RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { type Contrast, contrastsOf } from './contrasts.ts';
import { foldsOf } from './crossFitting.ts';
import { learnedResiduals, linearResiduals, type Residualised } from './crossResiduals.ts';
import { type ContrastEstimate, type Estimator, pointAnswer, type SharedFits } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import { armRows, assessOverlap, type OverlapAssessment } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { invertSymmetric } from './symmetric.ts';

/** The score equations of a fit, solved. */
interface PartiallyLinear {
  /** T̃, one a column of the treatment. */
  readonly treatments: readonly RowExpression[];
  /** θ of each. */
  readonly effects: readonly number[];
  /** (Σ w T̃ T̃ᵀ)⁻¹. */
  readonly inverse: readonly (readonly number[])[];
  /** Ỹ − θᵀT̃, and Σ w of its square. */
  readonly residual: RowExpression;
  readonly residualSum: number;
  /** Σ w. */
  readonly weight: number;
}

/**
 * Y = θᵀT + g(X) + ε: with Ỹ = Y − ℓ(X) and T̃ = T − m(X) from cross-fitted ℓ(X) = E[Y | X] and m(X) = E[T | X], θ solves Σ w (Ỹ − θᵀT̃) T̃ = 0 over all folds
 * at once (Robinson 1988; Chernozhukov et al. 2018, eq. 4.4, the score of partialling out, and definition 3.2, "DML2"). The score is Neyman-orthogonal:
 * errors of ℓ and m enter only by their product, so that φ = (Σ w T̃T̃ᵀ)⁻¹ w T̃ (Ỹ − θᵀT̃) is the influence of a row, and Σ φφᵀ the variance.
 *
 * T is a number, or the dummies of all levels but the first, in one joint score. There is one cut into folds, decided by the seed.
 */
export const dml: Estimator = async (problem, shared) => {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const fit = await fitPartiallyLinear(problem);
  if ('kind' in fit) return fit;
  const points = contrasts.contrasts.map((contrast) => {
    const combination = combinationOf(contrast, fit);
    const estimate = combination.reduce((sum, weight, j) => sum + weight * fit.effects[j], 0);
    return { contrast: contrast.label, combination, estimate };
  });
  const n = problem.table.rowCount;
  if (shared.pointOnly) return pointAnswer(points, n);
  const overlap = await overlapOf(problem, shared);
  const estimates: ContrastEstimate[] = [];
  for (const { contrast, combination, estimate } of points) {
    const direction = fit.inverse.map((row) => dot(row, combination));
    const influence = product(problem.weight ?? one, fit.residual, linear(0, direction, fit.treatments));
    const se = Math.sqrt(await influenceVariance(problem, influence));
    if (!Number.isFinite(estimate) || !Number.isFinite(se)) return nothingLeft(problem);
    estimates.push({
      contrast,
      estimate,
      se,
      diagnostics: {
        metrics: overlap.metrics,
        outcomeVariance: fit.residualSum / fit.weight,
        rieszVariance: fit.weight * dot(direction, combination),
      },
    });
  }
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: problem.plan.cluster === null ? 'influence' : 'cluster',
    n,
    diagnostics: { metrics: overlap.metrics },
    warnings: overlap.warnings,
    unreliable: overlap.unreliable,
  };
};

function overlapOf(
  problem: EstimationProblem,
  shared: SharedFits,
): Promise<OverlapAssessment> | OverlapAssessment {
  return problem.covariates.length === 0 ? armRows(problem) : assessOverlap(problem, shared, 'ate');
}

/** Weights of the effects that make up a contrast; the reference level has none of its own. */
function combinationOf({ weights }: Contrast, { effects }: PartiallyLinear): readonly number[] {
  return weights.slice(weights.length - effects.length);
}

/** Part of a treatment's sum of squares under which nothing of it is left. */
const FORETOLD = 1e-10;

async function fitPartiallyLinear(problem: EstimationProblem): Promise<PartiallyLinear | EstimationFailure> {
  const { treatment, outcome, outcomeScale, moments, plan, weight } = problem;
  const folds = foldsOf(problem);
  if (folds.kind === 'failure') return folds;
  const variables: Residualised[] = [
    ...(treatment.kind === 'continuous'
      ? [{ variable: treatment.dose, isBinary: false }]
      : treatment.levels.slice(1).map((level) => ({ variable: level.indicator, isBinary: true }))),
    { variable: outcome, isBinary: outcomeScale === 'binary' },
  ];
  const result =
    plan.learner === 'boosting' && plan.adjusted.length > 0
      ? await learnedResiduals(problem, folds, variables, boostedScore)
      : await linearResiduals(problem, folds, variables);
  if (result.kind === 'failure') return result;
  const treatments = result.residuals.slice(0, -1);
  const [left] = result.residuals.slice(-1);
  const whole = variables.slice(0, -1).map(({ variable }) => variable);
  const products = await crossProducts(moments, [...treatments, left, ...whole], weight);
  const raw = rawProducts(products);
  const count = treatments.length;
  const total = (j: number): number => products.centred[(count + 1 + j) * (products.size + 1)];
  if (treatments.some((_treatment, j) => !(raw[j][j] > FORETOLD * total(j)))) return nothingLeft(problem);
  const inverse = invertSymmetric(raw.slice(0, count).map((row) => row.slice(0, count)));
  if (inverse === null) return nothingLeft(problem);
  const toOutcome = raw.slice(0, count).map((row) => row[count]);
  const effects = inverse.map((row) => dot(row, toOutcome));
  return {
    treatments,
    effects,
    inverse,
    residual: minus(left, linear(0, effects, treatments)),
    residualSum: raw[count][count] - dot(effects, toOutcome),
    weight: products.weight,
  };
}

function nothingLeft({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'collinear',
    `The variables adjusted for (${nameList(plan.adjusted)}) foretell ${plan.treatment} all but exactly: nothing of it is left to move ${plan.outcome}. Adjust for fewer variables.`,
  );
}
