import { expect, it } from 'vitest';
import { matching } from '../../../cli/output/estimate/matching.ts';
import { matchingFacts } from '../../../views/facts/matchingFacts.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';

it('tells how rows were matched, and the comparison without correction', async () => {
  const change = { method: 'matching', estimand: 'att', adjusted: ['a', 'b', 'g'], caliper: 0.01 } as const;
  const estimate = await estimateOf(dataOf(study(400)), change);
  const used = estimate.diagnostics.matching;
  if (used === undefined) throw new Error('no matching');
  expect(matchingFacts(estimate)).toEqual([
    `${used.matched} rows matched, ${used.unmatched} without a match; the most used match serves ${used.mostUsed}.`,
    expect.stringMatching(/^Without regression correction \d\.\d+ \(0\.\d+\)\.$/),
  ]);
  expect(matching.json(estimate.diagnostics)).toEqual({
    matched_rows: used.matched,
    unmatched_rows: used.unmatched,
    caliper: used.caliper,
    most_used_match: used.mostUsed,
    uncorrected_estimate: used.uncorrected.estimate,
    uncorrected_se: used.uncorrected.se,
  });
  const other = await estimateOf(dataOf(study(400)), { method: 'regression' });
  expect(matchingFacts(other)).toEqual([]);
  expect(Object.values(matching.json(other.diagnostics))).toEqual(Array(6).fill(null));
});
