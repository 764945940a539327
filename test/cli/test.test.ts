/** `causal test`: what passes, what fails and what does not count, for people and for machines. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

/** y depends on x and a; a on nothing; c is a copy of a but for one row in ten, so that a and c go together. */
const ROWS = Array.from({ length: 400 }, (_, i) => {
  const [x, a] = [i % 2, Math.floor(i / 2) % 5];
  const noise = ((i * 37) % 19) - 9;
  return [x, 2 * x + a + noise / 9, a, i % 10 === 0 ? 0 : a].join(',');
});
const HEAD = 'data "d.csv"\nvariable x : binary\nvariable y, a, c\nx, a, c -> y\ntreatment x\noutcome y\n';

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ 'd.csv': `x,y,a,c\n${ROWS.join('\n')}\n` });
});
afterEach(() => folder.remove());

const run = (spec: string, ...args: string[]) =>
  runCli(['test', '-', ...args], { cwd: folder.path, input: HEAD + spec });

interface Test {
  readonly group: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly line: number;
}

async function tests(spec: string): Promise<Test[]> {
  return JSON.parse((await run(spec, '--format', 'json')).stdout).files[0].tests;
}

describe('test', () => {
  it('tells each expectation of an estimate with its line and what it is', async () => {
    const found = await tests('estimate difference as "Plain" {\n  expect estimate > 1\n  expect se > 1\n}');
    expect(found.filter(({ group }) => group === 'estimates')).toEqual([
      {
        group: 'estimates',
        name: 'Plain: estimate > 1',
        status: 'passed',
        message: expect.stringMatching(/^estimate is 2/),
        line: 8,
      },
      {
        group: 'estimates',
        name: 'Plain: se > 1',
        status: 'failed',
        message: expect.stringMatching(/^se is 0\./),
        line: 9,
      },
    ]);
  });

  it('fails for an estimate that cannot run, one by one', async () => {
    const found = await tests('estimate iv { expect p < 0.05; expect n > 10 }');
    const estimates = found.filter(({ group }) => group === 'estimates');
    expect(estimates.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(estimates[0]?.message).toMatch(/iv needs an instrument/);
  });

  it('counts an implication that fails only where an answer rests on it, or all are expected to hold', async () => {
    const status = async (spec: string) =>
      (await tests(spec)).find(({ name }) => name.includes('a and c are independent'))?.status;
    expect(await status('')).toBe('skipped');
    expect(await status('expect implications')).toBe('failed');
    expect(await status('a <-> c')).toBeUndefined();
  });

  it('asks the data what is expected of them', async () => {
    const found = await tests('expect x independent of a\nexpect a independent of c\nexpect identifiable');
    const own = found.filter(({ group }) => group !== 'implications');
    expect(own.map(({ name, status }) => [name, status])).toEqual([
      ['the effect is identifiable', 'passed'],
      ['x independent of a', 'passed'],
      ['a independent of c', 'failed'],
    ]);
  });

  it('fails where the data cannot be read, and for a line that cannot', async () => {
    const missing = await runCli(['test', '-', '--data', 'none.csv'], {
      cwd: folder.path,
      input: `${HEAD}expect x independent of a\nestimate difference { expect p < 1 }`,
    });
    expect(missing.code).toBe(1);
    expect(missing.stdout.match(/There is no file/g)).toHaveLength(2);
    const broken = await run('expect identifiable of');
    expect([broken.code, /✗ the spec can be read/.test(broken.stdout)]).toEqual([1, true]);
  });

  it('is well-formed JUnit and TAP, whatever the names', async () => {
    const spec = 'estimate difference as "<&\\"#> \\n two" { expect estimate > 1e3 }';
    const junit = await run(spec, '--format', 'junit');
    expect(junit.code).toBe(1);
    expect(junit.stdout).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="causal" tests="\d+" failures="1"/,
    );
    expect(junit.stdout).toContain('&lt;&amp;&quot;#');
    const opened = junit.stdout.match(/<(testsuites?|testcase|failure|skipped)[ >]/g)?.length;
    const closed = junit.stdout.match(/<\/(testsuites?|testcase|failure)>|\/>/g)?.length;
    expect(opened).toBe(closed);
    const tap = (await run(spec, '--format', 'tap')).stdout.split('\n');
    expect(tap[0]).toBe('TAP version 14');
    const numbered = tap.filter((line) => /^(not )?ok \d+ - /.test(line));
    expect(tap[1]).toBe(`1..${numbered.length}`);
    expect(numbered.every((line) => !/(^|[^\\])#(?! SKIP)/.test(line))).toBe(true);
  });

  it('says of a spec without expectations what could be added', async () => {
    const { code, stdout } = await runCli(['test', '-'], { input: 'variable x, y\nx -> y' });
    expect([code, /It expects nothing/.test(stdout)]).toEqual([0, true]);
  });
});
