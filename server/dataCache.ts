/** What data files hold, asked once for each state of a file. */

import { stat } from 'node:fs/promises';
import type { DataDescription } from './jobs/describeData.ts';
import type { DataFailure } from './jobs/failure.ts';
import { runJob } from './jobs/runJob.ts';

export interface DataCache {
  /** The answer for this state of the file if it is known; null otherwise. */
  known(path: string, columns: readonly string[]): DataDescription | DataFailure | null;
  /** The answer for the file as it is now. */
  describe(path: string, columns: readonly string[]): Promise<DataDescription | DataFailure>;
  /** The file may have changed. */
  forget(path: string): void;
}

interface Entry {
  /** State of the file and columns asked for. */
  readonly key: string;
  readonly columns: string;
  readonly answer: Promise<DataDescription | DataFailure>;
  settled: DataDescription | DataFailure | null;
}

/** A cache whose jobs run with this worker; one entry a file. */
export function dataCache(workerPath: string): DataCache {
  const entries = new Map<string, Entry>();
  return {
    known: (path, columns) => {
      const entry = entries.get(path);
      return entry?.columns === columns.join('\n') ? entry.settled : null;
    },
    describe: async (path, columns) => {
      const key = `${await fileState(path)}\n${columns.join('\n')}`;
      const known = entries.get(path);
      if (known?.key === key) return known.answer;
      const answer = runJob({ kind: 'describe', path, columns }, { workerPath });
      const entry: Entry = { key, columns: columns.join('\n'), answer, settled: null };
      entries.set(path, entry);
      entry.settled = await answer;
      return answer;
    },
    forget: (path) => {
      entries.delete(path);
    },
  };
}

/** Alike only while nobody has written the file. */
async function fileState(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? 'absent' : `${found.mtimeMs}:${found.size}`;
}
