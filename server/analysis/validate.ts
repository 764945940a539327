/** The one validator: what the editor underlines is what the terminal prints. */

import type { DataDescription } from '../jobs/describeData.ts';
import type { DataFailure } from '../jobs/failure.ts';
import type { Analysis } from './analyse.ts';
import { checkData } from './dataChecks.ts';
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';
import { planDiagnostics } from './estimation.ts';

/**
 * Everything that is wrong with a spec, in the order of the text.
 *
 * @param data what its data file holds; null where it has none, or is not to be looked at
 */
export function validate(
  analysis: Analysis,
  data: DataDescription | DataFailure | null,
): readonly Diagnostic[] {
  return sortDiagnostics([
    ...analysis.diagnostics,
    ...planDiagnostics(analysis),
    ...(data === null ? [] : checkData(analysis, data)),
  ]);
}
