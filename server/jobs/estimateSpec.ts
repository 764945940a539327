/** One estimate run of a spec, from its analysis to the report: the same for the editor and the terminal. */

import type { EstimationReport } from '../../engine/estimate/result.ts';
import type { Analysis } from '../analysis/analyse.ts';
import { type EstimationOverrides, mergeOutcomes, planEstimation } from '../analysis/estimation.ts';
import { type DataFailure, dataFailure } from './failure.ts';
import { type JobOptions, runJob } from './runJob.ts';

export type SpecEstimates = { readonly kind: 'report'; readonly report: EstimationReport } | DataFailure;

/**
 * Runs what a spec asks for on the data at `path`, in a process of its own.
 *
 * Fails as a whole where there is no data to read; what goes wrong with one estimate is told with that estimate.
 */
export async function estimateSpec(
  analysis: Analysis,
  path: string | null,
  overrides: EstimationOverrides,
  options: JobOptions,
): Promise<SpecEstimates> {
  if (path === null) {
    return dataFailure(
      'data-not-found',
      'The spec names no data. Add a line such as `data "file.csv"`, or name a file with `--data`.',
    );
  }
  const { planned, request } = planEstimation(analysis, overrides);
  const plans = planned.flatMap((estimate) => (estimate.kind === 'plan' ? [estimate.plan] : []));
  const answer = await runJob({ kind: 'estimate', data: { path, ...request }, plans }, options);
  if (answer.kind === 'failure') return answer;
  return {
    kind: 'report',
    report: { rows: answer.rows, estimates: mergeOutcomes(planned, answer.outcomes) },
  };
}
