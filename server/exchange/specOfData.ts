/** A starting spec for a file of data: its columns as typed variables, and what they might be for as comments. */

import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import type { Suspicion } from '../../engine/data/profile/suspicions.ts';
import { sortLevels } from '../../engine/data/variableType.ts';
import { nameList } from '../../engine/wording.ts';
import { writeString } from '../../grammar/literals.ts';
import { canWriteName, isPlainName, quoteName } from '../../grammar/names.ts';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import type { ProfiledFile } from '../jobs/protocol.ts';

/** What of a profile a starting spec is made from. */
export type ProfiledColumns = Pick<ProfiledFile, 'columns' | 'variables' | 'suspicions' | 'rows'>;

/**
 * The text of a spec, in the canonical layout: every column that can be a variable is declared with the type that its values show; the others, and
 * candidates for the roles, are comments. It has no arrows: those are not in the data.
 *
 * @param path of the data, as the spec writes it
 */
export function specOfData(profile: ProfiledColumns, path: string): string {
  const notes = new Map<string, Suspicion[]>();
  for (const each of profile.suspicions)
    notes.set(each.variable, [...(notes.get(each.variable) ?? []), each]);
  const declared = profile.variables.filter(({ name }) => isUsable(name, notes.get(name) ?? []));
  const lines = [
    ...comment(
      `A starting spec for ${path}: ${profile.rows.read} rows, ${profile.columns.length} columns. The types are what the values show.`,
    ),
    ...comment('Next: draw the arrows, name the treatment and the outcome, and run `causal check`.'),
    '',
    `data ${writeString(path)}`,
    '',
    ...declared.flatMap((variable) => [
      ...(notes.get(variable.name) ?? []).flatMap(({ message }) => comment(message)),
      declaration(variable),
    ]),
    '',
    ...leftOut(profile, declared, notes),
    ...rankHints(declared),
    '',
    ...questionComments(declared, notes),
  ];
  return print(parse(`${lines.join('\n')}\n`).document);
}

/** Longest line of a comment. */
const COMMENT_WIDTH = 96;

