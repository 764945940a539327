/** Expressions over the columns and variables of a data set, as they reach the data engine: always this tree, never text of the user's. */

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export const DATA_FUNCTIONS = [
  'log',
  'exp',
  'sqrt',
  'abs',
  'round',
  'min',
  'max',
  'coalesce',
  'lower',
  'if',
] as const;
export type DataFunction = (typeof DATA_FUNCTIONS)[number];

export type DataExpression =
  /** A column of the file, by its name there. */
  | { readonly kind: 'column'; readonly name: string }
  /** A variable of the model that stands before this one in the order of definition. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'negate' | 'not'; readonly operand: DataExpression }
  | { readonly kind: 'and' | 'or'; readonly left: DataExpression; readonly right: DataExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: DataExpression;
      readonly right: DataExpression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: DataExpression;
      readonly right: DataExpression;
    }
  | { readonly kind: 'in'; readonly operand: DataExpression; readonly values: readonly DataExpression[] }
  | { readonly kind: 'isMissing'; readonly operand: DataExpression; readonly negated: boolean }
  | { readonly kind: 'call'; readonly function: DataFunction; readonly arguments: readonly DataExpression[] };

/** The expressions directly inside this one. */
export function operandsOf(expression: DataExpression): readonly DataExpression[] {
  switch (expression.kind) {
    case 'column':
    case 'variable':
    case 'number':
    case 'text':
    case 'boolean':
    case 'missing':
      return [];
    case 'negate':
    case 'not':
    case 'isMissing':
      return [expression.operand];
    case 'and':
    case 'or':
    case 'arithmetic':
    case 'comparison':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.values];
    case 'call':
      return expression.arguments;
  }
}

/** Names of the columns, or of the variables, that the expression reads; each once, in order of appearance. */
export function namesIn(expression: DataExpression, kind: 'column' | 'variable'): string[] {
  const names = new Set<string>();
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === kind) names.add(next.name);
    waiting.push(...[...operandsOf(next)].reverse());
  }
  return [...names];
}

/** The rows for which both conditions hold; null stands for no condition. */
export function both(left: DataExpression | null, right: DataExpression): DataExpression {
  return left === null ? right : { kind: 'and', left, right };
}
