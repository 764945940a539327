import type { EffectGroup, Heterogeneity } from '../../../engine/estimate/diagnostics/heterogeneity.ts';
import { type DiagnosticFamily, number } from './family.ts';

export const heterogeneity: DiagnosticFamily = {
  json: (diagnostics) => ({
    heterogeneity: diagnostics.heterogeneity === undefined ? null : jsonOf(diagnostics.heterogeneity),
  }),
};

function jsonOf({ effects, calibration, groups, ranked, projection, uplift }: Heterogeneity): object {
  return {
    mean: number(effects.mean),
    sd: number(effects.sd),
    quantiles: effects.quantiles.map(({ probability, value }) => ({ probability, value: number(value) })),
    calibration:
      calibration === null
        ? null
        : { slope: number(calibration.slope), se: number(calibration.se), p: number(calibration.p) },
    ranked: ranked.map(groupJson),
    groups: groups.map(groupJson),
    projection:
      projection?.map(({ covariate, coefficient, se, p }) => ({
        covariate,
        coefficient: number(coefficient),
        se: number(se),
        p: number(p),
      })) ?? null,
    uplift: {
      area: number(uplift.area),
      se: number(uplift.se),
      curve: uplift.curve.map(({ share, gain }) => ({ share, gain: number(gain) })),
    },
  };
}

function groupJson({ variable, label, rows, estimate, se, ci }: EffectGroup): object {
  return {
    variable,
    group: label,
    rows,
    estimate: number(estimate),
    se: number(se),
    ci_low: number(ci[0]),
    ci_high: number(ci[1]),
  };
}
