/** Two variables together: points of a sample of the rows, or the shares of one in each level of the other. */

import { contentOrder } from '../contentOrder.ts';
import { type Column, columnOf, completeRows, type Table } from '../table.ts';
import { type ArmSplit, splitArms } from './armSplit.ts';
import { correlate } from './correlations.ts';
import { summariseColumn } from './summary.ts';

export interface NumberAxis {
  readonly kind: 'numbers';
  readonly name: string;
}

export interface LevelAxis {
  readonly kind: 'levels';
  readonly name: string;
  /** Never empty; in their own order. */
  readonly levels: readonly string[];
  /** Levels that are not shown, being the rarest of too many. */
  readonly leftOut: number;
}

export type PairPicture = PointsPicture | SharesPicture | NothingShared;

/** At least one of the two is a number with many values. */
export interface PointsPicture {
  readonly kind: 'points';
  readonly x: NumberAxis | LevelAxis;
  readonly y: NumberAxis | LevelAxis;
  /** Null without a treatment. */
  readonly split: ArmSplit | null;
  /** Rows with a value of both at the levels that are shown. */
  readonly rows: number;
  /** Of these a sample that goes by the values alone. Of an axis with levels, the places among them. Arms as in the split, −1 for none. */
  readonly points: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly arm: readonly number[];
  };
  /** Pearson's r over all rows; null where one of the two is no number or does not vary. */
  readonly r: number | null;
}

/** Both have levels. */
export interface SharesPicture {
  readonly kind: 'shares';
  readonly x: LevelAxis;
  readonly y: LevelAxis;
  readonly rows: number;
  /** Rows by level of `x`, then of `y`. */
  readonly counts: readonly (readonly number[])[];
  readonly r: number | null;
}

/** No row has a value of both. */
export interface NothingShared {
  readonly kind: 'nothing';
}

export const MOST_POINTS = 2000;
const MOST_LEVELS = 12;
const SEED = 1;

interface Side {
  readonly axis: NumberAxis | LevelAxis;
  /** The number, or the place of the level; NaN where there is none. */
  readonly values: Float64Array;
}

/** What two columns of a table show together; `treatment` tells which group a point is of. */
export function pairOf(table: Table, x: string, y: string, treatment: string | null): PairPicture {
  const [across, up] = [sideOf(x, columnOf(table, x)), sideOf(y, columnOf(table, y))];
  const rows = completeRows(
    {
      rowCount: table.rowCount,
      columns: new Map([
        ['x', { kind: 'numeric', values: across.values }],
        ['y', { kind: 'numeric', values: up.values }],
      ]),
    },
    ['x', 'y'],
  );
  if (rows.length === 0) return { kind: 'nothing' };
  const r = correlate(table, [x, y]).matrix[0]?.[1] ?? null;
  if (across.axis.kind === 'levels' && up.axis.kind === 'levels') {
    const counts = across.axis.levels.map(() => new Array<number>(levelsOf(up.axis)).fill(0));
    for (const row of rows) counts[across.values[row]][up.values[row]] += 1;
    return { kind: 'shares', x: across.axis, y: up.axis, rows: rows.length, counts, r };
  }
  const arms = treatment === null ? null : splitArms(table, treatment);
  const sample = sampled(table, rows, treatment === null ? [x, y] : [x, y, treatment]);
  return {
    kind: 'points',
    x: across.axis,
    y: up.axis,
    split: arms?.split ?? null,
    rows: rows.length,
    points: {
      x: sample.map((row) => across.values[row]),
      y: sample.map((row) => up.values[row]),
      arm: sample.map((row) => arms?.places[row] ?? -1),
    },
    r,
  };
}

function levelsOf(axis: NumberAxis | LevelAxis): number {
  return axis.kind === 'levels' ? axis.levels.length : 0;
}

/** Rows in an order that the values decide, so that another order of the file gives the same picture. */
function sampled(table: Table, rows: Int32Array, names: readonly string[]): number[] {
  if (rows.length <= MOST_POINTS) return [...rows];
  const shown = new Uint8Array(table.rowCount);
  for (const row of rows) shown[row] = 1;
  const sample: number[] = [];
  for (const row of contentOrder(table, [...new Set(names)], SEED)) {
    if (shown[row] === 0) continue;
    sample.push(row);
    if (sample.length === MOST_POINTS) break;
  }
  return sample;
}

function sideOf(name: string, column: Column): Side {
  const summary = summariseColumn(name, column, null);
  if (column.kind === 'numeric' && summary.levels === null) {
    const values = column.values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
    return { axis: { kind: 'numbers', name }, values };
  }
  const common = new Set((summary.levels ?? []).slice(0, MOST_LEVELS).map(({ level }) => level));
  const ordered =
    column.kind === 'numeric' ? [...common] : column.levels.filter((level) => common.has(level));
  const places = new Map(ordered.map((level, i) => [level, i]));
  const place = (level: string | undefined): number => places.get(level ?? '') ?? Number.NaN;
  const values =
    column.kind === 'numeric'
      ? column.values.map((value) => (Number.isNaN(value) ? value : place(String(value))))
      : Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : place(column.levels[code])));
  const leftOut = summary.distinct - ordered.length;
  return { axis: { kind: 'levels', name, levels: ordered, leftOut }, values };
}
