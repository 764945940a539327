/** Files that a command makes. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './arguments.ts';

/** Writes a new file; one that is there already only where `force` says so. */
export async function writeOutput(path: string, content: string, force: boolean): Promise<void> {
  await writeFile(path, content, { flag: force ? 'w' : 'wx' }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw alreadyThere(path);
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
}

/** What is said where a file would be written over. */
export function alreadyThere(path: string): UsageError {
  return new UsageError(
    `${path} is there already and is not written over. Choose another name, or say --force.`,
  );
}

/** Does `work` with the path of a file in a folder of its own, which is removed afterwards. */
export async function withTemporaryFile<Result>(
  name: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'causal-'));
  try {
    return await work(join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
