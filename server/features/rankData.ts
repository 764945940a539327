import type { Analysis } from '../analysis/analyse.ts';
import { usedColumns } from '../analysis/dataChecks.ts';
import { openDataFile } from '../jobs/dataFile.ts';
import type { DataFileCandidate } from '../protocol.ts';

/** The readable ones of these files, the one with most of the spec's columns in its header first. Only headers are read. */
export async function rankDataFiles(
  analysis: Analysis,
  paths: readonly string[],
): Promise<readonly DataFileCandidate[]> {
  const wanted = [...usedColumns(analysis).keys()];
  const found = await Promise.all(
    paths.map(async (path): Promise<DataFileCandidate[]> => {
      const file = await openDataFile(path);
      if (file.kind === 'failure' || file.format !== 'csv') return [];
      const header = new Set(file.header);
      return [{ path, matching: wanted.filter((name) => header.has(name)).length, variables: wanted.length }];
    }),
  );
  return found.flat().sort((a, b) => b.matching - a.matching || (a.path < b.path ? -1 : 1));
}
