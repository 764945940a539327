/** Runs the planned estimates over the data, one after the other; what fails is told, and stops none of the others. */

import { columnOf, type Table } from '../data/table.ts';
import { askedRefuters, refutationMetrics } from '../refute/metrics.ts';
import { refuteEstimate } from '../refute/refute.ts';
import { rememberingProducts } from '../stats/rememberingProducts.ts';
import { tellingMoments } from '../stats/tellingMoments.ts';
import { type BootstrapResult, bootstrap } from './bootstrap.ts';
import type { Estimator, EstimatorAnswer, SharedFits } from './estimator.ts';
import { ESTIMATORS } from './estimators.ts';
import { infer } from './inference.ts';
import { type EstimatePlan, formatComparison, holds } from './plan.ts';
import {
  type EstimationData,
  type EstimationFailure,
  type EstimationProblem,
  failure,
  prepareProblem,
} from './problem.ts';
import { propensityCache } from './propensity.ts';
import type { RefutationOutcome } from './refutation.ts';
import { assessRelevance } from './relevance.ts';
import type {
  Estimate,
  EstimateFailure,
  EstimateHeading,
  EstimateOutcome,
  EstimateWarning,
  ExpectationOutcome,
  Metric,
} from './result.ts';
import { settlePlan } from './settle.ts';

/** Told before each estimate and, for what takes long, within it; `fraction` is of the whole run, between 0 and 1. */
export type ProgressListener = (stage: string, fraction: number) => void;

/**
 * The outcomes of each plan, in order: one, or for a treatment with several levels one a contrast.
 * The same data, plans and seeds give the same numbers.
 */
export async function runEstimates(
  data: EstimationData,
  plans: readonly EstimatePlan[],
  onProgress: ProgressListener = () => {},
): Promise<EstimateOutcome[][]> {
  const shared: SharedFits = { pointOnly: false, propensity: propensityCache() };
  const outcomes: EstimateOutcome[][] = [];
  for (const [index, plan] of plans.entries()) {
    let furthest = 0;
    // Different parts of the work count for themselves: what is told never goes back.
    const tell = (part: number, stage = `Estimating ${plan.name}`): void => {
      furthest = Math.max(furthest, part);
      onProgress(stage, (index + furthest) / plans.length);
    };
    tell(0);
    outcomes.push(await runPlan(data, plan, shared, tell));
  }
  return outcomes;
}

async function runPlan(
  data: EstimationData,
  plan: EstimatePlan,
  shared: SharedFits,
  tell: (part: number, stage?: string) => void,
): Promise<EstimateOutcome[]> {
  const estimator = ESTIMATORS.get(plan.method);
  if (estimator === undefined) throw new Error(`Nothing computes ${plan.method}.`);
  const problem = prepareProblem(data, plan);
  if (isFailure(problem)) return [failed(plan, problem)];
  const moments = tellingMoments(rememberingProducts(problem.moments), (looks) => tell(partOf(looks)));
  const remembering = { ...problem, moments };
  const answer = await estimator(remembering, shared);
  if (answer.kind === 'failure') return [failed(plan, answer)];
  const estimates = await withErrors(estimator, remembering, answer, tell);
  if ('code' in estimates) return [failed(plan, estimates)];
  // Refuters go back to the rows, with what was filled in and grouped there.
  const settled = askedRefuters(plan).length === 0 ? data : settlePlan(data, plan).data;
  const relevance =
    plan.relevance === undefined
      ? null
      : await assessRelevance(
          { problem: remembering, estimator, shared, estimates },
          plan.relevance,
          (fraction) => tell(fraction, `What ${plan.name} rests on`),
        );
  const refutations = await refuteEstimate(
    { data: settled, problem: remembering, estimator, answer, estimates },
    (stage, fraction) => tell(fraction, stage),
  );
  return estimates.map((estimate, c) => ({
    ...judged(plan, estimate, refutations[c]),
    ...(relevance === null ? {} : { relevance: relevance[c] }),
  }));
}

/** The estimates with their standard errors: the estimator's own, or those of resamples. */
async function withErrors(
  estimator: Estimator,
  problem: EstimationProblem,
  answer: EstimatorAnswer,
  tell: (part: number) => void,
): Promise<readonly Estimate[] | EstimationFailure> {
  const { plan } = problem;
  if (plan.bootstrap === null)
    return answer.contrasts.map((_contrast, c) => finish(problem, answer, c, null));
  const resampled = await bootstrap(estimator, problem, plan.bootstrap, plan.seed, plan.level, tell);
  if (resampled.length === 0) return emptyBootstrap(plan);
  return answer.contrasts.map((_contrast, c) => finish(problem, answer, c, resampled[c]));
}

