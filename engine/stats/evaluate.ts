/** Evaluates row expressions over columns in memory, a block of rows at a time, into buffers that are reused. */

import erfc from '@stdlib/math-base-special-erfc';
import { columnOf, type Table } from '../data/table.ts';
import type { RowExpression, RowFunction } from './rowExpression.ts';

/** Rows a block: small enough that the buffers of a few dozen terms stay in the cache. */
export const BLOCK = 1024;

export interface BlockEvaluator {
  /** One buffer an expression, in the order given; its first `count` entries are those of the last block. */
  readonly outputs: readonly Float64Array[];
  /** Fills `outputs` with rows `start` to `start + count − 1`; `count` is at most `BLOCK`. */
  run(start: number, count: number): void;
}

type Step = (start: number, count: number) => void;

/** Prepares `expressions` for evaluation over `table`. */
export function compileExpressions(table: Table, expressions: readonly RowExpression[]): BlockEvaluator {
  const buffers = new Map<RowExpression, Float64Array>();
  const decays = new Map<Float64Array, Float64Array>();
  const steps: Step[] = [];
  const decayOf = (operand: Float64Array): Float64Array => {
    const known = decays.get(operand);
    if (known !== undefined) return known;
    const decay = new Float64Array(BLOCK);
    decays.set(operand, decay);
    steps.push(decayStep(operand, decay));
    return decay;
  };
  const bufferOf = (expression: RowExpression): Float64Array => {
    const known = buffers.get(expression);
    if (known !== undefined) return known;
    const operands = operandsOf(expression).map(bufferOf);
    if (expression.kind === 'apply' && ofDecay(expression.function)) operands.push(decayOf(operands[0]));
    const target = new Float64Array(BLOCK);
    buffers.set(expression, target);
    steps.push(stepOf(table, expression, operands, target));
    return target;
  };
  const outputs = expressions.map(bufferOf);
  return {
    outputs,
    run: (start, count) => {
      for (const step of steps) step(start, count);
    },
  };
}

function operandsOf(expression: RowExpression): readonly RowExpression[] {
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

function stepOf(
  table: Table,
  expression: RowExpression,
  operands: readonly Float64Array[],
  target: Float64Array,
): Step {
  switch (expression.kind) {
    case 'constant':
      target.fill(expression.value);
      return () => {};
    case 'column':
      return columnStep(table, expression.name, target);
    case 'values':
      return valuesStep(expression.values, target);
    case 'level':
      return levelStep(table, expression.column, expression.code, target);
    case 'linear':
      return linearStep(expression.intercept, expression.coefficients, operands, target);
    case 'product':
      return productStep(operands, target);
    case 'apply':
      return applyStep(expression.function, operands, target);
    case 'quadratic':
      return quadraticStep(expression.matrix, operands, target);
    case 'within':
      return withinStep(operands[0], expression.low, expression.high, target);
  }
}

function columnStep(table: Table, name: string, target: Float64Array): Step {
  const column = columnOf(table, name);
  if (column.kind !== 'numeric') throw new Error(`Column ${name} holds levels, not numbers.`);
  return valuesStep(column.values, target);
}

function valuesStep(values: Float64Array, target: Float64Array): Step {
  return (start, count) => target.set(values.subarray(start, start + count));
}

function levelStep(table: Table, name: string, code: number, target: Float64Array): Step {
  const column = columnOf(table, name);
  if (column.kind !== 'categorical') throw new Error(`Column ${name} holds numbers, not levels.`);
  const { codes } = column;
  return (start, count) => {
    for (let i = 0; i < count; i++) target[i] = codes[start + i] === code ? 1 : 0;
  };
}

/** Terms are added in their order, three at a time: a sum then goes to memory a third as often. */
function linearStep(
  intercept: number,
  coefficients: readonly number[],
  operands: readonly Float64Array[],
  target: Float64Array,
): Step {
  const size = operands.length;
  return (_start, count) => {
    let j = size % 3;
    if (j === 0) target.fill(intercept, 0, count);
    else if (j === 1) addOne(intercept, coefficients[0], operands[0], target, count);
    else addTwo(intercept, coefficients, operands, target, count);
    for (; j < size; j += 3) addThree(coefficients, operands, j, target, count);
  };
}

function addOne(start: number, c: number, a: Float64Array, target: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) target[i] = start + c * a[i];
}

function addTwo(
  start: number,
  [c0, c1]: readonly number[],
  [a, b]: readonly Float64Array[],
  target: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) target[i] = start + c0 * a[i] + c1 * b[i];
}

