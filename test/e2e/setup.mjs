/**
 * Makes a real VS Code ready for the browser: code-server from the npm registry, without a compiler and without any
 * other download. Its own install scripts fetch prebuilt binaries from elsewhere and want a compiler, so they are
 * skipped, and the few steps of theirs that are needed are done here.
 *
 * `node test/e2e/setup.mjs` does it by hand; a second run takes milliseconds.
 */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run } from '../../scripts/lib/child.mjs';
import { ensureInstalled } from '../../scripts/lib/install.mjs';
import { isMain } from '../../scripts/lib/isMain.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const vscode = path.join(modules, 'code-server/lib/vscode');
const stampFile = path.join(modules, '.code-server-ready');

/** The script that starts code-server, to be run by Node. */
export const codeServerEntry = path.join(modules, 'code-server/out/node/entry.js');

/** Why a VS Code in the browser cannot run on this system, or null where it can. */
export function codeServerUnsupported() {
  if (process.platform === 'linux' || process.platform === 'darwin') return null;
  return 'code-server, the VS Code for the browser, runs on Linux and macOS only; on Windows press F5 in VS Code instead.';
}

function stamp() {
  const lock = fs.readFileSync(path.join(here, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  return `${hash} ${process.platform}-${process.arch}\n`;
}

/** Whether `setUpCodeServer` has already done its work for this lockfile and this machine. */
export function isCodeServerReady() {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp();
}

async function npmStep(args, options) {
  const call = npm(args);
  const result = await run(call.command, call.args, { ...options, shell: call.shell });
  if (result.code !== 0) {
    throw new Error(`npm ${args.join(' ')} failed in ${options.cwd}:\n${result.output}`);
  }
}

function link(target, at) {
  fs.rmSync(at, { force: true, recursive: true });
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.symlinkSync(target, at);
}

/** File search in the editor: VS Code looks for the `rg` binary where its own install script would have put it. */
function placeRipgrep() {
  const binary = path.join(modules, `@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`);
  if (!fs.existsSync(binary)) return;
  const folder = path.join(vscode, 'node_modules/@vscode/ripgrep/bin');
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(binary, path.join(folder, 'rg'));
  fs.chmodSync(path.join(folder, 'rg'), 0o755);
}

function linkHelpers() {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  link('node_modules', path.join(vscode, 'node_modules.asar'));
  link(`code-${system}.sh`, path.join(vscode, 'bin/remote-cli/code-server'));
  link(`browser-${system}.sh`, path.join(vscode, 'bin/helpers/browser.sh'));
}

/** Needs a compiler and is used for passwords alone, which are never set here; it is loaded at start-up all the same. */
function stubArgon2() {
  fs.writeFileSync(
    path.join(modules, 'argon2/argon2.js'),
    "const refuse = () => { throw new Error('argon2 is not built: this code-server takes no password'); };\n" +
      'module.exports = { hash: refuse, verify: refuse };\n',
  );
}

/**
 * Installs and readies code-server under test/e2e/node_modules. Does nothing where that is done.
 * `log` receives one line for each longer step. Throws with npm's output where a package cannot be had.
 */
export async function setUpCodeServer({ log = () => {}, signal } = {}) {
  const unsupported = codeServerUnsupported();
  if (unsupported) throw new Error(unsupported);
  if (isCodeServerReady()) return;
  log('installing code-server, a VS Code for the browser (about 340 MB under test/e2e/node_modules)');
  const installed = await ensureInstalled(here, { args: ['--ignore-scripts'], signal });
  if (!installed.ok) throw new Error(`npm ci failed in test/e2e:\n${installed.output}`);
  // Their shrinkwraps leave out peers that npm would otherwise insist on.
  const inner = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  await npmStep(inner, { cwd: vscode, signal });
  await npmStep(inner, { cwd: path.join(vscode, 'extensions'), signal });
  placeRipgrep();
  linkHelpers();
  stubArgon2();
  fs.writeFileSync(stampFile, stamp());
}

if (isMain(import.meta.url)) {
  await setUpCodeServer({ log: console.log });
  console.log('code-server is ready');
}
