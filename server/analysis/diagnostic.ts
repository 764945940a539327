/** What is wrong with a spec, where, and how bad it is. Ranges are offsets; the transport turns them into lines. */

import type { Range } from '../../grammar/tree.ts';
import type { Mend } from './mend.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Every code with its severity; a code that can be milder says so where it is made. Each has a section in docs/diagnostics.md. */
export const SEVERITIES = {
  syntax: 'error',
  'comment-style': 'error',
  'undeclared-name': 'error',
  'duplicate-declaration': 'error',
  'duplicate-edge': 'warning',
  'contradictory-edge': 'warning',
  'circular-definition': 'error',
  cycle: 'error',
  'self-loop': 'error',
  'unused-variable': 'hint',
  'isolated-variable': 'hint',
  'missing-role': 'error',
  'same-treatment-outcome': 'error',
  'latent-role': 'error',
  'duplicate-role': 'warning',
  'no-causal-path': 'warning',
  'not-identifiable': 'error',
  'no-backdoor-set': 'information',
  'adjust-collider': 'warning',
  'adjust-mediator': 'warning',
  'adjust-descendant': 'warning',
  'adjust-instrument': 'warning',
  'adjust-insufficient': 'warning',
  'adjust-unneeded': 'hint',
  'instrument-irrelevant': 'error',
  'instrument-exclusion': 'error',
  'instrument-confounded': 'error',
  'instrument-weak': 'warning',
  'selection-bias': 'warning',
  'column-missing': 'error',
  'type-mismatch': 'error',
  'level-unknown': 'error',
  'constant-column': 'warning',
  'missing-values': 'hint',
  'column-unmapped': 'hint',
  positivity: 'warning',
  'implication-fails': 'warning',
  'not-implied': 'information',
  'data-not-found': 'error',
  'data-unreadable': 'error',
  'method-mismatch': 'error',
  'unknown-method': 'error',
  'unknown-option': 'error',
  'unknown-metric': 'error',
  'unknown-refuter': 'error',
  'not-available': 'error',
} as const satisfies Readonly<Record<string, Severity>>;

export type DiagnosticCode = keyof typeof SEVERITIES;

export interface RelatedPlace {
  readonly range: Range;
  readonly message: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly RelatedPlace[];
  /** What would put it right; the first is the best. */
  readonly mends: readonly Mend[];
}

export interface DiagnosticDetails {
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly mends?: readonly Mend[];
}

/** A diagnostic with the severity of its code, unless `details` gives another. */
export function diagnostic(
  code: DiagnosticCode,
  range: Range,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  return {
    code,
    severity: details.severity ?? SEVERITIES[code],
    message,
    range,
    related: details.related ?? [],
    mends: details.mends ?? [],
  };
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** By place, at the same place the worse first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      a.range.start - b.range.start || ORDER[a.severity] - ORDER[b.severity] || a.range.end - b.range.end,
  );
}
