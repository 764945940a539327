/** How commands reach the data: the path a spec means, and the jobs that read it. */

import { join, resolve } from 'node:path';
import type { Analysis } from '../server/analysis/analyse.ts';
import { usedColumns } from '../server/analysis/dataChecks.ts';
import { dataPathOf } from '../server/analysis/dataPath.ts';
import type { DataDescription } from '../server/jobs/describeData.ts';
import type { DataFailure } from '../server/jobs/failure.ts';
import { runJob } from '../server/jobs/runJob.ts';
import type { SpecFile } from './input.ts';

/** The bundled process that does the jobs, beside this bundle. */
export const WORKER_PATH = join(import.meta.dirname, 'worker.cjs');

/** Absolute path of the data: `override` from the working folder, else the spec's own from its folder; null without either. */
export function dataPath(spec: SpecFile, analysis: Analysis, override: string | undefined): string | null {
  return override === undefined ? dataPathOf(analysis, spec.folder) : resolve(override);
}

/** What the data of a spec hold; null where it names none. */
export async function describeSpecData(
  analysis: Analysis,
  path: string | null,
): Promise<DataDescription | DataFailure | null> {
  if (path === null) return null;
  const columns = [...usedColumns(analysis).keys()];
  return runJob({ kind: 'describe', path, columns }, { workerPath: WORKER_PATH });
}
