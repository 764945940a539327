import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { usedColumns } from '../../server/analysis/dataChecks.ts';
import { validate } from '../../server/analysis/validate.ts';
import { specOfData } from '../../server/exchange/specOfData.ts';
import { describeData } from '../../server/jobs/describeData.ts';
import { openDatabase } from '../../server/jobs/duckdb.ts';
import { profileData } from '../../server/jobs/profileData.ts';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';
import { referenceFile } from '../support/reference.ts';

const root = resolve(import.meta.dirname, '../..');

const ROWS = Array.from({ length: 40 }, (_row, i) =>
  [
    i,
    i % 2,
    ['yes', 'no'][i % 2],
    ['a b', 'c"d', '1x'][i % 3],
    (i * 3.5) % 11,
    7,
    (i * 5) % 4,
    '2024-01-02',
  ].join(),
);

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'odd.csv': `key,treated,answer,\`tick\`,first name,same,rank,where\n${ROWS.join('\n')}\n`,
    'wide.csv': `x,x,,y\n${'1,2,3,4\n5,6,7,8\n'.repeat(5)}`,
    'empty.csv': '',
  });
});
afterAll(() => folder.remove());

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path });

/** No error in what `check` says of a spec beside its data. */
async function expectChecks(spec: string, cwd: string): Promise<void> {
  const checked = await runCli(['check', spec, '--format', 'json'], { cwd });
  const [{ diagnostics }] = JSON.parse(checked.stdout);
  expect(diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
}

describe('causal new', () => {
  it('declares what can be a variable, and says of the rest why not', async () => {
    const { stdout, code } = await run('new', 'odd.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^data "odd\.csv"$/m);
    expect(stdout).toMatch(/^variable treated +: binary$/m);
    expect(stdout).toMatch(/^variable answer +: binary\(no, yes\)$/m);
    expect(stdout).toMatch(/^variable `first name` +: continuous$/m);
    expect(stdout).toMatch(/# - key has another value in every row/);
    expect(stdout).toMatch(/# - same is 7 wherever/);
    expect(stdout).toMatch(/`tick`: its name holds a backtick/);
    expect(stdout).toMatch(/^# treatment treated$/m);
    expect(stdout).toMatch(/Names the rows .*: key\./);
    expect(stdout).toMatch(/Few different numbers in rank/);
    const { document, faults } = parse(stdout);
    expect(faults).toEqual([]);
    expect(print(document)).toBe(stdout);
  });
  it('writes the path of the data from where the spec will be, and over no file unasked', async () => {
    expect((await run('new', 'odd.csv', '-o', 'odd.causal')).code).toBe(0);
    await expectChecks('odd.causal', folder.path);
    writeFileSync(join(folder.path, 'odd.causal'), '# mine\n');
    const refused = await run('new', 'odd.csv', '-o', 'odd.causal');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/is there already.*--force/) });
    expect(readFileSync(join(folder.path, 'odd.causal'), 'utf8')).toBe('# mine\n');
    expect((await run('new', 'odd.csv', '-o', 'odd.causal', '--force')).code).toBe(0);
    expect(readFileSync(join(folder.path, 'odd.causal'), 'utf8')).toContain('data "odd.csv"');
  });
  it('names columns that cannot be told apart', async () => {
    const { stderr } = await run('new', 'wide.csv');
    expect(stderr).toMatch(/The header names x twice/);
  });
  it.each([
    [['new', 'empty.csv'], 1, /is empty/],
    [['new', 'none.csv'], 1, /There is no file/],
    [['new'], 2, /one file with data/],
    [['new', 'odd.causal'], 2, /is a spec already/],
    [['new', 'odd.csv', '-o', 'odd.csv'], 2, /Specs end in \.causal/],
  ])('%j', async (args, code, message) => {
    const result = await run(...args);
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });
});

/** What `causal new` writes, made in this process. */
async function startingSpec(path: string): Promise<string> {
  const db = await openDatabase();
  const request = { kind: 'profile', path, data: null, roles: { treatment: [], outcome: [] } } as const;
  const profile = await profileData(db, request);
  db.close();
  if (profile.kind === 'failure') throw new Error(profile.message);
  return specOfData(profile, basename(path));
}

/** Data that people have, and specs for them without a fault. */
describe('a starting spec', () => {
  const examples = ['music/music.csv', 'card/card.csv', 'nsw/nsw.csv', 'llm-opt-in/opt-in.csv'].map((name) =>
    join(root, 'examples', name),
  );
  const published = referenceFile('data');
  const reference = published === null ? [] : readdirSync(published).map((name) => join(published, name));
  it.each([...examples, ...reference].filter((path) => path.endsWith('.csv') && existsSync(path)))(
    'for %s',
    async (path) => {
      const written = await startingSpec(path);
      const { document, faults } = parse(written);
      expect(faults).toEqual([]);
      expect(print(document)).toBe(written);
      const analysis = analyse(written);
      const db = await openDatabase();
      const description = await describeData(db, path, [...usedColumns(analysis).keys()]);
      db.close();
      const errors = validate(analysis, description, null).filter(({ severity }) => severity === 'error');
      expect(errors).toEqual([]);
    },
  );
});
