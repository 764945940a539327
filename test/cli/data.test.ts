/** The data statement from end to end: what is filled in, clustered, left out or refused, in what the command prints. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');
const ajv = new Ajv({
  schemas: ['diagnostics', 'estimate'].map((name) =>
    JSON.parse(readFileSync(resolve(root, `docs/schema/${name}.schema.json`), 'utf8')),
  ),
  allowUnionTypes: true,
});

const rows = (cell: (i: number) => string | number, count = 90): string =>
  Array.from({ length: count }, (_row, i) => {
    const a = (i * 37) % 23;
    const t = (i * 7 + a) % 3 === 0 ? 1 : 0;
    return [t, 2 * t + a / 5 + ((i * 11) % 13) / 4, a, cell(i)].join();
  }).join('\n');

const GRAPH = 'variable t, y, a, extra\na, extra -> t, y\nt -> y\ntreatment t\noutcome y\n';
const SUITE = 'estimate regression\nestimate ipw\nestimate regression as "without" { adjust a }\n';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({});
});
afterAll(() => folder.remove());

interface Printed {
  readonly error: { code: string; message: string } | null;
  readonly rows: { used: number; read: number; dropped: object; filled: Record<string, number> } | null;
  readonly estimates: readonly {
    name: string;
    n?: number;
    se_type?: string;
    adjusted: readonly string[];
    error: { code: string; message: string } | null;
    warnings?: readonly { code: string; message: string }[];
  }[];
}

/** What `estimate --format json` says of a spec with these data. */
async function estimated(csv: string | Buffer, options = '', spec = GRAPH + SUITE): Promise<Printed> {
  writeFileSync(join(folder.path, 'd.csv'), csv);
  const input = `data "d.csv" {\n${options}\n}\n${spec}`;
  const { stdout, stderr } = await runCli(['estimate', '-', '--format', 'json'], { cwd: folder.path, input });
  expect(stdout + stderr).not.toMatch(/NaN|undefined|Infinity|\n {4}at /);
  const parsed = JSON.parse(stdout);
  const validate = ajv.getSchema('estimate.schema.json');
  expect(validate?.(parsed), JSON.stringify(validate?.errors?.slice(0, 2))).toBe(true);
  return parsed[0];
}

const HEADER = 't,y,a,extra\n';
const gapped = HEADER + rows((i) => (i % 9 === 0 ? '' : i % 5));

describe('missing', () => {
  it('drop leaves rows out and counts them', async () => {
    expect((await estimated(gapped, 'missing drop')).rows).toEqual({
      read: 90,
      used: 80,
      dropped: { where: 0, missing: 10 },
      filled: {},
    });
  });
  it('mean fills them and counts them, and warns', async () => {
    const found = await estimated(gapped, 'missing mean');
    expect(found.rows).toMatchObject({ used: 90, dropped: { missing: 0 }, filled: { extra: 10 } });
    const [regression, ipw, without] = found.estimates;
    expect(regression).toMatchObject({ n: 90, error: null });
    for (const each of [regression, ipw]) {
      expect(each?.warnings?.map(({ code }) => code)).toContain('missing-filled');
    }
    expect(without?.warnings?.map(({ code }) => code)).not.toContain('missing-filled');
  });
  it('indicator adjusts for it, in refuters too', async () => {
    const spec = `${GRAPH}estimate regression { refute placebo, random_common_cause, subset }\n`;
    const found = await estimated(gapped, 'missing indicator', spec);
    expect(found.estimates[0]).toMatchObject({
      n: 90,
      adjusted: ['a', 'extra', 'extra is missing'],
      error: null,
    });
    const text = await runCli(['estimate', '-'], {
      cwd: folder.path,
      input: `data "d.csv" { missing indicator }\n${spec}`,
    });
    expect(text.stdout.replace(/\s+/g, ' ')).toMatch(
      /90 rows read, 90 used\. Filled in: extra in 10 of them\./,
    );
  });
});

describe('id', () => {
  it('clusters rows of one unit, and leaves others alone', async () => {
    const spec = GRAPH.replaceAll(', extra', '') + SUITE;
    const repeated = await estimated(`${HEADER}${rows((i) => `u${i % 30}`)}`, 'id extra', spec);
    expect(repeated.estimates[0]).toMatchObject({ se_type: 'cluster' });
    expect(repeated.estimates[0]?.warnings?.map(({ code }) => code)).toContain('repeated-units');
    const single = await estimated(`${HEADER}${rows((i) => `u${i}`)}`, 'id extra', spec);
    expect(single.estimates[0]).toMatchObject({ se_type: 'robust' });
  });
  it('that is no column is told', async () => {
    const found = await estimated(gapped, 'id unit');
    expect(found.estimates.every(({ error }) => error !== null)).toBe(true);
    expect(found.estimates[0]?.error?.message).toMatch(/no column unit/);
  });
});

/** What is wrong with `extra`, and what is said of it; the estimate that does not use it runs. */
const FAULTY: readonly [what: string, cell: (i: number) => string | number, message: RegExp][] = [
  ['dates', (i) => `2024-01-${10 + (i % 20)}`, /extra holds dates \("2024-01-10"\)/],
  [
    'a word among numbers',
    (i) => (i === 41 ? 'oops' : i),
    /text in 1 of 90 rows \("oops"\), first in row 42/,
  ],
  ['infinity', (i) => (i === 7 ? '-inf' : i), /extra is infinite in row 8/],
  ['1e300', (i) => (i === 3 ? '1e300' : i), /extra holds numbers up to 1e\+300 .* in row 4\)/],
  ['1e-300', (i) => `${i}e-300`, /extra holds no number above 8\.9e-299/],
  ['nothing at all', () => '', /extra has no values at all/],
];

describe('a column that cannot be used', () => {
  it.each(FAULTY)('%s: is named with its row, and other estimates run', async (_what, cell, message) => {
    const { estimates } = await estimated(HEADER + rows(cell));
    const [regression, ipw, without] = estimates;
    expect(regression?.error?.message).toMatch(message);
    expect(ipw?.error?.message).toMatch(message);
    expect(without).toMatchObject({ error: null, n: 90 });
  });
  it('as an outcome with infinities', async () => {
    const { estimates } = await estimated((HEADER + rows((i) => i % 5)).replace(/^1,[^,]*,/m, '1,inf,'));
    expect(estimates.every(({ error }) => /y is infinite in row \d+\./.test(error?.message ?? ''))).toBe(
      true,
    );
  });
  it('as a weight that is negative, or zero everywhere', async () => {
    const spec = GRAPH.replaceAll(', extra', '') + SUITE;
    const negative = await estimated(HEADER + rows((i) => (i === 5 ? -1 : 1)), 'weight extra', spec);
    expect(negative.estimates[0]?.error?.message).toMatch(/The weight extra holds -1/);
    const zero = await estimated(HEADER + rows(() => 0), 'weight extra', spec);
    expect(zero.estimates[0]?.error).not.toBeNull();
  });
});

describe('rows', () => {
  it('that are all left out', async () => {
    const { estimates } = await estimated(gapped, 'where a > 1000');
    expect(estimates[0]?.error).toMatchObject({ code: 'too-few-rows' });
  });
  it('that are fewer than columns', async () => {
    const { estimates } = await estimated(`${HEADER}1,2,3,4\n0,1,5,2\n1,3,2,2\n`);
    expect(estimates[0]?.error).not.toBeNull();
  });
});
