import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bundle = resolve(import.meta.dirname, '../../dist/cli.cjs');

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command line, as a person would; `input` is its standard input. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): Promise<CliResult> {
  if (!existsSync(bundle)) throw new Error('There is no dist/cli.cjs. Run `npm run build` first.');
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [bundle, ...args],
      { cwd: options.cwd, maxBuffer: 1 << 28 },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(options.input ?? '');
  });
}

/** A folder with these files, and a function that removes it. */
export function folderWith(files: Readonly<Record<string, string>>): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'causal-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
