/** Edges: taking one pair out of a line that may hold many, turning it round, drawing another. */

import { quoteName } from '../../grammar/names.ts';
import type { EdgesStatement, Name } from '../../grammar/tree.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { MendedEdge } from '../analysis/mend.ts';
import { commentsBetween, deletion, indentAt, lineEndOf, type OffsetEdit } from './edit.ts';
import { rewrittenStretch, withoutName, writeNames } from './lists.ts';
import { statementHolding } from './places.ts';
import { source, withoutStatement, withStatement } from './statements.ts';

/** One pair of a line of edges: the names at the ends of one arrow, as they stand in the text. */
interface WrittenPair {
  readonly statement: EdgesStatement;
  /** Of the arrow, and of the list before it. */
  readonly at: number;
  readonly left: Name;
  readonly right: Name;
  /** The variables of the pair in the order of the text; members where the names are those of groups. */
  readonly variables: readonly [string, string];
}

function pairOf(edge: MendedEdge, { document }: Analysis): WrittenPair | undefined {
  const statement = statementHolding(document, edge.range.start);
  if (statement?.kind !== 'edges') return undefined;
  for (const [at, arrow] of statement.arrows.entries()) {
    const left = statement.ends[at]?.find(({ range }) => range.start === edge.range.start);
    const right = statement.ends[at + 1]?.find(({ range }) => range.end === edge.range.end);
    if (left === undefined || right === undefined) continue;
    const variables = arrow.kind === '<-' ? ([edge.to, edge.from] as const) : ([edge.from, edge.to] as const);
    return { statement, at, left, right, variables };
  }
  return undefined;
}

/** Takes an edge out. All other edges of its line stay, with the note, the coefficient and the comments. */
export function withoutEdge(edge: MendedEdge, analysis: Analysis): OffsetEdit[] | null {
  const pair = pairOf(edge, analysis);
  return pair === undefined ? null : splitLine(pair, analysis, null);
}

/** Turns an edge round. All other edges of its line stay as they are. */
export function reversedEdge(edge: MendedEdge, analysis: Analysis): OffsetEdit[] | null {
  const pair = pairOf(edge, analysis);
  if (pair === undefined) return null;
  const { statement, left, right, variables } = pair;
  const plain = left.text === variables[0] && right.text === variables[1];
  if (plain && statement.ends.length === 2 && statement.ends.every((end) => end.length === 1)) {
    return [
      { range: left.range, text: source(analysis, right.range) },
      { range: right.range, text: source(analysis, left.range) },
    ];
  }
  return splitLine(pair, analysis, `${quoteName(edge.to)} -> ${quoteName(edge.from)}`);
}

/** Puts another arrow between its two variables in the place of an edge. All other edges of its line stay as they are. */
export function redrawnEdge(
  edge: MendedEdge,
  as: Omit<MendedEdge, 'range'>,
  analysis: Analysis,
): OffsetEdit[] | null {
  if (edge.kind === 'directed' && as.kind === 'directed')
    return as.from === edge.from ? null : reversedEdge(edge, analysis);
  const pair = pairOf(edge, analysis);
  if (pair === undefined) return null;
  const { statement, at, left, right, variables } = pair;
  const arrow = statement.arrows[at];
  const alone =
    left.text === variables[0] && right.text === variables[1] && statement.ends.flat().length === 2;
  if (!alone || arrow === undefined)
    return splitLine(
      pair,
      analysis,
      `${quoteName(as.from)} ${as.kind === 'directed' ? '->' : '<->'} ${quoteName(as.to)}`,
    );
  const directed = left.text === as.from ? '->' : '<-';
  return [{ range: arrow.range, text: as.kind === 'directed' ? directed : '<->' }];
}

/** Puts `<->` in the place of two arrows that contradict each other. */
export function hiddenCause(edge: MendedEdge, other: MendedEdge, analysis: Analysis): OffsetEdit[] | null {
  const first = pairOf(edge, analysis);
  const second = pairOf(other, analysis);
  if (first === undefined || second === undefined || first.statement === second.statement) return null;
  const removed = splitLine(second, analysis, null);
  const kept = splitLine(first, analysis, `${quoteName(edge.from)} <-> ${quoteName(edge.to)}`);
  return [...removed, ...kept];
}

/** The ends of the arrows that would make a variable a cause of what the question is about. */
export function causedBy(
  { name, of }: { readonly name: string; readonly of: 'outcome' | 'both' },
  { question }: Analysis,
): readonly string[] {
  const entries = of === 'both' ? [...question.treatment, ...question.outcome] : question.outcome;
  if (of === 'both' && question.treatment.length === 0) return [];
  const names = [...new Set(entries.map(({ variable }) => variable))];
  return names.includes(name) ? [] : names;
}

/** Draws arrows on a line of their own after the last edges. */
export function drawnEdges(
  from: string,
  to: readonly string[],
  analysis: Analysis,
  arrow: '->' | '<->' = '->',
): OffsetEdit[] {
  return [withStatement(analysis, 'edges', `${quoteName(from)} ${arrow} ${writeNames(to)}`)];
}

/**
 * Takes the first of some variables, or groups, that a line of edges names out of it, with the arrows at it there: out of a list where others stand
 * with it, else the chain ends there and goes on behind it. Null where the line names none.
 */