/** Comment lines; a text of the data's cannot end the comment. */
function comment(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.replace(/\p{C}|\s/gu, ' ').split(/ +/)) {
    if (line.length + word.length + 1 > COMMENT_WIDTH && line !== '#') {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** Not what names the rows or says nothing about them. */
const LEFT_OUT: ReadonlySet<Suspicion['code']> = new Set(['constant', 'empty', 'identifier']);

function isUsable(name: string, notes: readonly Suspicion[]): boolean {
  return canWriteName(name) && !notes.some(({ code }) => LEFT_OUT.has(code));
}

function declaration(variable: VariableSummary): string {
  return `variable ${quoteName(variable.name)} : ${typeOf(variable)}`;
}

/** More levels, or longer ones, are not listed. */
const [MOST_LEVELS, LONGEST_LEVEL] = [8, 40];

/** The type, with levels where words have an order that somebody may want to change: the first is the reference. */
function typeOf({ kind, numbers, levels, distinct }: VariableSummary): string {
  if (numbers !== null || (kind !== 'binary' && kind !== 'categorical') || levels === null) return kind;
  const names = sortLevels(levels.map(({ level }) => level));
  const listed =
    distinct <= MOST_LEVELS && names.every((name) => name.length <= LONGEST_LEVEL && !/\p{C}/u.test(name));
  return listed
    ? `${kind}(${names.map((name) => (isPlainName(name) ? name : writeString(name))).join(', ')})`
    : kind;
}

function leftOut(
  { columns, variables }: ProfiledColumns,
  declared: readonly VariableSummary[],
  notes: ReadonlyMap<string, readonly Suspicion[]>,
): string[] {
  const reasons = variables
    .filter((variable) => !declared.includes(variable))
    .map(
      ({ name }) =>
        notes.get(name)?.[0]?.message ??
        `${name}: its name holds a backtick or a line end. Rename it in the data.`,
    );
  const nameless = columns.filter((name) => name === '').length;
  const all = [...reasons, ...(nameless === 0 ? [] : [`${nameless} of the columns have no name.`])];
  return all.length === 0
    ? []
    : [...comment('Not declared:'), ...all.flatMap((reason) => comment(`- ${reason}`)), ''];
}

/** Whole numbers with few values may be ranks, or codes of what has no order. */
function rankHints(declared: readonly VariableSummary[]): string[] {
  const few = declared.filter(
    ({ kind, distinct, levels }) => kind === 'count' && distinct > 2 && levels !== null,
  );
  if (few.length === 0) return [];
  return [
    ...comment(
      `Few different numbers in ${nameList(few.map(({ name }) => name))}: declare \`ordinal\` what is a rank, and \`categorical\` what is a code.`,
    ),
    '',
  ];
}

/** As many candidates as are named. */
const MOST_NAMED = 6;

const TREATMENT_NAMES =
  /treat|expos|interven|program|policy|^arm$|group|personal|smok|drug|dose|train|optin|^t$|^x$|^d$/i;
const OUTCOME_NAMES =
  /outcome|result|respon|revenue|sales|wage|income|score|spend|visit|conver|engage|surviv|death|cost|^y$/i;
const RANDOM_NAMES =
  /random|lottery|assign|instrument|rollout|encourag|eligib|draft|invit|^z$|wave|distance|near/i;
const WEIGHT_NAMES = /^(weights?|w|p?weight|fweight|sampling_?weight)$/i;

/** Names that look the part first, else in the order of the file. */
function candidates(variables: readonly VariableSummary[], looks: RegExp): string[] {
  const score = ({ name }: VariableSummary): number => (looks.test(name) ? 0 : 1);
  return [...variables].sort((a, b) => score(a) - score(b)).map(({ name }) => name);
}

function questionComments(
  declared: readonly VariableSummary[],
  notes: ReadonlyMap<string, readonly Suspicion[]>,
): string[] {
  const treatments = candidates(
    declared.filter(({ kind }) => kind === 'binary'),
    TREATMENT_NAMES,
  );
  const numeric = declared.filter(({ numbers, kind }) => numbers !== null && kind !== 'binary');
  const outcomes = candidates([...numeric].reverse(), OUTCOME_NAMES);
  const random = declared.filter(({ name }) => RANDOM_NAMES.test(name)).map(({ name }) => name);
  const weights = declared.filter(({ name, numbers }) => numbers !== null && WEIGHT_NAMES.test(name));
  const ids = [...notes.values()]
    .flat()
    .filter(({ code, variable }) => code === 'identifier' && canWriteName(variable));
  const [treatment, outcome] = [treatments[0], outcomes.find((name) => name !== treatments[0])];
  const others = declared.filter(({ name }) => name !== treatment && name !== outcome).slice(0, 3);
  return [
    ...comment('The question, once it is clear:'),
    ...(treatment === undefined ? [] : [`# treatment ${quoteName(treatment)}`]),
    ...(outcome === undefined ? [] : [`# outcome ${quoteName(outcome)}`]),
    ...(treatment === undefined || outcome === undefined || others.length === 0
      ? []
      : [
          `# ${others.map(({ name }) => quoteName(name)).join(', ')} -> ${quoteName(treatment)}, ${quoteName(outcome)}`,
          `# ${quoteName(treatment)} -> ${quoteName(outcome)}`,
        ]),
    ...shortlist('Two values, as a treatment has', treatments),
    ...shortlist('Numbers, as an outcome is', outcomes),
    ...shortlist('By their names perhaps set at random, so that they may be instruments', random),
    ...shortlist(
      'By its name perhaps a weight (`weight` in the data statement)',
      weights.map(({ name }) => name),
    ),
    ...shortlist(
      'Names the rows (`id` in the data statement)',
      ids.map(({ variable }) => variable),
    ),
  ];
}

function shortlist(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? `, and ${names.length - MOST_NAMED} more` : '';
  return comment(
    `${what}: ${names
      .slice(0, MOST_NAMED)
      .map((name) => quoteName(name))
      .join(', ')}${more}.`,
  );
}
