/** How one family of diagnostics is shown: a file a family, and a row in `families.ts`. */

import type { Estimate, EstimateDiagnostics } from '../../../engine/estimate/result.ts';

export interface DiagnosticFamily {
  /** Short sentences under the table, in reading order; none where the estimate has nothing of the family. */
  readonly facts: (estimate: Estimate) => readonly string[];
  /** Fields of `diagnostics` in JSON, all of them whatever the method: null where it does not give them. */
  readonly json: (diagnostics: EstimateDiagnostics) => object;
}

/** JSON has no NaN and no infinity. */
export function number(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
