/** Diagnostics for machines: SARIF 2.1.0 for code scanning, and the workflow commands that GitHub shows beside the lines. */

import { createLineIndex, positionAt } from '../../grammar/lineIndex.ts';
import { type DiagnosticCode, SEVERITIES, type Severity } from '../../server/analysis/diagnostic.ts';
import type { CheckedFile } from './checkText.ts';

const SARIF_LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** A SARIF log of one run (OASIS, Static Analysis Results Interchange Format 2.1.0). */
export function sarif(files: readonly CheckedFile[], version: string): object {
  const codes = Object.keys(SEVERITIES) as DiagnosticCode[];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'causal',
            version,
            rules: codes.map((id) => ({ id, defaultConfiguration: { level: SARIF_LEVELS[SEVERITIES[id]] } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap((file) => resultsOf(file, codes)),
      },
    ],
  };
}

function resultsOf(file: CheckedFile, codes: readonly DiagnosticCode[]): object[] {
  const lines = createLineIndex(file.text);
  return file.diagnostics.map(({ code, severity, message, range }) => {
    const start = positionAt(lines, range.start);
    const end = positionAt(lines, range.end);
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: SARIF_LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file.name.replaceAll('\\', '/')) },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    };
  });
}

const GITHUB_COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** One workflow command a diagnostic. */
export function githubCommands(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ name, text, diagnostics }) => {
      const lines = createLineIndex(text);
      return diagnostics.map(({ code, severity, message, range }) => {
        const start = positionAt(lines, range.start);
        const end = positionAt(lines, range.end);
        const properties = `file=${escapeProperty(name)},line=${start.line + 1},endLine=${end.line + 1},col=${start.character + 1},endColumn=${end.character + 1},title=${escapeProperty(code)}`;
        return `::${GITHUB_COMMANDS[severity]} ${properties}::${escapeData(message)}\n`;
      });
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
