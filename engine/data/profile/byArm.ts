/** How the values of each variable are spread in each group of the rows. */

import type { Column, Table } from '../table.ts';
import type { Bins } from '../variableType.ts';
import type { ArmPlaces } from './armSplit.ts';
import type { VariableSummary } from './summary.ts';

export interface VariableByArm {
  readonly name: string;
  /** By group, as in the split. */
  readonly arms: readonly ArmCounts[];
}

export interface ArmCounts {
  /** Rows in the intervals of the variable's `bins`, or of each of its `levels`, in their order; empty where it has neither. */
  readonly counts: readonly number[];
  /** Rows of the group with a value, and without. */
  readonly present: number;
  readonly missing: number;
}

/** Counts each summarised variable of a table by group. */
export function countByArm(
  table: Table,
  summaries: readonly VariableSummary[],
  places: ArmPlaces,
  arms: number,
): VariableByArm[] {
  return summaries.flatMap((summary) => {
    const column = table.columns.get(summary.name);
    return column === undefined
      ? []
      : [{ name: summary.name, arms: countColumn(column, summary, places, arms) }];
  });
}

function countColumn(
  column: Column,
  summary: VariableSummary,
  places: ArmPlaces,
  arms: number,
): readonly ArmCounts[] {
  const { bins, levels } = summary;
  const cells = bins?.counts.length ?? levels?.length ?? 0;
  const cellOf = bins === null ? levelFinder(column, levels ?? []) : binFinder(bins, summary.integer);
  const counts = Array.from({ length: arms }, () => new Array<number>(cells).fill(0));
  const present = new Array<number>(arms).fill(0);
  const missing = new Array<number>(arms).fill(0);
  const values = column.kind === 'numeric' ? column.values : column.codes;
  for (const [row, place] of places.entries()) {
    if (place < 0) continue;
    const value = values[row];
    if (Number.isNaN(value) || (column.kind === 'categorical' && value < 0)) {
      missing[place] += 1;
      continue;
    }
    present[place] += 1;
    const cell = cellOf(value);
    if (cell >= 0) counts[place][cell] += 1;
  }
  return counts.map((each, i) => ({ counts: each, present: present[i], missing: missing[i] }));
}

/** The interval of a number as the summary counts it; −1 outside all of them. */
function binFinder({ low, high, counts }: Bins, integer: boolean): (value: number) => number {
  const last = counts.length - 1;
  // Intervals of whole numbers are wide enough for all of them; the last may reach beyond the largest.
  const width = integer ? Math.ceil((high - low + 1) / counts.length) : (high - low) / counts.length;
  return (value) =>
    value < low || value > high ? -1 : Math.min(Math.max(Math.floor((value - low) / width), 0), last);
}

function levelFinder(column: Column, levels: readonly { readonly level: string }[]) {
  const places = new Map(levels.map(({ level }, i) => [level, i]));
  if (column.kind === 'numeric') return (value: number): number => places.get(String(value)) ?? -1;
  const byCode = column.levels.map((level) => places.get(level) ?? -1);
  return (code: number): number => byCode[code];
}
