/** `causal report`: a page that stands alone, says what must be said, and takes any name for text. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  const rows = Array.from({ length: 100 }, (_, i) => `${i % 2},${(i * 13) % 7}`);
  folder = folderWith({ 'd.csv': `x,y\n${rows.join('\n')}\n` });
});
afterEach(() => folder.remove());

/** Nothing on the page is fetched or run. */
function expectAlone(page: string): void {
  expect(page).not.toMatch(/<(script|link|iframe|object|img|base)\b/i);
  expect(page).not.toMatch(/\son\w+=|javascript:|url\(|@import|https?:\/\/(?!www\.w3\.org)/i);
  expect(page).toContain("default-src 'none'");
}

describe('report', () => {
  it('writes one page with every part, the same bytes each time', async () => {
    const out = join(folder.path, 'music.html');
    const run = () => runCli(['report', 'examples/music/music.causal', '-o', out], { cwd: root });
    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' });
    const page = readFileSync(out, 'utf8');
    expectAlone(page);
    for (const heading of [
      'The graph',
      'What the graph identifies',
      'The data',
      'Estimates',
      'What was expected',
      'How to reproduce this',
    ])
      expect(page).toContain(`<h2>${heading}</h2>`);
    expect(page).toContain('What is the effect of personalized on engagement?');
    expect(page).toContain('A coin decided who could get the feed first');
    expect(page).toContain('causal report examples/music/music.causal');
    expect(page).toMatch(/<dd><code>[0-9a-f]{64}<\/code><\/dd>/);
    await run();
    expect(readFileSync(out, 'utf8')).toBe(page);
  });

  it('shows markup in names and notes as text', async () => {
    const spec = [
      'model "<script>alert(1)</script>"',
      'data "d.csv"',
      'variable x : binary "<img src=x onerror=alert(1)>"',
      'variable y',
      'x -> y "\\"quoted\\" & </main>"',
      'treatment x',
      'outcome y',
      'estimate difference as "</table><b>bold"',
    ].join('\n');
    const { stdout } = await runCli(['report', '-'], { cwd: folder.path, input: spec });
    expect(stdout).not.toMatch(/<script|<img|<b>/);
    expect(stdout.match(/<\/main>/g)).toHaveLength(1);
    expect(stdout).toContain('&lt;script>alert(1)&lt;/script>');
  });

  it('says why there are no estimates, and ends with 1', async () => {
    const spec = 'data "none.csv"\nvariable x, y\nx -> y\ntreatment x\noutcome y\n';
    const { code, stdout } = await runCli(['report', '-'], { cwd: folder.path, input: spec });
    expect(code).toBe(1);
    expect(stdout).toMatch(/There is no file [^<]*none\.csv/);
    const empty = await runCli(['report', '-'], { cwd: folder.path, input: '' });
    expect(empty.code).toBe(1);
    expect(empty.stdout).toContain('The spec asks no question');
  });

  it('writes pages alone', async () => {
    const { code, stderr } = await runCli(['report', 'examples/music/music.causal', '-o', 'x.pdf'], {
      cwd: root,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/x\.pdf is not a page/)]);
  });
});
