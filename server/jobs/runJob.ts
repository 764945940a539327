/** Runs a job in a process of its own: what goes wrong there, or takes too long, costs that job and nothing else. */

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataFailure, dataFailure } from './failure.ts';
import type { JobMessage, JobProgress, JobRequest, JobResults } from './protocol.ts';
import { STARTING } from './stages.ts';

export interface JobOptions {
  /** The bundled worker. */
  readonly workerPath: string;
  /** Ends the process at once. */
  readonly signal?: AbortSignal;
  readonly onProgress?: JobProgress;
}

/** The last of what a process said on its error stream, in characters. */
const KEPT_ERROR_TEXT = 4000;

/**
 * Does `request` in a new process. Never rejects: a process that ends without an answer is a failure `job-failed`, an aborted one `cancelled`.
 */
export function runJob<Kind extends JobRequest['kind']>(
  request: JobRequest & { readonly kind: Kind },
  options: JobOptions,
): Promise<JobResults[Kind] | DataFailure> {
  return new Promise((resolve) => {
    if (options.signal?.aborted) {
      resolve(cancelled());
      return;
    }
    // Named here and made there, by the few jobs that need it.
    const spillFolder = join(tmpdir(), `causal-job-${randomUUID()}`);
    const child = fork(options.workerPath, [spillFolder], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      serialization: 'advanced',
    });
    const errorText = collectErrorText(child);
    const abort = (): void => {
      child.kill('SIGKILL');
      settle(cancelled());
    };
    const settle = (result: JobResults[Kind] | DataFailure): void => {
      options.signal?.removeEventListener('abort', abort);
      resolve(result);
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    child.on('message', (message: JobMessage) => {
      if (message.kind === 'progress') options.onProgress?.(message.stage, message.fraction);
      // The answer to a request of one kind is a result of that kind.
      else if (message.kind === 'result') settle(message.result as JobResults[Kind]);
      else settle(dataFailure('job-failed', `The data process failed: ${message.message}`));
    });
    child.on('error', (error) =>
      settle(dataFailure('job-failed', `The data process cannot be started: ${error.message}`)),
    );
    child.on('exit', (code, signal) => {
      settle(endedEarly(code, signal, errorText()));
      removeSpill(spillFolder);
    });
    child.send(request);
    // Starting a process takes a while, and whoever waits is to see that it is under way.
    options.onProgress?.(STARTING, null);
  });
}

/** A folder that cannot be removed is left to the system, whose temporary one it is in. */
function removeSpill(folder: string): void {
  rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

function cancelled(): DataFailure {
  return dataFailure('cancelled', 'Cancelled.');
}

function collectErrorText(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = `${text}${chunk}`.slice(-KEPT_ERROR_TEXT);
  });
  return () => text;
}

function endedEarly(code: number | null, signal: string | null, errorText: string): DataFailure {
  if (/heap out of memory|Allocation failed|Out of Memory/i.test(errorText) || signal === 'SIGKILL') {
    return dataFailure(
      'job-failed',
      'The data process ran out of memory. Keep fewer rows with `where`, or name fewer variables.',
    );
  }
  const reason = errorText.trim().split('\n').at(-1) ?? '';
  return dataFailure(
    'job-failed',
    `The data process ended without an answer (${signal ?? `exit code ${code}`}). ${reason}`.trim(),
  );
}
