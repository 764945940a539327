/** The rows in groups by treatment, for pictures: a few groups that can be told apart at a glance. */

import { columnOf, type NumericColumn, type Table } from '../table.ts';
import { quantile } from './summary.ts';

export interface ArmSplit {
  readonly treatment: string;
  /** Has each value a group of its own, or are there two around the median? */
  readonly by: 'level' | 'median';
  /** Never empty; the reference, or the lower half, first. */
  readonly arms: readonly Arm[];
  /** Levels without a group: there were too many to tell apart, and these are the rarest. */
  readonly levelsLeftOut: number;
  /** Rows in none of the groups. */
  readonly rest: number;
}

export interface Arm {
  /** What the treatment is in it: `= 1`, `≤ 3.5`. */
  readonly label: string;
  readonly rows: number;
}

/** For each row the place of its group among the arms; −1 for none. */
export type ArmPlaces = Int8Array;

/** More marks and patterns than these are not told apart. */
const MOST_ARMS = 5;

/** Groups the rows of a table by `treatment`; null where no row has a value of it. */
export function splitArms(
  table: Table,
  treatment: string,
): { readonly split: ArmSplit; readonly places: ArmPlaces } | null {
  const column = columnOf(table, treatment);
  const values = column.kind === 'numeric' ? column.values : Float64Array.from(column.codes, orMissing);
  const counts = countedValues(values);
  if (counts.size === 0) return null;
  if (column.kind === 'numeric' && counts.size > MOST_ARMS) return splitAtMedian(column, treatment);
  const kept = [...counts]
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, MOST_ARMS)
    .map(([value]) => value)
    .sort((a, b) => a - b);
  const label = (value: number): string => (column.kind === 'numeric' ? String(value) : column.levels[value]);
  const places = Int8Array.from(values, (value) => kept.indexOf(value));
  const labels = kept.map((value) => `= ${label(value)}`);
  return grouped(treatment, 'level', labels, counts.size - kept.length, places);
}

function orMissing(code: number): number {
  return code < 0 ? Number.NaN : code;
}

function countedValues(values: Float64Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Where half of the rows or more have the largest value, that one is the upper group. */
function splitAtMedian(
  { values }: NumericColumn,
  treatment: string,
): { readonly split: ArmSplit; readonly places: ArmPlaces } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const median = quantile(sorted, 0.5);
  const top = median >= sorted[sorted.length - 1];
  const shown = String(Number(median.toPrecision(4)));
  const places = Int8Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : value > median || (top && value === median) ? 1 : 0,
  );
  const labels = top ? [`< ${shown}`, `= ${shown}`] : [`≤ ${shown}`, `> ${shown}`];
  return grouped(treatment, 'median', labels, 0, places);
}

function grouped(
  treatment: string,
  by: ArmSplit['by'],
  labels: readonly string[],
  levelsLeftOut: number,
  places: ArmPlaces,
): { readonly split: ArmSplit; readonly places: ArmPlaces } {
  const rows = labels.map(() => 0);
  for (const place of places) if (place >= 0) rows[place] += 1;
  const arms = labels.map((label, i) => ({ label, rows: rows[i] }));
  const rest = places.length - rows.reduce((sum, count) => sum + count, 0);
  return { split: { treatment, by, arms, levelsLeftOut, rest }, places };
}
