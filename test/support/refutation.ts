import type { Estimator } from '../../engine/estimate/estimator.ts';
import { ESTIMATORS } from '../../engine/estimate/estimators.ts';
import { findMethod } from '../../engine/estimate/methods.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { type EstimationData, prepareProblem } from '../../engine/estimate/problem.ts';
import { propensityCache } from '../../engine/estimate/propensity.ts';
import type { RefuterName } from '../../engine/refute/catalogue.ts';
import { sharedParts } from '../../engine/refute/refute.ts';
import type { Finding, RefutationTask, RefuterAnswer } from '../../engine/refute/refuter.ts';
import { REFUTER_COMPUTATIONS } from '../../engine/refute/refuters.ts';
import { planOf } from './estimation.ts';

/** The task of refuting one estimate, as a run would set it up. */
export async function taskOf(
  data: EstimationData,
  change: Partial<EstimatePlan>,
  own?: Estimator,
): Promise<RefutationTask> {
  const plan = planOf(change);
  const problem = prepareProblem(data, plan);
  if ('kind' in problem) throw new Error(problem.message);
  const estimator = own ?? ESTIMATORS.get(plan.method);
  if (estimator === undefined || findMethod(plan.method) === undefined) throw new Error(plan.method);
  const answer = await estimator(problem, { pointOnly: false, propensity: propensityCache() });
  if (answer.kind === 'failure') throw new Error(answer.message);
  const estimates = answer.contrasts.map(({ contrast, estimate, se }) => {
    return { contrast, estimate, se, ci: [estimate - 2 * se, estimate + 2 * se] as const };
  });
  const estimate = { data, problem, estimator, answer, estimates };
  return { ...estimate, ...sharedParts(estimate), onProgress: () => {} };
}

/** What a refuter finds; a failure of it fails the test with its message. */
export async function findingsOf(
  name: RefuterName,
  task: RefutationTask,
): Promise<
  Omit<Extract<RefuterAnswer, { kind: 'findings' }>, 'findings'> & { readonly findings: readonly Finding[] }
> {
  const answer = await REFUTER_COMPUTATIONS[name](task);
  if (answer.kind !== 'findings') throw new Error(answer.message);
  const findings = answer.findings.map((finding) => {
    if ('error' in finding) throw new Error(finding.error);
    return finding;
  });
  return { ...answer, findings };
}
