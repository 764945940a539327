import { sharedNumbers } from '../data/sharedArrays.ts';

/**
 * A number per row, written down rather than computed: estimators say what they need of the data in this
 * small algebra, and a kernel evaluates it, over columns in memory or as SQL where the data live.
 *
 * Expressions are plain data and may share parts; a part that is shared (the same object) is evaluated once.
 */
export type RowExpression =
  | { readonly kind: 'constant'; readonly value: number }
  /** A numeric column. */
  | { readonly kind: 'column'; readonly name: string }
  /** One number a row, in the order of the rows: what a learner or a matching gave each of them. Only a kernel that holds the rows takes it. */
  | { readonly kind: 'values'; readonly values: Float64Array }
  /** 1 where the categorical column has the level of this code, else 0. */
  | { readonly kind: 'level'; readonly column: string; readonly code: number }
  /** intercept + Σ coefficients[j] · terms[j]. */
  | {
      readonly kind: 'linear';
      readonly intercept: number;
      readonly coefficients: readonly number[];
      readonly terms: readonly RowExpression[];
    }
  | { readonly kind: 'product'; readonly factors: readonly RowExpression[] }
  | { readonly kind: 'apply'; readonly function: RowFunction; readonly argument: RowExpression }
  /** Σ_jk terms[j] · matrix[j][k] · terms[k], for a symmetric matrix. */
  | {
      readonly kind: 'quadratic';
      readonly matrix: readonly (readonly number[])[];
      readonly terms: readonly RowExpression[];
    }
  /** 1 where low ≤ argument ≤ high, else 0. */
  | {
      readonly kind: 'within';
      readonly argument: RowExpression;
      readonly low: number;
      readonly high: number;
    };

export type RowFunction =
  | 'square'
  | 'reciprocal'
  | 'exp'
  | 'log'
  | 'logistic'
  /** log(1 + exp(x)), without overflow. */
  | 'softplus'
  | 'normalCdf'
  | 'normalPdf'
  /** log Φ(x), without underflow. */
  | 'logNormalCdf'
  /** φ(x)/Φ(x), without 0/0 in the lower tail. */
  | 'inverseMills';

export const one: RowExpression = { kind: 'constant', value: 1 };

export function constant(value: number): RowExpression {
  return { kind: 'constant', value };
}

export function column(name: string): RowExpression {
  return { kind: 'column', name };
}

/** `values[i]` in row i. */
export function rowValues(values: Float64Array): RowExpression {
  return { kind: 'values', values: sharedNumbers(values) };
}

export function level(columnName: string, code: number): RowExpression {
  return { kind: 'level', column: columnName, code };
}

/** intercept + Σ coefficients[j] · terms[j]. */
export function linear(
  intercept: number,
  coefficients: ArrayLike<number>,
  terms: readonly RowExpression[],
): RowExpression {
  return { kind: 'linear', intercept, coefficients: Array.from(coefficients), terms };
}

/** left − right. */
export function minus(left: RowExpression, right: RowExpression): RowExpression {
  return linear(0, [1, -1], [left, right]);
}

/** argument − value: a column about its mean, an outcome about an arm's. */
export function shifted(argument: RowExpression, value: number): RowExpression {
  return linear(-value, [1], [argument]);
}

/** 1 − argument. */
export function complement(argument: RowExpression): RowExpression {
  return linear(1, [-1], [argument]);
}

export function product(...factors: readonly RowExpression[]): RowExpression {
  return { kind: 'product', factors };
}

export function apply(rowFunction: RowFunction, argument: RowExpression): RowExpression {
  return { kind: 'apply', function: rowFunction, argument };
}

export function quadratic(
  matrix: readonly (readonly number[])[],
  terms: readonly RowExpression[],
): RowExpression {
  return { kind: 'quadratic', matrix, terms };
}

export function within(argument: RowExpression, low: number, high: number): RowExpression {
  return { kind: 'within', argument, low, high };
}

/** What an expression is made of. */
export function operandsOf(expression: RowExpression): readonly RowExpression[] {
  switch (expression.kind) {
    case 'constant':
    case 'column':
    case 'values':
    case 'level':
      return [];
    case 'linear':
    case 'quadratic':
      return expression.terms;
    case 'product':
      return expression.factors;
    case 'apply':
    case 'within':
      return [expression.argument];
  }
}

/** Names of the columns that expressions are made of. */
export function columnsIn(expressions: readonly RowExpression[]): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<RowExpression>();
  const visit = (expression: RowExpression): void => {
    if (seen.has(expression)) return;
    seen.add(expression);
    if (expression.kind === 'column') names.add(expression.name);
    if (expression.kind === 'level') names.add(expression.column);
    for (const operand of operandsOf(expression)) visit(operand);
  };
  for (const expression of expressions) visit(expression);
  return names;
}
