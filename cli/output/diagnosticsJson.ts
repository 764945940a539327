import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import type { Diagnostic } from '../../server/analysis/diagnostic.ts';

/** Diagnostics as they stand in every JSON output: lines and characters from 0, in UTF-16 code units. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[], text: string): object[] {
  const lines = createLineIndex(text);
  return diagnostics.map(({ code, severity, message, range, related }) => ({
    code,
    severity,
    message,
    range: { start: positionAt(lines, range.start), end: positionAt(lines, range.end) },
    related: related.map((place) => ({
      message: place.message,
      range: { start: positionAt(lines, place.range.start), end: positionAt(lines, place.range.end) },
    })),
  }));
}
