/** Entry of a thread that helps with work on many rows. It takes part after part until none is left, and tells what came of its own. */

import { parentPort } from 'node:worker_threads';
import { doPart, type RowWork } from '../../engine/stats/crew.ts';

export interface ThreadTask {
  readonly id: number;
  readonly work: RowWork;
  readonly parts: number;
  /** Parts that somebody has taken, shared by all who work. */
  readonly taken: Int32Array;
}

export interface ThreadAnswer {
  readonly id: number;
  readonly done: readonly (readonly [part: number, result: ReturnType<typeof doPart>])[];
}

parentPort?.on('message', ({ id, work, parts, taken }: ThreadTask) => {
  const done: (readonly [number, ReturnType<typeof doPart>])[] = [];
  for (let part = Atomics.add(taken, 0, 1); part < parts; part = Atomics.add(taken, 0, 1)) {
    done.push([part, doPart(work, part)]);
  }
  parentPort?.postMessage({ id, done } satisfies ThreadAnswer);
});
