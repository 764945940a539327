/** Hears of changes of files that no client watches for the server: those outside its folders, and all where it watches none. */

import { type StatsListener, statSync, unwatchFile, watchFile } from 'node:fs';
import { fileStamp } from '../fileStamp.ts';

export interface FileWatch {
  /** These files, and no others, are watched from now on. They need not exist. */
  follow(paths: ReadonlySet<string>): void;
}

/** How often a file's state is looked at, in milliseconds: looking works on every file system, and for files yet to come. */
const INTERVAL = 1500;

function stateOf(path: string): string | null {
  return fileStamp(statSync(path, { throwIfNoEntry: false }));
}

/** Calls `changed` with the path of a watched file whose time or size has changed, or that has come or gone. */
export function createFileWatch(changed: (path: string) => void): FileWatch {
  const listeners = new Map<string, StatsListener>();
  return {
    follow: (paths) => {
      for (const [path, listener] of listeners) {
        if (paths.has(path)) continue;
        unwatchFile(path, listener);
        listeners.delete(path);
      }
      for (const path of paths) {
        // A name that the system cannot have names no file that could change.
        if (listeners.has(path) || path.includes('\0')) continue;
        const listener: StatsListener = (now, before) => {
          if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) changed(path);
        };
        // The server's life does not hang on it.
        watchFile(path, { interval: INTERVAL, persistent: false }, listener);
        listeners.set(path, listener);
        // The system's first look comes later, and takes for given what came or went in between.
        const known = stateOf(path);
        const lookAgain = (): void => {
          if (listeners.get(path) === listener && stateOf(path) !== known) changed(path);
        };
        setTimeout(lookAgain, INTERVAL).unref();
      }
    },
  };
}
