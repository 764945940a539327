/**
 * Entry of the process that does one job and ends. It reads the request from its parent, and tells progress, then the result. Its
 * argument is where to make a folder for what memory does not hold.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCrew, usefulThreads } from './crew.ts';
import { describeData } from './describeData.ts';
import { type Database, openDatabase } from './duckdb.ts';
import { estimateData } from './estimateData.ts';
import { pairData } from './pairData.ts';
import { profileData } from './profileData.ts';
import type { JobMessage, JobProgress, JobRequest, JobResults } from './protocol.ts';
import { scoreData } from './scoreData.ts';
import { surveyFile } from './surveyData.ts';
import { writeParquet } from './writeParquet.ts';

function send(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

const tell: JobProgress = (stage, fraction) => void send({ kind: 'progress', stage, fraction });

const crew = openCrew(join(import.meta.dirname, 'rowThread.cjs'), usefulThreads());

async function perform(db: Database, request: JobRequest): Promise<JobResults[JobRequest['kind']]> {
  switch (request.kind) {
    case 'describe':
      return describeData(db, request.path, request.columns);
    case 'profile':
      return profileData(db, request);
    case 'pair':
      return pairData(db, request);
    case 'parquet':
      return writeParquet(db, request);
    case 'estimate':
      return estimateData(db, request.data, request.plans, crew, tell);
    case 'scores':
      return scoreData(db, request, crew, tell);
    case 'survey':
      return surveyFile(db, request);
  }
}

const spillFolder = process.argv[2] ?? null;
// Somebody's data: nobody else on this machine is to read them there.
process.umask(0o077);

async function work(request: JobRequest): Promise<void> {
  try {
    const db = await openDatabase(spillFolder);
    const result = await perform(db, request);
    db.close();
    await send({ kind: 'result', result });
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error));
    await send({ kind: 'fault', message: fault.message, stack: fault.stack ?? '' });
  }
  crew.close();
  process.disconnect?.();
}

process.once('message', (request: JobRequest) => void work(request));
// A job outlives nobody who waits for it.
process.once('disconnect', () => {
  removeSpill();
  process.exit();
});

/** The parent does it too; but a parent that has crashed does not. */
function removeSpill(): void {
  try {
    if (spillFolder !== null) rmSync(spillFolder, { recursive: true, force: true });
  } catch {
    // Where files that are in use cannot be removed, they stay: the folder is a temporary one.
  }
}
