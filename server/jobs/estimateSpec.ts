/** One estimate run of a spec, from its analysis to the report: the same for the editor and the terminal. */

import type { EstimationReport } from '../../engine/estimate/result.ts';
import { type Analysis, dataFault } from '../analysis/analyse.ts';
import { type EstimationOverrides, outcomesByPlan, planEstimation } from '../analysis/estimation.ts';
import type { PlannedEstimate } from '../analysis/planning.ts';
import type { PlannedOutcomes } from '../lastRun.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { type JobOptions, runJob } from './runJob.ts';
import { estimateJobStages } from './stages.ts';

export type SpecEstimates =
  | {
      readonly kind: 'report';
      readonly report: EstimationReport;
      /** The outcomes of the report by the estimates that were planned. */
      readonly byPlan: readonly PlannedOutcomes[];
    }
  | DataFailure;

/**
 * Runs what a spec asks for on the data at `path`, in a process of its own.
 *
 * Fails as a whole where nothing asks for an effect (`missing-role`), the `data` statement has an error (`data-statement`) or is
 * not there (`no-data`), or the file cannot be read; what goes wrong with one estimate is told with that estimate.
 */
export async function estimateSpec(
  analysis: Analysis,
  path: string | null,
  overrides: EstimationOverrides,
  options: JobOptions & {
    /** Told before the job begins, of all that its progress will name. */
    readonly onStages?: (stages: readonly string[]) => void;
  },
): Promise<SpecEstimates> {
  const { planned, request } = planEstimation(analysis, overrides);
  const unasked = withoutQuestion(planned);
  if (unasked !== null) return dataFailure('missing-role', unasked);
  const fault = dataFault(analysis);
  if (fault !== null) {
    return dataFailure('data-statement', `The \`data\` statement has an error. ${fault.message}`);
  }
  if (path === null) {
    return dataFailure('no-data', 'The spec names no data. Add a line such as `data "file.csv"`.');
  }
  const plans = planned.flatMap((estimate) => (estimate.kind === 'plan' ? [estimate.plan] : []));
  options.onStages?.(estimateJobStages(path, plans));
  const answer = await runJob({ kind: 'estimate', data: { path, ...request }, plans }, options);
  if (answer.kind === 'failure') return answer;
  const byPlan = outcomesByPlan(planned, answer.outcomes);
  const estimates = byPlan.flatMap(({ outcomes }) => outcomes);
  return { kind: 'report', report: { rows: answer.rows, estimates }, byPlan };
}

/** Which role is missing, where no estimate has a treatment and an outcome; null where one has. */
function withoutQuestion(planned: readonly PlannedEstimate[]): string | null {
  const [first] = planned;
  const none = planned.every(
    (estimate) => estimate.kind === 'failure' && estimate.failure.error.code === 'missing-role',
  );
  return none && first?.kind === 'failure' ? first.failure.error.message : null;
}
