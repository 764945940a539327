/** `causal fmt`: in place, from standard input, and as a check. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

const LOOSE = '# why\nvariable x,y   # both\nx->y\ntreatment x\noutcome   y\n';
const NEAT = '# why\nvariable x, y # both\n\nx -> y\n\ntreatment x\noutcome y\n';

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ 'loose.causal': LOOSE, 'broken.causal': 'variable x\nx -> -> y\n' });
});
afterEach(() => folder.remove());

const run = (args: readonly string[], input = '') => runCli(['fmt', ...args], { cwd: folder.path, input });
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

describe('fmt', () => {
  it('lays out a file in place and names it, and leaves it alone the next time', async () => {
    expect(await run(['loose.causal'])).toEqual({ code: 0, stdout: 'loose.causal\n', stderr: '' });
    const once = read('loose.causal');
    expect(once.replaceAll(/ +/g, ' ')).toBe(NEAT);
    expect(await run(['loose.causal'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(read('loose.causal')).toBe(once);
  });

  it('only names what it would change with --check', async () => {
    expect(await run(['loose.causal', '--check'])).toEqual({ code: 1, stdout: 'loose.causal\n', stderr: '' });
    expect(read('loose.causal')).toBe(LOOSE);
  });

  it('prints standard input laid out', async () => {
    const { code, stdout } = await run(['-'], LOOSE);
    expect([code, stdout.replaceAll(/ +/g, ' ')]).toEqual([0, NEAT]);
  });

  it('keeps line ends and a byte-order mark', async () => {
    writeFileSync(join(folder.path, 'loose.causal'), `\uFEFF${LOOSE.replaceAll('\n', '\r\n')}`);
    await run(['loose.causal']);
    expect(read('loose.causal')).toMatch(/^\uFEFF# why\r\n/);
    expect(read('loose.causal').replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('leaves a file with a syntax error as it is, says where it is, and lays out the others', async () => {
    const { code, stdout, stderr } = await run(['.']);
    expect([code, stdout]).toEqual([1, 'loose.causal\n']);
    expect(stderr).toMatch(/^broken\.causal:2:\d+ is not laid out: /);
    expect(read('broken.causal')).toBe('variable x\nx -> -> y\n');
  });
});
