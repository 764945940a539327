import { describe, expect, it } from 'vitest';
import type { RefutationOutcome } from '../../engine/estimate/refutation.ts';
import { refutationHeading, refutationStanding, verdictWords } from '../../views/refutationWords.ts';

const refutation = (verdict: RefutationOutcome['verdict'], passed: boolean | null): RefutationOutcome => ({
  refuter: verdict === 'machinery' ? 'placebo' : 'subset',
  verdict,
  nullHypothesis: null,
  estimate: null,
  p: null,
  passed,
  interval: null,
  repetitions: 0,
  failed: 0,
  computation: null,
  message: 'told',
  error: null,
  details: null,
});

describe('refutations together', () => {
  it.each([
    [[], null],
    [[refutation('effect', null)], null],
    [[refutation('machinery', true)], /says nothing yet/],
    [[refutation('effect', true)], /does not show that the graph is right/],
    [[refutation('machinery', true), refutation('effect', true)], /works and the effect stood every check/],
    [[refutation('machinery', true), refutation('effect', false)], /works, and the effect is not robust/],
    [[refutation('machinery', false), refutation('effect', true)], /machinery is broken/],
    [[refutation('machinery', false), refutation('effect', false)], /machinery is broken/],
  ])('%#', (refutations, expected) => {
    const words = verdictWords(refutations);
    if (expected === null) expect(words).toBeNull();
    else expect(words).toMatch(expected);
  });
  it('each say what they are about and how it went', () => {
    expect(refutationHeading(refutation('effect', true))).toBe('Subsets of the rows (effect):');
    expect(refutationStanding({ ...refutation('effect', null), error: 'no' })).toBe('not-asked');
    expect([true, false, null].map((passed) => refutationStanding(refutation('effect', passed)))).toEqual([
      'passed',
      'failed',
      'told',
    ]);
  });
});
