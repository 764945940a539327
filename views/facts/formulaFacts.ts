import { formatCount } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** The formula that was computed, and what it says of each level. */
export const formulaFacts: FactsOf = ({ diagnostics, treatment, outcome }) => {
  const { formula: text, combinations, interventionalMeans = [] } = diagnostics;
  if (text === undefined || combinations === undefined) return [];
  const means = interventionalMeans.map(
    ({ level, mean }) => `${(100 * mean).toFixed(1)} % under ${treatment} = ${level}`,
  );
  return [
    `Formula: ${text}, from ${formatCount(combinations)} combinations of levels.`,
    ...(means.length === 0 ? [] : [`Share with ${outcome}: ${means.join(', ')}.`]),
  ];
};
