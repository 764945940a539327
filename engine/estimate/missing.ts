/** Covariates without a value in some rows: filled where the data statement says so, and never without a word. */

import { type Column, columnOf, completeRows, type Table } from '../data/table.ts';
import { nameList } from '../wording.ts';
import type { EstimatePlan } from './plan.ts';
import type { EstimationData } from './problem.ts';
import type { EstimateWarning } from './result.ts';

export interface FilledPlan {
  readonly data: EstimationData;
  /** Adjusts for the indicators too. */
  readonly plan: EstimatePlan;
  /** Covariates that were filled. */
  readonly filled: readonly string[];
  /** Those of what the plan adjusts for that mark what was filled in. */
  readonly indicators: ReadonlySet<string>;
}

/**
 * Gives the covariates of a plan a value in every row: numbers their mean and levels the commonest one (of several the first), over all rows of the table
 * that have a value. With `missing indicator` each gets a variable `NAME is missing` beside it, 1 where it was filled and else 0, unless it would repeat
 * another (Cohen & Cohen 1975; Jones 1996, Journal of the American Statistical Association 91, 222–230). A covariate without any value stays as it is.
 *
 * What an effect is about (treatment, outcome, instruments) and how rows count (weight, cluster, groups) is never made up.
 */
export function fillCovariates(data: EstimationData, plan: EstimatePlan): FilledPlan {
  if (plan.missing === 'drop') return { data, plan, filled: [], indicators: new Set() };
  const columns = new Map(data.table.columns);
  const indicators: string[] = [];
  const filled = fillable(data.table, plan).filter((name) => {
    const column = columnOf(data.table, name);
    const missing = missingFlags(column);
    if (missing === null) return false;
    columns.set(name, filledColumn(column));
    const repeated = indicators.some((other) => sameNumbers(columns.get(other), missing));
    if (plan.missing === 'indicator' && !repeated) {
      columns.set(indicatorName(name), { kind: 'numeric', values: missing });
      indicators.push(indicatorName(name));
    }
    return true;
  });
  return {
    data: { ...data, table: { ...data.table, columns } },
    plan: { ...plan, missing: 'drop', adjusted: [...plan.adjusted, ...indicators] },
    filled,
    indicators: new Set(indicators),
  };
}

/** The covariates of a plan that a value could be made up for: those that have one in some row, and no other part in the plan. */
export function fillable(table: Table, plan: EstimatePlan): string[] {
  const { treatment, outcome, instruments, by, through } = plan;
  const fixed = new Set([treatment, outcome, ...instruments, ...by, ...through, plan.weight, plan.cluster]);
  return plan.adjusted.filter(
    (name) => !fixed.has(name) && table.columns.has(name) && completeRows(table, [name]).length > 0,
  );
}

const MARK = ' is missing';

/** Name of the indicator beside a variable, as it is shown. */
function indicatorName(name: string): string {
  return `${name}${MARK}`;
}

/** 1 where a column has no value, else 0; null where it has one everywhere. */
function missingFlags(column: Column): Float64Array | null {
  const flags =
    column.kind === 'numeric'
      ? column.values.map((value) => (Number.isNaN(value) ? 1 : 0))
      : Float64Array.from(column.codes, (code) => (code < 0 ? 1 : 0));
  return flags.includes(1) ? flags : null;
}

function sameNumbers(column: Column | undefined, values: Float64Array): boolean {
  return column?.kind === 'numeric' && column.values.every((value, i) => value === values[i]);
}

function filledColumn(column: Column): Column {
  if (column.kind === 'numeric') {
    const mean = meanOf(column.values);
    return { kind: 'numeric', values: column.values.map((value) => (Number.isNaN(value) ? mean : value)) };
  }
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] += 1;
  const commonest = counts.indexOf(Math.max(...counts));
  return { ...column, codes: column.codes.map((code) => (code < 0 ? commonest : code)) };
}

/** The mean of the values that are there, around the first of them so that its digits last. */
function meanOf(values: Float64Array): number {
  const first = values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value - first;
    count += 1;
  }
  return first + sum / count;
}

/** What has to be known of an estimate on rows with made-up values; none where there are none among its rows. */
export function filledWarnings(
  before: EstimationData,
  { missing }: EstimatePlan,
  filled: readonly string[],
  rows: Int32Array,
): EstimateWarning[] {
  const counted = filled.flatMap((name) => {
    const flags = missingFlags(columnOf(before.table, name));
    const count = rows.reduce((sum, row) => sum + (flags?.[row] ?? 0), 0);
    return count === 0 ? [] : [`${name} in ${count} of ${rows.length} rows`];
  });
  if (counted.length === 0) return [];
  const caveat =
    missing === 'indicator'
      ? 'What is missing is adjusted for as a group of its own: a confounder without a value still confounds there, and the standard error takes what was filled in for measured.'
      : 'A confounder without a value is not adjusted for there, and the standard error takes what was filled in for measured: it is too small.';
  return [
    {
      code: 'missing-filled',
      message: `Filled in, with the mean or the commonest level: ${nameList(counted)}. ${caveat} Compare with \`missing drop\`.`,
    },
  ];
}
