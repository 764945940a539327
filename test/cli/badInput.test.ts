/** Bad input of every kind gets one clear message that names the place and the way out, in every command, and never a stack trace. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATA_FAULTS, FAULTY_FILES } from '../support/badInput.ts';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith(FAULTY_FILES);
});
afterAll(() => folder.remove());

const specs = DATA_FAULTS.map(([name]) => `${name}.causal`);

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path });

function expectClean({ stdout, stderr }: CliResult): void {
  expect(stdout + stderr).not.toMatch(/\n {4}at |Error:|node:internal|undefined|NaN|\[object/);
}

describe('data', () => {
  it('each fault is told by check, of all files at once', async () => {
    const result = await run('check', ...specs, '--format', 'json');
    expectClean(result);
    expect(result.code).toBe(1);
    const entries: { diagnostics: { message: string; severity: string }[] }[] = JSON.parse(result.stdout);
    for (const [index, [name, message]] of DATA_FAULTS.entries()) {
      if (name === 'stray') continue;
      const diagnostics = entries[index]?.diagnostics ?? [];
      expect(diagnostics.map((each) => each.message).join(' '), name).toMatch(message);
      const fails = diagnostics.some(({ severity }) => severity === 'error');
      expect(fails, name).toBe(name !== 'constant');
    }
  });
  it('each fault is told by estimate in words, of all files at once', async () => {
    const text = await run('estimate', ...specs);
    expectClean(text);
    expect(text.code).toBe(1);
    const words = text.stdout.replace(/\s+/g, ' ');
    for (const [, message] of DATA_FAULTS) expect(words).toMatch(message);
  });
  it('ends with 1 for one such file too, with the place first', async () => {
    const result = await run('check', 'header.causal');
    expect([result.code, result.stdout]).toEqual([
      1,
      expect.stringMatching(/^header\.causal:\d+:\d+ error /),
    ]);
    expect((await run('estimate', 'header.causal')).code).toBe(1);
  });
  it('each fault is told by estimate in JSON, of all files at once', async () => {
    const json = await run('estimate', ...specs, '--format', 'json');
    expectClean(json);
    expect(json.code).toBe(1);
    const entries = JSON.parse(json.stdout);
    expect(entries).toHaveLength(DATA_FAULTS.length);
    for (const [index, [, message]] of DATA_FAULTS.entries()) {
      const { error, estimates } = entries[index];
      const messages = [
        error?.message,
        ...estimates.map((each: { error?: { message: string } }) => each.error?.message),
      ];
      expect(messages.join(' ')).toMatch(message);
    }
  });
  it('names the covariate that separates treated from untreated, and runs what can run', async () => {
    const { stdout, code } = await run('estimate', 'separated.causal', '--format', 'json');
    const [regression, ipw] = JSON.parse(stdout)[0].estimates;
    expect(code).toBe(1);
    expect(regression.error.code).toBe('collinear');
    expect(ipw.error).toMatchObject({
      code: 'separation',
      message: expect.stringContaining('For some values of a'),
    });
  });
  it('estimates nothing from rows that a broken `data` statement would have left out', async () => {
    const { stdout, code } = await run('estimate', 'half.causal', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)[0]).toMatchObject({
      estimates: [],
      error: { code: 'data-statement' },
      diagnostics: [{ code: 'syntax' }],
    });
  });
  it('asks for data where the spec names none, and takes --data', async () => {
    const without = await run('estimate', 'nodata.causal');
    expect(without.stdout).toMatch(/names no data.*--data/s);
    const unasked = await run('estimate', 'question.causal');
    expect(unasked.stdout).toMatch(/There is no treatment\. Add a line `treatment NAME`/);
    expect(unasked.code).toBe(1);
    const given = await run('estimate', 'nodata.causal', '--data', 'good.csv');
    expect(given.stdout).toMatch(/60 rows read, 60 used/);
  });
});

describe('specs', () => {
  it('estimates on a cyclic graph for comparison only, and says so', async () => {
    const { stdout, code } = await run('estimate', 'cycle.causal', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)[0].estimates[0]).toMatchObject({ identified: false });
    const identified = await run('identify', 'cycle.causal', '--format', 'json');
    expect(JSON.parse(identified.stdout)[0]).toMatchObject({
      identifiable: false,
      failure: { code: 'cycle' },
      backdoor: null,
    });
  });
  it.each(['check', 'identify', 'estimate', 'graph'])('%s: every line broken', async (command) => {
    const result = await run(command, 'broken.causal');
    expectClean(result);
    expect(result.code).toBe(1);
  });
  it.each(['check', 'identify', 'estimate'])('%s: five thousand lines', async (command) => {
    const result = await run(command, 'long-spec.causal');
    expectClean(result);
    expect(result.code).toBe(command === 'check' ? 1 : 0);
  });
});

describe('usage', () => {
  it.each([
    [['check', 'nope.causal'], /There is no file nope\.causal/],
    [['check'], /Name a \.causal file/],
    [['chek', 'good.causal'], /There is no command chek/],
    [['check', 'good.causal', '--formt', 'json'], /Unknown option '--formt'.*causal check --help/],
    [['check', 'good.causal', '--format', 'xml'], /--format takes text, json, sarif, github; it got xml/],
    [['identify', 'good.causal', '--limit', 'many'], /--limit takes a whole number/],
    [
      ['estimate', 'good.causal', '--method', 'regresion'],
      /There is no method regresion\. Did you mean regression\?/,
    ],
    [['estimate', 'good.causal', '--of', 'w'], /declares no variable w/],
    [['graph', 'good.causal', '-o', 'no/such/folder.svg'], /cannot be written/],
    [
      ['graph', 'good.causal', '-o', 'good.causal'],
      /good\.causal has the ending of no format\. Endings are \.svg, .*\.dot/,
    ],
    [['graph', 'good.causal', '-o', 'graph.bmp'], /graph\.bmp has the ending of no format/],
    [
      ['graph', 'good.causal', '-o', 'graph.dot', '--format', 'svg'],
      /--format svg does not go with graph\.dot/,
    ],
    [['check', 'good.csv'], /good\.csv is data and no spec/],
    [['check', 'good.causal', '--seed', 'abc'], /--seed takes a whole number/],
    [['estimate', 'good.causal', '--method', 'ols'], /There is no method ols\. Did you mean regression\?/],
  ])('%j', async (args, message) => {
    const result = await run(...args);
    expectClean(result);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });
});
