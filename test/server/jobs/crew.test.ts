import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { EstimationData } from '../../../engine/estimate/problem.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { alone } from '../../../engine/stats/crew.ts';
import { apply, column, product, rowValues } from '../../../engine/stats/rowExpression.ts';
import { openCrew } from '../../../server/jobs/crew.ts';
import { folderWith } from '../../support/cli.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';

/** Three parts and some rows more. */
const ROWS = 3 * 65_536 + 777;

let folder: ReturnType<typeof folderWith>;
let data: EstimationData;
beforeAll(async () => {
  folder = folderWith({
    'broken.cjs': "throw new Error('This thread is broken.');",
    'failing.cjs':
      "require('node:worker_threads').parentPort.on('message', () => { throw new Error('Out of order.'); });",
    // It takes parts, and ends without an answer.
    'lost.cjs':
      "require('node:worker_threads').parentPort.on('message', ({ taken }) => { Atomics.add(taken, 0, 1); process.exit(); });",
  });
  await build({
    entryPoints: ['server/jobs/rowThread.ts'],
    outfile: join(folder.path, 'thread.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  data = dataOf(study(ROWS));
});
afterAll(() => folder.remove());

const ADJUSTED = ['a', 'b', 'g'];
const PLANS: readonly Partial<EstimatePlan>[] = [
  { method: 'regression', adjusted: ADJUSTED },
  { method: 'ipw', adjusted: ADJUSTED },
  { method: 'iv', estimand: 'late', adjusted: ADJUSTED, instruments: ['z'] },
];

describe('a crew', () => {
  it.each(PLANS)('of any size gives the same bits ($method)', async (plan) => {
    const expected = await estimateOf(data, plan);
    for (const threads of [1, 2, 3]) {
      const crew = openCrew(join(folder.path, 'thread.cjs'), threads);
      expect(await estimateOf({ ...data, crew }, plan)).toEqual(expected);
      crew.close();
    }
  });

  it.each(['missing.cjs', 'broken.cjs', 'failing.cjs', 'lost.cjs'])(
    'does itself what a thread does not: %s',
    async (thread) => {
      const crew = openCrew(join(folder.path, thread), 3);
      const terms = [column('a'), product(column('a'), column('b')), apply('exp', column('b'))];
      for (let again = 0; again < 3; again++) {
        const [here, there] = await Promise.all(
          [alone, crew].map((each) =>
            columnMoments(data.table, each).pass({ products: { terms }, sums: terms }),
          ),
        );
        expect(there).toEqual(here);
      }
      crew.close();
    },
  );

  it.each([65_537, ROWS])(
    'hands over numbers that no column holds, and writes %i where it is asked to',
    async (rows) => {
      const crew = openCrew(join(folder.path, 'thread.cjs'), 2);
      const own = rowValues(Float64Array.from({ length: rows }, (_value, i) => i % 7));
      const term = product(own, own);
      const table = { rowCount: rows, columns: new Map() };
      const [here, there] = [columnMoments(table), columnMoments(table, crew)];
      // A thread that has just been started has time to take something.
      for (let again = 0; again < 30; again++) {
        const values = await there.values(term);
        expect(values[rows - 1]).toBe(((rows - 1) % 7) ** 2);
        const expected = await here.values(term);
        expect(values.findIndex((value, row) => value !== expected[row])).toBe(-1);
        expect((await there.pass({ sums: [term] })).sums).toEqual((await here.pass({ sums: [term] })).sums);
      }
      crew.close();
    },
  );
});
