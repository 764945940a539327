import { type DiagnosticFamily, number } from './family.ts';

export const matching: DiagnosticFamily = {
  json: ({ matching: used }) => ({
    matched_rows: number(used?.matched),
    unmatched_rows: number(used?.unmatched),
    caliper: used?.caliper ?? null,
    most_used_match: number(used?.mostUsed),
    uncorrected_estimate: number(used?.uncorrected.estimate),
    uncorrected_se: number(used?.uncorrected.se),
  }),
};
