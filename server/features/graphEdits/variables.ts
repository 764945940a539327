/** Variables: declaring one, calling it something else, saying whether it was measured. */

import { canWriteName, isPlainName, quoteName } from '../../../grammar/names.ts';
import type { Analysis } from '../../analysis/analyse.ts';
import { mentionsIn } from '../../analysis/mentions.ts';
import { declared, redeclared } from '../../mends/declarations.ts';
import type { OpenSpec } from '../../openSpec.ts';
import { rename } from '../rename/rename.ts';
import { type GraphEditPlan, lineOf, planned, refused } from './plan.ts';

/** Declares a variable, or one that was never measured, beside the others. */
export function addVariable(wanted: string, latent: boolean, analysis: Analysis): GraphEditPlan {
  const name = withoutBackticks(wanted);
  if (name === '') return refused('Give the variable a name.');
  if (!canWriteName(name))
    return refused('A name holds no backtick and no line end. Blanks and other signs are fine.');
  const other = analysis.symbols.declarations.get(name);
  if (other !== undefined)
    return refused(`${name} is already declared as a ${other.kind}. Choose another name.`);
  const used = latent ? valueLine(name, analysis) : null;
  if (used !== null)
    return refused(`${name} is used as a column of the data in line ${used}, so it is measured.`);
  const quoted = isPlainName(name) ? '' : ` In the text it is written ${quoteName(name)}.`;
  return planned(
    analysis,
    [
      (now) =>
        now.symbols.declarations.has(name) ? null : declared([name], latent ? 'latent' : 'variable', now),
    ],
    `Added ${name}.${quoted}`,
  );
}

function withoutBackticks(name: string): string {
  const trimmed = name.trim();
  return /^`[^`]+`$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

/** Gives a variable another name everywhere in the text; it stays the column that it is. */
export function renameVariable(name: string, to: string, spec: OpenSpec): GraphEditPlan {
  const { analysis, document } = spec;
  const declaration = analysis.symbols.declarations.get(name);
  if (declaration === undefined) return refused(`${name} is not declared in the text any more.`);
  const answer = rename(spec, declaration.range.start, to);
  if (answer.kind === 'refused') return answer;
  const edits = (answer.edit.changes?.[document.uri] ?? []).map(({ range, newText }) => ({
    range: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
    text: newText,
  }));
  if (edits.length === 0) return refused(`It is called ${name} already.`);
  return { kind: 'edits', edits, told: `Renamed ${name} to ${withoutBackticks(to)}.` };
}

/** Says of a variable that it was measured, or that it was not: what has no values then is refused. */
export function setMeasured(name: string, measured: boolean, analysis: Analysis): GraphEditPlan {
  const declaration = analysis.symbols.declarations.get(name);
  if (declaration === undefined) return refused(`${name} is not declared in the text any more.`);
  const as = measured ? 'variable' : 'latent';
  if (declaration.kind === as)
    return refused(measured ? `${name} is measured already.` : `${name} is latent already.`);
  const needs = measured ? null : whyMeasured(name, analysis);
  if (needs !== null) return refused(needs);
  return planned(
    analysis,
    [(now) => (now.symbols.declarations.get(name)?.kind === as ? null : redeclared(name, as, now))],
    measured ? `${name} counts as measured now.` : `${name} counts as never measured now.`,
  );
}

/** Why a variable has to have values; null where it does not. */
function whyMeasured(name: string, analysis: Analysis): string | null {
  const { treatment, outcome, adjusted, instruments } = analysis.question;
  const roles = [
    ['the treatment', treatment],
    ['the outcome', outcome],
    ['an instrument', instruments],
    ['adjusted for', adjusted ?? []],
  ] as const;
  const role = roles.find(([, entries]) => entries.some(({ variable }) => variable === name))?.[0];
  if (role !== undefined)
    return `${name} is ${role}, which takes values that were measured. Take that role from it first.`;
  const line = valueLine(name, analysis);
  return line === null
    ? null
    : `${name} is computed with in line ${line}, which takes values that were measured.`;
}

/** The first line in which the values of a name are used, but for its own definition; null where there is none. */
function valueLine(name: string, analysis: Analysis): number | null {
  const own = analysis.symbols.declarations.get(name)?.statement;
  for (const statement of analysis.document.statements) {
    if (statement === own) continue;
    const found = mentionsIn(statement).find(
      (mention) => mention.as === 'value' && mention.name.text === name,
    );
    if (found !== undefined) return lineOf(analysis, found.name.range.start);
  }
  return null;
}
