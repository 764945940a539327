/** A spec as a text to paste elsewhere, as a client asks for it. What it sends may be anything. */

import type { EstimationReport } from '../../engine/estimate/result.ts';
import { SCRIPT_FORMATS } from '../exchange/code/scripts.ts';
import { methodText } from '../exchange/methodText.ts';
import type { OpenSpec } from '../openSpec.ts';
import type { ExportAnswer } from '../protocol.ts';
import { exportGraph } from './exchangeGraphs.ts';

const CODE = 'code:';

/** The text that `what` names; `spec` is null where it is not open in the editor. `report` is what a run gave, or null. */
export function sharedText(spec: OpenSpec | null, what: unknown, report: unknown): ExportAnswer {
  if (spec !== null && what === 'method') return methodParagraph(spec, report);
  const script =
    typeof what === 'string' && what.startsWith(CODE)
      ? SCRIPT_FORMATS.find(({ id }) => id === what.slice(CODE.length))
      : undefined;
  if (spec === null || script === undefined) return exportGraph(spec, what);
  return { kind: 'text', ...script.write(spec.analysis) };
}

const UNKNOWN_NUMBERS =
  'The paragraph tells of estimates, and there are none yet. Run the estimates first, then copy it.';

function methodParagraph({ analysis, dataPath }: OpenSpec, report: unknown): ExportAnswer {
  if (!isReport(report) || report.estimates.length === 0)
    return { kind: 'failure', code: 'no-estimates', message: UNKNOWN_NUMBERS };
  return { kind: 'text', text: `${methodText(analysis, report, { data: dataPath })}\n`, notes: [] };
}

/** It came from this server, by way of its client. */
function isReport(value: unknown): value is EstimationReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    'rows' in value &&
    'estimates' in value &&
    Array.isArray(value.estimates)
  );
}
