/** One variable in numbers: what is missing, where its values lie, which levels it has. */

import { type BinPlan, planBins } from '../bins.ts';
import type { Column, NumericColumn } from '../table.ts';
import { type Bins, inferKind, type VariableKind } from '../variableType.ts';

export interface VariableSummary {
  readonly name: string;
  readonly kind: VariableKind;
  readonly rows: number;
  readonly missing: number;
  /** Different values, missing ones aside. */
  readonly distinct: number;
  /** Are all its numbers whole? False for levels. */
  readonly integer: boolean;
  /** Null for levels, and for numbers of which none is there. */
  readonly numbers: Quantities | null;
  /** Null where there is nothing to spread out. */
  readonly bins: Bins | null;
  /** Of levels, and of numbers with few of them: the commonest first, at most `MOST_LEVELS`; null otherwise. */
  readonly levels: readonly LevelCount[] | null;
}

/** In the units of the variable. */
export interface Quantities {
  readonly mean: number;
  /** With n − 1; 0 for a single value. */
  readonly sd: number;
  readonly min: number;
  readonly q05: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
  readonly max: number;
}

export interface LevelCount {
  readonly level: string;
  readonly rows: number;
}

/** Levels listed of a variable. */
export const MOST_LEVELS = 50;

/** Numbers with so many different values, or fewer, are told one by one. */
const FEW_VALUES = 6;

/** Summarises a column; `declared` is its type where the spec says one. */
export function summariseColumn(
  name: string,
  column: Column,
  declared: VariableKind | null,
): VariableSummary {
  return column.kind === 'numeric'
    ? summariseNumbers(name, column, declared)
    : summariseLevels(name, column.codes, column.levels, declared);
}

function summariseLevels(
  name: string,
  codes: Int32Array,
  levels: readonly string[],
  declared: VariableKind | null,
): VariableSummary {
  const counts = new Float64Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing += 1;
    else counts[code] += 1;
  }
  const found = levels
    .map((level, code) => ({ level, rows: counts[code] }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
  const distinct = found.length;
  return {
    name,
    kind: declared ?? inferKind({ type: 'text', distinct, integer: false, numbers: null }),
    rows: codes.length,
    missing,
    distinct,
    integer: false,
    numbers: null,
    bins: null,
    levels: found.slice(0, MOST_LEVELS),
  };
}

function summariseNumbers(
  name: string,
  { values }: NumericColumn,
  declared: VariableKind | null,
): VariableSummary {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const runs = runsOf(sorted);
  const integer = sorted.every((value) => Number.isInteger(value));
  const numbers = sorted.length === 0 ? null : quantitiesOf(sorted);
  const kind = inferKind({ type: 'number', distinct: runs.distinct, integer, numbers });
  const plan =
    numbers === null || runs.distinct <= FEW_VALUES
      ? null
      : planBins({
          numbers,
          bulk: { low: quantile(sorted, 0.01), high: quantile(sorted, 0.99) },
          integer,
        });
  return {
    name,
    kind: declared ?? kind,
    rows: values.length,
    missing: values.length - sorted.length,
    distinct: runs.distinct,
    integer,
    numbers,
    bins: plan === null ? null : countInBins(sorted, plan),
    levels: runs.few,
  };
}

/** How many different values there are, and each with its rows where they are few; ascending, as the values are sorted. */
function runsOf(sorted: Float64Array): { distinct: number; few: readonly LevelCount[] | null } {
  const few: { level: string; rows: number }[] = [];
  let distinct = 0;
  for (const [i, value] of sorted.entries()) {
    if (i > 0 && value === sorted[i - 1]) {
      const last = few.at(-1);
      if (last !== undefined && distinct <= FEW_VALUES) last.rows += 1;
      continue;
    }
    distinct += 1;
    if (distinct <= FEW_VALUES) few.push({ level: String(value), rows: 1 });
  }
  return { distinct, few: distinct === 0 || distinct > FEW_VALUES ? null : few };
}

/** Numbers around the first, in a unit of their own size, so that neither sums nor squares leave what doubles can hold. */
function quantitiesOf(sorted: Float64Array): Quantities {
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const unit = Math.max(Math.abs(first), Math.abs(last)) || 1;
  const start = first / unit;
  let sum = 0;
  for (const value of sorted) sum += value / unit - start;
  const mean = sum / sorted.length;
  let squares = 0;
  for (const value of sorted) squares += (value / unit - start - mean) ** 2;
  return {
    mean: unit * (start + mean),
    sd: sorted.length < 2 ? 0 : unit * Math.sqrt(squares / (sorted.length - 1)),
    min: first,
    q05: quantile(sorted, 0.05),
    q25: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q75: quantile(sorted, 0.75),
    q95: quantile(sorted, 0.95),
    max: last,
  };
}

/** A quantile of ascending values, between neighbours in a straight line (definition 7 of Hyndman & Fan 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const part = place - low;
  const [below, above] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
  return part === 0 ? below : below * (1 - part) + above * part;
}

function countInBins(sorted: Float64Array, { low, high, width, count }: BinPlan): Bins {
  const counts = new Array<number>(count).fill(0);
  let [below, above] = [0, 0];
  for (const value of sorted) {
    if (value < low) below += 1;
    else if (value > high) above += 1;
    else counts[Math.min(Math.max(Math.floor((value - low) / width), 0), count - 1)] += 1;
  }
  return { low, high, counts, below, above };
}
