import { decimalsFor } from '../../engine/report/numbers.ts';
import { formatCount } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** Who was matched with whom, in numbers. */
export const matchingFacts: FactsOf = ({ diagnostics: { matching: used } }) => {
  if (used === undefined) return [];
  const left = used.unmatched === 0 ? '' : `, ${formatCount(used.unmatched)} without a match`;
  const { estimate, se } = used.uncorrected;
  const decimals = decimalsFor(estimate, se);
  return [
    `${formatCount(used.matched)} rows matched${left}; the most used match serves ${formatCount(used.mostUsed)}.`,
    `Without regression correction ${estimate.toFixed(decimals)} (${se.toFixed(decimals)}).`,
  ];
};
