/** Most memory of a process and those that it has started (Linux). */

import fs from 'node:fs';

export interface MemoryWatch {
  /** Stops, and tells the most resident memory that was seen in bytes: the sum over the processes that ran together; null where it cannot be known. */
  stop(): number | null;
}

/** How often is looked, in milliseconds. */
const INTERVAL = 50;

/** Watches the process `pid` and its children until it is stopped. */
export function watchMemory(pid: number): MemoryWatch {
  if (process.platform !== 'linux') return { stop: () => null };
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(
      most,
      [pid, ...childrenOf(pid)].reduce((sum, one) => sum + residentOf(one), 0),
    );
  }, INTERVAL);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

function childrenOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim();
  if (children === '') return [];
  return children
    .split(' ')
    .map(Number)
    .flatMap((child) => [child, ...childrenOf(child)]);
}

function residentOf(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty for a process that has ended. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
