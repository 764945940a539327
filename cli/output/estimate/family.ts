/** How one family of diagnostics is told to machines: a file a family, and a row in `families.ts`. What people are told is in views/facts. */

import type { EstimateDiagnostics } from '../../../engine/estimate/result.ts';

export interface DiagnosticFamily {
  /** Fields of `diagnostics` in JSON, all of them whatever the method: null where it does not give them. */
  readonly json: (diagnostics: EstimateDiagnostics) => object;
}

/** JSON has no NaN and no infinity. */
export function number(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
