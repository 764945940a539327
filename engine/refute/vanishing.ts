/** The verdict of refuters under which the effect should vanish. */

import { judged, rangeText } from './distribution.ts';
import type { Refits } from './refits.ts';
import type { RefutationTask, RefuterAnswer } from './refuter.ts';

/** Passes where 0 lies within the middle 95 % of the refitted estimates. */
export function distributionVerdict(
  task: RefutationTask,
  refits: Refits,
  words: { readonly what: string; readonly passed: string; readonly failed: string },
): RefuterAnswer {
  return judged(task, refits, (distribution) => {
    const passed = distribution.holds(0);
    const where = passed ? '0 among them' : '0 outside';
    return {
      passed,
      estimate: distribution.mean,
      p: distribution.p(0),
      interval: distribution.interval,
      message: `${passed ? words.passed : words.failed} ${rangeText(distribution, words.what)}, ${where}.`,
    };
  });
}
