/** The peers of a suite in a Python environment of their own, in the user's cache folder. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache.ts';

export interface PeerSet {
  /** Name of the environment's folder. */
  readonly folder: string;
  /** As pip takes them: the versions that the figures in bench/README.md are of. */
  readonly packages: readonly string[];
  /** What can be imported once they are there. */
  readonly modules: readonly string[];
}

/** The Python that has the peers, installed where they were not, or why there is none, for people. */
export type Peers =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'missing'; readonly message: string };

export function installPeers(peers: PeerSet): Peers {
  const folder = cacheFolder(peers.folder);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (isReady(python, peers)) return { kind: 'ready', python };
  const system = ['python3', 'python'].find((name) => runs(name, ['--version']));
  if (system === undefined)
    return missing(
      'There is no Python here. The peers need Python 3.10 or newer as `python3`, with venv and pip.',
    );
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  console.log(`Installing ${peers.packages.join(', ')} into ${folder} …\n`);
  if (!runs(system, ['-m', 'venv', folder]))
    return missing(
      `\`${system} -m venv\` fails: it may have to be installed apart from Python (python3-venv).`,
    );
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...peers.packages];
  if (!runs(python, install, 'inherit'))
    return missing(
      'pip could not install the peers; what it printed says why. Without a network, fill its cache or name an index with PIP_INDEX_URL.',
    );
  return isReady(python, peers)
    ? { kind: 'ready', python }
    : missing(`The peers are installed in ${folder}, but cannot be imported.`);
}

function isReady(python: string, { modules }: PeerSet): boolean {
  return fs.existsSync(python) && runs(python, ['-W', 'ignore', '-c', `import ${modules.join(', ')}`]);
}

function runs(command: string, args: readonly string[], stdio: 'ignore' | 'inherit' = 'ignore'): boolean {
  return spawnSync(command, args, { stdio }).status === 0;
}

function missing(message: string): Peers {
  return { kind: 'missing', message };
}
