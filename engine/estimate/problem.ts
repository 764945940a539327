/** What an estimator works on: the rows of one plan, with its variables coded. */

import { groupedVariable } from '../data/request.ts';
import { type Column, columnOf, completeRows, selectRows, type Table } from '../data/table.ts';
import type { VariableKind } from '../data/variableType.ts';
import { columnMoments } from '../stats/columnMoments.ts';
import type { Crew } from '../stats/crew.ts';
import type { RowMoments } from '../stats/moments.ts';
import { column, type RowExpression } from '../stats/rowExpression.ts';
import { nameList } from '../wording.ts';
import { centredTable } from './centring.ts';
import {
  codeOutcome,
  codeTreatment,
  type DesignTerm,
  designTerms,
  type OutcomeScale,
  outcomeScale,
  type TreatmentCoding,
} from './coding.ts';
import type { EstimatePlan } from './plan.ts';
import { formulaVariables } from './plugin/plannedFormula.ts';
import type { EstimateWarning } from './result.ts';
import { settlePlan } from './settle.ts';

/** Columns with what is known of their variables. */
export interface EstimationData {
  readonly table: Table;
  readonly kinds: ReadonlyMap<string, VariableKind>;
  /** Variables that could not be read, and why. */
  readonly problems: ReadonlyMap<string, { readonly code: string; readonly message: string }>;
  /** Who shares the work on many rows; one alone where absent. The numbers are the same. */
  readonly crew?: Crew;
}

export interface EstimationProblem {
  readonly plan: EstimatePlan;
  readonly table: Table;
  /** What its rows were taken from, with the values that were filled in. */
  readonly data: EstimationData;
  /** Index of each of its rows in them. */
  readonly rows: Int32Array;
  readonly moments: RowMoments;
  readonly treatment: TreatmentCoding;
  readonly outcome: RowExpression;
  readonly outcomeScale: OutcomeScale;
  readonly covariates: readonly DesignTerm[];
  readonly instruments: readonly DesignTerm[];
  readonly weight: RowExpression | undefined;
  /** What the values of each variable are. */
  readonly kinds: ReadonlyMap<string, VariableKind>;
  /** What came of settling the plan: see `settlePlan`. */
  readonly warnings: readonly EstimateWarning[];
}

/** Why an estimate cannot be computed, for a person. */
export interface EstimationFailure {
  readonly kind: 'failure';
  readonly code: string;
  readonly message: string;
}

/** A failure as a value. */
export function failure(code: string, message: string): EstimationFailure {
  return { kind: 'failure', code, message };
}

/** The columns of the table that a plan reads. */
export function plannedColumns(plan: EstimatePlan): string[] {
  const optional = [plan.cluster, plan.weight].filter((name) => name !== null);
  const { treatment, outcome, adjusted, instruments, by, through } = plan;
  const formula = plan.formula === null ? [] : formulaVariables(plan.formula.formula);
  return [
    ...new Set([treatment, outcome, ...adjusted, ...instruments, ...by, ...through, ...formula, ...optional]),
  ];
}

/** The columns that have to be there for a plan: those it reads, and the names of its units. */
export function readColumns(plan: EstimatePlan): string[] {
  return plan.id === null ? plannedColumns(plan) : [...new Set([...plannedColumns(plan), plan.id])];
}

/** Dummies beyond this are a text column that was not meant to be a covariate. */
const MAXIMUM_DUMMIES = 500;

/**
 * Takes the rows that have a value in every variable of the plan and satisfy its `where`, and codes the variables.
 *
 * Fails where no rows are left, the treatment or the outcome does not vary, the outcome is text, a weight is negative, or a covariate has more
 * levels than can be dummies.
 */
export function prepareProblem(
  asked: EstimationData,
  wanted: EstimatePlan,
): EstimationProblem | EstimationFailure {
  for (const name of readColumns(wanted)) {
    const problem = asked.problems.get(name);
    if (problem !== undefined) return failure(problem.code, problem.message);
  }
  const { data, plan, warnings } = settlePlan(asked, wanted);
  const names = plannedColumns(plan);
  const rows = plannedRows(data.table, plan);
  const table = selectRows(data.table, names, rows);
  if (table.rowCount === 0) return noRows(data.table, plan);
  const unusable = checkWeight(table, plan) ?? checkLevels(table, plan) ?? checkClusters(table, plan);
  if (unusable !== null) return unusable;
  const treatment = codeTreatment(table, plan.treatment, data.kinds.get(plan.treatment) ?? 'continuous');
  if (treatment === null) return constantColumn(table, plan.treatment, 'no rows to compare');
  const outcomeKind = data.kinds.get(plan.outcome) ?? 'continuous';
  const outcome = codeOutcome(table, plan.outcome, outcomeKind);
  if (outcome === null) return textOutcome(table, plan.outcome);
  if (isConstant(columnOf(table, plan.outcome)))
    return constantColumn(table, plan.outcome, 'nothing to explain');
  // The values of what groups are formed by are shown, so they stay where they are.
  const moving = [plan.outcome, ...plan.adjusted, ...plan.instruments].filter(
    (name) => !plan.by.includes(name),
  );
  const centred = centredTable(table, moving);
  // Counts so far from zero that they are moved are no counts any more, and a straight line does for them.
  const moved = columnOf(centred, plan.outcome) !== columnOf(table, plan.outcome);
  return {
    plan,
    table: centred,
    data,
    rows,
    moments: columnMoments(centred, data.crew),
    treatment,
    outcome,
    outcomeScale: moved ? 'continuous' : outcomeScale(table, plan.outcome, outcomeKind),
    covariates: designTerms(table, plan.adjusted),
    instruments: designTerms(table, plan.instruments),
    weight: plan.weight === null ? undefined : column(plan.weight),
    kinds: data.kinds,
    warnings,
  };
}

