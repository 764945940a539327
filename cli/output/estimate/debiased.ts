import { type DiagnosticFamily, number } from './family.ts';

export const debiased: DiagnosticFamily = {
  json: (diagnostics) => ({
    outcome_variance: number(diagnostics.outcomeVariance),
    riesz_variance: number(diagnostics.rieszVariance),
    stacked_se: number(diagnostics.stackedSe),
  }),
};
