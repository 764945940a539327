import type { ConfidenceSet } from '../../../engine/stats/confidenceSet.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const instrument: DiagnosticFamily = {
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
