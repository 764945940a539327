import type { FactsOf } from './factsOf.ts';

/** The other standard error of a doubly robust estimate. */
export const debiasedFacts: FactsOf = ({ diagnostics: { stackedSe } }) =>
  stackedSe === undefined
    ? []
    : [`With the estimation of both models in it the standard error is ${stackedSe.toPrecision(4)}.`];
