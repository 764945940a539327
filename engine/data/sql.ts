/**
 * Prints data expressions as SQL for DuckDB, with their types checked on the way.
 * Identifiers are quoted and literals escaped; nothing a person wrote is pasted into a statement.
 *
 * A value that does not exist (log of 0, a division by 0, anything of a missing value) is missing, never an error and never infinite.
 */

import type { ComparisonOperator, DataExpression, DataFunction } from './expression.ts';

export type SqlType = 'number' | 'text' | 'boolean' | 'missing';

export interface TypedSql {
  readonly kind: 'sql';
  readonly sql: string;
  readonly type: SqlType;
}

export interface SqlFailure {
  readonly kind: 'failure';
  readonly message: string;
}

export type SqlResult = TypedSql | SqlFailure;

/** Where the names of an expression are found; undefined where there is no such name. */
export interface SqlScope {
  column(name: string): TypedSql | undefined;
  variable(name: string): TypedSql | undefined;
}

/** No statement gets longer than this: nested conditions repeat their parts. */
const MAXIMUM_LENGTH = 100_000;

/** `name` as an SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `value` as an SQL string literal. */
export function quoteText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The expression as SQL; fails where types do not fit or a name is not in scope, in words for the person who wrote it. */
export function printSql(expression: DataExpression, scope: SqlScope): SqlResult {
  const result = printUnchecked(expression, scope);
  if (result.kind === 'sql' && result.sql.length > MAXIMUM_LENGTH) {
    return fail('The expression is too large. Split it into several variables.');
  }
  return result;
}

/** The expression as an SQL condition; numbers count as true where they are not 0. */
export function printCondition(expression: DataExpression, scope: SqlScope): SqlResult {
  const result = printSql(expression, scope);
  return result.kind === 'failure' ? result : asBoolean(result);
}

function printUnchecked(expression: DataExpression, scope: SqlScope): SqlResult {
  switch (expression.kind) {
    case 'column':
      return scope.column(expression.name) ?? fail(`The data have no column ${expression.name}.`);
    case 'variable':
      return scope.variable(expression.name) ?? fail(`There is no variable ${expression.name}.`);
    case 'number':
      return sql(numberLiteral(expression.value), 'number');
    case 'text':
      return sql(quoteText(expression.value), 'text');
    case 'boolean':
      return sql(expression.value ? 'TRUE' : 'FALSE', 'boolean');
    case 'missing':
      return sql('NULL', 'missing');
    case 'negate':
      return withNumbers([expression.operand], scope, '`-`', ([x]) => `(-${x})`);
    case 'not':
      return withBooleans([expression.operand], scope, ([x]) => `(NOT ${x})`);
    case 'and':
    case 'or':
      return withBooleans(
        [expression.left, expression.right],
        scope,
        ([a, b]) => `(${a} ${expression.kind.toUpperCase()} ${b})`,
      );
    case 'arithmetic':
      return withNumbers(
        [expression.left, expression.right],
        scope,
        `\`${expression.operator}\``,
        ([a, b]) =>
          expression.operator === '/' ? `(${a} / nullif(${b}, 0))` : `(${a} ${expression.operator} ${b})`,
      );
    case 'comparison':
      return printComparison(expression.operator, expression.left, expression.right, scope);
    case 'in':
      return printIn(expression.operand, expression.values, scope);
    case 'isMissing': {
      const operand = printSql(expression.operand, scope);
      if (operand.kind === 'failure') return operand;
      return sql(`(${operand.sql} IS ${expression.negated ? 'NOT ' : ''}NULL)`, 'boolean');
    }
    case 'call':
      return FUNCTIONS[expression.function](expression.arguments, scope);
  }
}

function sql(text: string, type: SqlType): TypedSql {
  return { kind: 'sql', sql: text, type };
}

function fail(message: string): SqlFailure {
  return { kind: 'failure', message };
}

/** A double; DuckDB would read `0.1` as a decimal with its own arithmetic. */
function numberLiteral(value: number): string {
  return `CAST(${quoteText(String(value))} AS DOUBLE)`;
}

/** All of them, or the first failure. */
function printAll(
  expressions: readonly DataExpression[],
  scope: SqlScope,
): { readonly kind: 'all'; readonly parts: readonly TypedSql[] } | SqlFailure {
  const parts: TypedSql[] = [];
  for (const expression of expressions) {
    const part = printSql(expression, scope);
    if (part.kind === 'failure') return part;
    parts.push(part);
  }
  return { kind: 'all', parts };
}

