import { decimalsFor } from '../../../engine/report/numbers.ts';
import { type ConfidenceSet, formatSet, isEmpty, isWholeLine } from '../../../engine/stats/confidenceSet.ts';
import { formatP, formatPercent, withDecimals } from '../../../views/numbers.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const instrument: DiagnosticFamily = {
  facts: ({ diagnostics, estimate, se, level }) => {
    const { metrics, firstStageFRobust, effectiveFCritical10, andersonRubin, andersonRubinRobust } =
      diagnostics;
    const facts: string[] = [];
    if (metrics.first_stage_f !== undefined) {
      const robust = firstStageFRobust === undefined ? '' : `, robust ${firstStageFRobust.toFixed(1)}`;
      facts.push(`First-stage F ${metrics.first_stage_f.toFixed(1)}${robust}.`);
    }
    if (metrics.effective_f !== undefined && effectiveFCritical10 !== undefined) {
      facts.push(
        `Effective F ${metrics.effective_f.toFixed(1)} (strong: ${effectiveFCritical10.toFixed(1)}).`,
      );
    }
    if (diagnostics.kappa !== undefined) facts.push(`κ ${diagnostics.kappa.toFixed(4)}.`);
    const decimals = decimalsFor(estimate, se);
    if (andersonRubin !== undefined) {
      facts.push(`Anderson–Rubin ${formatPercent(level)} set: ${setText(andersonRubin, decimals)}.`);
    }
    if (andersonRubinRobust !== undefined) {
      facts.push(`Robust Anderson–Rubin set: ${setText(andersonRubinRobust, decimals)}.`);
    }
    if (metrics.hausman_p !== undefined) facts.push(`Hausman p ${formatP(metrics.hausman_p)}.`);
    if (metrics.overid_p !== undefined) {
      const test = diagnostics.hansenJ === undefined ? 'Sargan' : 'Hansen J';
      facts.push(`Over-identification p ${formatP(metrics.overid_p)} (${test}).`);
    }
    return facts;
  },
  json: (diagnostics) => ({
    first_stage_f_robust: number(diagnostics.firstStageFRobust),
    effective_f_critical_10: number(diagnostics.effectiveFCritical10),
    effective_f_critical_5: number(diagnostics.effectiveFCritical5),
    partial_r2: number(diagnostics.partialR2),
    wu_hausman: number(diagnostics.wuHausman),
    sargan: number(diagnostics.sargan),
    hansen_j: number(diagnostics.hansenJ),
    kappa: number(diagnostics.kappa),
    anderson_rubin: setJson(diagnostics.andersonRubin),
    anderson_rubin_robust: setJson(diagnostics.andersonRubinRobust),
    first_stage: number(diagnostics.firstStage),
    first_stage_se: number(diagnostics.firstStageSe),
    reduced_form: number(diagnostics.reducedForm),
    reduced_form_se: number(diagnostics.reducedFormSe),
    anderson_rubin_curve: diagnostics.andersonRubinCurve ?? null,
    instrument_means:
      diagnostics.instrumentMeans === undefined
        ? null
        : {
            instrument: diagnostics.instrumentMeans.instrument,
            groups: diagnostics.instrumentMeans.groups.map((group) => ({ ...group, se: number(group.se) })),
          },
  }),
};

/** An end at infinity is null. */
function setJson(set: ConfidenceSet | undefined): (number | null)[][] | null {
  return set?.map((interval) => interval.map(number)) ?? null;
}

/** `0.025 to 0.285`, or two rays; what it means is said where there is no end, or no value at all. */
function setText(set: ConfidenceSet, decimals: number): string {
  const words = formatSet(set, (value) => withDecimals(value, decimals));
  if (isEmpty(set)) return `${words} (the model is rejected)`;
  return isWholeLine(set) ? `${words} (the data say nothing)` : words;
}
