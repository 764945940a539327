/** The specs and the data files of a folder, for what looks beyond the open documents. */

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** More files than anyone lists by name. */
const MOST_FILES = 1000;

/** Folders looked into; a home folder has more than anyone waits for. */
const MOST_FOLDERS = 2000;

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

const SPEC = /\.causal$/i;
const DATA = /\.(parquet|(csv|tsv|tab|txt|jsonl|ndjson)(\.gz)?)$/i;

/** Paths of the specs in these folders and below, nearest first. */
export async function findSpecs(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(folders.map((folder) => filesBelow(folder, SPEC)));
  return [...new Set(found.flat())];
}

/** The data files in a folder and below as a spec there writes them: relative, with slashes. */
export async function findDataFiles(folder: string): Promise<readonly string[]> {
  const files = await filesBelow(folder, DATA);
  return files.map((path) => relative(folder, path).split(sep).join('/'));
}

/** Breadth first, so that where there are too many the near ones are found. Folders that cannot be read are passed over. */
async function filesBelow(root: string, wanted: RegExp): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [root];
  for (let i = 0; i < folders.length && i < MOST_FOLDERS && files.length < MOST_FILES; i++) {
    const folder = folders[i] ?? root;
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(join(folder, entry.name));
      else if (entry.isFile() && wanted.test(entry.name)) files.push(join(folder, entry.name));
    }
  }
  return files.slice(0, MOST_FILES);
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
