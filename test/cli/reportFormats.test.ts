/** What `causal report` writes beside the page: Markdown with pictures, the paragraph on methods, scripts. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';
import { parseXml } from '../views/xml.ts';

const root = resolve(import.meta.dirname, '../..');
const MUSIC = resolve(root, 'examples/music/music.causal');
let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  const rows = Array.from({ length: 100 }, (_, i) => `${i % 2},${(i * 13) % 7}`);
  folder = folderWith({ 'd.csv': `x,y\n${rows.join('\n')}\n` });
});
afterEach(() => folder.remove());

const report = (...args: string[]) => runCli(['report', ...args], { cwd: folder.path });

describe('a report in Markdown', () => {
  it('has every part, and pictures that need nothing else beside it', async () => {
    expect(await report(MUSIC, '-o', 'my report #1.md')).toEqual({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(join(folder.path, 'my report #1.md'), 'utf8');
    const headings = [...(text.split('### The spec')[0] ?? '').matchAll(/^#{1,2} (.*)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(headings).toEqual([
      'Music app personalisation',
      'The graph',
      'What the graph identifies',
      'The data',
      'Estimates',
      'What was expected',
      'Methods in a paragraph',
      'How to reproduce this',
    ]);
    const shown = [...text.matchAll(/^!\[[^\]]*\]\(([^)]*)\)$/gm)].map(([, address = '']) =>
      decodeURIComponent(address),
    );
    expect(shown.every((address) => existsSync(join(folder.path, address)))).toBe(true);
    expect(shown.map((address) => address.replace(/^.*\//, '')).sort()).toEqual(
      readdirSync(join(folder.path, 'my report #1-pictures')).sort(),
    );
    expect(shown).toEqual(
      expect.arrayContaining(
        ['graph', 'forest-1', 'estimate-1-3-love'].map((name) => `my report #1-pictures/${name}.svg`),
      ),
    );
    for (const address of shown) {
      const svg = readFileSync(join(folder.path, address), 'utf8');
      parseXml(svg);
      expect(svg).not.toMatch(/var\(|color-mix|@media|<script|https?:\/\/(?!www\.w3\.org)/);
    }
    // Each row of a table has as many cells as its head.
    for (const [block] of text.matchAll(/(?:^\|.*\|\n)+/gm)) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.match(/(?<!\\)\|/g)?.length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text).toContain(
      '| **Randomised rollout** identified by the graph | 0.982 | 0.911 to 1.054 | 0.037 | 49,752 | instrument: rollout |',
    );
  });

  it('goes to standard output without pictures', async () => {
    const { code, stdout } = await report(MUSIC, '--format', 'md');
    expect(code).toBe(0);
    expect(stdout).not.toContain('![');
    expect(readdirSync(folder.path)).toEqual(['d.csv']);
  });

  it('shows what is Markdown or markup in names and notes as text', async () => {
    const spec = [
      'model "# <script>alert(1)</script> *bold* [a](b)"',
      'data "d.csv"',
      'variable x : binary "| a | `code` $1$ &lt;"',
      'variable y',
      'x -> y "1. <b>"',
      'treatment x',
      'outcome y',
      'estimate difference as "```"',
    ].join('\n');
    const { stdout } = await runCli(['report', '-', '--format', 'md'], { cwd: folder.path, input: spec });
    const [before = ''] = stdout.split('### The spec');
    expect(before.split('\n')[0]).toBe('# \\# \\<script\\>alert(1)\\</script\\> \\*bold\\* \\[a\\](b)');
    expect(before).toContain('**x** \\| a \\| \\`code\\` \\$1\\$ &amp;lt;');
    expect(before).toContain('- x → y: 1\\. \\<b\\>');
    expect(before).toContain('#### \\`\\`\\`');
    expect(stdout).toContain('````causal\nmodel "#');
  });
});

describe('the paragraph on methods', () => {
  it('is written alone', async () => {
    const { code, stdout } = await report(MUSIC, '--format', 'method', '--seed', '5');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^We estimated the effect of personalized on engagement, .*\(seed 5\)\.\n$/);
    expect(stdout).toContain('The data (music.csv) hold 50,000 rows');
  });

  it('says why there is none', async () => {
    const input = 'variable x, y\nx -> y\ntreatment x\noutcome y\n';
    const { code, stderr } = await runCli(['report', '-', '--format', 'method'], { input });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('There is nothing to tell of: The spec names no data'),
    ]);
  });
});

describe('scripts', () => {
  it('are chosen by the ending, or by name where two tools share one', async () => {
    expect((await report(MUSIC, '-o', 'm.py')).code).toBe(0);
    expect(readFileSync(join(folder.path, 'm.py'), 'utf8')).toContain('from dowhy import CausalModel');
    expect((await report(MUSIC, '-o', 'm.R')).code).toBe(0);
    expect(readFileSync(join(folder.path, 'm.R'), 'utf8')).toMatch(/^library\(fixest\)/);
    expect((await report(MUSIC, '-o', 'm.R', '--format', 'dagitty')).code).toBe(0);
    expect(readFileSync(join(folder.path, 'm.R'), 'utf8')).toMatch(/^library\(dagitty\)/);
  });

  it.each([
    [['-o', 'm.py', '--format', 'md'], /--format md does not go with m\.py/],
    [['-o', 'm.causal'], /m\.causal is not a page/],
    [['-o', 'nowhere/m.md'], /nowhere\/m\.md cannot be written/],
    [['--format', 'pdf'], /html, md, method, dowhy, dagitty/],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await report(MUSIC, ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
