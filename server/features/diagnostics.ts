import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, Severity } from '../analysis/diagnostic.ts';
import { lspRange } from './places.ts';

const LSP_SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Shown faded. */
const UNNECESSARY: ReadonlySet<string> = new Set(['unused-variable', 'adjust-unneeded', 'duplicate-edge']);

/** Diagnostics as an editor takes them, related places included. */
export function lspDiagnostics(document: TextDocument, diagnostics: readonly Diagnostic[]): LspDiagnostic[] {
  return diagnostics.map((each) => ({
    range: lspRange(document, each.range),
    severity: LSP_SEVERITIES[each.severity],
    code: each.code,
    source: 'causal',
    message: each.message,
    relatedInformation: each.related.map(({ range, message }) => ({
      location: { uri: document.uri, range: lspRange(document, range) },
      message,
    })),
    ...(UNNECESSARY.has(each.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  }));
}
