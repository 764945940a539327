/** Rows by the combination of levels that they have: all that a formula of discrete variables asks of them. */

import { type Column, columnOf, type Table } from '../../data/table.ts';
import type { VariableKind } from '../../data/variableType.ts';
import { type LevelCodes, levelsOf } from '../independence/levels.ts';
import { type EstimationFailure, failure } from '../problem.ts';

/** The combinations that occur, in an order that does not depend on that of the rows. */
export interface Cells {
  readonly kind: 'cells';
  /** Labels of each variable's levels, by its name. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Level of each variable in each cell. */
  readonly codes: ReadonlyMap<string, Int32Array>;
  /** Cell of each row. */
  readonly cellOf: Int32Array;
  readonly count: number;
}

/** What is known of the variables' types; the table itself tells the rest. */
type Kinds = ReadonlyMap<string, VariableKind>;

interface Remembered {
  readonly columns: readonly Column[];
  readonly kinds: readonly (VariableKind | undefined)[];
  readonly cells: Cells | EstimationFailure;
}

/** Resamples weigh the same rows anew: their cells are found once, for as long as the columns are the same objects. */
const remembered = new WeakMap<Column, Remembered>();

/**
 * Sorts the rows of a table without missing values by their levels of `variables`, of which there is at least one.
 *
 * Fails where a variable is a number with many values, or there are more combinations than can be counted.
 */
export function cellsOf(table: Table, variables: readonly string[], kinds: Kinds): Cells | EstimationFailure {
  const columns = variables.map((name) => columnOf(table, name));
  const types = variables.map((name) => kinds.get(name));
  const known = remembered.get(columns[0]);
  const isSame =
    known !== undefined &&
    known.columns.length === columns.length &&
    known.columns.every((column, i) => column === columns[i] && known.kinds[i] === types[i]);
  if (isSame) return known.cells;
  const cells = findCells(table, variables, kinds);
  remembered.set(columns[0], { columns, kinds: types, cells });
  return cells;
}

function findCells(table: Table, variables: readonly string[], kinds: Kinds): Cells | EstimationFailure {
  const levels = variables.map((name) => levelsOf(table, name, kinds.get(name)));
  const missing = levels.indexOf(null);
  if (missing >= 0) return notDiscrete(variables[missing]);
  const known = levels.filter((each): each is LevelCodes => each !== null);
  const combinations = known.reduce((product, { labels }) => product * labels.length, 1);
  if (combinations > Number.MAX_SAFE_INTEGER) return tooManyCombinations(variables.length);
  const keys = rowKeys(table.rowCount, known);
  const sorted = Float64Array.from(new Set(keys)).sort();
  const places = new Map(Array.from(sorted, (key, place) => [key, place]));
  return {
    kind: 'cells',
    labels: new Map(variables.map((name, i) => [name, known[i].labels])),
    codes: codesOf(sorted, variables, known),
    cellOf: Int32Array.from(keys, (key) => places.get(key) ?? 0),
    count: sorted.length,
  };
}

/** The levels of a row as one number, the last variable counting in ones. */
function rowKeys(rows: number, levels: readonly LevelCodes[]): Float64Array {
  const keys = new Float64Array(rows);
  for (const { codes, labels } of levels) {
    for (let i = 0; i < rows; i++) keys[i] = keys[i] * labels.length + codes[i];
  }
  return keys;
}

function codesOf(
  keys: Float64Array,
  variables: readonly string[],
  levels: readonly LevelCodes[],
): Map<string, Int32Array> {
  const rest = Float64Array.from(keys);
  const codes = new Map<string, Int32Array>();
  for (let v = variables.length - 1; v >= 0; v--) {
    const size = levels[v].labels.length;
    codes.set(
      variables[v],
      Int32Array.from(rest, (key) => key % size),
    );
    for (let c = 0; c < rest.length; c++) rest[c] = Math.floor(rest[c] / size);
  }
  return codes;
}

function notDiscrete(name: string): EstimationFailure {
  return failure(
    'method-mismatch',
    `The formula is computed from counts of levels, and ${name} is a number with many values. Derive a variable with few levels, as in \`variable ${name}_high = ${name} > 50\`, or declare \`variable ${name} : categorical\` if its numbers are names of levels.`,
  );
}

/** Where no table could hold the combinations. */
export function tooManyCombinations(variables: number): EstimationFailure {
  return failure(
    'method-mismatch',
    `The levels of the formula's ${variables} variables make more combinations than can be counted. Merge levels, so that each variable has few.`,
  );
}
