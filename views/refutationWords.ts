/** Refutations in words: what was asked, how it went, and what of the estimate that is about. */

import type { RefutationOutcome } from '../engine/estimate/refutation.ts';
import { findRefuter } from '../engine/refute/catalogue.ts';

/** How it went; `told` for a refuter that reports rather than judges. */
export type RefutationStanding = 'passed' | 'failed' | 'told' | 'not-asked';

/** The standing of one refutation. */
export function refutationStanding({ passed, error }: RefutationOutcome): RefutationStanding {
  if (error !== null) return 'not-asked';
  if (passed === null) return 'told';
  return passed ? 'passed' : 'failed';
}

/** `Placebo treatment (machinery):` */
export function refutationHeading({ refuter, verdict }: RefutationOutcome): string {
  return `${findRefuter(refuter)?.title ?? refuter} (${verdict}):`;
}

/** What each refuter judges and how it went, in a sentence over all of them; null without any that judges. */
export function verdictWords(refutations: readonly RefutationOutcome[]): string | null {
  const judging = refutations.filter(({ passed }) => passed !== null);
  if (judging.length === 0) return null;
  const lostIn = (kind: RefutationOutcome['verdict']): number =>
    judging.filter(({ verdict, passed }) => verdict === kind && passed === false).length;
  if (lostIn('machinery') > 0) {
    return 'The machinery is broken: a check that any sound estimate passes has failed, so that the number means nothing until that is mended.';
  }
  if (lostIn('effect') > 0) return 'The machinery works, and the effect is not robust.';
  const kinds = new Set(judging.map(({ verdict }) => verdict));
  if (!kinds.has('effect'))
    return 'The machinery works. That says nothing yet of whether the effect is real.';
  return kinds.has('machinery')
    ? 'The machinery works and the effect stood every check. That does not show that the graph is right.'
    : 'The effect stood every check. That does not show that the graph is right.';
}
