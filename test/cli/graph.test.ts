import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

const HIDDEN_TASTE = resolve(import.meta.dirname, '../../examples/music/hidden-taste.causal');

const folders: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folder(files: Readonly<Record<string, string>>): string {
  const made = folderWith(files);
  folders.push(made);
  return made.path;
}

describe('causal graph', () => {
  it('draws each variable, its role in words, and the open path', async () => {
    const { code, stdout } = await runCli(['graph', HIDDEN_TASTE]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const word of ['taste', 'unmeasured confounder', 'rollout', 'instrument', 'open biasing path']) {
      expect(stdout).toContain(word);
    }
    expect(stdout).not.toMatch(/NaN|undefined|<script/);
  });

  it('draws the same picture each time', async () => {
    const pictures = await Promise.all([runCli(['graph', HIDDEN_TASTE]), runCli(['graph', HIDDEN_TASTE])]);
    expect(pictures[0]).toEqual(pictures[1]);
  });

  it('writes to a file', async () => {
    const output = join(folder({}), 'out.dot');
    const { code, stdout } = await runCli(['graph', HIDDEN_TASTE, '--format', 'dot', '-o', output]);
    expect([code, stdout]).toEqual([0, '']);
    const dot = readFileSync(output, 'utf8');
    expect(dot).toContain('"taste" -> "engagement"');
    expect(dot).toContain('"personalized" [tooltip="Shown the personalised feed", role=treatment');
  });

  it('writes as DOT what `causal import` makes a spec of with the same graph', async () => {
    const cwd = folder({});
    await runCli(['graph', HIDDEN_TASTE, '-o', 'graph.dot'], { cwd });
    const imported = await runCli(['import', 'graph.dot', '-o', 'back.causal'], { cwd });
    expect(imported).toEqual({ code: 0, stdout: '', stderr: '' });
    const graphs = await Promise.all(
      [HIDDEN_TASTE, 'back.causal'].map((spec) => runCli(['graph', spec, '--format', 'dagitty'], { cwd })),
    );
    const [before, back] = graphs.map(({ stdout }) => stdout.split('\n').sort());
    expect(back).toEqual(before);
  });

  it('draws what could be read of a spec with an error, and fails', async () => {
    const { code, stdout } = await runCli(['graph', '-', '--format', 'dot'], {
      input: 'variable x, y\nx -> y\nx -> \n',
    });
    expect(code).toBe(1);
    expect(stdout).toContain('"x" -> "y"');
  });

  it('writes the graph for other tools, by the ending of the file too', async () => {
    const cwd = folder({
      'a.causal': 'variable x, y\nx -> y [0.5]\ntreatment x\noutcome y\n#@ x [pos="0,1"]\n',
    });
    const dagitty = 'dag {\nx [exposure,pos="0,1"]\ny [outcome]\nx -> y [beta="0.5"]\n}\n';
    expect(await runCli(['graph', 'a.causal', '--format', 'dagitty'], { cwd })).toEqual({
      code: 0,
      stdout: dagitty,
      stderr: '',
    });
    for (const args of [
      ['-o', 'a.dagitty'],
      ['--format', 'dagitty', '-o', 'a.txt'],
    ]) {
      await runCli(['graph', 'a.causal', ...args], { cwd });
      expect(readFileSync(join(cwd, args.at(-1) ?? ''), 'utf8')).toBe(dagitty);
    }
  });

  it('tells what a format has no place for', async () => {
    const { code, stdout, stderr } = await runCli(['graph', '-', '--format', 'dagitty'], {
      input: 'variable constructor\n#@ constructor [pos=\n',
    });
    expect([code, stdout]).toEqual([0, 'dag {\nconstructor\n}\n']);
    expect(stderr).toMatch(
      /^-: note: Line 2: the line #@ cannot be read.*\n-: note: DAGitty itself cannot read/,
    );
  });

  it('writes over no file of another kind', async () => {
    const cwd = folder({ 'a.causal': 'variable x\n' });
    for (const [args, said] of [
      [['-o', 'a.causal'], 'a.causal has the ending of no format'],
      [['--format', 'dagitty', '-o', 'a.causal'], '--format dagitty does not go with a.causal'],
      [['--format', 'dagitty', '-o', 'a.csv'], '--format dagitty does not go with a.csv'],
      [['--format', 'dagitty', '-o', 'a.json'], '--format dagitty does not go with a.json'],
      [['--format', 'svg', '-o', 'a.txt'], '--format svg does not go with a.txt'],
    ] as const) {
      const { code, stderr } = await runCli(['graph', 'a.causal', ...args], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
    expect(readFileSync(join(cwd, 'a.causal'), 'utf8')).toBe('variable x\n');
  });

  it.each([
    [['graph'], 'Name a .causal file'],
    [['graph', HIDDEN_TASTE, '--format', 'gif'], '--format takes svg, png, dagitty, dot, gml'],
    [['graph', HIDDEN_TASTE, '-o', '/nowhere/at/all.svg'], '/nowhere/at/all.svg cannot be written'],
  ])('%j is a usage error in one line', async (args, said) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses a picture that nobody could read, and points to what can be had', async () => {
    const effects = Array.from({ length: 2500 }, (_line, i) => `variable v${i}\nv${i} -> y`);
    const path = join(folder({ 'large.causal': `variable y\n${effects.join('\n')}\n` }), 'large.causal');
    const { code, stderr } = await runCli(['graph', path]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /2501 variables and 2500 arrows are more than a picture can show\. Use --format dot/,
    );
    const { code: written, stdout } = await runCli(['graph', path, '--format', 'dot']);
    expect(written).toBe(0);
    expect(stdout).toContain('"v2499" -> "y"');
  });
});
