import { decimalsFor } from '../../engine/report/numbers.ts';
import { formatInterval } from '../numbers.ts';
import type { FactsOf } from './factsOf.ts';

/** How much the classes of the propensity differ. */
export const stratificationFacts: FactsOf = ({ diagnostics: { strata }, estimate, se }) => {
  const differences = (strata ?? []).flatMap(({ difference }) => difference ?? []);
  if (differences.length === 0) return [];
  if (differences.length === 1) return ['All rows are in one class of the propensity.'];
  const range = formatInterval(Math.min(...differences), Math.max(...differences), decimalsFor(estimate, se));
  return [`The arms differ by ${range} in the ${differences.length} classes of the propensity.`];
};
