import type { Estimate } from '../../engine/estimate/result.ts';

/** Short sentences about one family of diagnostics, in reading order; none where the estimate has nothing of it. */
export type FactsOf = (estimate: Estimate) => readonly string[];
