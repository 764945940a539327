/** Roles: making a variable what is asked about or what serves to answer it, and taking that from it. */

import type { GivenRole } from '../../../engine/report/graphEdit.ts';
import { quoteName } from '../../../grammar/names.ts';
import type { Role, RoleStatement } from '../../../grammar/tree.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { heldSet } from '../../analysis/effectAnswers.ts';
import { nodesOf } from '../../analysis/question.ts';
import { resolveNames } from '../../analysis/symbols.ts';
import { adjustedFor } from '../../mends/adjust.ts';
import type { OffsetEdit } from '../../mends/edit.ts';
import { leftOut } from '../../mends/leaveOut.ts';
import { rewrittenStretch, spanOfNames } from '../../mends/lists.ts';
import { assignedRole, rolesOf } from '../../mends/roles.ts';
import { withoutStatements, withStatement } from '../../mends/statements.ts';
import { type GraphEditPlan, planned, refused, type Step } from './plan.ts';

const STATEMENTS: Readonly<Record<Exclude<GivenRole, 'none'>, Role>> = {
  treatment: 'treatment',
  outcome: 'outcome',
  instrument: 'instrument',
  adjusted: 'adjust',
};

const WORDS: Readonly<Record<Exclude<GivenRole, 'none'>, string>> = {
  treatment: 'the treatment',
  outcome: 'the outcome',
  instrument: 'an instrument',
  adjusted: 'adjusted for',
};

/**
 * Gives a variable a role, and takes any other from it. A new treatment or outcome takes the place of the old. Where the set to adjust for was
 * chosen from the graph, it is written down with what is put into it or taken out of it.
 */
export function giveRole(name: string, role: GivenRole, analysis: Analysis): GraphEditPlan {
  const node = analysis.structure.nodes.get(name);
  if (node === undefined) return refused(`${name} is not declared in the text any more.`);
  if (role === 'none') return withoutRole(name, node, analysis);
  if (analysis.structure.model.variables[node]?.latent === true)
    return refused(
      `${name} was never measured, so it cannot be ${WORDS[role]}. Mark it as measured first, if the data have it.`,
    );
  if (hasRole(name, role, analysis)) return refused(`${name} is ${WORDS[role]} already.`);
  return planned(
    analysis,
    [
      (now) => withoutRoles(name, (other) => other !== STATEMENTS[role] && other !== 'selection', now),
      (now) => (hasRole(name, role, now) ? null : assigned(name, role, now)),
    ],
    `${name} is ${WORDS[role]} now.`,
  );
}

function withoutRole(name: string, node: number, analysis: Analysis): GraphEditPlan {
  const step: Step = (now) => withoutRoles(name, () => true, now);
  if (step(analysis) !== null) {
    const wasAdjusted = hasRole(name, 'adjusted', analysis);
    const alone = wasAdjusted && analysis.question.adjusted?.every(({ variable }) => variable === name);
    const told = alone
      ? `The text says nothing more of what to adjust for: the set is chosen from the graph again, and may hold ${name}.`
      : `${name} has no role of its own now.`;
    return planned(analysis, [step], told);
  }
  const chosen = analysis.question.adjusted === null ? chosenSet(analysis) : [];
  if (!chosen.includes(node))
    return refused(
      `The text gives ${name} no role. What it is besides, such as a confounder or a mediator, follows from the arrows.`,
    );
  const rest = namesOf(
    chosen.filter((each) => each !== node),
    analysis,
  );
  if (rest.length === 0)
    return refused(
      `${name} alone is adjusted for, since the graph asks for it. For a number without it, write an estimate with \`adjust nothing\`.`,
    );
  return planned(
    analysis,
    [(now) => (now.question.adjusted === null ? adjustedFor(rest, null, now) : null)],
    `${name} is not adjusted for now.`,
  );
}

/** Does the text say that a variable has a role, and of treatment or outcome that no other has it? */
function hasRole(name: string, role: Exclude<GivenRole, 'none'>, { question }: Analysis): boolean {
  const entries = {
    treatment: question.treatment,
    outcome: question.outcome,
    instrument: question.instruments,
    adjusted: question.adjusted ?? [],
  }[role];
  const isIt = ({ variable }: { readonly variable: string }): boolean => variable === name;
  return entries.some(isIt) && (role === 'instrument' || role === 'adjusted' || entries.every(isIt));
}

/** Takes a variable out of the first line of roles that lists it, be it in a group; null where none does. */
function withoutRoles(
  name: string,
  isMeant: (role: Role) => boolean,
  analysis: Analysis,
): readonly OffsetEdit[] | null {
  for (const statement of analysis.document.statements) {
    if (statement.kind !== 'role' || !isMeant(statement.role)) continue;
    const listed = resolveNames(statement.names, analysis.symbols).find(({ variables }) =>
      variables.includes(name),
    );
    if (listed !== undefined) return leftOut(listed.name.range, [name], analysis);
  }
  return null;
}

function assigned(
  name: string,
  role: Exclude<GivenRole, 'none'>,
  analysis: Analysis,
): readonly OffsetEdit[] | null {
  switch (role) {
    case 'treatment':
    case 'outcome':
      return inPlaceOf(rolesOf(role, analysis), role, name, analysis);
    case 'instrument':
      return [withStatement(analysis, 'role', `instrument ${quoteName(name)}`)];
    case 'adjusted': {
      const { adjusted } = analysis.question;
      const set = adjusted === null ? chosenSet(analysis) : nodesOf(adjusted);
      return adjustedFor([...namesOf(set, analysis), name], null, analysis);
    }
  }
}

function inPlaceOf(
  [first, ...others]: readonly RoleStatement[],
  role: 'treatment' | 'outcome',
  name: string,
  analysis: Analysis,
): readonly OffsetEdit[] {
  const span = spanOfNames(first?.names ?? []);
  if (first === undefined || span === undefined) return assignedRole(role, name, analysis);
  return [
    ...rewrittenStretch(span, quoteName(name), first, analysis),
    ...withoutStatements(analysis, others),
  ];
}

/** What is adjusted for where the text does not say: the set that the graph asks for. */
function chosenSet({ question, answersOf }: Analysis): readonly number[] {
  if (question.treatment.length === 0 || question.outcome.length === 0) return [];
  const answers = answersOf(nodesOf(question.treatment), nodesOf(question.outcome));
  return 'code' in answers ? [] : heldSet(answers, null);
}

function namesOf(nodes: readonly number[], { structure }: Analysis): string[] {
  return nodes.map((node) => structure.graph.names[node] ?? '');
}
