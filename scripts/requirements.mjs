/**
 * What the tests need besides npm packages: Chromium, to look at the editor, and Neovim, a second client of the
 * language server. As root on Debian they are installed; elsewhere they are looked for, and where they are missing
 * the reason says what to run.
 *
 * `node scripts/requirements.mjs` does it by hand and prints what it found.
 */

import fs from 'node:fs';
import path from 'node:path';
import { run } from './lib/child.mjs';
import { isMain } from './lib/isMain.mjs';

/** Debian's packages: the programs, and fonts so that Chromium has letters to draw with. */
const debianPackages = {
  chromium: ['chromium', 'fonts-dejavu-core', 'fonts-inter', 'fonts-jetbrains-mono'],
  nvim: ['neovim'],
};

/** By these their user says which program to take. */
const variables = { chromium: 'CAUSAL_CHROMIUM', nvim: 'CAUSAL_NVIM' };

const chromiumNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const chromiumPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function executable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find(executable);
}

/** The Chromium to be used: CAUSAL_CHROMIUM, else one on the PATH or at a usual place; null where there is none. */
export function findChromium() {
  const chosen = process.env[variables.chromium];
  if (chosen) return executable(chosen) ? chosen : null;
  return chromiumNames.map(onPath).find(Boolean) ?? chromiumPlaces.find(executable) ?? null;
}

/** The Neovim to be used: CAUSAL_NVIM, else the one on the PATH; null where there is none. */
export function findNeovim() {
  const chosen = process.env[variables.nvim];
  if (chosen) return executable(chosen) ? chosen : null;
  return onPath('nvim') ?? null;
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(fs.readFileSync('/etc/os-release', 'utf8')) && onPath('apt-get') !== undefined;
  } catch {
    return false;
  }
}

function howToGet(name, debian, brew, variable) {
  if (process.env[variable]) return `${variable} is set to ${process.env[variable]}, which is not a program`;
  const command = {
    linux: `install it (on Debian: sudo apt-get install ${debian.join(' ')})`,
    darwin: `install it (brew install ${brew})`,
  }[process.platform];
  return `${name} was not found: ${command ?? 'install it'}, or set ${variable} to its path`;
}

function look() {
  const chromium = findChromium();
  const nvim = findNeovim();
  return {
    chromium: chromium
      ? { path: chromium, reason: null }
      : {
          path: null,
          reason: howToGet('Chromium', debianPackages.chromium, '--cask chromium', variables.chromium),
        },
    nvim: nvim
      ? { path: nvim, reason: null }
      : { path: null, reason: howToGet('Neovim', debianPackages.nvim, 'neovim', variables.nvim) },
  };
}

async function aptInstall(packages, { log, signal }) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], { env, signal });
  log(`installing ${packages.join(', ')} from Debian's packages`);
  const updated = await apt('update');
  const installed = await apt('install', '-y', '--no-install-recommends', ...packages);
  if (installed.code !== 0) log(`apt-get failed:\n${updated.output}${installed.output}`);
}

/**
 * Sees to it that what `names` lists (of `chromium` and `nvim`) is there, installing it as root on Debian.
 * Returns `{ chromium, nvim }`, each `{ path, reason }`: where it is, or null and why not, with the command to run.
 */
export async function ensureRequirements(names = ['chromium', 'nvim'], { log = () => {}, signal } = {}) {
  const found = look();
  const missing = names.filter((name) => found[name].path === null && !process.env[variables[name]]);
  if (missing.length === 0 || !isDebian() || process.getuid?.() !== 0) return found;
  await aptInstall(
    missing.flatMap((name) => debianPackages[name]),
    { log, signal },
  );
  return look();
}

if (isMain(import.meta.url)) {
  const found = await ensureRequirements(undefined, { log: console.log });
  for (const [name, { path: place, reason }] of Object.entries(found))
    console.log(`${name}: ${place ?? reason}`);
}
