/** Columns that a person should look at before anything is computed with them. */

import { type Column, columnOf, type Table } from '../table.ts';
import { armsOf } from './comparison.ts';
import type { Correlations } from './correlations.ts';
import type { VariableSummary } from './summary.ts';

export interface Suspicion {
  readonly code:
    | 'constant'
    | 'empty'
    | 'nearly-empty'
    | 'duplicate'
    | 'nearly-duplicate'
    | 'identifier'
    | 'text-outcome'
    | 'determines-treatment'
    | 'unusable';
  readonly variable: string;
  /** For a person; names the variable. */
  readonly message: string;
}

/** What variables are for, where somebody has said it. */
export interface ProfiledRoles {
  readonly treatment: readonly string[];
  readonly outcome: readonly string[];
}

/** From this share of missing values on a variable says little about the rows that have one. */
const NEARLY_EMPTY = 0.9;

/** In fewer rows all values of a number may differ by chance. */
const FEW_ROWS = 20;

/** Correlations above it leave nothing of one variable once the other is adjusted for. */
const NEARLY_ONE = 0.9999;

/** What is suspicious about the variables, in their order. */
export function findSuspicions(
  table: Table,
  summaries: readonly VariableSummary[],
  correlations: Correlations,
  roles: ProfiledRoles,
): Suspicion[] {
  const duplicates = findDuplicates(table, summaries);
  return summaries.flatMap((summary) => [
    ...ofValues(summary, roles),
    ...(duplicates.get(summary.name) ?? nearDuplicate(summary, correlations)),
    ...determination(table, summary, roles),
  ]);
}

function ofValues(summary: VariableSummary, roles: ProfiledRoles): Suspicion[] {
  const { name: variable, rows, missing, distinct, numbers, levels, integer } = summary;
  const say = (code: Suspicion['code'], message: string): Suspicion[] => [{ code, variable, message }];
  const present = rows - missing;
  if (rows === 0) return [];
  if (present === 0) return say('empty', `${variable} has no value in any row.`);
  if (distinct === 1) {
    const value = levels?.[0]?.level ?? String(numbers?.min);
    return say('constant', `${variable} is ${value} wherever it has a value: it explains nothing.`);
  }
  const sparse =
    missing / rows >= NEARLY_EMPTY
      ? say('nearly-empty', `${variable} has a value in only ${present} of ${rows} rows.`)
      : [];
  if (distinct === present && present >= FEW_ROWS && (numbers === null || integer)) {
    const text = `${variable} has another value in every row: it names the rows. Do not adjust for it; \`id\` in the data statement tells what it is.`;
    return [...sparse, ...say('identifier', text)];
  }
  if (roles.outcome.includes(variable) && numbers === null && distinct === 2) {
    const [low, high] = [...(levels ?? [])].map(({ level }) => level).sort();
    const text = `The outcome ${variable} holds text: ${high} counts as 1 and ${low} as 0. Derive it where you mean it the other way round.`;
    return [...sparse, ...say('text-outcome', text)];
  }
  return sparse;
}

/** Columns that repeat an earlier one, value by value. */
function findDuplicates(
  table: Table,
  summaries: readonly VariableSummary[],
): ReadonlyMap<string, readonly Suspicion[]> {
  const seen = new Map<string, string[]>();
  const found = new Map<string, readonly Suspicion[]>();
  for (const { name, distinct, missing, numbers } of summaries) {
    if (distinct < 2) continue;
    const key = `${distinct} ${missing} ${numbers?.mean ?? ''} ${numbers?.sd ?? ''}`;
    const alike = seen.get(key) ?? [];
    const twin = alike.find((other) => sameColumn(columnOf(table, other), columnOf(table, name)));
    if (twin === undefined) seen.set(key, [...alike, name]);
    else {
      const message = `${name} repeats ${twin} in every row. Keep one of the two.`;
      found.set(name, [{ code: 'duplicate', variable: name, message }]);
    }
  }
  return found;
}

function sameColumn(a: Column, b: Column): boolean {
  if (a.kind === 'numeric')
    return b.kind === 'numeric' && a.values.every((value, i) => Object.is(value, b.values[i]));
  if (b.kind === 'numeric') return false;
  const names = new Map(b.levels.map((level, code) => [level, code]));
  const translated = a.levels.map((level) => names.get(level) ?? -2);
  return a.codes.every((code, i) => (code < 0 ? code : translated[code]) === b.codes[i]);
}

function nearDuplicate({ name }: VariableSummary, { variables, matrix }: Correlations): Suspicion[] {
  const place = variables.indexOf(name);
  const twin = variables.findIndex(
    (_other, j) => j < place && Math.abs(matrix[place]?.[j] ?? 0) > NEARLY_ONE,
  );
  if (place < 0 || twin < 0) return [];
  const message = `${name} moves with ${variables[twin]} (correlation ${(matrix[place]?.[twin] ?? 0) > 0 ? '' : '−'}1 to four digits): the two cannot be told apart.`;
  return [{ code: 'nearly-duplicate', variable: name, message }];
}

/** With more levels each has too few rows for it to mean anything that all of them are in one arm. */
const MOST_LEVELS = 50;

/** A covariate that says of every row whether it is treated: there is nobody to compare with. */
function determination(
  table: Table,
  { name, distinct, rows }: VariableSummary,
  roles: ProfiledRoles,
): Suspicion[] {
  const [treatment] = roles.treatment;
  if (treatment === undefined || treatment === name || roles.outcome.includes(name) || distinct < 2)
    return [];
  const given = table.columns.get(treatment);
  if (given === undefined || rows < FEW_ROWS) return [];
  const arms = armsOf(given).map((arm) => arm.rows);
  if (arms.length < 2 || !separates(columnOf(table, name), arms, distinct)) return [];
  const message = `${name} determines ${treatment}: none of its values ${columnOf(table, name).kind === 'numeric' ? 'lies' : 'occurs'} in two arms. Adjusting for it leaves nobody to compare.`;
  return [{ code: 'determines-treatment', variable: name, message }];
}

function separates(column: Column, arms: readonly Int32Array[], distinct: number): boolean {
  if (column.kind === 'numeric')
    return distinct > 2 ? separatesByRange(column.values, arms) : separatesByValue(column.values, arms);
  return distinct <= MOST_LEVELS && separatesByValue(column.codes, arms);
}

function separatesByRange(values: Float64Array, arms: readonly Int32Array[]): boolean {
  const ranges = arms.map((rows) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) {
      if (values[row] < low) low = values[row];
      if (values[row] > high) high = values[row];
    }
    return [low, high] as const;
  });
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  return sorted.every(([low], i) => i === 0 || low > sorted[i - 1][1]);
}

function separatesByValue(values: Float64Array | Int32Array, arms: readonly Int32Array[]): boolean {
  const armOf = new Map<number, number>();
  return arms.every((rows, arm) =>
    rows.every((row) => {
      const value = values[row];
      if (Number.isNaN(value) || (values instanceof Int32Array && value < 0)) return true;
      const known = armOf.get(value);
      if (known === undefined) armOf.set(value, arm);
      return known === undefined || known === arm;
    }),
  );
}
