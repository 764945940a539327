/** Child processes that leave nothing behind: each runs in a process group of its own, and the group ends with it. */

import { spawn } from 'node:child_process';

const windows = process.platform === 'win32';
const GRACE_MS = 5_000;

/**
 * Sends a signal to a child started with `detached: true` and to everything that it started.
 * A process that has already gone is no error.
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

/**
 * Runs a command to its end.
 *
 * Options: `cwd`, `env`, `shell` as of `spawn`; `timeoutMs`, after which the group is ended; `signal`, an AbortSignal that
 * ends it.
 *
 * Returns `{ code, output, milliseconds, timedOut }`; `code` is null where a signal ended the command.
 * Rejects only if the command cannot be started at all.
 */
export function run(command, args, { cwd, env, timeoutMs, signal, shell = false } = {}) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      detached: !windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
      });
    }

    let lastResort;
    const stop = () => {
      signalGroup(child, 'SIGTERM');
      lastResort ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
    };
    const limit =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        stop();
      }, timeoutMs);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();

    const settle = () => {
      clearTimeout(limit);
      clearTimeout(lastResort);
      signal?.removeEventListener('abort', stop);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    // Something that the command left running may hold its output open: what is left of the group goes with it.
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code) => {
      settle();
      resolve({ code, output, milliseconds: performance.now() - started, timedOut });
    });
  });
}

/**
 * How to call npm from a script: the npm that called us if there is one, else the one on the PATH.
 * Returns `{ command, args, shell }` to be handed to `run` or `spawn`.
 */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return { command: process.execPath, args: [cli, ...args], shell: false };
  return { command: 'npm', args, shell: windows };
}

/** An AbortSignal that fires on Ctrl-C, on SIGTERM and when the terminal goes away. */
export function interrupted() {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort(name));
  return controller.signal;
}
