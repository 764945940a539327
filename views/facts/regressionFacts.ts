import type { FactsOf } from './factsOf.ts';

/** How well a regression fits. */
export const regressionFacts: FactsOf = ({ diagnostics: { metrics } }) =>
  metrics.r_squared === undefined ? [] : [`R² ${metrics.r_squared.toFixed(3)}.`];
