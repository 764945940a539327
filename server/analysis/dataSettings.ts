/** The `data` statement: where the rows come from and which of them count. */

import { both, type DataExpression } from '../../engine/data/expression.ts';
import type { MissingPolicy } from '../../engine/estimate/plan.ts';
import type { DataStatement, Document } from '../../grammar/tree.ts';
import { lowerExpression } from './definitions.ts';
import { type Diagnostic, diagnostic } from './diagnostic.ts';
import { repeatedOptions } from './estimateSettings.ts';
import type { Mend } from './mend.ts';
import type { SymbolTable } from './symbols.ts';

export interface DataSettings {
  /** The statement; null without one. */
  readonly statement: DataStatement | null;
  /** As written, relative to the spec's folder; null without a statement. */
  readonly path: string | null;
  readonly where: DataExpression | null;
  readonly weight: string | null;
  readonly cluster: string | null;
  /** What names the unit of a row, where one may have several. */
  readonly id: string | null;
  readonly missing: MissingPolicy;
}

/** Reads the first `data` statement; tells a second one, and what this version does not do. */
export function readDataSettings(
  document: Document,
  symbols: SymbolTable,
): { settings: DataSettings; diagnostics: readonly Diagnostic[] } {
  const statements = document.statements.filter((statement) => statement.kind === 'data');
  const [statement, ...others] = statements;
  const diagnostics: Diagnostic[] = others.map((other) =>
    diagnostic(
      'duplicate-declaration',
      other.keyword,
      'A model has one data file. Remove this statement, or put it into a file of its own.',
      {
        related: [{ range: statement?.keyword ?? other.keyword, message: 'the data are named here first' }],
        mends: [{ kind: 'remove', what: 'statement', range: other.keyword }],
      },
    ),
  );
  const settings: { -readonly [Key in keyof DataSettings]: DataSettings[Key] } = {
    statement: statement ?? null,
    path: statement?.path?.value ?? null,
    where: null,
    weight: null,
    cluster: null,
    id: null,
    missing: 'drop',
  };
  if (statement?.on !== undefined) {
    diagnostics.push(
      diagnostic(
        'not-available',
        statement.on.range,
        `Data on another engine (${statement.on.text}) are not read by this version yet. Name a file.`,
        { mends: withoutEngine(statement) },
      ),
    );
  }
  diagnostics.push(...repeatedOptions(statement?.options ?? []));
  for (const option of statement?.options ?? []) {
    if (option.kind === 'where' && option.condition !== undefined) {
      const lowered = lowerExpression(option.condition, null, symbols);
      if (lowered.kind === 'lowered') settings.where = both(settings.where, lowered.expression);
      else diagnostics.push(lowered.diagnostic);
    } else if (option.kind === 'weight' || option.kind === 'cluster' || option.kind === 'id') {
      settings[option.kind] = option.name?.text ?? null;
    } else if (option.kind === 'missing') {
      settings.missing = option.policy ?? 'drop';
    }
  }
  return { settings, diagnostics };
}

/** Takes ` on ENGINE` away, where the path before it says where that starts. */
function withoutEngine({ path, on }: DataStatement): Mend[] {
  if (path === undefined || on === undefined) return [];
  const range = { start: path.range.end, end: on.range.end };
  return [{ kind: 'replace', range, text: '', title: `Read a file in place of ${on.text}` }];
}
