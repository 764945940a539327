/** The verdict of refuters under which the estimate should stay. */

import { judged, numberText, rangeText } from './distribution.ts';
import type { Refits } from './refits.ts';
import type { RefutationTask, RefuterAnswer } from './refuter.ts';

/** Passes where the estimate lies within the middle 95 % of the refitted ones. */
export function groupsVerdict(
  task: RefutationTask,
  refits: Refits,
  words: { readonly what: string; readonly passed: string; readonly failed: string },
): RefuterAnswer {
  return judged(task, refits, (distribution, c) => {
    const { estimate, se } = task.estimates[c];
    const passed = distribution.holds(estimate);
    const where = passed ? 'among them' : 'outside';
    return {
      passed,
      estimate: distribution.mean,
      p: distribution.p(estimate),
      interval: distribution.interval,
      message: `${passed ? words.passed : words.failed} ${rangeText(distribution, words.what)}, the estimate of ${numberText(estimate, se)} ${where}.`,
    };
  });
}
