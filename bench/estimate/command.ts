/**
 * `causal estimate` as a process: difference, regression, ipw and iv of the study, with its memory; how that grows with the rows, and how soon a
 * job tells of its progress and can be ended. With `--peers` the same in Python, each tool in a process of its own. Arguments: `--rows N` (1,000,000).
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { analyse } from '../../server/analysis/analyse.ts';
import { planEstimation } from '../../server/analysis/estimation.ts';
import { runJob } from '../../server/jobs/runJob.ts';
import { setting } from '../accuracy/simulated.ts';
import { brief, figure, printTable } from '../lib/measure.ts';
import { watchMemory } from './processTree.ts';
import { startPython, withPeers } from './python.ts';
import { specOf, studyFile } from './study.ts';
import { ratioText, type Seconds, secondsText } from './ticks.ts';

const DIST = process.env['CAUSAL_BENCH_DIST'] ?? 'dist';

const ESTIMATES = `
estimate difference
estimate regression { adjust covariates }
estimate ipw { adjust covariates }
estimate iv`;

interface Cost extends Seconds {
  /** Bytes. */
  readonly memory: number | null;
}

/** Runs the command line, and finds its processor time and that of its processes beside its memory. */
function runCommand(spec: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    // The shell's `times` counts what its children have used.
    const script = '"$0" "$1" estimate "$2" >/dev/null; code=$?; times; exit $code';
    const child = spawn('sh', ['-c', script, process.execPath, path.join(DIST, 'cli.cjs'), spec]);
    const memory = watchMemory(child.pid ?? 0);
    let [text, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('close', (code) => {
      const wall = (performance.now() - start) / 1000;
      const cpu = [...(text.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
        (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
        0,
      );
      if (code === 0) resolve({ wall, cpu, memory: memory.stop() });
      else reject(new Error(`causal estimate ended with ${code}: ${errors}`));
    });
  });
}

/** The steps in a new Python process, from its start to its end. */
async function runPython(steps: readonly string[]): Promise<Cost | null> {
  const start = performance.now();
  const python = startPython();
  if (python === null) return null;
  let [cpu, memory] = [0, 0];
  for (const step of steps) {
    const done = await python.ask(step);
    cpu += done.cpu;
    memory = Math.max(memory, done.peak);
  }
  python.end();
  return { wall: (performance.now() - start) / 1000, cpu, memory };
}

function megabytes(bytes: number | null): string {
  return bytes === null ? '' : `${Math.round(bytes / 1e6)} MB`;
}

async function main(): Promise<void> {
  const rows = brief ? 5000 : setting('rows', 1_000_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-command-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const specFor = (count: number): string => {
    const spec = path.join(folder, `study-${count}.causal`);
    fs.writeFileSync(spec, specOf(studyFile(count), ESTIMATES));
    return spec;
  };
  const small = await runCommand(specFor(rows / 10));
  const ours = await runCommand(specFor(rows));
  const file = studyFile(rows);
  const python = withPeers ? await runPython([`read ${file}`, 'difference', 'ols', 'ipw', 'iv']) : null;
  const dowhy = withPeers ? await runPython([`read ${file}`, 'dowhy_regression', 'dowhy_weighting']) : null;
  const rowOf = (name: string, cost: Cost | null, limit: string, memoryLimit: string): string[] =>
    cost === null
      ? [name]
      : [
          name,
          secondsText(cost),
          ratioText(ours, cost),
          limit,
          megabytes(cost.memory),
          cost.memory === null || ours.memory === null ? '' : `${figure(ours.memory / cost.memory)}×`,
          memoryLimit,
        ];
  printTable(
    [`${rows} rows: clock (processors)`, 'time', 'ours to it', 'limit', 'memory', 'ours to it', 'limit'],
    [
      ['causal estimate', secondsText(ours), '', '', megabytes(ours.memory), '', ''],
      ['a tenth of the rows', secondsText(small), '', '', megabytes(small.memory), '', ''],
      rowOf('pandas, statsmodels, linearmodels', python, '0.5×', '0.5×'),
      rowOf('DoWhy: regression and weighting', dowhy, '0.1×', '0.5×'),
    ],
  );
  const slope = Math.log10(ours.cpu / small.cpu);
  console.log(`\nGrowth (slope of log processor time on log rows): ${figure(slope)} (limit 1).`);
  await patience(file);
}

/** How long nothing is heard of a job, and how soon it is over once it is ended. */
async function patience(file: string): Promise<void> {
  const analysis = analyse(specOf(file, ESTIMATES));
  const { planned, request } = planEstimation(analysis);
  const plans = planned.flatMap((one) => (one.kind === 'plan' ? [one.plan] : []));
  const job = { kind: 'estimate', data: { path: file, ...request }, plans } as const;
  const workerPath = path.join(DIST, 'worker.cjs');
  let last = performance.now();
  const start = last;
  let [first, longest] = [Number.NaN, 0];
  const heard = (): void => {
    const now = performance.now();
    if (Number.isNaN(first)) first = now - start;
    longest = Math.max(longest, now - last);
    last = now;
  };
  await runJob(job, { workerPath, onProgress: heard });
  heard();
  const ends: number[] = [];
  for (const delay of brief ? [100] : [300, 1500, 3000]) {
    const controller = new AbortController();
    const running = runJob(job, { workerPath, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, delay));
    const asked = performance.now();
    controller.abort();
    await running;
    ends.push(performance.now() - asked);
  }
  printTable(
    ['ms', 'seen', 'limit'],
    [
      ['first progress', figure(first), '500'],
      ['longest silence', figure(longest), '500'],
      ['cancelling', figure(Math.max(...ends)), '500'],
    ],
  );
}

void main();
