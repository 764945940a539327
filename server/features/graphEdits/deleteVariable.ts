/** Deleting a variable: its declaration, its arrows, and whatever else names it. */

import type { Statement } from '../../../grammar/tree.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { mentionsIn } from '../../analysis/mentions.ts';
import { withoutDeclaration } from '../../mends/declarations.ts';
import { withoutVariable } from '../../mends/edges.ts';
import { type OffsetEdit, overlap } from '../../mends/edit.ts';
import { leftOut, unrepeated } from '../../mends/leaveOut.ts';
import { withoutName } from '../../mends/lists.ts';
import { listsIn } from '../../mends/places.ts';
import { withoutStatement } from '../../mends/statements.ts';
import { type GraphEditPlan, lineOf, planned, refused } from './plan.ts';

/**
 * Takes a variable out of the text. What is about it alone goes with it: its arrows, a role that it alone had, an estimate of its effect, an
 * expectation of it, a group without other members. Where the column of its name is computed with, that stays.
 */
export function deleteVariable(name: string, analysis: Analysis): GraphEditPlan {
  const declaration = analysis.symbols.declarations.get(name);
  if (declaration === undefined) return refused(`${name} is not declared in the text any more.`);
  const line = declaration.definition === undefined ? null : computedLine(name, analysis);
  if (line !== null)
    return refused(
      `${name} is computed from other columns, and line ${line} computes with it. Change that line first.`,
    );
  const doomed = withEmptiedGroups(name, analysis);
  const groups = doomed.size - 1;
  const told =
    groups === 0
      ? ''
      : groups === 1
        ? ' and the group that held it alone'
        : ` and ${groups} groups that held it alone`;
  return planned(
    analysis,
    [
      // First out of groups, so that what names a group that stays is left alone.
      (now) => everywhere(now, (statement) => outOfGroup(statement, doomed, now)),
      (now) => everywhere(now, (statement) => outOfStatement(statement, doomed, now)),
    ],
    `Deleted ${name}${told}.`,
  );
}

/** The first line that computes with a variable whose own definition would be gone; null where none does. */
function computedLine(name: string, analysis: Analysis): number | null {
  for (const statement of analysis.document.statements) {
    const alone = statement.kind === 'variable' && statement.names.length === 1;
    // In its own definition the name is that of a column.
    if (alone && statement.names[0]?.text === name) continue;
    const found = mentionsIn(statement).find(
      (mention) => mention.as === 'value' && mention.name.text === name,
    );
    if (found !== undefined) return lineOf(analysis, found.name.range.start);
  }
  return null;
}

/** A variable, and every group that has no member but those that go. */
function withEmptiedGroups(name: string, { document }: Analysis): ReadonlySet<string> {
  const doomed = new Set([name]);
  for (let before = 0; before < doomed.size; ) {
    before = doomed.size;
    for (const statement of document.statements) {
      if (statement.kind !== 'group' || statement.name === undefined || statement.members.length === 0)
        continue;
      if (statement.members.every(({ text }) => doomed.has(text))) doomed.add(statement.name.text);
    }
  }
  return doomed;
}

/** One change of each statement, as far as they do not get in each other's way: the others come in the next round. */
function everywhere(
  { document }: Analysis,
  change: (statement: Statement) => readonly OffsetEdit[] | null,
): readonly OffsetEdit[] {
  const edits: OffsetEdit[] = [];
  for (const statement of document.statements) {
    const own = change(statement);
    if (own !== null && !overlap(edits, own)) edits.push(...own);
  }
  return edits;
}

function outOfGroup(
  statement: Statement,
  doomed: ReadonlySet<string>,
  analysis: Analysis,
): readonly OffsetEdit[] | null {
  if (statement.kind !== 'group' || doomed.has(statement.name?.text ?? '')) return null;
  const [list] = listsIn(statement);
  const index = statement.members.findIndex(({ text }) => doomed.has(text));
  const name = statement.members[index];
  return list === undefined || name === undefined ? null : withoutName({ list, index, name }, analysis);
}

/** Takes the first mention of what goes out of a statement, or the statement with it. */
function outOfStatement(
  statement: Statement,
  doomed: ReadonlySet<string>,
  analysis: Analysis,
): readonly OffsetEdit[] | null {
  const isDoomed = (name: { readonly text: string } | undefined): boolean =>
    name !== undefined && doomed.has(name.text);
  switch (statement.kind) {
    case 'variable':
    case 'latent': {
      const name = statement.names.find(isDoomed);
      return name === undefined ? null : withoutDeclaration(name.range, analysis);
    }
    case 'group':
      return isDoomed(statement.name) ? [withoutStatement(analysis, statement)] : null;
    case 'edges':
      return withoutVariable(statement, doomed, analysis);
    case 'estimate':
      if (isDoomed(statement.of) || isDoomed(statement.on)) return [withoutStatement(analysis, statement)];
      return outOfLists(statement, doomed, analysis);
    case 'expect': {
      const expectation = statement.expectation;
      const isAbout =
        expectation?.kind === 'independent' && [expectation.left, expectation.right].some(isDoomed);
      return isAbout ? [withoutStatement(analysis, statement)] : outOfLists(statement, doomed, analysis);
    }
    case 'role':
      return outOfLists(statement, doomed, analysis);
    default:
      return null;
  }
}

function outOfLists(
  statement: Statement,
  doomed: ReadonlySet<string>,
  analysis: Analysis,
): readonly OffsetEdit[] | null {
  for (const list of listsIn(statement)) {
    // Refuters have names of their own.
    if (list.option?.kind === 'refute') continue;
    const name = list.names.find(({ text }) => doomed.has(text));
    if (name === undefined) continue;
    const addsUp =
      list.option?.kind === 'adjust' || (statement.kind === 'role' && statement.role === 'adjust');
    return addsUp ? leftOut(name.range, [...doomed], analysis) : unrepeated(name.range, analysis);
  }
  return null;
}
