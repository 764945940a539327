/** The project's own dependencies: are they what the lockfile says, and if not, put them there. Uses Node's own modules alone. */

import fs from 'node:fs';
import path from 'node:path';
import { npm, run } from './child.mjs';

const readPackages = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
};

/**
 * Whether `folder/node_modules` holds what `folder/package-lock.json` asks for. The versions that npm noted when it
 * installed are compared, not the files' times: a checkout touches times without changing anything.
 */
export function isInstalled(folder) {
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const present = readPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '' || entry.link) return true;
    const found = present[name];
    // Packages for other platforms are in the lockfile and, rightly, not in the folder.
    return found ? found.version === entry.version : Boolean(entry.optional || entry.devOptional);
  });
}

/**
 * Installs the dependencies of `folder` from its lockfile unless they are there; `log` is told before that begins.
 * Returns `{ installed, ok, output, milliseconds }`; `installed` is false where nothing had to be done.
 */
export async function ensureInstalled(folder, { args = [], signal, log = () => {} } = {}) {
  if (isInstalled(folder)) return { installed: false, ok: true, output: '', milliseconds: 0 };
  log('installing the dependencies (npm ci)');
  const call = npm(['ci', '--no-audit', '--no-fund', ...args]);
  const result = await run(call.command, call.args, { cwd: folder, shell: call.shell, signal });
  return { installed: true, ok: result.code === 0, output: result.output, milliseconds: result.milliseconds };
}
