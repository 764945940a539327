/** Evaluates row expressions over columns in memory, a block of rows at a time, into columns that are reused. */

import erfc from '@stdlib/math-base-special-erfc';
import { columnOf, type Table } from '../data/table.ts';
import { operandsOf, type RowExpression, type RowFunction } from './rowExpression.ts';
import { bytesOf, openRoom, type RoomColumn, type RowRoom } from './rowRoom.ts';

export interface BlockEvaluator {
  /** One column an expression, in the order given; its first `count` entries are those of the last block. */
  readonly outputs: readonly RoomColumn[];
  /** Where they are, and room for as many columns more as were asked for. */
  readonly room: RowRoom;
  /** Fills `outputs` with rows `start` to `start + count − 1`; `count` is at most `BLOCK`. */
  run(start: number, count: number): void;
}

type Step = (start: number, count: number) => void;

/**
 * Prepares `expressions` for evaluation over `table`. The room is for one evaluation at a time: that of an earlier one is taken from it.
 *
 * @param extra columns of room that the caller takes for itself
 */
export function compileExpressions(
  table: Table,
  expressions: readonly RowExpression[],
  extra = 0,
): BlockEvaluator {
  const columns = new Map<RowExpression, RoomColumn>();
  const decays = new Map<RoomColumn, RoomColumn>();
  const steps: Step[] = [];
  const room = openRoom(extra + columnsNeeded(expressions));
  const take = (): RoomColumn => room.take(1)[0];
  const decayOf = (operand: RoomColumn): RoomColumn => {
    const known = decays.get(operand);
    if (known !== undefined) return known;
    const decay = take();
    decays.set(operand, decay);
    steps.push((_start, count) => room.loops.decay(decay.address, operand.address, bytesOf(count)));
    return decay;
  };
  const columnFor = (expression: RowExpression): RoomColumn => {
    const known = columns.get(expression);
    if (known !== undefined) return known;
    const operands = operandsOf(expression).map(columnFor);
    if (expression.kind === 'apply' && ofDecay(expression.function)) operands.push(decayOf(operands[0]));
    const target = take();
    columns.set(expression, target);
    steps.push(stepOf(table, room, expression, operands, target));
    return target;
  };
  const outputs = expressions.map(columnFor);
  return {
    outputs,
    room,
    run: (start, count) => {
      for (const step of steps) step(start, count);
    },
  };
}

/** Columns that expressions take at most: their own, and what some share or work with. */
function columnsNeeded(expressions: readonly RowExpression[]): number {
  const seen = new Set<RowExpression>();
  let helpers = 0;
  const visit = (expression: RowExpression): void => {
    if (seen.has(expression)) return;
    seen.add(expression);
    if (expression.kind === 'apply' || expression.kind === 'quadratic') helpers += 1;
    for (const operand of operandsOf(expression)) visit(operand);
  };
  for (const expression of expressions) visit(expression);
  return seen.size + helpers;
}

function stepOf(
  table: Table,
  room: RowRoom,
  expression: RowExpression,
  operands: readonly RoomColumn[],
  target: RoomColumn,
): Step {
  switch (expression.kind) {
    case 'constant':
      target.values.fill(expression.value);
      return () => {};
    case 'column':
      return columnStep(table, expression.name, target.values);
    case 'values':
      return valuesStep(expression.values, target.values);
    case 'level':
      return levelStep(table, expression.column, expression.code, target.values);
    case 'linear':
      return linearStep(room, expression.intercept, expression.coefficients, operands, target);
    case 'product':
      return productStep(room, operands, target);
    case 'apply':
      return applyStep(room, expression.function, operands, target);
    case 'quadratic':
      return quadraticStep(room, expression.matrix, operands, target);
    case 'within': {
      const { low, high } = expression;
      const [{ address }] = operands;
      return (_start, count) => room.loops.within(target.address, address, bytesOf(count), low, high);
    }
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
  { loops }: RowRoom,
  intercept: number,
  coefficients: readonly number[],
  operands: readonly RoomColumn[],
  target: RoomColumn,
): Step {
  const size = operands.length;
  const at = operands.map(({ address }) => address);
  const to = target.address;
  return (_start, count) => {
    const bytes = bytesOf(count);
    let j = size % 3;
    if (j === 0) target.values.fill(intercept, 0, count);
    else if (j === 1) loops.affine(to, at[0], bytes, coefficients[0], intercept);
    else loops.affineOfTwo(to, at[0], at[1], bytes, coefficients[0], coefficients[1], intercept);
    for (; j < size; j += 3) {
      const [c, d, e] = [coefficients[j], coefficients[j + 1], coefficients[j + 2]];
      loops.addThree(to, at[j], at[j + 1], at[j + 2], bytes, c, d, e);
    }
  };
}

function productStep({ loops }: RowRoom, operands: readonly RoomColumn[], target: RoomColumn): Step {
  const [first, second, ...others] = operands;
  return (_start, count) => {
    const bytes = bytesOf(count);
    if (first === undefined) target.values.fill(1, 0, count);
    else if (second === undefined) target.values.set(first.values.subarray(0, count));
    else loops.multiply(target.address, first.address, second.address, bytes);
    for (const { address } of others) loops.multiply(target.address, target.address, address, bytes);
  };
}

/** Functions that are made of exp(−|x|), which is the dearest of them: those of one operand share it. */
function ofDecay(name: RowFunction): boolean {
  return name === 'logistic' || name === 'softplus';
}

/** The functions that every pass is full of have loops of their own. */
function applyStep(
  { loops }: RowRoom,
  name: RowFunction,
  [operand, decay]: readonly RoomColumn[],
  target: RoomColumn,
): Step {
  const [from, to] = [operand.address, target.address];
  switch (name) {
    case 'square':
      return (_start, count) => loops.multiply(to, from, from, bytesOf(count));
    case 'reciprocal':
      return (_start, count) => loops.reciprocal(to, from, bytesOf(count));
    case 'exp':
      return (_start, count) => loops.exp(to, from, bytesOf(count));
    case 'logistic':
      return (_start, count) => loops.logistic(to, from, decay.address, bytesOf(count));
    case 'softplus':
      return (_start, count) => loops.softplus(to, from, decay.address, bytesOf(count));
    default: {
      const apply = ROW_FUNCTIONS[name];
      const [source, result] = [operand.values, target.values];
      return (_start, count) => {
        for (let i = 0; i < count; i++) result[i] = apply(source[i]);
      };
    }
  }
}

function quadraticStep(
  room: RowRoom,
  matrix: readonly (readonly number[])[],
  operands: readonly RoomColumn[],
  target: RoomColumn,
): Step {
  const { loops } = room;
  const [partial] = room.take(1);
  return (_start, count) => {
    const bytes = bytesOf(count);
    target.values.fill(0, 0, count);
    for (let j = 0; j < operands.length; j++) {
      partial.values.fill(0, 0, count);
      for (let k = 0; k < operands.length; k++) {
        loops.addOne(partial.address, operands[k].address, bytes, matrix[j][k]);
      }
      loops.addProduct(target.address, operands[j].address, partial.address, bytes);
    }
  };
}

const ROW_FUNCTIONS: Readonly<
  Record<
    Exclude<RowFunction, 'square' | 'reciprocal' | 'exp' | 'logistic' | 'softplus'>,
    (x: number) => number
  >
> = {
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
