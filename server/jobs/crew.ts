/** Threads that share the work on many rows: as many as the machine runs at once. */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Crew, doPart, partsOf, type RowResults, type RowWork } from '../../engine/stats/crew.ts';
import type { ThreadAnswer, ThreadTask } from './rowThread.ts';

export interface OpenCrew extends Crew {
  /** Ends the threads. */
  close(): void;
}

/** More than these wait for the memory rather than work. */
const MOST_THREADS = 8;

/** This thread, and others that the machine has room for. */
export function usefulThreads(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

/**
 * Shares work among `threads` threads, this one being one of them. The others are started when there is something to do for them, and what one of them
 * fails to do is done here.
 *
 * @param threadPath the bundled thread; where it is missing, this one works alone
 */
export function openCrew(threadPath: string, threads: number): OpenCrew {
  const helpers = new Set<Worker>();
  let isStarted = false;
  let lastTask = 0;
  const start = (): void => {
    isStarted = true;
    if (!existsSync(threadPath)) return;
    for (let started = 1; started < threads; started++) {
      const worker = new Worker(threadPath);
      // Nobody waits for a thread that has nothing to do.
      worker.unref();
      worker.setMaxListeners(0);
      worker.on('error', () => {});
      worker.on('exit', () => helpers.delete(worker));
      helpers.add(worker);
    }
  };
  const share = async <Kind extends RowWork['kind']>(
    work: RowWork & { readonly kind: Kind },
  ): Promise<RowResults[Kind][]> => {
    const parts = partsOf(work);
    const results: (ReturnType<typeof doPart> | undefined)[] = new Array(parts).fill(undefined);
    const taken = new Int32Array(new SharedArrayBuffer(4));
    lastTask += 1;
    if (parts > 1 && !isStarted) start();
    const task: ThreadTask = { id: lastTask, work, parts, taken };
    const answers = parts > 1 ? [...helpers].map((helper) => ask(helper, task)) : [];
    const isDone: boolean[] = new Array(parts).fill(false);
    const put = (part: number, result: ReturnType<typeof doPart>): void => {
      results[part] = result;
      isDone[part] = true;
    };
    for (let part = Atomics.add(taken, 0, 1); part < parts; part = Atomics.add(taken, 0, 1)) {
      put(part, doPart(work, part));
    }
    // A thread that was still being started has taken nothing, and is not waited for.
    await settled(answers, put, () => isDone.every(Boolean));
    isDone.forEach((done, part) => {
      if (!done) put(part, doPart(work, part));
    });
    // Each is what comes of a work of this kind.
    return results as RowResults[Kind][];
  };
  return {
    share,
    close: () => {
      for (const helper of helpers) void helper.terminate();
      helpers.clear();
    },
  };
}

/** What a thread has done of a task; nothing where it has ended. */
function ask(helper: Worker, task: ThreadTask): Promise<ThreadAnswer['done']> {
  return new Promise((resolve) => {
    const finish = (done: ThreadAnswer['done']): void => {
      helper.off('message', hear);
      helper.off('exit', end);
      helper.unref();
      resolve(done);
    };
    const hear = (answer: ThreadAnswer): void => {
      if (answer.id === task.id) finish(answer.done);
    };
    const end = (): void => finish([]);
    helper.on('message', hear);
    helper.on('exit', end);
    helper.ref();
    helper.postMessage(task);
  });
}

/** Puts answers where they belong as they come, until all have come or nothing is missing. */
function settled(
  answers: readonly Promise<ThreadAnswer['done']>[],
  put: (...found: ThreadAnswer['done'][number]) => void,
  isEnough: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    let open = answers.length;
    if (open === 0 || isEnough()) resolve();
    for (const answer of answers) {
      void answer.then((done) => {
        for (const [part, result] of done) put(part, result);
        open -= 1;
        if (open === 0 || isEnough()) resolve();
      });
    }
  });
}
