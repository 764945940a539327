/** `causal estimate --format json`: a contract, see docs/json.md. A number that does not exist is null. */

import {
  type Estimate,
  type EstimateDiagnostics,
  type EstimateFailure,
  type EstimateOutcome,
  type EstimationReport,
  METRICS,
} from '../../../engine/estimate/result.ts';

import { FAMILIES } from './families.ts';
import { number } from './family.ts';
import { refutationJson } from './refutationJson.ts';
import { relevanceJson } from './relevance.ts';

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
  const { identified, implied, through = [] } = outcome;
  return {
    name,
    method,
    estimand,
    treatment,
    outcome: measured,
    contrast,
    adjusted,
    instruments,
    through,
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
    refutations: estimate.refutations.map(refutationJson),
    expectations: estimate.expectations,
    relevance: relevanceJson(estimate),
    error: null,
  };
}

const OWN_FIELDS = new Set<string>(['estimate', 'se', 'p', 'ci_low', 'ci_high', 'n']);

function diagnosticsJson(diagnostics: EstimateDiagnostics): object {
  const metrics = METRICS.filter((metric) => !OWN_FIELDS.has(metric)).map(
    (metric) => [metric, number(diagnostics.metrics[metric])] as const,
  );
  return {
    ...Object.fromEntries(metrics),
    ...Object.assign({}, ...FAMILIES.map((family) => family.json(diagnostics))),
  };
}
