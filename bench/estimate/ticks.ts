/** Seconds of work: by the clock, and of all processors, which other work on the machine disturbs less. */

import { figure } from '../lib/measure.ts';

export interface Seconds {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs `work` in this process and times it. */
export async function clocked<T>(work: () => Promise<T>): Promise<Seconds & { readonly value: T }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1e6, value };
}

/** The run of the least processor time. */
export function quickest<T extends Seconds>(runs: readonly T[]): T {
  return runs.reduce((best, run) => (run.cpu < best.cpu ? run : best));
}

/** `1.23 s (2.10 s)`: the clock, and all processors. */
export function secondsText({ wall, cpu }: Seconds): string {
  return `${figure(wall)} s (${figure(cpu)} s)`;
}

/** `0.42× (0.31×)`: the first as a multiple of the second. */
export function ratioText(ours: Seconds, theirs: Seconds): string {
  return `${figure(ours.wall / theirs.wall)}× (${figure(ours.cpu / theirs.cpu)}×)`;
}