function addThree(
  coefficients: readonly number[],
  operands: readonly Float64Array[],
  first: number,
  target: Float64Array,
  count: number,
): void {
  const c0 = coefficients[first];
  const c1 = coefficients[first + 1];
  const c2 = coefficients[first + 2];
  const a = operands[first];
  const b = operands[first + 1];
  const c = operands[first + 2];
  for (let i = 0; i < count; i++) target[i] = target[i] + c0 * a[i] + c1 * b[i] + c2 * c[i];
}

function productStep(operands: readonly Float64Array[], target: Float64Array): Step {
  const [first, second, ...others] = operands;
  return (_start, count) => {
    if (first === undefined) target.fill(1, 0, count);
    else if (second === undefined) target.set(first.subarray(0, count));
    else for (let i = 0; i < count; i++) target[i] = first[i] * second[i];
    for (const operand of others) for (let i = 0; i < count; i++) target[i] *= operand[i];
  };
}

/** Functions that are made of exp(−|x|), which is the dearest of them: those of one operand share it. */
function ofDecay(name: RowFunction): boolean {
  return name === 'logistic' || name === 'softplus';
}

function decayStep(operand: Float64Array, target: Float64Array): Step {
  return (_start, count) => {
    for (let i = 0; i < count; i++) target[i] = Math.exp(-Math.abs(operand[i]));
  };
}

/** The functions that every pass is full of have loops of their own, which call nothing that is not known beforehand. */
function applyStep(name: RowFunction, [operand, decay]: readonly Float64Array[], target: Float64Array): Step {
  switch (name) {
    case 'square':
      return (_start, count) => {
        for (let i = 0; i < count; i++) target[i] = operand[i] * operand[i];
      };
    case 'reciprocal':
      return (_start, count) => {
        for (let i = 0; i < count; i++) target[i] = 1 / operand[i];
      };
    case 'logistic':
      return (_start, count) => {
        for (let i = 0; i < count; i++) {
          const e = decay[i];
          target[i] = (operand[i] >= 0 ? 1 : e) / (1 + e);
        }
      };
    case 'softplus':
      return (_start, count) => {
        for (let i = 0; i < count; i++) target[i] = Math.max(operand[i], 0) + Math.log1p(decay[i]);
      };
    default: {
      const apply = ROW_FUNCTIONS[name];
      return (_start, count) => {
        for (let i = 0; i < count; i++) target[i] = apply(operand[i]);
      };
    }
  }
}

function quadraticStep(
  matrix: readonly (readonly number[])[],
  operands: readonly Float64Array[],
  target: Float64Array,
): Step {
  const partial = new Float64Array(BLOCK);
  return (_start, count) => {
    target.fill(0, 0, count);
    for (let j = 0; j < operands.length; j++) {
      partial.fill(0, 0, count);
      for (let k = 0; k < operands.length; k++) {
        const weight = matrix[j][k];
        const operand = operands[k];
        for (let i = 0; i < count; i++) partial[i] += weight * operand[i];
      }
      const left = operands[j];
      for (let i = 0; i < count; i++) target[i] += left[i] * partial[i];
    }
  };
}

function withinStep(operand: Float64Array, low: number, high: number, target: Float64Array): Step {
  return (_start, count) => {
    for (let i = 0; i < count; i++) target[i] = operand[i] >= low && operand[i] <= high ? 1 : 0;
  };
}

const ROW_FUNCTIONS: Readonly<
  Record<Exclude<RowFunction, 'square' | 'reciprocal' | 'logistic' | 'softplus'>, (x: number) => number>
> = {
  exp: Math.exp,
  log: Math.log,
  normalCdf,
  normalPdf,
  logNormalCdf: (x) =>
    x > TAIL ? Math.log(normalCdf(x)) : Math.log(normalPdf(0) / tailScale(x)) - 0.5 * x * x,
  inverseMills: (x) => (x > TAIL ? normalPdf(x) / normalCdf(x) : tailScale(x)),
};

/** Below it Φ loses digits, then underflows. */
const TAIL = -30;

function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** φ(x)/Φ(x) far in the lower tail: the continued fraction of Laplace, x + 1/(x + 2/(x + 3/…)) at −x, to seven terms. */
function tailScale(x: number): number {
  let tail = -x;
  for (let k = 7; k >= 1; k--) tail = -x + k / tail;
  return tail;
}
