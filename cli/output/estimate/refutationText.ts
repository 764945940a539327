/** Refutations for people: a line each, and over all of them what is in doubt. */

import type { RefutationOutcome } from '../../../engine/estimate/refutation.ts';
import { refutationHeading, refutationStanding, verdictWords } from '../../../views/refutationWords.ts';
import type { Terminal } from '../../terminal.ts';

/** A line for each refutation, each with its null hypothesis where it has one, after what they say together. */
export function refutationLines(refutations: readonly RefutationOutcome[], terminal: Terminal): string[] {
  const together = verdictWords(refutations);
  const failed = refutations.some(({ passed }) => passed === false);
  const heading = together === null ? [] : [failed ? terminal.error(together) : terminal.good(together)];
  return [...heading, ...refutations.map((one) => line(one, terminal))];
}

function line(refutation: RefutationOutcome, terminal: Terminal): string {
  const text = `${refutationHeading(refutation)} ${refutation.message}`;
  const { nullHypothesis } = refutation;
  const assumed = nullHypothesis === null ? '' : ` H₀: ${nullHypothesis}`;
  switch (refutationStanding(refutation)) {
    case 'passed':
      return `${terminal.good(`✓ ${text}`)}${terminal.faint(assumed)}${costText(refutation, terminal)}`;
    case 'failed':
      return `${terminal.error(`✗ ${text}`)}${terminal.faint(assumed)}${costText(refutation, terminal)}`;
    case 'told':
      return `· ${text}`;
    case 'not-asked':
      return terminal.warning(`– ${text}`);
  }
}

function costText({ repetitions, failed, computation }: RefutationOutcome, terminal: Terminal): string {
  const lost = failed === 0 ? '' : `, ${failed} more could not be estimated`;
  const how = computation === 'cross-products' ? ' from cross-products' : '';
  return terminal.faint(` (${repetitions} refits${how}${lost}.)`);
}
