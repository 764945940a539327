import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { VERSION } from '../../../server/version.ts';
import type { Reproduction } from '../../../views/report/reportPage.ts';
import type { SpecFile } from '../../input.ts';

/** What somebody needs to get the same page again. */
export async function reproductionOf(
  spec: SpecFile,
  path: string | null,
  data: string | undefined,
  seed: number | undefined,
): Promise<Reproduction> {
  const options = [
    ...(data === undefined ? [] : ['--data', data]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
  const command = ['causal', 'report', spec.name, ...options, '-o', 'report.html'].map(quoted).join(' ');
  return {
    command: spec.name === '-' ? `${command} < SPEC` : command,
    version: VERSION,
    node: process.version,
    specHash: createHash('sha256').update(spec.text).digest('hex'),
    dataHash: path === null ? null : await hashOf(path),
  };
}

/** For a POSIX shell, and readable where nothing needs quotes. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Null for what is not one readable file. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
