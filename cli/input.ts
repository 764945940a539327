/** Reads specs: files, folders searched for `*.causal`, or `-` for standard input. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { UsageError } from './arguments.ts';

export interface SpecFile {
  /** As given, for messages; `-` for standard input. */
  readonly name: string;
  /** Folder that relative data paths start from. */
  readonly folder: string;
  readonly text: string;
}

/** Reads every spec that the arguments name, in their order; a folder's in the order of their paths. */
export async function readSpecs(names: readonly string[]): Promise<SpecFile[]> {
  if (names.length === 0) throw new UsageError('Name a .causal file, a folder, or - for standard input.');
  const files: SpecFile[] = [];
  for (const name of names) {
    if (name === '-') files.push({ name, folder: process.cwd(), text: await readText(process.stdin) });
    else for (const path of await specPaths(name)) files.push(await readSpec(path));
  }
  return files;
}

/** The one spec that a command takes. */
export async function readOneSpec(names: readonly string[]): Promise<SpecFile> {
  const files = await readSpecs(names);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError('This command takes one .causal file.');
  return file;
}

/** Endings of files with data. */
export const DATA_FILE = /\.(csv|tsv|tab|parquet|jsonl|ndjson|xlsx?|dta|sav|feather|arrow)(\.gz)?$/i;

/** The text of a file of any kind, or of standard input for `-`. */
export async function readTextFile(name: string): Promise<string> {
  if (name === '-') return readText(process.stdin);
  return readFile(name, 'utf8').catch((error: unknown) => {
    throw unreadable(name, error);
  });
}

async function specPaths(name: string): Promise<readonly string[]> {
  const found = await stat(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (!found.isDirectory()) {
    if (DATA_FILE.test(name)) {
      throw new UsageError(`${name} is data and no spec. Name the .causal file, and the data with --data.`);
    }
    return [name];
  }
  const paths = (await causalFiles(name)).sort();
  if (paths.length === 0) throw new UsageError(`There is no .causal file in ${name}.`);
  return paths;
}

async function causalFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : causalFiles(path);
      return entry.name.endsWith('.causal') ? [path] : [];
    }),
  );
  return found.flat();
}

async function readSpec(path: string): Promise<SpecFile> {
  try {
    return { name: path, folder: dirname(resolve(path)), text: await readFile(path, 'utf8') };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(name: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new UsageError(`There is no file ${name}.`);
  if (code === 'EISDIR') return new UsageError(`${name} is a folder. Name a file in it.`);
  if (code === 'EACCES') return new UsageError(`${name} cannot be read: no permission.`);
  return new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
}