function withNumbers(
  operands: readonly DataExpression[],
  scope: SqlScope,
  what: string,
  print: (parts: readonly string[]) => string,
): SqlResult {
  const printed = printAll(operands, scope);
  if (printed.kind === 'failure') return printed;
  const wrong = printed.parts.findIndex((part) => part.type === 'text');
  if (wrong >= 0) return fail(`${what} needs a number, and ${describe(operands[wrong])} is text.`);
  return sql(print(printed.parts.map(asNumber)), 'number');
}

function asNumber(part: TypedSql): string {
  return part.type === 'boolean' || part.type === 'missing' ? `CAST(${part.sql} AS DOUBLE)` : part.sql;
}

function withBooleans(
  operands: readonly DataExpression[],
  scope: SqlScope,
  print: (parts: readonly string[]) => string,
): SqlResult {
  const printed = printAll(operands, scope);
  if (printed.kind === 'failure') return printed;
  const conditions = printed.parts.map(asBoolean);
  const failure = conditions.find((condition) => condition.kind === 'failure');
  if (failure !== undefined) return failure;
  return sql(
    print(conditions.map((condition) => (condition.kind === 'sql' ? condition.sql : ''))),
    'boolean',
  );
}

function asBoolean(part: TypedSql): SqlResult {
  switch (part.type) {
    case 'boolean':
      return part;
    case 'number':
      return sql(`(${part.sql} <> 0)`, 'boolean');
    case 'missing':
      return sql('CAST(NULL AS BOOLEAN)', 'boolean');
    case 'text':
      return fail('A condition is needed here, and this is text. Compare it: `region == "south"`.');
  }
}

const SQL_COMPARISONS: Readonly<Record<ComparisonOperator, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function printComparison(
  operator: ComparisonOperator,
  left: DataExpression,
  right: DataExpression,
  scope: SqlScope,
): SqlResult {
  if (left.kind === 'missing' || right.kind === 'missing') {
    return fail('Nothing equals a missing value. Write `is missing` or `is not missing`.');
  }
  const printed = printAll([left, right], scope);
  if (printed.kind === 'failure') return printed;
  const pair = alignTypes(printed.parts[0], printed.parts[1]);
  if (pair === null) {
    return fail(
      `${describe(left)} is ${articled(printed.parts[0].type)} and ${describe(right)} is ${articled(printed.parts[1].type)}: they cannot be compared.`,
    );
  }
  return sql(`(${pair[0]} ${SQL_COMPARISONS[operator]} ${pair[1]})`, 'boolean');
}

/** The two as values of one type: true and false are also the text "true" and "false", and the numbers 1 and 0. */
function alignTypes(left: TypedSql, right: TypedSql): readonly [string, string] | null {
  if (left.type === right.type || left.type === 'missing' || right.type === 'missing')
    return [left.sql, right.sql];
  if (left.type === 'boolean') return [booleanAs(left, right.type), plainText(right)];
  if (right.type === 'boolean') return [plainText(left), booleanAs(right, left.type)];
  return null;
}

function booleanAs(part: TypedSql, type: SqlType): string {
  return `CAST(${part.sql} AS ${type === 'text' ? 'VARCHAR' : 'DOUBLE'})`;
}

function plainText(part: TypedSql): string {
  return part.type === 'text' ? `lower(${part.sql})` : part.sql;
}

function printIn(operand: DataExpression, values: readonly DataExpression[], scope: SqlScope): SqlResult {
  if (values.length === 0) return fail('`in` needs at least one value: `in ("a", "b")`.');
  return values
    .map((value) => printComparison('==', operand, value, scope))
    .reduce((all, next) => {
      if (all.kind === 'failure' || next.kind === 'failure') return all.kind === 'failure' ? all : next;
      return sql(`(${all.sql} OR ${next.sql})`, 'boolean');
    });
}

type PrintFunction = (operands: readonly DataExpression[], scope: SqlScope) => SqlResult;

