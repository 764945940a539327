/** Progress on standard error, where it is a terminal and the work takes over a second. */

import type { JobProgress } from '../server/jobs/protocol.ts';

export interface Progress {
  readonly report: JobProgress;
  /** Wipes the line. */
  done(): void;
}

const PATIENCE = 1000;

/** A progress line, silent unless somebody looks at it. */
export function progressLine(quiet: boolean): Progress {
  const start = Date.now();
  const silent = quiet || !process.stderr.isTTY;
  let shown = false;
  return {
    report: (stage, fraction) => {
      if (silent || Date.now() - start < PATIENCE) return;
      const share = fraction === null ? '' : ` ${Math.round(100 * fraction)} %`;
      process.stderr.write(`\r\u001b[2K${stage}…${share}`);
      shown = true;
    },
    done: () => {
      if (shown) process.stderr.write('\r\u001b[2K');
    },
  };
}
