/** `causal refute`: which refuters are run, what is told, and when it fails. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, folderWith, runCli } from '../support/cli.ts';
import { study } from '../support/estimation.ts';

const rows = study(300);
const names = Object.keys(rows);
const csv = [
  names.join(','),
  ...(rows['t'] ?? []).map((_t, i) => names.map((name) => rows[name]?.[i]).join(',')),
].join('\n');
const GRAPH = 'data "study.csv"\nvariable a, b, t, y\na -> t, y\nt -> y\ntreatment t\noutcome y\n';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'study.csv': `${csv}\n`,
    'named.causal': `${GRAPH}estimate regression as "R" { adjust a; refute placebo, e_value }\n`,
    'plain.causal': `${GRAPH}estimate regression as "R" { adjust a }\nestimate difference\n`,
    'broken.causal': `${GRAPH}estimate regression { refute placeb }\n`,
  });
});
afterAll(() => folder.remove());

const run = (args: readonly string[]): Promise<CliResult> =>
  runCli(['refute', ...args], { cwd: folder.path });
const refuted = async (args: readonly string[]) => {
  const { stdout, code } = await run([...args, '--format', 'json']);
  return { code, estimates: JSON.parse(stdout)[0].estimates };
};
const refuters = (estimate: { refutations: readonly { refuter: string }[] }): string[] =>
  estimate.refutations.map(({ refuter }) => refuter);

describe('refute', () => {
  it('runs the refuters of the statement, and of no estimate that nobody asked for', async () => {
    const { code, estimates } = await refuted(['named.causal']);
    expect([code, estimates.length]).toEqual([0, 1]);
    expect(refuters(estimates[0])).toEqual(['placebo', 'e_value']);
    expect(estimates[0].refutations[0]).toMatchObject({
      passed: true,
      verdict: 'machinery',
      repetitions: 100,
      computation: 'cross_products',
      error: null,
    });
  });
  it('runs the standard ones where a statement names none', async () => {
    const { estimates } = await refuted(['plain.causal', '--repetitions', '20']);
    for (const estimate of estimates) {
      expect(refuters(estimate)).toEqual([
        'placebo',
        'random_common_cause',
        'subset',
        'unobserved_common_cause',
        'sensitivity',
        'e_value',
      ]);
      expect(estimate.refutations[0].repetitions).toBe(20);
    }
  });
  it('runs those of the command line in place of others, and says which cannot be asked', async () => {
    const { code, estimates } = await refuted([
      'named.causal',
      '--refuter',
      'subset',
      '--refuter',
      'rosenbaum',
    ]);
    expect(refuters(estimates[0])).toEqual(['subset', 'rosenbaum']);
    expect(estimates[0].refutations[1]).toMatchObject({
      passed: null,
      error: expect.stringContaining('matched pairs'),
    });
    expect(code).toBe(0);
  });
  it('tells verdicts, null hypotheses and cost in words', async () => {
    const { stdout } = await run(['named.causal']);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('The machinery works. That says nothing yet of whether the effect is real.');
    expect(text).toContain(
      '✓ Placebo treatment (machinery): With the treatment dealt out at random the effect vanishes',
    );
    expect(text).toContain('H₀: With a treatment that was dealt out at random, the method finds no effect.');
    expect(text).toContain('100 refits from cross-products');
  });
  it('repeats with the seed', async () => {
    const args = ['named.causal', '--refuter', 'placebo', '--format', 'json'];
    const [first, again, other] = [await run(args), await run(args), await run([...args, '--seed', '7'])];
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });
  it('fails with a spec that has an error', async () => {
    expect((await run(['broken.causal'])).code).toBe(1);
  });
  it.each([
    [['named.causal', '--refuter', 'placeb'], /There is no refuter placeb\. Did you mean placebo\?/],
    [['named.causal', '--repetitions', '3'], /at least 20/],
    [['named.causal', '--repetitions', '100000'], /up to 10000/],
  ])('%j is a usage error', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