const FUNCTIONS: Readonly<Record<DataFunction, PrintFunction>> = {
  log: numeric('log', (x) => `ln(nullif(greatest(${x}, 0), 0))`),
  exp: numeric('exp', (x) => `TRY(exp(${x}))`),
  sqrt: numeric('sqrt', (x) => `TRY(sqrt(${x}))`),
  abs: numeric('abs', (x) => `abs(${x})`),
  round: printRound,
  min: extreme('min', 'least'),
  max: extreme('max', 'greatest'),
  coalesce: printCoalesce,
  lower: printLower,
  if: printIf,
};

function numeric(name: string, print: (x: string) => string): PrintFunction {
  return (operands, scope) => {
    if (operands.length !== 1) return fail(`\`${name}\` takes one number: \`${name}(x)\`.`);
    return withNumbers(operands, scope, `\`${name}\``, ([x]) => print(x));
  };
}

function printRound(operands: readonly DataExpression[], scope: SqlScope): SqlResult {
  const [value, digits] = operands;
  const literal = digits === undefined || digits.kind === 'number';
  if (value === undefined || operands.length > 2 || !literal) {
    return fail('`round` takes a number and, if you like, how many digits to keep: `round(x, 2)`.');
  }
  const places = digits === undefined ? 0 : Math.trunc(digits.value);
  return withNumbers([value], scope, '`round`', ([x]) => `round(${x}, ${places})`);
}

/** DuckDB's own pass over missing values; here one missing value makes the result missing. */
function extreme(name: string, sqlName: string): PrintFunction {
  return (operands, scope) => {
    if (operands.length === 0) return fail(`\`${name}\` takes one number or more: \`${name}(a, b)\`.`);
    return withNumbers(operands, scope, `\`${name}\``, (parts) => {
      const anyMissing = parts.map((part) => `${part} IS NULL`).join(' OR ');
      return `(CASE WHEN ${anyMissing} THEN NULL ELSE ${sqlName}(${parts.join(', ')}) END)`;
    });
  };
}

function printCoalesce(operands: readonly DataExpression[], scope: SqlScope): SqlResult {
  if (operands.length === 0) return fail('`coalesce` takes one value or more: `coalesce(x, 0)`.');
  return sameType(operands, scope, '`coalesce`', (parts) => `coalesce(${parts.join(', ')})`);
}

function printLower(operands: readonly DataExpression[], scope: SqlScope): SqlResult {
  const printed = printAll(operands, scope);
  if (printed.kind === 'failure') return printed;
  const [text] = printed.parts;
  if (text === undefined || printed.parts.length > 1) return fail('`lower` takes one text: `lower(region)`.');
  if (text.type === 'number') return fail(`\`lower\` needs text, and ${describe(operands[0])} is a number.`);
  return sql(`lower(CAST(${text.sql} AS VARCHAR))`, 'text');
}

function printIf(operands: readonly DataExpression[], scope: SqlScope): SqlResult {
  const [condition, ...values] = operands;
  if (condition === undefined || values.length !== 2) {
    return fail('`if` takes a condition and two values: `if(age > 65, 1, 0)`.');
  }
  const test = printCondition(condition, scope);
  if (test.kind === 'failure') return test;
  return sameType(
    values,
    scope,
    '`if`',
    ([yes, no]) => `(CASE ${test.sql} WHEN TRUE THEN ${yes} WHEN FALSE THEN ${no} END)`,
  );
}

function sameType(
  operands: readonly DataExpression[],
  scope: SqlScope,
  what: string,
  print: (parts: readonly string[]) => string,
): SqlResult {
  const printed = printAll(operands, scope);
  if (printed.kind === 'failure') return printed;
  const types = new Set(printed.parts.map((part) => part.type).filter((type) => type !== 'missing'));
  if (types.has('text') && types.size > 1)
    return fail(`The values of ${what} are partly text and partly numbers.`);
  if (types.size <= 1) return sql(print(printed.parts.map((part) => part.sql)), [...types][0] ?? 'missing');
  return sql(print(printed.parts.map(asNumber)), 'number');
}

function describe(expression: DataExpression): string {
  switch (expression.kind) {
    case 'column':
    case 'variable':
      return expression.name;
    case 'number':
      return String(expression.value);
    case 'text':
      return JSON.stringify(expression.value);
    case 'boolean':
      return String(expression.value);
    default:
      return 'what stands here';
  }
}

function articled(type: SqlType): string {
  return type === 'text' ? 'text' : type === 'number' ? 'a number' : 'true or false';
}
