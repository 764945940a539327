/** `ipw`: normalised inverse probability weighting, with the estimated propensity accounted for in the standard error. */

import { linear, minus, product, shifted } from '../stats/rowExpression.ts';
import { droppedWarning } from './collinearity.ts';
import { contrastsOf } from './contrasts.ts';
import { type ContrastEstimate, type Estimator, pointAnswer } from './estimator.ts';
import { influenceVariance } from './influence.ts';
import type { WeightedEstimand } from './overlap.ts';
import { type EstimationFailure, type EstimationProblem, failure } from './problem.ts';
import { isLearned, type Propensity } from './propensity.ts';
import { describePropensity } from './propensityDiagnostics.ts';
import { propensityInfluence } from './propensityInfluence.ts';
import type { EstimateWarning, StandardErrorType } from './result.ts';
import { propensityScores, weightScores } from './rowScores.ts';
import { keptRowCount, trimWarning } from './trimming.ts';
import { type WeightedPair, weightedPair } from './weightedArms.ts';
import { type ArmSums, armSums, assessWeighting } from './weightingDiagnostics.ts';

/** A contrast with the sums of its arms. */
interface WeightedContrast {
  readonly label: readonly [level: string, reference: string];
  readonly pair: WeightedPair;
  readonly treated: ArmSums;
  readonly control: ArmSums;
  readonly estimate: number;
}

/**
 * τ = Σ w₁Y/Σ w₁ − Σ w₀Y/Σ w₀ with balancing weights of the fitted propensity (Hájek; Hirano, Imbens & Ridder 2003); for each contrast of a
 * treatment with several levels with their generalised propensity (Imbens 2000; Li & Li 2019).
 *
 * The variance is that of the stacked estimating equations of the propensity model and the two means
 * (Stefanski & Boos 2002; Lunceford & Davidian 2004, section 4): Σ IFᵢ², without a small-sample factor. A learned propensity is taken as known.
 */
export const ipw: Estimator = async (problem, shared) => {
  const contrasts = contrastsOf(problem.treatment, problem.plan.contrast, problem.plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const propensity = await shared.propensity(problem);
  if (propensity.kind === 'failure') return propensity;
  const estimand = estimandOf(problem);
  const weighted: WeightedContrast[] = [];
  for (const contrast of contrasts.contrasts) {
    const pair = weightedPair(problem, propensity, contrast, estimand);
    const [treated, control] = await armSums(problem, [pair.treated, pair.control]);
    if (treated.weight === 0 || control.weight === 0) return nothingLeft(problem);
    const estimate = pair.sign * (treated.mean - control.mean);
    if (!Number.isFinite(estimate)) return certainTreatment(problem);
    weighted.push({ label: contrast.label, pair, treated, control, estimate });
  }
  if (shared.pointOnly) {
    const points = weighted.map(({ label, estimate }) => ({ contrast: label, estimate }));
    return pointAnswer(points, problem.table.rowCount);
  }
  const estimates: ContrastEstimate[] = [];
  for (const contrast of weighted) estimates.push(await describe(problem, propensity, contrast, estimand));
  const kept = await keptRowCount(problem, propensity);
  return {
    kind: 'answer',
    contrasts: estimates,
    df: null,
    seType: standardErrorOf(problem),
    n: kept,
    diagnostics: { metrics: {} },
    warnings: [
      ...trimWarning(problem, kept),
      ...learnedWarning(problem),
      ...droppedWarning(problem.covariates, propensity.dropped),
    ],
    unreliable: null,
    rowScores: async () => [
      ...(await propensityScores(problem, propensity, contrasts.contrasts)),
      ...(await weightScores(problem, weighted)),
    ],
  };
};

/** A learned propensity has no equations to stack: it is taken as known. */
function standardErrorOf({ plan }: EstimationProblem): StandardErrorType {
  if (plan.cluster !== null) return 'cluster';
  return isLearned(plan) ? 'known-propensity' : 'stacked';
}

function estimandOf(problem: EstimationProblem): WeightedEstimand {
  const { estimand } = problem.plan;
  return estimand === 'att' || estimand === 'atc' || estimand === 'overlap' ? estimand : 'ate';
}

function nothingLeft({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `No rows of one arm have a propensity between ${plan.trim} and ${1 - plan.trim}. Use a smaller \`trim\`.`,
  );
}

function certainTreatment({ plan }: EstimationProblem): EstimationFailure {
  return failure(
    'positivity',
    `Some rows have a propensity of 0 or 1 for the treatment that they got or are compared with, and no weight makes up for it. Use \`trim 0.01\`, or \`estimand overlap\`, or leave out with \`where\` those whose ${plan.treatment} was certain.`,
  );
}

/** Standard error and diagnostics of one contrast. */
async function describe(
  problem: EstimationProblem,
  propensity: Propensity,
  { label, pair, treated, control, estimate }: WeightedContrast,
  estimand: WeightedEstimand,
): Promise<ContrastEstimate> {
  const se = await stackedStandardError(problem, propensity, pair, treated, control);
  const weighting = await assessWeighting(problem, pair, { treated, control }, estimand);
  const described = await describePropensity(problem, propensity, pair.levels, pair);
  return {
    contrast: label,
    estimate,
    se,
    diagnostics: {
      ...weighting.diagnostics,
      ...described.diagnostics,
      metrics: { ...weighting.metrics, ...described.metrics },
    },
    warnings: weighting.warnings,
    unreliable: weighting.unreliable,
  };
}

/** Square root of Σ IF², or of its clustered form with the factor G/(G − 1). */
async function stackedStandardError(
  problem: EstimationProblem,
  propensity: Propensity,
  { treated, control }: WeightedPair,
  ofTreated: ArmSums,
  ofControl: ArmSums,
): Promise<number> {
  const treatedResidual = shifted(problem.outcome, ofTreated.mean);
  const controlResidual = shifted(problem.outcome, ofControl.mean);
  // How the difference of the two means moves with each η, row by row.
  const sensitivities = treated.slopes.map((slope, m) =>
    minus(
      linear(0, [1 / ofTreated.weight], [product(slope, treatedResidual)]),
      linear(0, [1 / ofControl.weight], [product(control.slopes[m], controlResidual)]),
    ),
  );
  const estimated = await propensityInfluence(problem, propensity, sensitivities);
  const influence = linear(
    0,
    [1 / ofTreated.weight, -1 / ofControl.weight, ...(estimated === null ? [] : [1])],
    [
      product(treated.weight, treatedResidual),
      product(control.weight, controlResidual),
      ...(estimated === null ? [] : [estimated]),
    ],
  );
  return Math.sqrt(await influenceVariance(problem, influence));
}

function learnedWarning({ plan }: EstimationProblem): EstimateWarning[] {
  if (!isLearned(plan)) return [];
  return [
    {
      code: 'learned-propensity',
      message: `The standard error takes the probabilities of \`propensity ${plan.propensity}\` as known: each row's were predicted from the other rows, and what this prediction gets wrong is not in the interval. \`aipw\` corrects for it.`,
    },
  ];
}
