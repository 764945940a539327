/** `causal graph --format png`: pictures that every program opens. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, runCli } from '../support/cli.ts';

const MUSIC = resolve(import.meta.dirname, '../../examples/music/music.causal');
let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({});
});
afterEach(() => folder.remove());

/** Bytes of all pixel rows, and the size: enough of PNG to tell a picture from a blank sheet. */
function decoded(png: Buffer): { readonly width: number; readonly height: number; readonly data: Buffer } {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    if (png.subarray(at + 4, at + 8).toString() === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
  }
  return {
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
    data: inflateSync(Buffer.concat(parts)),
  };
}

describe('a graph as PNG', () => {
  it('is twice the size of the SVG, shows something, and is the same each time', async () => {
    const draw = async (name: string): Promise<Buffer> => {
      const run = await runCli(['graph', MUSIC, '-o', name], { cwd: folder.path });
      expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
      return readFileSync(join(folder.path, name));
    };
    const png = await draw('a.png');
    const svg = String(await draw('a.svg'));
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const picture = decoded(png);
    expect([picture.width, picture.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    expect(new Set(picture.data).size).toBeGreaterThan(100);
    expect(await draw('b.png')).toEqual(png);
  });

  it('says of which characters the font has no sign', async () => {
    const input = 'variable `年`, `naïve σ → я`, x\nx -> `年`\n';
    const { code, stderr } = await runCli(['graph', '-', '-o', 'a.png'], { cwd: folder.path, input });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/no sign for 年: .*Use --format svg/)]);
    expect(stderr).not.toMatch(/no sign for [^:]*[ïσ→я]/);
  });

  it('does not go with the ending of another format', async () => {
    const { code, stderr } = await runCli(['graph', MUSIC, '--format', 'png', '-o', 'a.svg'], {
      cwd: folder.path,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--format png does not go with a.svg')]);
  });
});
