import { categoryOf, columnsOf } from './printColumns.ts';
import { arrange, type Entry, gapsBefore } from './printEntries.ts';
import { type Piece, printComment, renderPieces } from './printPieces.ts';
import {
  type Columns,
  type ExpressionStyle,
  NO_COLUMNS,
  optionPieces,
  statementPieces,
} from './printStatement.ts';
import type { Comment, DataOption, Document, EstimateOption, Statement } from './tree.ts';

/** What is printed of a node, and the comments that found no place in it. */
interface Printed {
  readonly text: string;
  readonly after: readonly Comment[];
}

/**
 * Prints a document in its one canonical layout: an empty line between groups, keywords, types and notes of neighbouring
 * declarations aligned, two blanks of indent, long lists broken after a comma, comments where they were. Ends in a line
 * end; an empty document is an empty text. Line ends are `\n`, and there is no byte-order mark.
 *
 * Only for a document without syntax faults: the tree does not hold what could not be read, so printing a broken file would
 * lose it. For such a document, parsing the result gives the same tree but for ranges and backticks that were not needed,
 * and printing that gives the same text.
 */
export function print(document: Document): string {
  const { opening, entries: arranged } = arrange(document.statements, document.comments);
  const first: readonly Entry<Statement>[] =
    opening === undefined ? [] : [{ kind: 'comment', comment: opening }];
  const entries = [...first, ...arranged];
  const gaps = separateGroups(entries, gapsBefore(entries, document.paragraphs));
  const columns = columnsOf(entries, gaps);
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    if (gaps[index]) lines.push('');
    if (entry.kind === 'comment') {
      lines.push(printComment(entry.comment));
      continue;
    }
    const printed = printStatement(entry, columns[index] ?? NO_COLUMNS, document.paragraphs);
    lines.push(printed.text);
    for (const comment of printed.after) lines.push(printComment(comment));
    // A comment that had to move below must not become the documentation of what follows.
    if (printed.after.length > 0 && index + 1 < entries.length) gaps[index + 1] = true;
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/**
 * Adds the empty lines that the layout asks for: one between statements of different categories, before the comments that
 * belong to the second, and one that keeps comments apart from a statement which they do not document.
 */
function separateGroups(entries: readonly Entry<Statement>[], gaps: readonly boolean[]): boolean[] {
  const separated = [...gaps];
  let previous = -1;
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'comment') continue;
    const { documentation } = entry.node;
    if (documentation === undefined && entries[index - 1]?.kind === 'comment') separated[index] = true;
    const before = entries[previous];
    if (before?.kind === 'node' && categoryOf(before.node) !== categoryOf(entry.node)) {
      const apart = separated.slice(previous + 1, index + 1).includes(true);
      if (!apart) separated[previous + 1] = true;
    }
    previous = index;
  }
  return separated;
}

type NodeEntry<Node> = Extract<Entry<Node>, { kind: 'node' }>;

function printStatement(
  entry: NodeEntry<Statement>,
  columns: Columns,
  paragraphs: readonly number[],
): Printed {
  const { node } = entry;
  if (node.kind !== 'data' && node.kind !== 'estimate') {
    return printNode(entry, (style) => statementPieces(node, columns, style), 0);
  }
  const head = renderPieces(statementPieces(node, columns, 'plain'), [], 0).text;
  const options: readonly (DataOption | EstimateOption)[] = node.options;
  if (options.length === 0 && entry.inner.length === 0) return withTrailing(head, [], entry.trailing);
  const block = printBlock(options, entry.inner, paragraphs);
  return withTrailing(`${head} ${block}`, [], entry.trailing);
}

function printBlock(
  options: readonly (DataOption | EstimateOption)[],
  comments: readonly Comment[],
  paragraphs: readonly number[],
): string {
  const { opening, entries } = arrange(options, comments);
  const gaps = gapsBefore(entries, paragraphs);
  const lines = [opening === undefined ? '{' : `{${GAP}${printComment(opening)}`];
  for (const [index, entry] of entries.entries()) {
    if (gaps[index]) lines.push('');
    if (entry.kind === 'comment') {
      lines.push(`  ${printComment(entry.comment)}`);
      continue;
    }
    const printed = printNode(entry, (style) => optionPieces(entry.node, style), 2);
    lines.push(`  ${printed.text}`);
    for (const comment of printed.after) lines.push(`  ${printComment(comment)}`);
  }
  return [...lines, '}'].join('\n');
}

/** Prints a node on lines of its own: plainly or, where a comment inside its expression allows no other way, in brackets. */
function printNode<Node>(
  entry: NodeEntry<Node>,
  pieces: (style: ExpressionStyle) => readonly Piece[],
  indent: number,
): Printed {
  const plain = renderPieces(pieces('plain'), entry.inner, indent);
  const crowded = plain.rest.length + (entry.trailing === undefined ? 0 : 1) > 1;
  if (!crowded && plain.displaced.length === 0) return withTrailing(plain.text, plain.rest, entry.trailing);
  const { text, displaced, rest } = renderPieces(pieces('bracketed'), entry.inner, indent);
  return withTrailing(text, [...displaced, ...rest], entry.trailing);
}

/** Blanks before a comment on the line of something else. */
const GAP = '  ';

function withTrailing(text: string, displaced: readonly Comment[], trailing: Comment | undefined): Printed {
  const [first, ...after] = trailing === undefined ? displaced : [...displaced, trailing];
  return { text: first === undefined ? text : `${text}${GAP}${printComment(first)}`, after };
}
