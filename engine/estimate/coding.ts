/** How variables enter an equation: treatments as levels or as a dose, categorical covariates as dummies. */

import { type Column, columnOf, type Table } from '../data/table.ts';
import type { VariableKind } from '../data/variableType.ts';
import { column, complement, level, linear, type RowExpression } from '../stats/rowExpression.ts';

/** One column of a design matrix. */
export interface DesignTerm {
  readonly variable: string;
  /** `age`, or `region = south` for a dummy. */
  readonly label: string;
  readonly expression: RowExpression;
}

/** A level of a discrete treatment. */
export interface TreatmentLevel {
  readonly label: string;
  /** 1 in the rows that have it, else 0. */
  readonly indicator: RowExpression;
  readonly rows: number;
}

export type TreatmentCoding =
  | { readonly kind: 'continuous'; readonly dose: RowExpression }
  /** At least two levels, the reference first. */
  | { readonly kind: 'discrete'; readonly levels: readonly TreatmentLevel[] };

/** The terms of covariates or instruments: numbers as they are, a dummy for each level after the first that occurs. */
export function designTerms(table: Table, variables: readonly string[]): DesignTerm[] {
  return variables.flatMap((variable) => {
    const data = columnOf(table, variable);
    if (data.kind === 'numeric') return [{ variable, label: variable, expression: column(variable) }];
    return occurringLevels(data)
      .slice(1)
      .map(({ code, label }) => ({
        variable,
        label: `${variable} = ${label}`,
        expression: level(variable, code),
      }));
  });
}

interface OccurringLevel {
  readonly code: number;
  readonly label: string;
  readonly rows: number;
}

function occurringLevels(data: Column & { readonly kind: 'categorical' }): OccurringLevel[] {
  const counts = new Float64Array(data.levels.length);
  for (const code of data.codes) counts[code] += 1;
  return data.levels
    .map((label, code) => ({ code, label, rows: counts[code] }))
    .filter((candidate) => candidate.rows > 0);
}

interface CountedValue {
  readonly value: number;
  readonly rows: number;
}

type TwoValues = readonly [low: CountedValue, high: CountedValue];

/** Two different numbers of a column, ascending with their counts; null where it holds fewer or more. */
function twoValues(values: Float64Array): TwoValues | null {
  const [first] = values;
  let other = first;
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === first) continue;
    if (others > 0 && values[i] !== other) return null;
    other = values[i];
    others += 1;
  }
  if (others === 0) return null;
  const found = [
    { value: first, rows: values.length - others },
    { value: other, rows: others },
  ];
  const [low, high] = found.sort((a, b) => a.value - b.value);
  return [low, high];
}

/**
 * Codes a treatment without missing values. A column of text is discrete; one of numbers is discrete where it is declared binary or holds just
 * two values and is not declared otherwise, else a dose.
 *
 * Null where fewer than two levels occur, or a dose does not vary.
 */
export function codeTreatment(table: Table, name: string, kind: VariableKind): TreatmentCoding | null {
  const data = columnOf(table, name);
  if (data.kind === 'categorical') {
    const levels = occurringLevels(data).map(({ code, label, rows }) => ({
      label,
      rows,
      indicator: level(name, code),
    }));
    return levels.length < 2 ? null : { kind: 'discrete', levels };
  }
  if (data.values.every((value) => value === data.values[0])) return null;
  const pair = kind === 'binary' ? twoValues(data.values) : null;
  if (pair === null) return { kind: 'continuous', dose: column(name) };
  const [low, high] = pair;
  const higher = indicatorOfHigher(name, pair);
  return {
    kind: 'discrete',
    levels: [
      { label: String(low.value), rows: low.rows, indicator: complement(higher) },
      { label: String(high.value), rows: high.rows, indicator: higher },
    ],
  };
}

/** The outcome as a number a row: a binary one counts as 0/1, the last of its two levels as 1. Null for text with more levels. */
export function codeOutcome(table: Table, name: string, kind: VariableKind): RowExpression | null {
  const data = columnOf(table, name);
  if (data.kind === 'categorical') {
    const levels = occurringLevels(data);
    return levels.length > 2 ? null : level(name, levels.at(-1)?.code ?? 0);
  }
  const pair = kind === 'binary' ? twoValues(data.values) : null;
  return pair === null ? column(name) : indicatorOfHigher(name, pair);
}

/** How an outcome is measured: 0/1, as numbers from 0 up that count something, or as any number. It decides which model its mean gets. */
export type OutcomeScale = 'binary' | 'count' | 'continuous';

/** The scale on which `codeOutcome` codes it. */
export function outcomeScale(table: Table, name: string, kind: VariableKind): OutcomeScale {
  const data = columnOf(table, name);
  if (data.kind === 'categorical') return 'binary';
  if (kind === 'binary' && twoValues(data.values) !== null) return 'binary';
  return kind === 'count' ? 'count' : 'continuous';
}

/** 1 for the higher of two numbers, 0 for the lower. */
function indicatorOfHigher(name: string, [low, high]: TwoValues): RowExpression {
  if (low.value === 0 && high.value === 1) return column(name);
  const span = high.value - low.value;
  return linear(-low.value / span, [1 / span], [column(name)]);
}
