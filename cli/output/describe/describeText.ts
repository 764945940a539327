/** What the data hold, for people: what to look into first, then variables, how they go together, and treated against untreated. */

import type { ArmComparison } from '../../../engine/data/profile/comparison.ts';
import type { Correlations } from '../../../engine/data/profile/correlations.ts';
import type { VariableSummary } from '../../../engine/data/profile/summary.ts';
import type { ProfiledFile } from '../../../server/jobs/protocol.ts';
import { formatCount, formatPercent } from '../../../views/numbers.ts';
import { type Terminal, table, wrap } from '../../terminal.ts';
import { brief, sparkline } from './brief.ts';

/** Characters of a name that are shown. */
const NAME_WIDTH = 20;

/** Pairs, and variables of a comparison, that are listed; all of them are in the JSON. */
const MOST_LISTED = 10;

/** The profile of one file; `roles` tells what each variable is for, where a spec says so. */
export function describeText(
  file: string,
  profile: ProfiledFile,
  roles: ReadonlyMap<string, string>,
  terminal: Terminal,
): string {
  const parts = [
    `${terminal.strong(file)}  ${counted(profile.rows.kept, 'row')}, ${counted(profile.variables.length, 'variable')}`,
    wrap(rowsText(profile), terminal.width, '  '),
    ...section('Look into', suspicionLines(profile, terminal), terminal),
    ...section('Numbers', numberTable(profile.variables, roles, terminal), terminal),
    ...section('Levels', levelLines(profile.variables, roles, terminal), terminal),
    ...section('Strongest correlations', correlationTable(profile.correlations), terminal),
    ...profile.comparisons.flatMap((comparison) =>
      section(armTitle(comparison), comparisonTable(comparison, terminal), terminal),
    ),
  ];
  return `${parts.join('\n')}\n`;
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function section(title: string, lines: readonly string[], terminal: Terminal): string[] {
  return lines.length === 0 ? [] : ['', `  ${terminal.strong(title)}`, ...lines];
}

function rowsText({ rows, complete }: ProfiledFile): string {
  const { read, kept, dropped } = rows;
  const reasons = [
    ...(dropped.where > 0 ? [`${formatCount(dropped.where)} left out by \`where\``] : []),
    ...(dropped.undecided > 0 ? [`${formatCount(dropped.undecided)} without a value in it`] : []),
  ];
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  const whole = complete === kept ? 'all of them' : formatCount(complete);
  return `${formatCount(read)} rows read, ${formatCount(kept)} kept${why}; ${whole} with a value in every variable.`;
}

function suspicionLines({ suspicions }: ProfiledFile, terminal: Terminal): string[] {
  return suspicions.map(({ message }) => {
    const [first = '', ...rest] = wrap(message, terminal.width, '    ').split('\n');
    return [terminal.warning(first.replace(/^ {4}/, '  ! ')), ...rest].join('\n');
  });
}

function cut(text: string, width = NAME_WIDTH): string {
  const characters = [...text.replace(/\p{C}/gu, ' ')];
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : characters.join('');
}

function missingText({ missing, rows }: VariableSummary): string {
  return missing === 0 ? '' : formatPercent(missing / rows);
}

/** The name, and what the spec has the variable for. */
function named({ name }: VariableSummary, roles: ReadonlyMap<string, string>): string {
  const mark = roles.get(name);
  return mark === undefined ? cut(name) : `${cut(name, NAME_WIDTH - 2)} ${mark}`;
}

function numberTable(
  variables: readonly VariableSummary[],
  roles: ReadonlyMap<string, string>,
  terminal: Terminal,
): string[] {
  const rows = variables.flatMap((variable) => {
    const { numbers, bins, levels } = variable;
    if (numbers === null || (levels !== null && levels.length <= 2)) return [];
    const { mean, sd, min, median, max } = numbers;
    const shape = bins === null ? barsOf(variable) : sparkline(bins.counts, 10);
    return [
      [named(variable, roles), missingText(variable), ...[mean, sd, min, median, max].map(brief), shape],
    ];
  });
  if (rows.length === 0) return [];
  const header = ['', 'missing', 'mean', 'sd', 'min', 'median', 'max', ''];
  const [head = '', ...lines] = table([header, ...rows], new Set([1, 2, 3, 4, 5, 6]), '  ').split('\n');
  return [terminal.faint(head), ...lines];
}

function barsOf({ levels }: VariableSummary): string {
  return levels === null
    ? ''
    : sparkline(
        levels.map(({ rows }) => rows),
        10,
      );
}

/** Levels shown of a variable, commonest first. */
const MOST_SHOWN = 6;

function levelLines(
  variables: readonly VariableSummary[],
  roles: ReadonlyMap<string, string>,
  terminal: Terminal,
): string[] {
  const shown = variables.filter(
    ({ numbers, levels }) => levels !== null && levels.length > 0 && (numbers === null || levels.length <= 2),
  );
  const width = Math.max(0, ...shown.map((variable) => named(variable, roles).length));
  return shown.map((variable) => {
    const { levels, distinct, missing, rows } = variable;
    const listed = (levels ?? []).slice(0, MOST_SHOWN).map(({ level, rows: count }) => {
      return `${cut(level)} ${formatPercent(count / (rows - missing))}`;
    });
    const more = distinct > listed.length ? [`and ${formatCount(distinct - listed.length)} more`] : [];
    const gaps = missing === 0 ? [] : [`missing ${formatPercent(missing / rows)}`];
    const text = [...listed, ...more, ...gaps].join(', ');
    const indent = ' '.repeat(width + 4);
    const wrapped = wrap(text, terminal.width, indent).slice(indent.length);
    return `  ${named(variable, roles).padEnd(width)}  ${wrapped}`;
  });
}

function correlationTable({ variables, matrix, truncated }: Correlations): string[] {
  const pairs = variables.flatMap((x, i) =>
    variables.slice(0, i).flatMap((y, j) => {
      const r = matrix[i]?.[j] ?? null;
      return r === null ? [] : [{ x: y, y: x, r }];
    }),
  );
  const strongest = pairs.sort((a, b) => Math.abs(b.r) - Math.abs(a.r)).slice(0, MOST_LISTED);
  if (strongest.length === 0) return [];
  const rows = strongest.map(({ x, y, r }) => [cut(x), cut(y), signedFixed(r, 3), barOf(Math.abs(r))]);
  const note = truncated ? [`  Of the first ${variables.length} numeric variables.`] : [];
  return [...table(rows, new Set([2]), '  ').split('\n'), ...note];
}

function signedFixed(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

function barOf(share: number): string {
  return '█'.repeat(Math.round(10 * Math.min(1, share)));
}

function armTitle({ treatment, contrast, rows }: ArmComparison): string {
  return `${treatment} = ${contrast[0]} (${counted(rows[0], 'row')}) against ${contrast[1]} (${formatCount(rows[1])})`;
}

/** From this difference on, in standard deviations, arms count as unbalanced. */
const UNBALANCED = 0.1;

function comparisonTable({ contrast, variables }: ArmComparison, terminal: Terminal): string[] {
  if (variables.length === 0) return [];
  const size = (difference: number | null): number => Math.abs(difference ?? 0);
  const listed = [...variables].sort((a, b) => size(b.difference) - size(a.difference)).slice(0, MOST_LISTED);
  const cell = (value: number | null): string => (value === null ? '–' : brief(value));
  const rows = listed.map(({ label, means, difference, varianceRatio }) => [
    `${size(difference) > UNBALANCED ? '!' : ' '} ${cut(label, 2 * NAME_WIDTH - 12)}`,
    cell(means[0]),
    cell(means[1]),
    difference === null ? '–' : signedFixed(difference, 2),
    varianceRatio === null ? '' : brief(varianceRatio),
  ]);
  const header = [
    '',
    `at ${cut(contrast[0], 10)}`,
    `at ${cut(contrast[1], 10)}`,
    'difference in sd',
    'variance ratio',
  ];
  const [head = '', ...lines] = table([header, ...rows], new Set([1, 2, 3, 4]), '  ').split('\n');
  const rest = variables.length - listed.length;
  return [
    terminal.faint(head),
    ...lines,
    ...(rest > 0 ? [`  … and ${formatCount(rest)} more, closer to each other.`] : []),
  ];
}
