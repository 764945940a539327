/** Treated against untreated, before anything is adjusted for: where the two groups differ, a plain difference of outcomes means little. */

import { type Column, columnOf, type Table } from '../table.ts';

/** One level of a treatment against the reference. */
export interface ArmComparison {
  readonly treatment: string;
  readonly contrast: readonly [level: string, reference: string];
  /** Rows of the two. */
  readonly rows: readonly [level: number, reference: number];
  readonly variables: readonly ComparedVariable[];
}

export interface ComparedVariable {
  /** `age`, or `region = south` for a level. */
  readonly label: string;
  readonly variable: string;
  /** Means, of a level its shares, in the two arms; null where an arm has no value. */
  readonly means: readonly [level: number | null, reference: number | null];
  /** Difference of the means over √((s₁² + s₀²)/2) (Austin 2009); null where neither varies. */
  readonly difference: number | null;
  /** s₁²/s₀²; null for levels, and where an arm does not vary. */
  readonly varianceRatio: number | null;
}

/** A treatment with more levels is not compared level by level; nor is a variable. */
const MOST_LEVELS = 20;

/**
 * Compares each level of a treatment with its first in every other variable of `names`. Empty where the treatment is a number with more than two values,
 * or has more levels than anyone compares.
 */
export function compareArms(table: Table, treatment: string, names: readonly string[]): ArmComparison[] {
  const arms = armsOf(columnOf(table, treatment));
  const [reference, ...levels] = arms;
  if (reference === undefined || arms.length > MOST_LEVELS) return [];
  const others = names.filter((name) => name !== treatment);
  return levels.map((arm) => ({
    treatment,
    contrast: [arm.level, reference.level],
    rows: [arm.rows.length, reference.rows.length],
    variables: others.flatMap((name) =>
      compareVariable(name, columnOf(table, name), arm.rows, reference.rows),
    ),
  }));
}

interface Arm {
  readonly level: string;
  readonly rows: Int32Array;
}

/** The rows of each level that occurs, the reference first; none for a dose. */
export function armsOf(column: Column): Arm[] {
  const byValue = new Map<number, number[]>();
  const values = column.kind === 'numeric' ? column.values : column.codes;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value) || (column.kind === 'categorical' && value < 0)) continue;
    const rows = byValue.get(value);
    if (rows !== undefined) rows.push(row);
    else if (column.kind === 'numeric' && byValue.size === 2) return [];
    else byValue.set(value, [row]);
  }
  return [...byValue]
    .sort(([a], [b]) => a - b)
    .map(([value, rows]) => ({
      level: column.kind === 'numeric' ? String(value) : column.levels[value],
      rows: Int32Array.from(rows),
    }));
}

function compareVariable(
  name: string,
  column: Column,
  arm: Int32Array,
  reference: Int32Array,
): ComparedVariable[] {
  if (column.kind === 'numeric') {
    const [one, zero] = [momentsOf(column.values, arm), momentsOf(column.values, reference)];
    const ratio = one.variance / zero.variance;
    return [compared(name, name, one, zero, Number.isFinite(ratio) && ratio > 0 ? ratio : null)];
  }
  const occurring = column.levels.map((label, code) => ({ label, code }));
  if (occurring.length > MOST_LEVELS) return [];
  // Of two levels one says it all.
  const shown = occurring.length === 2 ? occurring.slice(1) : occurring;
  return shown.map(({ label, code }) => {
    const shares = [arm, reference].map((rows) => shareOf(column.codes, code, rows));
    return compared(`${name} = ${label}`, name, shares[0], shares[1], null);
  });
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function compared(
  label: string,
  variable: string,
  one: Moments,
  zero: Moments,
  varianceRatio: number | null,
): ComparedVariable {
  const spread = Math.sqrt((one.variance + zero.variance) / 2);
  const difference = (one.mean - zero.mean) / spread;
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    label,
    variable,
    means: [known(one.mean), known(zero.mean)],
    difference: spread > 0 && Number.isFinite(difference) ? difference : null,
    varianceRatio,
  };
}

function momentsOf(values: Float64Array, rows: Int32Array): Moments {
  const present = rows.filter((row) => !Number.isNaN(values[row]));
  if (present.length === 0) return { mean: Number.NaN, variance: Number.NaN };
  const first = values[present[0]];
  const mean = first + present.reduce((sum, row) => sum + (values[row] - first), 0) / present.length;
  const squares = present.reduce((sum, row) => sum + (values[row] - mean) ** 2, 0);
  return { mean, variance: squares / Math.max(1, present.length - 1) };
}

function shareOf(codes: Int32Array, code: number, rows: Int32Array): Moments {
  const present = rows.filter((row) => codes[row] >= 0);
  if (present.length === 0) return { mean: Number.NaN, variance: Number.NaN };
  const mean = present.reduce((count, row) => count + (codes[row] === code ? 1 : 0), 0) / present.length;
  return { mean, variance: mean * (1 - mean) };
}
