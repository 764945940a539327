import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'm.causal':
      'variable a, `first, y`\nvariable t : binary\nvariable g : categorical(n, s)\nlatent u\nu -> t, `first, y`\na -> t [0.8]\na, t -> `first, y` [0.5]\na -> g\ntreatment t\noutcome `first, y`\n',
    'derived.causal': 'data "x.csv" { where a > 1 }\nvariable a = log(b)\nvariable c\na -> c\n',
    'cycle.causal': 'variable a, b\na -> b\nb -> a\n',
    'broken.causal': 'variable a, b\na ->\n',
    'hidden.causal': 'latent u\n',
    'there.csv': 'mine\n',
  });
});
afterAll(() => folder.remove());

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path });
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

describe('causal simulate', () => {
  it('writes the measured variables, and prints what they were drawn with', async () => {
    const { stdout, code } = await run('simulate', 'm.causal', '-n', '50', '-o', 'm.csv', '--seed', '3');
    expect(code).toBe(0);
    const [header, ...rows] = read('m.csv').trim().split('\n');
    expect(header).toBe('a,"first, y",t,g');
    expect(rows).toHaveLength(50);
    expect(rows.every((row) => /^-?[\d.e-]+,-?[\d.e-]+,[01],[ns]$/.test(row))).toBe(true);
    expect(stdout).toMatch(/^a -> t {2}0\.8$/m);
    expect(stdout).toMatch(/^u -> t {2}-?0\.\d+ {2}drawn$/m);
  });
  it('writes the same again with the same seed, as TSV and as Parquet too', async () => {
    await run('simulate', 'm.causal', '-n', '30', '-o', 'one.tsv', '--seed', '5');
    await run('simulate', 'm.causal', '-n', '30', '-o', 'two.tsv', '--seed', '5');
    expect(read('one.tsv')).toBe(read('two.tsv'));
    expect(read('one.tsv').split('\n', 1)[0]).toBe('a\tfirst, y\tt\tg');
    expect((await run('simulate', 'm.causal', '-n', '30', '-o', 'one.parquet', '--seed', '5')).code).toBe(0);
    const described = await Promise.all(
      ['one.tsv', 'one.parquet'].map((name) => run('describe', name, '--format', 'json')),
    );
    const [tsv, parquet] = described.map(({ stdout }) => JSON.parse(stdout)[0].variables);
    expect(parquet).toEqual(tsv);
  });
  it('is what `estimate` recovers the effect from', async () => {
    await run('simulate', 'm.causal', '-n', '2000', '-o', 'big.csv');
    const spec = `${read('m.causal').replace('latent u\nu -> t, `first, y`\n', '')}estimate regression\n`;
    const { stdout } = await runCli(['estimate', '-', '--data', 'big.csv', '--format', 'json'], {
      cwd: folder.path,
      input: spec,
    });
    const [found] = JSON.parse(stdout)[0].estimates;
    expect(found).toMatchObject({ identified: true, n: 2000, adjusted: ['a'] });
  });
  it('says what of a spec it does not follow', async () => {
    const { stderr, code } = await run('simulate', 'derived.causal', '-o', 'd.csv');
    expect(code).toBe(0);
    expect(stderr).toMatch(/a is computed from columns in the spec, and drawn as it is here/);
    expect(stderr).toMatch(/`where` of the data statement is not applied/);
  });
  it.each([
    [['simulate', 'cycle.causal', '-o', 'x.csv'], 1, /The graph has a cycle/],
    [['simulate', 'broken.causal', '-o', 'x.csv'], 1, /broken\.causal/],
    [['simulate', 'hidden.causal', '-o', 'x.csv'], 1, /declares no measured variable/],
    [['simulate', 'm.causal'], 2, /Name the file to write with -o/],
    [['simulate', 'm.causal', '-o', 'x.xlsx'], 2, /ending of no data that are written/],
    [['simulate', 'm.causal', '-o', 'there.csv'], 2, /is there already/],
    [['simulate', 'm.causal', '-n', '0', '-o', 'x.csv'], 2, /--rows takes a whole number/],
  ])('%j', async (args, code, message) => {
    const result = await run(...args);
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) });
    expect(read('there.csv')).toBe('mine\n');
  });
});
