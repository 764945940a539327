/** What the data of an open document hold, for whoever looks at them. */

import { basename } from 'node:path';
import type { DescribedData } from '../../engine/data/profile/described.ts';
import type { PairPicture } from '../../engine/data/profile/pair.ts';
import type { DataRequest } from '../../engine/data/request.ts';
import { type Analysis, dataFault } from '../analysis/analyse.ts';
import { dataRequest } from '../analysis/estimation.ts';
import { profiledData, profiledRoles } from '../analysis/profiling.ts';
import { stateOfPaths } from '../jobs/dataPaths.ts';
import { type DataFailure, dataFailure } from '../jobs/failure.ts';
import type { JobRequest } from '../jobs/protocol.ts';
import { runJob } from '../jobs/runJob.ts';
import { latestJobs } from '../latestJobs.ts';
import type { DescribeAnswer, PairAnswer } from '../protocol.ts';
import type { Server } from './server.ts';

export interface DescribedDocuments {
  readonly describe: (uri: string) => Promise<DescribeAnswer>;
  readonly pair: (uri: string, x: string, y: string) => Promise<PairAnswer>;
}

const NO_DATA =
  'This spec names no data yet. Add a line such as `data "file.csv"` at the top, or choose a file of the workspace.';

/** Is it about the data? Of a process that failed, or was cancelled, the next question is a new one. */
function holds({ kind, code }: { readonly kind: string; readonly code?: string }): boolean {
  return kind !== 'failure' || (code !== 'job-failed' && code !== 'cancelled');
}

/** Answers from the documents as they are when asked, each read once for a state of its text and its data. */
export function describedDocuments({ documents, session, workerPath }: Server): DescribedDocuments {
  const described = latestJobs<(DescribedData & { readonly kind: 'described' }) | DataFailure>(holds);
  const pairs = latestJobs<PairPicture | DataFailure>(holds);
  documents.onDidClose(({ document: { uri } }) => {
    described.release(uri);
    pairs.release(uri);
  });

  /** The document's data, and what is to be asked of them. */
  const about = (uri: string): { readonly analysis: Analysis; readonly path: string } | DataFailure => {
    const document = documents.get(uri);
    if (document === undefined) return dataFailure('job-failed', 'The document is not open.');
    const { analysis, dataPath } = session.specOf(document);
    const fault = dataFault(analysis);
    if (fault !== null)
      return dataFailure('data-statement', `The \`data\` statement has an error. ${fault.message}`);
    return dataPath === null ? dataFailure('no-data', NO_DATA) : { analysis, path: dataPath };
  };
  const keyed =
    (path: string, request: object): (() => Promise<string>) =>
    async () =>
      JSON.stringify([await stateOfPaths(path), request]);
  return {
    describe: async (uri) => {
      const found = about(uri);
      if ('kind' in found) return found;
      const { analysis, path } = found;
      const request = profileOf(analysis, path);
      return described.ask(uri, keyed(path, request), async (signal) => {
        const profile = await runJob<'profile'>(request, { workerPath, signal });
        return profile.kind === 'failure' ? profile : { ...profile, kind: 'described', file: basename(path) };
      });
    },
    pair: async (uri, x, y) => {
      const found = about(uri);
      if ('kind' in found) return found;
      const { analysis, path } = found;
      const request = pairRequest(analysis, path, x, y);
      return pairs.ask(uri, keyed(path, request), (signal) =>
        runJob<'pair'>(request, { workerPath, signal }),
      );
    },
  };
}

function profileOf(analysis: Analysis, path: string): JobRequest & { readonly kind: 'profile' } {
  const data = profiledData(analysis);
  return { kind: 'profile', path, data, roles: profiledRoles(analysis), byArm: true };
}

function pairRequest(
  analysis: Analysis,
  path: string,
  x: string,
  y: string,
): JobRequest & { readonly kind: 'pair' } {
  const [treatment = null] = profiledRoles(analysis).treatment;
  const variables = [...new Set([x, y, ...(treatment === null ? [] : [treatment])])];
  const data: DataRequest = { path, ...dataRequest({ plans: [], variables, filters: [] }, analysis) };
  return { kind: 'pair', data, x, y, treatment };
}
