import { type DiagnosticFamily, number } from './family.ts';

export const regression: DiagnosticFamily = {
  facts: ({ diagnostics: { metrics } }) =>
    metrics.r_squared === undefined ? [] : [`R² ${metrics.r_squared.toFixed(3)}.`],
  json: (diagnostics) => ({
    condition: number(diagnostics.condition),
    reset_p: number(diagnostics.resetP),
  }),
};
