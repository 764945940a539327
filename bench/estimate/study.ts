/** The study that the benches of estimation read: 20 covariates, a treatment, an instrument and an outcome, as a CSV file. */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomStreams } from '../../engine/stats/random.ts';
import { logistic, normal } from '../accuracy/simulated.ts';
import { cacheFolder } from '../lib/cache.ts';
import { brief } from '../lib/measure.ts';

/** Covariates, the last four of them 0 or 1. */
export const COVARIATES = Array.from({ length: 20 }, (_value, j) => `x${j + 1}`);
const BINARY = 4;

/** All columns of the file, in its order. */
export const COLUMNS = [...COVARIATES, 'z', 't', 'y'];

/** The effect that the outcome is made with. */
export const TRUTH = 1;

/** Counted up where the study changes, so that no older file stands for it. */
const VERSION = 1;

/** The study with this many rows, made where it is not there yet: in the user's cache folder, or a temporary one where it is to be brief. */
export function studyFile(rows: number): string {
  const folder = brief ? path.join(os.tmpdir(), `causal-bench-study-${process.pid}`) : cacheFolder('data');
  const file = path.join(folder, `study-${VERSION}-${rows}.csv`);
  if (fs.existsSync(file)) return file;
  fs.mkdirSync(folder, { recursive: true });
  if (brief) process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const draft = `${file}.${process.pid}`;
  writeStudy(draft, rows);
  fs.renameSync(draft, file);
  return file;
}

/** Rows that are written at once. */
const TOGETHER = 5000;

function writeStudy(file: string, rows: number): void {
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, `${COLUMNS.join(',')}\n`);
  const random = randomStreams(20)();
  for (let done = 0; done < rows; done += TOGETHER) {
    const lines: string[] = [];
    for (let i = done; i < Math.min(rows, done + TOGETHER); i++) lines.push(drawRow(random));
    fs.writeSync(out, `${lines.join('\n')}\n`);
  }
  fs.closeSync(out);
}

/** Covariates that share a part, a propensity between 0.03 and 0.97 for nearly all, an outcome that is linear but for one square. */
function drawRow(random: ReturnType<ReturnType<typeof randomStreams>>): string {
  const shared = normal(random);
  const x = COVARIATES.map((_name, j) => {
    const value = 0.4 * shared + normal(random);
    return j < COVARIATES.length - BINARY ? value : value > 0.3 ? 1 : 0;
  });
  const z = random.uniform() < logistic(0.4 * (x[0] ?? 0)) ? 1 : 0;
  const index = x.reduce((sum, value, j) => sum + value * 0.18 * Math.cos(j), 0);
  const t = random.uniform() < logistic(index + 0.8 * z - 0.4) ? 1 : 0;
  const outcome = x.reduce((sum, value, j) => sum + value * 0.3 * Math.sin(j + 1), 0);
  const y = 2 + TRUTH * t + outcome + 0.1 * (x[1] ?? 0) ** 2 + normal(random);
  return [
    ...x.map((value, j) => (j < COVARIATES.length - BINARY ? value.toFixed(4) : value)),
    z,
    t,
    y.toFixed(4),
  ].join(',');
}

/** The spec of the study, with these `estimate` statements. */
export function specOf(file: string, estimates: string): string {
  return [
    `data ${JSON.stringify(file)}`,
    ...[...COVARIATES, 'y'].map((name) => `variable ${name}`),
    'variable z : binary',
    'variable t : binary',
    `group covariates = ${COVARIATES.join(', ')}`,
    'covariates -> t, y',
    'x1 -> z',
    'z -> t',
    't -> y',
    'treatment  t',
    'outcome    y',
    'instrument z given covariates',
    estimates,
    '',
  ].join('\n');
}
