/** Bad input of every kind gets one clear message that names the place and the way out, in every command, and never a stack trace. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';

const SPEC = (data: string, outcome = 'y'): string =>
  `data "${data}"\nvariable x, ${outcome}, a\na -> x, ${outcome}\nx -> ${outcome}\ntreatment x\noutcome ${outcome}\nestimate regression\nestimate ipw\n`;

const ROWS = Array.from({ length: 60 }, (_row, i) => `${i % 2},${(i * 7) % 5},${(i * 3) % 4}`);
const GOOD = `x,y,a\n${ROWS.join('\n')}\n`;

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  const long = Array.from({ length: 2500 }, (_line, i) => `variable v${i}\nv${i} -> y`).join('\n');
  folder = folderWith({
    'good.csv': GOOD,
    'empty.csv': '',
    'blank.csv': '\n\n',
    'header.csv': 'x,y,a\n',
    'short.csv': 'x,y,a\n1,2,3\n0,1\n',
    'long.csv': 'x,y,a\n1,2,3\n0,1,2,9\n',
    'quote.csv': 'x,y,a\n1,2,"3\n0,1,2\n',
    'latin1.csv': 'x,y,a\n1,2,3\n',
    'text.csv': `x,y,a\n${ROWS.map((row, i) => row.replace(/,\d,/, `,${['low', 'mid', 'high'][i % 3]},`)).join('\n')}\n`,
    'stray.csv': `x,y,a\n${ROWS.join('\n')}\n1,n.a.,2\n`,
    'constant.csv': `x,y,a\n${ROWS.map((row) => row.replace(/^\d/, '1')).join('\n')}\n`,
    'twice.csv': 'x,x,y,a\n1,2,3,4\n',
    'separated.csv': `x,y,a\n${ROWS.map((row, i) => `${i % 2},${row.split(',')[1]},${i % 2}`).join('\n')}\n`,
    'data.xlsx': 'not a table',
    'good.causal': SPEC('good.csv'),
    'missing.causal': SPEC('nope.csv'),
    'empty.causal': SPEC('empty.csv'),
    'blank.causal': SPEC('blank.csv'),
    'header.causal': SPEC('header.csv'),
    'short.causal': SPEC('short.csv'),
    'long.causal': SPEC('long.csv'),
    'quote.causal': SPEC('quote.csv'),
    'text.causal': SPEC('text.csv'),
    'stray.causal': SPEC('stray.csv'),
    'constant.causal': SPEC('constant.csv'),
    'twice.causal': SPEC('twice.csv'),
    'separated.causal': SPEC('separated.csv'),
    'excel.causal': SPEC('data.xlsx'),
    'column.causal': SPEC('good.csv', 'wage'),
    'nodata.causal': SPEC('good.csv').replace(/^data.*\n/, ''),
    'cycle.causal': `${SPEC('good.csv')}y -> a\n`,
    'broken.causal': Array.from({ length: 50 }, () => '-> ) { "').join('\n'),
    'long-spec.causal': `data "good.csv"\nvariable x, y, a\na -> x, y\nx -> y\ntreatment x\noutcome y\nestimate regression { adjust a }\n${long}\n`,
  });
});
afterAll(() => folder.remove());

const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path });

function expectClean({ stdout, stderr }: CliResult): void {
  expect(stdout + stderr).not.toMatch(/\n {4}at |Error:|node:internal|undefined|NaN|\[object/);
}

const CASES: readonly [name: string, message: RegExp][] = [
  ['missing', /There is no file .*nope\.csv\. Paths are relative to the spec's own folder\./],
  ['empty', /empty\.csv is empty\. Its first line has to name the columns\./],
  ['blank', /blank\.csv is empty/],
  ['header', /no rows/i],
  ['short', /short\.csv, line 3: 2 values where the header names 3 columns\. Mend that line/],
  ['long', /long\.csv, line 3: 4 values where the header names 3 columns\..*comma needs quotes/],
  ['quote', /quote\.csv, line 2: a quoted value has no closing quote/],
  ['text', /The outcome y holds text \(high, low, mid, …\)|The outcome y holds text/],
  ['stray', /y holds numbers, and text in 1 of 61 rows \("n\.a\."\)/],
  ['constant', /x has only one value|x is 1 in every row/],
  ['twice', /The header names x twice/],
  ['excel', /data\.xlsx is of a kind that is not read/],
  ['column', /The data have no column wage/],
];

describe('data', () => {
  for (const [name, message] of CASES) {
    it(`${name}: is told by check`, async () => {
      const result = await run('check', `${name}.causal`);
      expectClean(result);
      if (name === 'stray') return;
      expect(result.stdout.replace(/\s+/g, ' ')).toMatch(message);
      expect(result.code).toBe(name === 'constant' ? 0 : 1);
    });
    it(`${name}: is told by estimate, in text and in JSON`, async () => {
      const text = await run('estimate', `${name}.causal`);
      expectClean(text);
      expect(text.code).toBe(1);
      expect(text.stdout.replace(/\s+/g, ' ')).toMatch(message);
      const json = await run('estimate', `${name}.causal`, '--format', 'json');
      expectClean(json);
      expect(json.code).toBe(1);
      const [entry] = JSON.parse(json.stdout);
      const messages = [
        entry.error?.message,
        ...entry.estimates.map((each: { error?: { message: string } }) => each.error?.message),
      ];
      expect(messages.join(' ')).toMatch(message);
    });
  }
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
  it('asks for data where the spec names none, and takes --data', async () => {
    const without = await run('estimate', 'nodata.causal');
    expect(without.stdout).toMatch(/names no data.*--data/s);
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
  ])('%j', async (args, message) => {
    const result = await run(...args);
    expectClean(result);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
  });
});
