import { formatCount } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const weighting: DiagnosticFamily = {
  facts: ({ diagnostics }) => {
    const { metrics, essTreated, essControl } = diagnostics;
    const facts: string[] = [];
    if (metrics.max_smd !== undefined)
      facts.push(`Largest imbalance after weighting ${metrics.max_smd.toFixed(3)} sd.`);
    if (essTreated !== undefined && essControl !== undefined) {
      facts.push(`Effective rows: ${formatCount(essTreated)} treated, ${formatCount(essControl)} untreated.`);
    }
    return facts;
  },
  json: (diagnostics) => ({
    ess_treated: number(diagnostics.essTreated),
    ess_control: number(diagnostics.essControl),
    max_weight: number(diagnostics.maxWeight),
    balance:
      diagnostics.balance?.map(({ covariate, smdBefore, smdAfter }) => ({
        covariate,
        smd_before: number(smdBefore),
        smd_after: number(smdAfter),
      })) ?? null,
  }),
};
