/**
 * Runs benchmarks: `npm run bench` runs all of them, `npm run bench -- editor` those of bench/editor, `npm run bench -- editor/keystroke`
 * one; `npm run bench -- identify --peers` compares with other tools, `--brief` only shows that
 * they run. Each is a file that is bundled and run in a process of its own. They print numbers beside limits and judge nothing: a busy
 * machine is no fault of the code.
 */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { build } from '../scripts/build.mjs';
import { findChromium } from '../scripts/requirements.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * The benchmarks by the suite that they are in; those that `ships` need what the extension ships, built; one with a `flag` is run only
 * where that is given, since it installs something; a `long` one takes hours, and is run where it or its suite is named, or briefly.
 */
const SUITES = [
  { suite: 'editor', name: 'keystroke' },
  { suite: 'editor', name: 'features' },
  { suite: 'editor', name: 'server', ships: true },
  { suite: 'editor', name: 'activation', ships: true },
  { suite: 'identify', name: 'single' },
  { suite: 'identify', name: 'lists' },
  { suite: 'identify', name: 'peers', flag: '--peers' },
  { suite: 'estimate', name: 'reading' },
  { suite: 'estimate', name: 'methods', ships: true },
  { suite: 'estimate', name: 'command', ships: true },
  { suite: 'estimate', name: 'crosscheck', flag: '--peers' },
  { suite: 'webview', name: 'graph', ships: true },
  { suite: 'accuracy', name: 'coverage', long: true },
  { suite: 'accuracy', name: 'nonlinear', long: true },
];

const wanted = process.argv
  .slice(2)
  .filter(
    (word, place, words) => !word.startsWith('--') && !/^\d/.test(word) && words[place - 1] !== '--only',
  );
const brief = process.argv.includes('--brief');
const chosen = SUITES.filter(
  ({ suite, name, flag, long }) =>
    (flag === undefined || process.argv.includes(flag)) &&
    (!long || brief || wanted.length > 0) &&
    (wanted.length === 0 || wanted.includes(suite) || wanted.includes(`${suite}/${name}`)),
);
if (chosen.length === 0) {
  const known = SUITES.map(
    ({ suite, name, flag }) => `${suite}/${name}${flag === undefined ? '' : ` (with ${flag})`}`,
  ).join(', ');
  console.error(`No benchmark is called ${wanted.join(', ')}. There are: ${known}.`);
  process.exit(2);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causal-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const dist = path.join(folder, 'dist');
if (chosen.some(({ ships }) => ships)) await build({ outdir: dist, production: true });
// The data engine is loaded from node_modules at run time.
fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');

const [cpu] = os.cpus();
console.log(`Node ${process.version}, ${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}`);
console.log(
  `Load over the last minute: ${os.loadavg()[0]?.toFixed(1)} (above the number of processors, expect more than the code costs)`,
);
const chromium = findChromium();
let failed = false;
for (const { suite, name } of chosen) {
  console.log(`\n## ${suite}/${name}\n`);
  const outfile = path.join(folder, `${suite}-${name}.cjs`);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`bench/${suite}/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    // Loaded from node_modules when they run: one is native, the other brings files of its own.
    external: ['@duckdb/node-bindings', 'playwright-core'],
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(chromium === null ? {} : { CAUSAL_CHROMIUM: chromium }),
      CAUSAL_BENCH_DIST: dist,
      CAUSAL_BENCH_ROOT: root,
      CAUSAL_BENCH_BRIEF: brief ? '1' : '',
      CAUSAL_BENCH_ARGUMENTS: process.argv.slice(2).join(' '),
    },
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
