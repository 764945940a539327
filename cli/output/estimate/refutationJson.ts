/** Refutations in JSON: part of the contract of `causal estimate`, see docs/json.md. */

import type {
  RefutationDetails,
  RefutationOutcome,
  StrengthGrid,
} from '../../../engine/estimate/refutation.ts';
import { number } from './family.ts';

export function refutationJson(refutation: RefutationOutcome): object {
  const { refuter, estimate, p, passed, verdict, nullHypothesis, message, error } = refutation;
  const { interval, repetitions, failed, computation, details } = refutation;
  return {
    refuter,
    estimate: number(estimate ?? undefined),
    p: number(p ?? undefined),
    passed,
    verdict,
    null_hypothesis: nullHypothesis,
    message,
    interval: interval?.map(number) ?? null,
    repetitions,
    failed,
    computation: computation?.replace('-', '_') ?? null,
    error,
    details: details === null ? null : detailsJson(details),
  };
}

function detailsJson(details: RefutationDetails): object {
  switch (details.kind) {
    case 'move':
      return { kind: 'move', move: number(details.move), se: number(details.se) };
    case 'grid':
      return { kind: 'grid', ...gridJson(details.grid), flips_at: number(details.flipsAt ?? undefined) };
    case 'linear-bounds':
      return {
        kind: 'linear_bounds',
        ...strengthJson(details),
        partial_r2: number(details.partialR2),
        t: number(details.t),
        df: details.df,
        bounds: details.bounds.map((bound) => ({
          covariate: bound.covariate,
          times: bound.times,
          r2dz_x: number(bound.partialR2Treatment),
          r2yz_dx: number(bound.partialR2Outcome),
          estimate: number(bound.estimate),
          se: number(bound.se),
          t: number(bound.t),
          ci: bound.ci.map(number),
        })),
        contour: { ...gridJson(details.contour), t: details.contourT },
      };
    case 'nonparametric-bounds':
      return {
        kind: 'nonparametric_bounds',
        ...strengthJson(details),
        scale: number(details.scale),
        contour: gridJson(details.contour),
      };
    case 'e-value':
      return {
        kind: 'e_value',
        scale: details.scale.replace(' ', '_'),
        risk_ratio: number(details.riskRatio),
        risk_ratio_ci: details.riskRatioCi.map(number),
        e_value: number(details.eValue),
        e_value_limit: number(details.eValueLimit),
      };
    case 'rosenbaum':
      return details;
  }
}

function strengthJson(
  details: Pick<
    Extract<RefutationDetails, { kind: 'linear-bounds' }>,
    'robustnessValue' | 'robustnessValueAlpha' | 'alpha'
  >,
): object {
  return {
    robustness_value: number(details.robustnessValue),
    robustness_value_alpha: number(details.robustnessValueAlpha),
    alpha: number(details.alpha),
  };
}

function gridJson({ treatment, outcome, estimates }: StrengthGrid): object {
  return { r2dz_x: treatment, r2yz_dx: outcome, estimates };
}
