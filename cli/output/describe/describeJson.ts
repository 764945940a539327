/** `causal describe --format json`: a contract, see docs/json.md. */

import type { ArmComparison } from '../../../engine/data/profile/comparison.ts';
import type { VariableSummary } from '../../../engine/data/profile/summary.ts';
import type { DataFailure } from '../../../server/jobs/failure.ts';
import type { ProfiledFile } from '../../../server/jobs/protocol.ts';

/** One entry of the array that the command prints; `roles` are those of the spec. */
export function describeJson(
  file: string,
  data: string | null,
  profile: ProfiledFile | DataFailure,
  rolesOf: (variable: string) => readonly string[],
  diagnostics: readonly object[],
): object {
  if (profile.kind === 'failure') {
    const { code, message } = profile;
    return { file, data, ...NOTHING, error: { code, message }, diagnostics };
  }
  const { rows, complete, columns, variables, correlations, comparisons, suspicions } = profile;
  return {
    file,
    data,
    rows: { ...rows, complete },
    columns,
    variables: variables.map((variable) => variableJson(variable, rolesOf(variable.name))),
    correlations,
    comparisons: comparisons.map(comparisonJson),
    suspicious: suspicions,
    error: null,
    diagnostics,
  };
}

const NOTHING = {
  rows: null,
  columns: null,
  variables: [],
  correlations: null,
  comparisons: [],
  suspicious: [],
};

function variableJson(variable: VariableSummary, roles: readonly string[]): object {
  const { name, kind, missing, distinct, integer, numbers, bins, levels } = variable;
  return { name, type: kind, roles, missing, distinct, integer, numbers, histogram: bins, levels };
}

function comparisonJson({ treatment, contrast, rows, variables }: ArmComparison): object {
  return {
    treatment,
    contrast,
    rows,
    variables: variables.map(({ label, variable, means, difference, varianceRatio }) => ({
      label,
      variable,
      means,
      smd: difference,
      variance_ratio: varianceRatio,
    })),
  };
}
