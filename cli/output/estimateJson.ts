/** `causal estimate --format json`: a contract, see docs/json.md. A number that does not exist is null. */

import {
  type Estimate,
  type EstimateDiagnostics,
  type EstimateFailure,
  type EstimateOutcome,
  type EstimationReport,
  METRICS,
} from '../../engine/estimate/result.ts';

/** One entry of the array that the command prints; `failure` is why there are no estimates. */
export function estimateJson(
  file: string,
  report: EstimationReport | null,
  failure: { readonly code: string; readonly message: string } | null,
  diagnostics: readonly object[],
): object {
  return {
    file,
    rows: report?.rows ?? null,
    estimates: (report?.estimates ?? []).map(outcomeJson),
    error: failure,
    diagnostics,
  };
}

function outcomeJson(outcome: EstimateOutcome): object {
  return outcome.kind === 'failure' ? failureJson(outcome) : successJson(outcome);
}

function headingJson(outcome: EstimateOutcome): object {
  const { name, method, estimand, treatment, outcome: measured, contrast, adjusted, instruments } = outcome;
  const { identified, implied } = outcome;
  return {
    name,
    method,
    estimand,
    treatment,
    outcome: measured,
    contrast,
    adjusted,
    instruments,
    identified,
    implied,
  };
}

function failureJson(outcome: EstimateFailure): object {
  return { ...headingJson(outcome), error: outcome.error };
}

function successJson(estimate: Estimate): object {
  return {
    ...headingJson(estimate),
    reliable: estimate.reliable,
    estimate: number(estimate.estimate),
    se: number(estimate.se),
    ci: estimate.ci.map(number),
    level: estimate.level,
    statistic: number(estimate.statistic),
    p: number(estimate.p),
    n: estimate.n,
    se_type: estimate.seType,
    diagnostics: diagnosticsJson(estimate.diagnostics),
    warnings: estimate.warnings,
    refutations: estimate.refutations,
    expectations: estimate.expectations,
    error: null,
  };
}

/** JSON has no NaN and no infinity. */
function number(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

const OWN_FIELDS = new Set<string>(['estimate', 'se', 'p', 'ci_low', 'ci_high', 'n']);

function diagnosticsJson(diagnostics: EstimateDiagnostics): object {
  const metrics = METRICS.filter((metric) => !OWN_FIELDS.has(metric)).map(
    (metric) => [metric, number(diagnostics.metrics[metric])] as const,
  );
  return {
    ...Object.fromEntries(metrics),
    first_stage_f_robust: number(diagnostics.firstStageFRobust),
    partial_r2: number(diagnostics.partialR2),
    wu_hausman: number(diagnostics.wuHausman),
    sargan: number(diagnostics.sargan),
    anderson_rubin: diagnostics.andersonRubin?.map((interval) => interval.map(number)) ?? null,
    reduced_form: number(diagnostics.reducedForm),
    condition: number(diagnostics.condition),
    reset_p: number(diagnostics.resetP),
    ess_treated: number(diagnostics.essTreated),
    ess_control: number(diagnostics.essControl),
    max_weight: number(diagnostics.maxWeight),
    balance:
      diagnostics.balance?.map(({ covariate, smdBefore, smdAfter }) => ({
        covariate,
        smd_before: number(smdBefore),
        smd_after: number(smdAfter),
      })) ?? null,
  };
}
