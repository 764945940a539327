import type { Entry } from './printEntries.ts';
import { renderPieces } from './printPieces.ts';
import { type Columns, measureDeclaration, NO_COLUMNS, NOTE_GAP, statementPieces } from './printStatement.ts';
import type { Statement } from './tree.ts';

/** A list of names longer than this makes no column, or the types of its neighbours would stand far off. */
const LONGEST_ALIGNED = 40;

/** Statements of one category stand together; between two categories there is an empty line. */
export function categoryOf(statement: Statement): string {
  switch (statement.kind) {
    case 'variable':
    case 'latent':
    case 'group':
      return 'declaration';
    default:
      return statement.kind;
  }
}

/** For each entry, the columns it shares with its neighbours: those of its category without an empty line between. */
export function columnsOf(
  entries: readonly Entry<Statement>[],
  gaps: readonly boolean[],
): readonly Columns[] {
  const columns: Columns[] = entries.map(() => NO_COLUMNS);
  let run: number[] = [];
  let category = '';
  const close = (): void => {
    const shared = sharedColumns(run.map((index) => entries[index]));
    for (const index of run) columns[index] = ownColumns(entries[index], shared);
    run = [];
  };
  for (const [index, entry] of entries.entries()) {
    if (gaps[index]) close();
    if (entry.kind === 'comment') continue;
    if (categoryOf(entry.node) !== category) close();
    category = categoryOf(entry.node);
    run.push(index);
  }
  close();
  return columns;
}

type Measured = Entry<Statement> | undefined;

function keywordOf(entry: Measured): string {
  if (entry?.kind !== 'node') return '';
  const { node } = entry;
  if (node.kind === 'role') return node.role;
  return categoryOf(node) === 'declaration' ? node.kind : '';
}

/** The widths of a declaration that takes part in the alignment. */
function alignedWidths(entry: Measured): ReturnType<typeof measureDeclaration> | undefined {
  if (entry?.kind !== 'node') return undefined;
  const { node } = entry;
  if (node.kind !== 'variable' && node.kind !== 'latent' && node.kind !== 'group') return undefined;
  if (!keepsItsLine(entry)) return undefined;
  const widths = measureDeclaration(node);
  return widths.names > LONGEST_ALIGNED ? undefined : widths;
}

/**
 * Whether the comments inside a declaration end up behind it on its line. It is then aligned as it will be when it is read again;
 * one that a comment breaks into several lines is not.
 */
function keepsItsLine({ node, inner, trailing }: Extract<Entry<Statement>, { kind: 'node' }>): boolean {
  if (inner.length === 0) return true;
  const { text, displaced, rest } = renderPieces(statementPieces(node, NO_COLUMNS, 'plain'), inner, 0);
  const behind = rest.length + (trailing === undefined ? 0 : 1);
  return displaced.length === 0 && behind <= 1 && !text.includes('\n');
}

/** The largest of many numbers, too many perhaps for one call of `Math.max`; 0 of none. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function sharedColumns(run: readonly Measured[]): Columns {
  const keyword = largest(run.map((entry) => keywordOf(entry).length));
  const widths = run.map(alignedWidths).filter((width) => width !== undefined);
  const names = largest(widths.map((width) => (width.middle === undefined ? 0 : width.names)));
  const heads = widths
    .filter((width) => width.noted && !width.defined)
    .map((width) => keyword + 1 + (width.middle === undefined ? width.names : names + width.middle));
  const note = heads.length === 0 ? 0 : largest(heads) + NOTE_GAP;
  return { keyword, names, note };
}

/** A line that is not measured keeps the keyword column alone. */
function ownColumns(entry: Measured, shared: Columns): Columns {
  return alignedWidths(entry) === undefined ? { ...NO_COLUMNS, keyword: shared.keyword } : shared;
}
