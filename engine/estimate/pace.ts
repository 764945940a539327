/** Work of many like steps, told and interrupted while it goes on. */

/** How often it is told how far the work has come, in milliseconds. */
const TICK = 100;

/** This library needs no more of its host than this. */
declare const setTimeout: (work: () => void, milliseconds: number) => unknown;

/** Lets the host attend to what has arrived meanwhile: steps alone follow each other without a gap. */
function turn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}

/**
 * To be called after each of `steps` steps: about every 100 ms it tells how many are done, between 0 and 1, and gives the host a turn, since
 * whoever waits may have gone.
 */
export function pacer(steps: number, onProgress: (fraction: number) => void): () => Promise<void> {
  let done = 0;
  let told = Date.now();
  return async () => {
    done += 1;
    if (Date.now() - told < TICK) return;
    onProgress(done / steps);
    await turn();
    told = Date.now();
  };
}