export function withoutVariable(
  statement: EdgesStatement,
  names: ReadonlySet<string>,
  analysis: Analysis,
): OffsetEdit[] | null {
  const { ends, range } = statement;
  const at = ends.findIndex((end) => end.some(({ text }) => names.has(text)));
  const end = ends[at] ?? [];
  const index = end.findIndex(({ text }) => names.has(text));
  const name = end[index];
  if (name === undefined) return null;
  if (end.length > 1)
    return withoutName(
      { list: { names: end, statement, option: undefined, part: 'end' }, index, name },
      analysis,
    );
  const [before, after] = [at > 1, at < ends.length - 2];
  if (!before && !after) return [withoutStatement(analysis, statement)];
  const last = ends.at(-1)?.at(-1)?.range.end ?? range.end;
  const start = before ? (ends[at - 1]?.at(-1)?.range.end ?? range.start) : range.start;
  const stop = after ? (ends[at + 1]?.[0]?.range.start ?? last) : last;
  const tail = source(analysis, { start: last, end: range.end });
  const put =
    before && after ? `${tail}${lineEndOf(analysis.text)}${indentAt(analysis.text, range.start)}` : '';
  return rewrittenStretch({ start, end: stop }, put, statement, analysis);
}

/** The line without the pair: as many statements as it takes to keep all other edges, and `added` after them. */
function splitLine(pair: WrittenPair, analysis: Analysis, added: string | null): OffsetEdit[] {
  const { statement, at } = pair;
  const inPlace = added === null ? withoutOneEnd(pair, analysis) : undefined;
  if (inPlace !== undefined) return inPlace;
  const { ends } = statement;
  const parts = [
    ...(at > 0 ? [slice(statement, 0, at, analysis)] : []),
    ...otherPairs(pair, analysis),
    ...(at + 2 < ends.length ? [slice(statement, at + 1, ends.length - 1, analysis)] : []),
    ...(added === null ? [] : [added]),
  ];
  if (parts.length === 0) return [withoutStatement(analysis, statement)];
  return [rewritten(statement, parts, pair, analysis)];
}

/**
 * Where nothing has to be split: an end of the line goes with its arrow, or a name leaves a list that is not part of a longer
 * chain. Undefined where that is not enough.
 */
function withoutOneEnd(
  { statement, at, left, right, variables }: WrittenPair,
  analysis: Analysis,
): OffsetEdit[] | undefined {
  const { ends } = statement;
  const [before, after] = [ends[at] ?? [], ends[at + 1] ?? []];
  const [from, to] = [left.text === variables[0], right.text === variables[1]];
  if (!from || !to) return undefined;
  if (before.length === 1 && after.length === 1) {
    if (ends.length === 2) return [withoutStatement(analysis, statement)];
    // A loop in a chain, its first arrow or its last: the rest is still one chain.
    if (left.text === right.text || at === ends.length - 2)
      return [deletion(left.range.end, right.range.end)];
    return at === 0 ? [deletion(left.range.start, right.range.start)] : undefined;
  }
  if (ends.length > 2 || (before.length > 1 && after.length > 1)) return undefined;
  const [list, name] = before.length === 1 ? [after, right] : [before, left];
  const index = list.indexOf(name);
  return withoutName(
    { list: { names: list, statement, option: undefined, part: 'end' }, index, name },
    analysis,
  );
}

/** The text from one end of a line of edges to another, layout and comments included. */
function slice({ ends }: EdgesStatement, from: number, to: number, analysis: Analysis): string {
  const start = ends[from]?.[0]?.range.start ?? 0;
  const end = ends[to]?.at(-1)?.range.end ?? start;
  return source(analysis, { start, end });
}

/** What is left of one arrow between two lists: the other names before it, and the other names behind it. */
function otherPairs({ statement, at, left, right, variables }: WrittenPair, { symbols }: Analysis): string[] {
  const arrow = statement.arrows[at]?.kind ?? '->';
  const membersOf = (name: Name): readonly string[] => symbols.groups.get(name.text) ?? [name.text];
  const others = (end: readonly Name[] | undefined, name: Name, variable: string): string[] =>
    (end ?? []).flatMap((each) =>
      each === name ? membersOf(each).filter((member) => member !== variable) : [each.text],
    );
  const before = others(statement.ends[at], left, variables[0]);
  const after = others(statement.ends[at + 1], right, variables[1]);
  const lines: string[] = [];
  if (before.length > 0) {
    const all = (statement.ends[at + 1] ?? []).map(({ text }) => text);
    lines.push(`${writeNames(before)} ${arrow} ${writeNames(all)}`);
  }
  if (after.length > 0) lines.push(`${quoteName(variables[0])} ${arrow} ${writeNames(after)}`);
  return lines;
}

/** The statement with its edges in parts, each with the note and the coefficient; comments that stood between are kept above. */
function rewritten(
  statement: EdgesStatement,
  parts: readonly string[],
  { at }: WrittenPair,
  analysis: Analysis,
): OffsetEdit {
  const { text, document } = analysis;
  const { ends, range } = statement;
  const edges = { start: range.start, end: ends.at(-1)?.at(-1)?.range.end ?? range.end };
  const tail = text.slice(edges.end, range.end);
  const separator = `${lineEndOf(text)}${indentAt(text, range.start)}`;
  // What is before the list on the left of the arrow, and after the one on its right, is kept as it is where there is any.
  const from = at > 0 ? (ends[at]?.at(-1)?.range.end ?? range.start) : range.start;
  const to = at + 2 < ends.length ? (ends[at + 1]?.[0]?.range.start ?? range.end) : edges.end;
  const lost = commentsBetween(document.comments, from, to).map((comment) => source(analysis, comment.range));
  const lines = parts.map((part) => `${part}${tail}`);
  return { range, text: [...lost, ...lines].join(separator) };
}
