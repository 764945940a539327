import { pbkdf2 } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileWatch } from '../../server/transport/fileWatch.ts';
import { eventually } from '../support/eventually.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causal-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('watched files', () => {
  test('are heard of also where they come before the system looks for the first time', async () => {
    // A pool of threads that has other work to do looks later.
    for (let thread = 0; thread < 8; thread++) pbkdf2('a', 'b', 200_000, 64, 'sha512', () => {});
    const heard: string[] = [];
    const watch = createFileWatch((path) => heard.push(path));
    const path = join(folder, 'causal.config.json');
    watch.follow(new Set([path]));
    writeFileSync(path, '{}');
    await eventually(() => expect(heard).toContain(path));
    watch.follow(new Set());
  });

  test('are heard of no more once they are not followed', async () => {
    const heard: string[] = [];
    const watch = createFileWatch((path) => heard.push(path));
    const [left, followed] = [join(folder, 'left.json'), join(folder, 'followed.json')];
    watch.follow(new Set([left, followed]));
    watch.follow(new Set([followed]));
    writeFileSync(left, '{}');
    writeFileSync(followed, '{}');
    await eventually(() => expect(heard).toContain(followed));
    expect(heard).not.toContain(left);
    watch.follow(new Set());
  });
});