/** Rows with a value in every variable of the plan, that its filter keeps and that do not weigh nothing. */
export function plannedRows(table: Table, plan: EstimatePlan): Int32Array {
  const rows = completeRows(table, plannedColumns(plan));
  const filter = plan.filter === null ? null : numbersOf(table, plan.filter);
  const weight = plan.weight === null ? null : numbersOf(table, plan.weight);
  if (filter === null && weight === null) return rows;
  return rows.filter(
    (row) => (filter === null || filter[row] === 1) && (weight === null || weight[row] !== 0),
  );
}

function numbersOf(table: Table, name: string): Float64Array | null {
  const data = columnOf(table, name);
  return data.kind === 'numeric' ? data.values : null;
}

function noRows(table: Table, plan: EstimatePlan): EstimationFailure {
  const empty = plannedColumns(plan).filter((name) => completeRows(table, [name]).length === 0);
  const reason =
    table.rowCount === 0
      ? 'The data have no rows, or `where` leaves none of them.'
      : empty.length > 0
        ? `${nameList(empty)} ${empty.length === 1 ? 'has' : 'have'} no values at all.`
        : 'Every row lacks a value in one of its variables or is left out by `where`.';
  return failure('too-few-rows', `No rows are left for this estimate. ${reason}`);
}

function checkWeight(table: Table, plan: EstimatePlan): EstimationFailure | null {
  if (plan.weight === null) return null;
  const data = columnOf(table, plan.weight);
  if (data.kind === 'categorical') {
    return failure('type-mismatch', `The weight ${plan.weight} holds text. A weight is a number, 0 or more.`);
  }
  const negative = data.values.find((value) => value < 0);
  if (negative === undefined) return null;
  return failure(
    'type-mismatch',
    `The weight ${plan.weight} holds ${negative}. A weight is a number, 0 or more.`,
  );
}

function checkClusters(table: Table, { cluster }: EstimatePlan): EstimationFailure | null {
  if (cluster === null) return null;
  const groups = columnOf(table, cluster);
  if (groups.kind !== 'categorical' || groups.codes.some((code) => code !== groups.codes[0])) return null;
  return tooFewClusters(cluster);
}

/** Clusters of which there is only one; `cluster` is the name of the column that holds them. */
export function tooFewClusters(cluster: string): EstimationFailure {
  return failure(
    'too-few-clusters',
    `All rows are in one cluster of ${groupedVariable(cluster)}; clustered standard errors need at least two.`,
  );
}

function checkLevels(table: Table, plan: EstimatePlan): EstimationFailure | null {
  for (const name of [...plan.adjusted, ...plan.instruments]) {
    const data = columnOf(table, name);
    if (data.kind === 'categorical' && data.levels.length > MAXIMUM_DUMMIES) {
      return failure(
        'type-mismatch',
        `${name} has ${data.levels.length} different values as text (${data.levels[0]}, ${data.levels[1]}, …): too many to adjust for one by one. Group them in an expression, or leave ${name} out.`,
      );
    }
  }
  return null;
}

function constantColumn(table: Table, name: string, consequence: string): EstimationFailure {
  return failure(
    'constant-column',
    `${name} has only one value (${firstValue(columnOf(table, name))}) in the ${table.rowCount} rows used: ${consequence}.`,
  );
}

function textOutcome(table: Table, name: string): EstimationFailure {
  const data = columnOf(table, name);
  const shown = data.kind === 'categorical' ? data.levels.slice(0, 3).join(', ') : '';
  return failure(
    'type-mismatch',
    `The outcome ${name} holds text (${shown}, …). An outcome is a number or has two levels: derive one, as in \`variable ${name} = if(${name} == "…", 1, 0)\`.`,
  );
}

function isConstant(data: Column): boolean {
  return data.kind === 'numeric'
    ? data.values.every((value) => value === data.values[0])
    : data.codes.every((code) => code === data.codes[0]);
}

function firstValue(data: Column): string {
  return data.kind === 'numeric' ? String(data.values[0]) : data.levels[data.codes[0]];
}
