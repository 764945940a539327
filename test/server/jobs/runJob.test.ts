import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../server/jobs/duckdb.ts';
import { runJob } from '../../../server/jobs/runJob.ts';
import { folderWith } from '../../support/cli.ts';
import { eventually } from '../../support/eventually.ts';

/** Workers that have put something into their folder before they end in one way or another. */
const spilling = (then: string) => `
const fs = require('node:fs');
process.once('message', () => {
  fs.mkdirSync(process.argv[2]);
  fs.writeFileSync(process.argv[2] + '/spilled', 'data');
  process.send({ kind: 'progress', stage: 'Spilling', fraction: 0 });
  ${then}
});`;
const WORKERS = {
  'done.cjs': spilling("process.send({ kind: 'result', result: {} }, () => process.disconnect());"),
  'crash.cjs': spilling('setTimeout(() => process.abort(), 50);'),
  'long.cjs': spilling('setInterval(() => {}, 1000);'),
};

let folder: ReturnType<typeof folderWith>;
let temporary: string;
beforeEach(() => {
  folder = folderWith(WORKERS);
  temporary = join(folder.path, 'temporary');
  mkdirSync(temporary);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

it.each(Object.keys(WORKERS))('a job leaves nothing in the temporary folder: %s', async (worker) => {
  const controller = new AbortController();
  const spilled: string[] = [];
  await runJob(
    { kind: 'describe', path: 'd.csv', columns: [] },
    {
      workerPath: join(folder.path, worker),
      signal: controller.signal,
      onProgress: (stage) => {
        if (stage !== 'Spilling') return;
        spilled.push(...readdirSync(temporary));
        if (worker === 'long.cjs') controller.abort();
      },
    },
  );
  expect(spilled).toHaveLength(1);
  await eventually(() => expect(readdirSync(temporary)).toEqual([]));
});

it('a database spills into the folder that it is given, and nowhere without one', async () => {
  const spill = join(temporary, 'spill');
  const sort = 'CREATE TABLE sorted AS SELECT i, hash(i) AS h FROM range(4000000) t(i) ORDER BY h';
  for (const given of [spill, null]) {
    const db = await openDatabase(given);
    await db.run("SET memory_limit = '60MB'");
    await db.run('SET threads = 1');
    if (given === null) await expect(db.run(sort)).rejects.toThrow(/Out of Memory/);
    else await db.run(sort);
    expect(existsSync(spill)).toBe(given !== null);
    db.close();
  }
  expect(existsSync('.tmp')).toBe(false);
});

it('a job says that it starts before its process has anything to say, and can be cancelled there', async () => {
  const stages: string[] = [];
  const controller = new AbortController();
  const result = await runJob(
    { kind: 'describe', path: 'd.csv', columns: [] },
    {
      workerPath: join(folder.path, 'long.cjs'),
      signal: controller.signal,
      onProgress: (stage, fraction) => {
        stages.push(stage);
        expect(fraction).toBeNull();
        controller.abort();
      },
    },
  );
  expect(stages).toEqual(['Starting']);
  expect(result).toMatchObject({ kind: 'failure', code: 'cancelled' });
});
