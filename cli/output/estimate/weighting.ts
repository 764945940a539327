import { type DiagnosticFamily, number } from './family.ts';

export const weighting: DiagnosticFamily = {
  json: (diagnostics) => ({
    arms: diagnostics.arms ?? null,
    ess_treated: number(diagnostics.essTreated),
    ess_control: number(diagnostics.essControl),
    max_weight: number(diagnostics.maxWeight),
    extreme_weights: diagnostics.extremeWeights ?? null,
    weights: diagnostics.weights ?? null,
    balance:
      diagnostics.balance?.map((row) => ({
        covariate: row.covariate,
        smd_before: number(row.smdBefore),
        smd_after: number(row.smdAfter),
        variance_ratio_before: number(row.varianceRatioBefore),
        variance_ratio_after: number(row.varianceRatioAfter),
        ks_before: number(row.ksBefore),
        ks_after: number(row.ksAfter),
      })) ?? null,
  }),
};
