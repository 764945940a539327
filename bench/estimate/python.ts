/** The peers of estimation: a Python process that reads the study once and does what it is asked, step by step. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { installPeers, type PeerSet } from '../lib/peers.ts';

const PEERS: PeerSet = {
  folder: 'estimate',
  packages: [
    'dowhy==0.14',
    'doubleml==0.11.4',
    'lightgbm==4.7.0',
    'linearmodels==7.1',
    'statsmodels',
    'scikit-learn',
    'pandas',
  ],
  modules: ['dowhy', 'doubleml', 'lightgbm', 'linearmodels', 'statsmodels.api', 'sklearn'],
};

/** What a step took, and its numbers. */
export interface Step {
  /** Seconds: by the clock, and of all processors. */
  readonly wall: number;
  readonly cpu: number;
  /** Most memory that the process has had so far, in bytes. */
  readonly peak: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface Python {
  /** Does a step of `peers/steps.py`. */
  ask(step: string): Promise<Step>;
  end(): void;
}

/** Starts the peers; null, and said aloud, where there are none. */
export function startPython(): Python | null {
  const peers = installPeers(PEERS);
  if (peers.kind === 'missing') {
    console.log(peers.message);
    return null;
  }
  const script = path.join(process.env['CAUSAL_BENCH_ROOT'] ?? '.', 'bench/estimate/peers/steps.py');
  const child = spawn(peers.python, ['-W', 'ignore', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (step) => {
      child.stdin.write(`${step}\n`);
      const answer = await lines.next();
      if (answer.done === true) throw new Error(`The peers ended in ${step}.`);
      return JSON.parse(answer.value) as Step;
    },
    end: () => child.stdin.end(),
  };
}

/** Whether the peers were asked for. */
export const withPeers = (process.env['CAUSAL_BENCH_ARGUMENTS'] ?? '').split(' ').includes('--peers');
