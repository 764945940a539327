import { decimalsFor } from '../../../engine/report/numbers.ts';
import { formatCount } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const matching: DiagnosticFamily = {
  facts: ({ diagnostics: { matching: used } }) => {
    if (used === undefined) return [];
    const left = used.unmatched === 0 ? '' : `, ${formatCount(used.unmatched)} without a match`;
    const { estimate, se } = used.uncorrected;
    const decimals = decimalsFor(estimate, se);
    return [
      `${formatCount(used.matched)} rows matched${left}; the most used match serves ${formatCount(used.mostUsed)}.`,
      `Without regression correction ${estimate.toFixed(decimals)} (${se.toFixed(decimals)}).`,
    ];
  },
  json: ({ matching: used }) => ({
    matched_rows: number(used?.matched),
    unmatched_rows: number(used?.unmatched),
    caliper: used?.caliper ?? null,
    most_used_match: number(used?.mostUsed),
    uncorrected_estimate: number(used?.uncorrected.estimate),
    uncorrected_se: number(used?.uncorrected.se),
  }),
};
