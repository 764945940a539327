/** The stages of jobs, by the words that their progress tells. */

import { basename } from 'node:path';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { stagesOf } from '../../engine/estimate/stages.ts';

/** While the process of a job comes up. */
export const STARTING = 'Starting';

/** `Reading nsw.csv`. */
export function readingStage(path: string): string {
  return `Reading ${basename(path)}`;
}

/** Every stage that an estimate job goes through, in order, where nothing fails. */
export function estimateJobStages(path: string, plans: readonly EstimatePlan[]): readonly string[] {
  return [STARTING, readingStage(path), ...stagesOf(plans)];
}
