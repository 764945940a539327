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
    expect(dot).toContain('"taste" -> "engagement" [penwidth=2, biasing=true');
    expect(dot).toContain('"personalized" [role=treatment');
  });

  it('draws what could be read of a spec with an error, and fails', async () => {
    const { code, stdout } = await runCli(['graph', '-', '--format', 'dot'], {
      input: 'variable x, y\nx -> y\nx -> \n',
    });
    expect(code).toBe(1);
    expect(stdout).toContain('"x" -> "y"');
  });

  it.each([
    [['graph'], 'Name a .causal file'],
    [['graph', HIDDEN_TASTE, '--format', 'png'], '--format takes svg, dot; it got png.'],
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
