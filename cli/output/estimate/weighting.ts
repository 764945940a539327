import { EXTREME_SHARE } from '../../../engine/estimate/diagnostics/weighting.ts';
import { formatCount } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const weighting: DiagnosticFamily = {
  facts: ({ diagnostics }) => {
    const { metrics, essTreated, essControl, balance, extremeWeights } = diagnostics;
    const facts: string[] = [];
    if (metrics.max_smd !== undefined) {
      const before = Math.max(0, ...(balance ?? []).map(({ smdBefore }) => Math.abs(smdBefore)));
      const was = balance === undefined || balance.length === 0 ? '' : ` (before: ${before.toFixed(3)})`;
      facts.push(`Largest imbalance after weighting ${metrics.max_smd.toFixed(3)} sd${was}.`);
    }
    if (essTreated !== undefined && essControl !== undefined) {
      facts.push(`Effective rows: ${formatCount(essTreated)} treated, ${formatCount(essControl)} untreated.`);
    }
    const extreme = (extremeWeights?.treated ?? 0) + (extremeWeights?.control ?? 0);
    if (extreme > 0) {
      const rows = extreme === 1 ? '1 row counts' : `${formatCount(extreme)} rows count`;
      facts.push(`${rows} for more than ${EXTREME_SHARE} average rows of the arm.`);
    }
    return facts;
  },
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
