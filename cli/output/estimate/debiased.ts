import { type DiagnosticFamily, number } from './family.ts';

export const debiased: DiagnosticFamily = {
  facts: ({ diagnostics: { stackedSe } }) =>
    stackedSe === undefined
      ? []
      : [`With the estimation of both models in it the standard error is ${stackedSe.toPrecision(4)}.`],
  json: (diagnostics) => ({
    outcome_variance: number(diagnostics.outcomeVariance),
    riesz_variance: number(diagnostics.rieszVariance),
    stacked_se: number(diagnostics.stackedSe),
  }),
};