/** The estimate with what the refuters found, and whether it is what the file expects: of some metrics the refuters tell the value. */
function judged(plan: EstimatePlan, estimate: Estimate, refutations: readonly RefutationOutcome[]): Estimate {
  const metrics = { ...estimate.diagnostics.metrics, ...refutationMetrics(refutations) };
  return {
    ...estimate,
    diagnostics: { ...estimate.diagnostics, metrics },
    refutations,
    expectations: plan.expectations.map(({ metric, comparison }): ExpectationOutcome => {
      const actual = metrics[metric] ?? null;
      return { metric, expected: formatComparison(comparison), actual, passed: holds(comparison, actual) };
    }),
  };
}

/** Looks at the rows after which an estimate without repetitions is about half done, as far as progress is told by them. */
const USUAL_LOOKS = 40;

/** How far an estimate is said to have come after so many looks at the rows: how many there will be is not known, and repetitions may follow. */
function partOf(looks: number): number {
  return 0.9 * (looks / (looks + USUAL_LOOKS));
}

function isFailure(value: EstimationProblem | EstimationFailure): value is EstimationFailure {
  return 'kind' in value;
}

function emptyBootstrap(plan: EstimatePlan): EstimationFailure {
  return failure(
    'bootstrap',
    `${plan.method} could not run on any of the ${plan.bootstrap} resamples. Leave out \`bootstrap\`.`,
  );
}

function headingOf(plan: EstimatePlan, contrast: readonly [string, string]): EstimateHeading {
  return {
    name: plan.name,
    method: plan.method,
    estimand: plan.estimand,
    treatment: plan.treatment,
    outcome: plan.outcome,
    contrast,
    adjusted: plan.adjusted,
    instruments: plan.instruments,
    through: [...plan.through].sort(),
    identified: plan.identified,
    implied: plan.implied,
  };
}

function failed(plan: EstimatePlan, { code, message }: EstimationFailure): EstimateFailure {
  const contrast = [plan.contrast?.level ?? '1', plan.contrast?.reference ?? '0'] as const;
  return { kind: 'failure', ...headingOf(plan, contrast), error: { code, message } };
}

/** G − 1 where rows come in clusters: what few clusters tell is no more certain than that. Null for rows of their own. */
function clusterDegrees({ cluster }: EstimatePlan, table: Table): number | null {
  if (cluster === null) return null;
  const groups = columnOf(table, cluster);
  return groups.kind === 'categorical' ? new Set(groups.codes).size - 1 : null;
}

function finish(
  { plan, treatment, warnings, table }: EstimationProblem,
  answer: EstimatorAnswer,
  index: number,
  resampled: BootstrapResult | null,
): Estimate {
  const { contrast, estimate, estimand = plan.estimand } = answer.contrasts[index];
  const diagnostics = { ...answer.diagnostics, ...answer.contrasts[index].diagnostics };
  const unreliable = answer.unreliable ?? answer.contrasts[index].unreliable ?? null;
  const se = resampled?.se ?? answer.contrasts[index].se;
  const df = answer.df ?? clusterDegrees(plan, table);
  const inference = infer(estimate, se, resampled === null ? df : null, plan.level);
  const ci = resampled?.ci ?? inference.ci;
  const metrics: Partial<Record<Metric, number>> = {
    ...diagnostics.metrics,
    estimate,
    se,
    p: inference.p,
    ci_low: ci[0],
    ci_high: ci[1],
    n: answer.n,
  };
  return {
    kind: 'estimate',
    dose: treatment.kind === 'continuous',
    ...headingOf(plan, contrast),
    estimand,
    reliable: unreliable === null,
    estimate,
    se,
    ci,
    level: plan.level,
    statistic: inference.statistic,
    p: inference.p,
    n: answer.n,
    seType: resampled === null ? answer.seType : 'bootstrap',
    diagnostics: { ...diagnostics, metrics },
    warnings: allWarnings(
      plan,
      unreliable,
      [...answer.warnings, ...(answer.contrasts[index].warnings ?? []), ...warnings],
      resampled,
    ),
    refutations: [],
    expectations: [],
  };
}

/** What the graph forbids first, then what the data do not carry, then the rest. */
function allWarnings(
  plan: EstimatePlan,
  reason: EstimateWarning | null,
  warnings: readonly EstimateWarning[],
  resampled: BootstrapResult | null,
): readonly EstimateWarning[] {
  const obstacle = plan.obstacle === null ? [] : [{ code: 'not-identified', message: plan.obstacle }];
  const unreliable = reason === null ? [] : [reason];
  const lost =
    resampled === null || resampled.failed === 0
      ? []
      : [
          {
            code: 'bootstrap',
            message: `${resampled.failed} of ${plan.bootstrap} resamples could not be estimated and are not counted.`,
          },
        ];
  return [...obstacle, ...unreliable, ...warnings, ...lost];
}
