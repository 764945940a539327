import { EXTREME_SHARE } from '../../engine/estimate/diagnostics/weighting.ts';
import { formatCount } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** What the weights made alike, and what they cost. */
export const weightingFacts: FactsOf = ({ diagnostics }) => {
  const { metrics, essTreated, essControl, balance, extremeWeights } = diagnostics;
  const facts: string[] = [];
  if (metrics.max_smd !== undefined) {
    const before = Math.max(0, ...(balance ?? []).map(({ smdBefore }) => Math.abs(smdBefore)));
    const was = balance === undefined || balance.length === 0 ? '' : ` (before: ${before.toFixed(3)})`;
    facts.push(`Largest imbalance after weighting ${metrics.max_smd.toFixed(3)} sd${was}.`);
  }
  if (essTreated !== undefined && essControl !== undefined) {
    facts.push(`Effective rows: ${formatCount(essTreated)} treated, ${formatCount(essControl)} untreated.`);
  }
  const extreme = (extremeWeights?.treated ?? 0) + (extremeWeights?.control ?? 0);
  if (extreme > 0) {
    const rows = extreme === 1 ? '1 row counts' : `${formatCount(extreme)} rows count`;
    facts.push(`${rows} for more than ${EXTREME_SHARE} average rows of the arm.`);
  }
  return facts;
};
