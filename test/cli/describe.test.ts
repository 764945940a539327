import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';

const ROWS = Array.from({ length: 60 }, (_row, i) =>
  [
    `u${i}`,
    i % 2,
    i % 7 === 0 ? '' : (i * 7) % 50,
    ['n', 's', 'w'][i % 3],
    (i * 3) % 17,
    i === 40 ? 'oops' : i % 9,
  ].join(),
);

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'a.csv': `id,t,x,region,y,mixed\n${ROWS.join('\n')}\n`,
    'a.causal':
      'data "a.csv" {\n  where x > 3 or region == "w"\n}\nvariable t, x, y\nvariable region : categorical\nvariable log_y = log(1 + y)\nvariable gone\nlatent u\nu -> x\nx -> t, y\nt -> y\ntreatment t\noutcome y\nadjust x\n',
    'broken.causal': 'data "a.csv" { where }\nvariable t\n',
    'nodata.causal': 'variable t\n',
  });
});
afterAll(() => folder.remove());

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path });

describe('causal describe', () => {
  it('says in 80 columns what a spec has for data', async () => {
    const { stdout, code } = await run('describe', 'a.causal');
    expect(code).toBe(0);
    expect(stdout).toContain('60 rows read');
    expect(stdout).toMatch(/left out by `where`/);
    expect(stdout).toMatch(/t = 1 \(\d+ rows\) against 0/);
    expect(stdout).toMatch(/region +[nsw] [\d.]+ %/);
    expect(stdout).toMatch(/x X +[\d.]+ % /);
    expect(stdout).toContain('! The data have no column gone.');
    expect(stdout).not.toMatch(/NaN|undefined/);
  });
  it('says the same in JSON', async () => {
    const { stdout } = await run('describe', 'a.causal', '--format', 'json');
    const [entry] = JSON.parse(stdout);
    const kept = ROWS.map((row) => row.split(',')).filter(
      ([, , x, region]) => Number(x) > 3 || region === 'w',
    );
    const undecided = ROWS.map((row) => row.split(',')).filter(
      ([, , x, region]) => x === '' && region !== 'w',
    );
    expect(entry.rows).toMatchObject({
      read: 60,
      kept: kept.length,
      dropped: { undecided: undecided.length, where: 60 - kept.length - undecided.length },
    });
    expect(entry.columns).toEqual(['id', 't', 'x', 'region', 'y', 'mixed']);
    expect(entry.variables.find(({ name }: { name: string }) => name === 'log_y').numbers.max).toBeCloseTo(
      Math.log(17),
    );
    expect(entry.variables.find(({ name }: { name: string }) => name === 't').roles).toEqual(['treatment']);
    expect(entry.comparisons[0]).toMatchObject({ treatment: 't', contrast: ['1', '0'] });
  });
  it('takes a data file as it is, and shows as text what is no number throughout', async () => {
    const { stdout, code } = await run('describe', 'a.csv', '--format', 'json');
    expect(code).toBe(0);
    const [entry] = JSON.parse(stdout);
    expect(entry.suspicious).toMatchObject([
      { code: 'unusable', variable: 'mixed', message: expect.stringMatching(/"oops"\), first in row 41/) },
      { code: 'identifier', variable: 'id' },
    ]);
    const mixed = entry.variables.find(({ name }: { name: string }) => name === 'mixed');
    expect(mixed).toMatchObject({ type: 'categorical', numbers: null });
    expect((await run('describe', 'a.csv')).stdout.split('\n').every((line) => line.length <= 100)).toBe(
      true,
    );
  });
  it('takes a pattern', async () => {
    expect((await run('describe', '?.csv')).stdout).toContain('60 rows read');
  });
  it.each([
    ['broken.causal', /The `data` statement has an error/],
    ['nodata.causal', /names no data/],
    ['none.csv', /There is no file .*none\.csv/],
  ])('%s cannot be described', async (name, message) => {
    const { stdout, code } = await run('describe', name);
    expect(code).toBe(1);
    expect(stdout).toMatch(message);
    const json = await run('describe', name, '--format', 'json');
    expect(JSON.parse(json.stdout)[0]).toMatchObject({
      rows: null,
      error: { message: expect.stringMatching(message) },
    });
  });
  it('asks for a file', async () => {
    expect((await run('describe')).code).toBe(2);
  });
});
