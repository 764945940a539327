/** Data expressions in Python, over a pandas data frame that is called `data`. */

import { type DataExpression, type DataFunction, namesIn } from '../../../engine/data/expression.ts';
import { pythonList, pythonString } from '../../../formats/pythonText.ts';

/** A column of the frame. */
export function pandasColumn(name: string): string {
  return `data[${pythonString(name)}]`;
}

/** A number as both languages read it. */
function number(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

/**
 * The expression as Python over the columns of `data`. A value that does not exist (the logarithm of 0, a division by 0) is infinite or NaN,
 * which whoever uses it turns into a missing one.
 */
export function pandasExpression(expression: DataExpression): string {
  const print = pandasExpression;
  switch (expression.kind) {
    case 'column':
    case 'variable':
      return pandasColumn(expression.name);
    case 'number':
      return number(expression.value);
    case 'text':
      return pythonString(expression.value);
    case 'boolean':
      return expression.value ? 'True' : 'False';
    case 'missing':
      return 'np.nan';
    case 'negate':
      return `(-${print(expression.operand)})`;
    case 'not':
      return known(`(~${print(expression.operand)})`, expression.operand);
    case 'and':
    case 'or':
      return `(${print(expression.left)} ${expression.kind === 'and' ? '&' : '|'} ${print(expression.right)})`;
    case 'arithmetic':
    case 'comparison': {
      const text = `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
      return expression.operator === '!=' ? known(text, expression) : text;
    }
    case 'in':
      return `${print(expression.operand)}.isin([${expression.values.map(print).join(', ')}])`;
    case 'isMissing':
      return `${print(expression.operand)}.${expression.negated ? 'notna' : 'isna'}()`;
    case 'call':
      return CALLS[expression.function](expression.arguments.map(print));
  }
}

/** In pandas a missing value differs from every other; in a spec nothing is known of it. */
function known(text: string, expression: DataExpression): string {
  const names = readNames(expression);
  return names.length === 0 ? text : `(${text} & data[${pythonList(names)}].notna().all(axis=1))`;
}

type Call = (parts: readonly string[]) => string;

const nested =
  (name: string): Call =>
  ([first = 'np.nan', ...rest]) =>
    rest.reduce((all, next) => `${name}(${all}, ${next})`, first);

const CALLS: Readonly<Record<DataFunction, Call>> = {
  log: ([x]) => `np.log(${x})`,
  exp: ([x]) => `np.exp(${x})`,
  sqrt: ([x]) => `np.sqrt(${x})`,
  abs: ([x]) => `np.abs(${x})`,
  // Halves go away from zero, where np.round would take them to the even neighbour.
  round: ([x, digits = '0']) =>
    `(np.sign(${x}) * np.floor(np.abs(${x}) * 10.0**${digits} + 0.5) / 10.0**${digits})`,
  min: nested('np.minimum'),
  max: nested('np.maximum'),
  coalesce: ([first = 'np.nan', ...rest]) => rest.reduce((all, next) => `${all}.fillna(${next})`, first),
  lower: ([x]) => `${x}.str.lower()`,
  if: ([condition, yes, no]) => `pd.Series(np.where(${condition}, ${yes}, ${no}), index=data.index)`,
};

/** Is the value true or false? Comparisons with a missing value are false in pandas, and missing in a spec. */
export function isCondition({ kind }: DataExpression): boolean {
  return ['comparison', 'and', 'or', 'not', 'in', 'boolean'].includes(kind);
}

/** Names of everything that the expression reads. */
export function readNames(expression: DataExpression): readonly string[] {
  return [...new Set([...namesIn(expression, 'column'), ...namesIn(expression, 'variable')])];
}
