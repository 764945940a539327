import { type DiagnosticFamily, number } from './family.ts';

export const formula: DiagnosticFamily = {
  json: (diagnostics) => ({
    formula: diagnostics.formula ?? null,
    combinations: number(diagnostics.combinations),
    interventional_means:
      diagnostics.interventionalMeans?.map(({ level, mean }) => ({ level, mean: number(mean) })) ?? null,
  }),
};
