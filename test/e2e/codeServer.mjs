/** A real VS Code served to the browser from 127.0.0.1: started with an extension installed, in a temporary folder of its own. */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/child.mjs';
import { writeSettings } from './settings.mjs';
import { codeServerEntry } from './setup.mjs';

const supervisor = fileURLToPath(new URL('supervise.mjs', import.meta.url));
const START_MS = 60_000;

/** The environment of code-server: nothing of the user's, nothing outside `home`, no extension gallery to call. */
function environment(home) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|npm_|NODE_OPTIONS$)/i.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    EXTENSIONS_GALLERY: '{}',
  };
}

function folders() {
  // Short, because the paths of sockets inside may not exceed 103 characters on macOS.
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'causal-')));
  const place = (name) => path.join(home, name);
  return { home, config: place('c.yaml'), user: place('u'), extensions: place('x'), socket: place('s.sock') };
}

function common({ config, user, extensions }) {
  return [codeServerEntry, '--config', config, '--user-data-dir', user, '--extensions-dir', extensions];
}

async function installExtension(place, env, vsix) {
  const args = [...common(place), '--install-extension', vsix, '--force'];
  const result = await run(process.execPath, args, { env, cwd: place.home, timeoutMs: START_MS });
  if (result.code !== 0) throw new Error(`${vsix} could not be installed in VS Code:\n${result.output}`);
}

/** Resolves with the address that code-server prints when it listens. */
function listening(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`code-server ${why}:\n${output.text}`));
    const limit = setTimeout(() => fail('did not start in a minute'), START_MS);
    const look = () => {
      const url = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output.text)?.[1];
      if (url === undefined) return;
      clearTimeout(limit);
      child.stdout.off('data', look);
      resolve(url);
    };
    child.stdout.on('data', look);
    child.once('exit', () => {
      clearTimeout(limit);
      fail('ended before it listened');
    });
  });
}

/** Starts the server under a supervisor that ends it with us. Returns the process, what it prints, and a promise of its end. */
function launch(place, env, port) {
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const fresh = ['--disable-getting-started-override', '--ignore-last-opened'];
  const serve = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--session-socket', place.socket];
  const command = [process.execPath, ...common(place), ...serve, ...quiet, ...fresh];
  const child = spawn(process.execPath, [supervisor, place.home, ...command], {
    env,
    cwd: place.home,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output.text += chunk;
    });
  }
  // Closing the input of a server that has just ended by itself is no error.
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve) => child.once('close', resolve));
  return { child, output, ended };
}

/**
 * Starts a VS Code with the extension `vsix` (a path; none: VS Code alone), listening on a free port of 127.0.0.1, or on `port`.
 *
 * Returns `{ url, addressOf, home, user, output, ended, stop }`: `addressOf(folder)` is the address that opens a folder;
 * `user` the folder of VS Code's user data; `output()` what the server has printed; `ended` a promise of its end.
 * `stop()` ends every process and removes `home`; both happen, too, when this process ends in any other way.
 * Throws with the server's output where it does not come up; nothing is left behind then either.
 */
export async function startCodeServer({ vsix, settings = {}, port = 0 } = {}) {
  const place = folders();
  const env = environment(place.home);
  fs.writeFileSync(place.config, '');
  writeSettings(place.user, settings);
  let server;
  const stop = async () => {
    server?.child.stdin.end();
    await server?.ended;
    fs.rmSync(place.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    if (vsix) await installExtension(place, env, vsix);
    server = launch(place, env, port);
    const { child, output, ended } = server;
    const url = await listening(child, output);
    const addressOf = (folder) => `${url}/?folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`;
    return { url, addressOf, home: place.home, user: place.user, output: () => output.text, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
