/**
 * `node supervise.mjs FOLDER PROGRAM ARGUMENT…` runs a program, and as soon as the standard input closes ends everything
 * that it started and removes FOLDER, where it kept its files. The input closes when whoever started us stops, crashes or is killed:
 * in no case is anything left behind. To be started with `detached: true`, so that no signal for the starter reaches us.
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { signalGroup } from '../../scripts/lib/child.mjs';

const GRACE_MS = 5_000;
const [folder, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

function stop() {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

process.stdin.on('close', stop).resume();
child.on('error', (error) => console.error(error.message));
child.on('exit', () => {
  // What the program may have left running goes with it; a moment earlier it may still have been ending by itself.
  setTimeout(() => {
    signalGroup(child, 'SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    process.exit();
  }, 100);
});
