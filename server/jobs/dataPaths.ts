/** Which files a path of data means: one, or all that fit a pattern such as `logs/*.csv`. */

import { type Dirent, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileStamp } from '../fileStamp.ts';
import { type DataFailure, dataFailure } from './failure.ts';

/** More files than anyone means to read as one table. */
const MOST_FILES = 10_000;

/** Does the path hold `*` or `?`, and is no file called so? */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path) && !existsSync(path);
}

/**
 * The files of an absolute path, by name (in code units). In a pattern `*` and `?` stand for any characters, or one, of a name, and `**` for any folders;
 * names that start with a point fit only where the pattern says so. A path without a pattern is handed back whether or not there is such a file.
 *
 * Fails where nothing fits the pattern, or too much.
 */
export async function expandPaths(path: string): Promise<readonly string[] | DataFailure> {
  if (!isPattern(path)) return [path];
  const [root = '', ...steps] = path.split(/[/\\]+/);
  const found: string[] = [];
  await collect(root === '' ? sep : `${root}${sep}`, steps, found);
  if (found.length > MOST_FILES) {
    return dataFailure('data-unreadable', `More than ${MOST_FILES} files fit ${path}. Name a folder.`);
  }
  if (found.length === 0) {
    return dataFailure(
      'data-not-found',
      `No file fits ${path}. Paths are relative to the spec's own folder; \`*\` stands for any name, \`**\` for any folders.`,
    );
  }
  return [...new Set(found)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Adds the files below `folder` that fit the steps. */
async function collect(folder: string, steps: readonly string[], found: string[]): Promise<void> {
  const [step, ...rest] = steps;
  if (step === undefined || found.length > MOST_FILES) return;
  if (!/[*?]/.test(step)) {
    const path = join(folder, step);
    if (rest.length > 0) await collect(path, rest, found);
    else if (existsSync(path)) found.push(path);
    return;
  }
  const entries = await entriesOf(folder);
  if (step === '**') await collect(folder, rest.length === 0 ? ['*'] : rest, found);
  const fits = step === '**' ? /^[^.]/ : nameTest(step);
  for (const { name, folder: isFolder } of entries) {
    if (!fits.test(name)) continue;
    const path = join(folder, name);
    if (isFolder && step === '**') await collect(path, steps, found);
    else if (isFolder && rest.length > 0) await collect(path, rest, found);
    else if (!isFolder && rest.length === 0 && step !== '**') found.push(path);
  }
}

/** A folder that cannot be looked into holds nothing that fits. */
async function entriesOf(folder: string): Promise<{ name: string; folder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  return Promise.all(
    entries.map(async (entry) => ({
      name: entry.name,
      // A link counts as what it leads to, but folders are not followed in circles.
      folder: entry.isSymbolicLink() ? false : entry.isDirectory(),
    })),
  );
}

function nameTest(step: string): RegExp {
  const parts = [...step].map((character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${step.startsWith('.') ? '' : '(?!\\.)'}${parts.join('')}$`, 'su');
}

/** What tells one state of the files of a path from another: alike only while nobody has written one of them. Never rejects. */
export async function stateOfPaths(path: string): Promise<string> {
  const paths = await expandPaths(path);
  if ('kind' in paths) return 'absent';
  const states = await Promise.all(
    paths.map(async (each) => fileStamp(await stat(each).catch(() => null)) ?? 'absent'),
  );
  return paths.length === 1
    ? (states[0] ?? 'absent')
    : paths.map((each, i) => `${each} ${states[i]}`).join('\n');
}
