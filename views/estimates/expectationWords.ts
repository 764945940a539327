import type { ExpectationOutcome } from '../../engine/estimate/result.ts';

/** What the file expected of an estimate and what it got, in a sentence. */
export function expectationWords({ metric, expected, actual, passed }: ExpectationOutcome): string {
  const got = actual === null ? 'but it has no value' : `and is ${Number(actual.toPrecision(4))}`;
  return passed ? `${metric} is ${expected}, as expected.` : `${metric} was expected ${expected}, ${got}.`;
}
