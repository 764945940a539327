/** What is said about a variable: what it is for the effect, on which paths it lies, and what its column holds. */

import type { Node } from '../../../engine/model/model.ts';
import type { Name } from '../../../grammar/tree.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { levelText } from '../../analysis/estimateOptions.ts';
import { namesInExpression } from '../../analysis/mentions.ts';
import { rolesOf } from '../../analysis/roles.ts';
import { explainRoles, toldRoles } from '../../analysis/roleWords.ts';
import type { Declaration } from '../../analysis/symbols.ts';
import type { DataDescription } from '../../jobs/describeData.ts';
import type { OpenSpec } from '../../openSpec.ts';
import { bold, bullets, code, escapeLines, escapeMarkdown, paragraphs, prose } from '../markdown.ts';
import { columnLine, columnText } from './column.ts';
import { type AskedEffect, askedEffects, effectText, listed } from './effects.ts';
import { variablePaths } from './variablePaths.ts';
import { verdictLine } from './verdictText.ts';

/** Effects for which the part of a variable is told. */
const SHOWN_EFFECTS = 3;

/** Columns of a definition that are told. */
const SHOWN_COLUMNS = 3;

/** A declared variable in words, as Markdown; `verdict` for the verdict on an effect of which it is one end. */
export function variableText(
  declaration: Declaration,
  { analysis, data }: OpenSpec,
  verdict: boolean,
): string {
  const { note, documentation } = declaration;
  const node = analysis.structure.nodes.get(declaration.name);
  const column = declaration.kind === 'variable' ? valuesText(declaration, data) : null;
  return paragraphs([
    withNote(headline(declaration, analysis), note),
    documentation === undefined ? null : escapeLines(documentation),
    ...(node === undefined ? [] : effectTexts(node, analysis, verdict)),
    ...(column === null ? [] : ['---', column]),
  ]);
}

function headline({ name, kind, type, definition }: Declaration, analysis: Analysis): string {
  if (kind === 'latent') return `${bold(name)}, never measured (latent)`;
  const typed = type === undefined ? 'variable' : `${type.name} variable`;
  if (definition === undefined) return `${bold(name)}, ${typed}`;
  const { start, end } = definition.range;
  return `${bold(name)}, ${typed}, computed as ${code(analysis.text.slice(start, end))}`;
}

/** Editors show a dozen lines before one has to scroll: a note goes on in the line of what it is about. */
function withNote(line: string, note: string | undefined): string {
  const text = note === undefined ? '' : escapeLines(note);
  if (text === '') return line;
  return text.includes('\n') ? paragraphs([line, text]) : `${line} – ${text}`;
}

/** Its part in each effect that is asked about. */
function effectTexts(node: Node, analysis: Analysis, verdict: boolean): (string | null)[] {
  const asked = askedEffects(analysis);
  const shown = asked.slice(0, SHOWN_EFFECTS);
  const rest = asked.length - shown.length;
  return [
    ...shown.flatMap((effect) => effectTextsOf(node, effect, analysis, verdict)),
    rest > 0
      ? `*… and ${rest} more ${rest === 1 ? 'effect' : 'effects'} that the estimates ask about.*`
      : null,
  ];
}

function effectTextsOf(
  node: Node,
  asked: AskedEffect,
  analysis: Analysis,
  verdict: boolean,
): (string | null)[] {
  const { answers } = asked;
  if ('code' in answers) return [prose(answers.message)];
  const isEnd = answers.effect.treatment[node] === 1 || answers.effect.outcome[node] === 1;
  return [
    `For ${effectText(asked, analysis)}:\n\n${bullets(roleLines(node, asked, analysis))}`,
    variablePaths(node, asked, analysis),
    isEnd && verdict ? verdictLine(asked, analysis) : null,
  ];
}

function roleLines(node: Node, asked: AskedEffect, analysis: Analysis): string[] {
  const { answers } = asked;
  if ('code' in answers) return [];
  const reasons = toldRoles(rolesOf(answers, analysis.question, node));
  const why = explainRoles(reasons, {
    treatment: listed(asked.treatment, analysis),
    outcome: listed(asked.outcome, analysis),
    severalTreatments: asked.treatment.length > 1,
    structure: analysis.structure,
  });
  return reasons.map(({ role }, index) => `**${capitalised(role)}.** ${prose(why[index] ?? '')}`);
}

/** The names of the roles of a variable for an effect, as a person says them; empty where the effect cannot be asked. */
export function roleNames(node: Node, { answers }: AskedEffect, analysis: Analysis): string[] {
  if ('code' in answers) return [];
  return toldRoles(rolesOf(answers, analysis.question, node)).map(({ role }) => role);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valuesText(declaration: Declaration, data: DataDescription | null): string | null {
  if (data === null) return null;
  const { definition, name, type } = declaration;
  if (definition === undefined) {
    const summary = summaryOf(name, data);
    return summary === undefined ? null : columnText(summary, (type?.levels ?? []).map(levelText));
  }
  const used = [...new Set([...namesInExpression(definition)].map(({ text }) => text))];
  const lines = used.flatMap((each) => {
    const summary = summaryOf(each, data);
    return summary === undefined ? [] : [columnLine(summary)];
  });
  return lines.length === 0 ? null : `Computed from:\n\n${bullets(lines.slice(0, SHOWN_COLUMNS))}`;
}

function summaryOf(name: string, data: DataDescription): DataDescription['summaries'][number] | undefined {
  return data.summaries.find((candidate) => candidate.name === name);
}

/** A name that nothing declares, where it is a column of the data; null where it is none. */
export function columnHover(name: Name, data: DataDescription | null): string | null {
  if (data === null || !data.columns.includes(name.text)) return null;
  const summary = summaryOf(name.text, data);
  return paragraphs([
    `${bold(name.text)}, a column of the data`,
    summary === undefined ? null : columnText(summary),
  ]);
}

/** Members of a group that are told one by one. */
const SHOWN_MEMBERS = 12;

/** A group with its members and what each is for the effect of the roles, as Markdown. */
export function groupText({ name, note, documentation }: Declaration, { analysis }: OpenSpec): string {
  const members = analysis.symbols.groups.get(name) ?? [];
  const [asked] = askedEffects(analysis);
  const lines = members.slice(0, SHOWN_MEMBERS).map((member) => {
    const node = analysis.structure.nodes.get(member);
    const roles = node === undefined || asked === undefined ? [] : roleNames(node, asked, analysis);
    return roles.length === 0 ? bold(member) : `${bold(member)}: ${escapeMarkdown(roles.join(', '))}`;
  });
  const rest = members.length - lines.length;
  const about =
    asked === undefined || 'code' in asked.answers
      ? 'Its members:'
      : `Its members, for ${effectText(asked, analysis)}:`;
  return paragraphs([
    withNote(
      `${bold(name)}, a group of ${members.length} ${members.length === 1 ? 'variable' : 'variables'}`,
      note,
    ),
    documentation === undefined ? null : escapeLines(documentation),
    lines.length === 0
      ? null
      : `${about}\n\n${bullets([...lines, ...(rest > 0 ? [`… and ${rest} more`] : [])])}`,
  ]);
}
