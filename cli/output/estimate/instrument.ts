import { decimalsFor } from '../../../engine/report/numbers.ts';
import type { ConfidenceSet } from '../../../engine/stats/confidenceSet.ts';
import { formatInterval, formatP, formatPercent } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const instrument: DiagnosticFamily = {
  facts: ({ diagnostics, estimate, se, level }) => {
    const { metrics, firstStageFRobust, andersonRubin } = diagnostics;
    const facts: string[] = [];
    if (metrics.first_stage_f !== undefined) {
      const robust = firstStageFRobust === undefined ? '' : `, robust ${firstStageFRobust.toFixed(1)}`;
      facts.push(`First-stage F ${metrics.first_stage_f.toFixed(1)}${robust}.`);
    }
    if (andersonRubin !== undefined) {
      const set = setText(andersonRubin, decimalsFor(estimate, se));
      facts.push(`Anderson–Rubin ${formatPercent(level)} set: ${set}.`);
    }
    if (metrics.hausman_p !== undefined) facts.push(`Hausman p ${formatP(metrics.hausman_p)}.`);
    if (metrics.overid_p !== undefined) facts.push(`Over-identification p ${formatP(metrics.overid_p)}.`);
    return facts;
  },
  json: (diagnostics) => ({
    first_stage_f_robust: number(diagnostics.firstStageFRobust),
    partial_r2: number(diagnostics.partialR2),
    wu_hausman: number(diagnostics.wuHausman),
    sargan: number(diagnostics.sargan),
    anderson_rubin: diagnostics.andersonRubin?.map((interval) => interval.map(number)) ?? null,
    reduced_form: number(diagnostics.reducedForm),
  }),
};

/** `0.025 to 0.285`, two rays, `the whole line` or `empty`. */
function setText(set: ConfidenceSet, decimals: number): string {
  if (set.length === 0) return 'empty';
  const whole = set.some(
    ([low, high]) => low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY,
  );
  if (whole) return 'the whole line (the data say nothing)';
  return set.map(([low, high]) => formatInterval(low, high, decimals)).join(' or ');
}
