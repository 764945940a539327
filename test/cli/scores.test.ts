/** `causal scores`: the rows of the file as they are, with what the estimates say of each. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';
import { study } from '../support/estimation.ts';

const ROWS = study(300);
const NAMES = ['a', 'b', 't', 'y', 'weight'];
const SPEC = [
  'data "d.csv" { where a > -1.5 }',
  'variable t : binary',
  'variable a, b, y',
  'a, b -> t, y',
  't -> y',
  'treatment t',
  'outcome y',
  '',
].join('\n');

/** The 10th row has no b, and there is a column of the name that scores have. */
function csv(): string {
  const rows = ROWS['y']!.map((_y, i) =>
    NAMES.map((name) => (name === 'weight' ? '007' : name === 'b' && i === 9 ? 'NA' : ROWS[name]![i])).join(
      ',',
    ),
  );
  return `${NAMES.join(',')}\n${rows.join('\n')}\n`;
}

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ 'd.csv': csv(), 'a.causal': SPEC });
});
afterEach(() => folder.remove());

const run = (...args: string[]) => runCli(['scores', ...args], { cwd: folder.path });

function read(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(folder.path, name), 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
}

describe('scores', () => {
  it('writes every row with its own values and the scores, and nothing where the row is not used', async () => {
    const { code, stdout } = await run('a.causal', '-o', 'out.csv');
    expect([code, stdout]).toEqual([0, expect.stringContaining('300 rows written to out.csv')]);
    const rows = read('out.csv');
    expect(rows).toHaveLength(300);
    expect(Object.keys(rows[0]!)).toEqual([
      ...NAMES,
      'row',
      'propensity',
      'weight_ipw',
      'weight_stratification',
      'stratum',
      'weight_matching',
      'matched_row',
    ]);
    // In either arm the weight is inverse to the propensity of that arm, times one number.
    const scales = new Map([0, 1].map((t) => [t, [] as number[]]));
    for (const [i, row] of rows.entries()) {
      expect([row['row'], row['weight'], Number(row['y'])]).toEqual([String(i + 1), '007', ROWS['y']![i]]);
      const used = Number(row['a']) > -1.5 && i !== 9;
      expect(row['propensity'] === '', `row ${i + 1}`).toBe(!used);
      if (!used) continue;
      const [t, p] = [Number(row['t']), Number(row['propensity'])];
      scales.get(t)?.push(Number(row['weight_ipw']) * (t === 1 ? p : 1 - p));
      expect(row['stratum']).toMatch(/^[1-5]$/);
      if (row['matched_row'] === '') continue;
      // A match is a row of the other arm that is used too.
      const match = rows[Number(row['matched_row']) - 1]!;
      expect(match['t']).not.toBe(row['t']);
      expect(match['propensity']).not.toBe('');
    }
    for (const each of scales.values()) expect(Math.max(...each) / Math.min(...each)).toBeCloseTo(1, 9);
  });

  it('adds an effect for each row where that is asked for', async () => {
    const { code } = await run('a.causal', '-o', 'out.tsv', '--method', 'ipw', '--effects');
    expect(code).toBe(0);
    expect(readFileSync(join(folder.path, 'out.tsv'), 'utf8').split('\n')[0]).toMatch(/\teffect(\t|$)/);
  });

  it('writes what some methods give though others cannot, and ends with 1', async () => {
    const { code, stdout } = await run(
      'a.causal',
      '-o',
      'out.csv',
      '--method',
      'regression',
      '--method',
      'ipw',
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/regression gives rows nothing of their own/);
    expect(read('out.csv')[0]).toHaveProperty('propensity');
  });

  it.each([
    [['a.causal'], /Name the file to write/],
    [['a.causal', '-o', 'out.xlsx'], /is of a kind that is not written/],
    [['a.causal', '-o', 'out.csv', '--method', 'magic'], /There is no method magic/],
  ])('%j is a usage error', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('says what keeps it from the rows', async () => {
    writeFileSync(join(folder.path, 'b.causal'), SPEC.replace('d.csv', 'none.csv'));
    const { code, stderr } = await run('b.causal', '-o', 'out.csv');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/There is no file .*none\.csv/)]);
  });
});
