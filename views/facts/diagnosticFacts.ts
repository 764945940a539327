/** What the diagnostics of an estimate say, in sentences: the same in the terminal, on the page and in the report. */

import type { Estimate } from '../../engine/estimate/result.ts';
import { debiasedFacts } from './debiasedFacts.ts';
import type { FactsOf } from './factsOf.ts';
import { formulaFacts } from './formulaFacts.ts';
import { heterogeneityFacts } from './heterogeneityFacts.ts';
import { instrumentFacts } from './instrumentFacts.ts';
import { matchingFacts } from './matchingFacts.ts';
import { mediationFacts } from './mediationFacts.ts';
import { propensityFacts } from './propensityFacts.ts';
import { regressionFacts } from './regressionFacts.ts';
import { stratificationFacts } from './stratificationFacts.ts';
import { weightingFacts } from './weightingFacts.ts';

/** A family of diagnostics: its heading, and its sentences. */
export interface FactFamily {
  readonly title: string;
  readonly facts: readonly string[];
}

/** In the order in which they are told. */
const FAMILIES: readonly (readonly [title: string, factsOf: FactsOf])[] = [
  ['How it was computed', mediationFacts],
  ['Formula', formulaFacts],
  ['Differences between people', heterogeneityFacts],
  ['Instrument', instrumentFacts],
  ['Weights and balance', weightingFacts],
  ['Matches', matchingFacts],
  ['Classes of the propensity', stratificationFacts],
  ['Who gets the treatment', propensityFacts],
  ['Fit', regressionFacts],
  ['Standard error', debiasedFacts],
];

/** The families of which the estimate has something to tell. */
export function diagnosticFacts(estimate: Estimate): readonly FactFamily[] {
  return FAMILIES.map(([title, factsOf]) => ({ title, facts: factsOf(estimate) })).filter(
    ({ facts }) => facts.length > 0,
  );
}
