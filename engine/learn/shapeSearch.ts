/** Which features bend, and which pairs of them say together what neither says alone: score tests of their shapes against what a model has left. */

import { normalQuantile } from '../stats/distributions.ts';
import { dot } from '../stats/dot.ts';
import { HIGHEST_POWER } from './powers.ts';

/** Chances that any curve, and any product, is taken where none says anything. A curve too many costs two columns, a product nine, and there are many more of them. */
const LEVEL = { curves: 0.5, pairs: 0.05 };

/** Multiplications that a search among pairs may take; of more rows than they allow only some are asked, evenly spread. */
const MOST_WORK = 6e7;
const FEWEST_ROWS = 1000;

/** Part of the limit from which a pair is looked at more closely, and how many are at most. */
const CLOSE = 0.7;
const MOST_CANDIDATES = 40;

/** One feature that bends, or two that go together, by their indices. */
export type Shape = readonly [number] | readonly [number, number];

interface Finding {
  readonly shape: Shape;
  /** The largest score test of its columns. */
  readonly strength: number;
}

/** Tests shapes at some rows; `powers` are those of each feature there, none for features without numbers. */
interface Search {
  readonly rows: Int32Array;
  readonly powers: readonly (readonly Float64Array[])[];
  /** What a score test must exceed. */
  readonly limit: number;
}

/**
 * A search among the training rows for shapes that a model lacks, given what it has left of each row of the table: response less prediction, times the weight. It answers with
 * the shapes that go with that residual r by more than chance would have it among so many, the strongest first: of one feature its square or cube, of two the products of
 * their powers up to the cube. The score test of a column q is Σrq / (s·√Σq²), s² = Σr²/n, after q is made orthogonal to the powers that its features have
 * without each other, as what a model leaves of them is. Pairs of too many features are not searched.
 *
 * @param standard standardised values of each feature, null for those without
 */
export function shapeSearch(
  standard: readonly (Float64Array | null)[],
  training: Int32Array,
  withPairs: boolean,
): (residual: Float64Array) => readonly Shape[] {
  const present = standard.filter((values) => values !== null).length;
  const powersAt = (rows: Int32Array) =>
    standard.map((values) => (values === null ? [] : orthogonalPowers(values, rows)));
  const bends: Search = {
    rows: training,
    powers: powersAt(training),
    limit: threshold((HIGHEST_POWER - 1) * present, LEVEL.curves),
  };
  const products = (HIGHEST_POWER * HIGHEST_POWER * present * (present - 1)) / 2;
  const most = Math.floor(MOST_WORK / Math.max(1, products));
  const searched = withPairs && most >= Math.min(FEWEST_ROWS, training.length);
  const rows = searched ? evenly(training, most) : new Int32Array();
  const powers = rows.length === training.length ? bends.powers : powersAt(rows);
  const together: Search = { rows, powers, limit: threshold(products, LEVEL.pairs) };
  return (residual) => {
    const found = [...curves(bends, residual), ...(searched ? pairs(together, residual) : [])];
    return found.sort((one, other) => other.strength - one.strength).map(({ shape }) => shape);
  };
}

function curves({ rows, powers, limit }: Search, left: Float64Array): readonly Finding[] {
  const residual = standardResidual(left, rows);
  return powers.flatMap(([, ...bent], feature): Finding[] => {
    const strength = largest(bent.map((column) => scoreTest(residual, column)));
    return strength > limit ? [{ shape: [feature], strength }] : [];
  });
}

function pairs({ rows, powers, limit }: Search, left: Float64Array): readonly Finding[] {
  const residual = standardResidual(left, rows);
  return candidates(powers, residual, CLOSE * limit).flatMap(({ shape }): Finding[] => {
    const [own, other] = shape.map((feature) => powers[feature]);
    const alone = orthogonalised([...own, ...other], [constant(rows.length)]);
    const columns = own.flatMap((x) => other.map((z) => x.map((value, i) => value * z[i])));
    const clean = columns.flatMap((column) => orthogonalised([column], [constant(rows.length), ...alone]));
    const strength = largest(clean.map((column) => scoreTest(residual, column)));
    return strength > limit ? [{ shape, strength }] : [];
  });
}

/** The pairs that might tell something, by tests that leave the products as they are: far sooner done. */
function candidates(
  powers: readonly (readonly Float64Array[])[],
  residual: Float64Array,
  limit: number,
): readonly Finding[] {
  const found = powers.flatMap((own, a) => {
    const later = powers.slice(a + 1).map((others) => productTest(own, others, residual));
    return later.map((strength, k): Finding => ({ shape: [a, a + 1 + k], strength }));
  });
  return found
    .filter(({ strength }) => strength > limit)
    .sort((one, other) => other.strength - one.strength)
    .slice(0, MOST_CANDIDATES);
}

/** The largest score test of a product of one of each. */
function productTest(
  own: readonly Float64Array[],
  others: readonly Float64Array[],
  residual: Float64Array,
): number {
  let most = 0;
  for (const x of own)
    for (const z of others) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < residual.length; i++) {
        const product = x[i] * z[i];
        sum += product * residual[i];
        squares += product * product;
      }
      if (squares > 0) most = Math.max(most, Math.abs(sum) / Math.sqrt(squares));
    }
  return most;
}

function scoreTest(residual: Float64Array, column: Float64Array): number {
  const square = dot(column, column);
  return square > 0 ? Math.abs(dot(residual, column)) / Math.sqrt(square) : 0;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function threshold(tests: number, level: number): number {
  return normalQuantile(1 - level / (2 * Math.max(1, tests)));
}

function evenly(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_row, i) => rows[Math.floor((i * rows.length) / most)]);
}

/** The residual at the rows, divided by its standard deviation. */
function standardResidual(left: Float64Array, rows: Int32Array): Float64Array {
  const own = Float64Array.from(rows, (row) => left[row]);
  const spread = Math.sqrt(dot(own, own) / Math.max(1, rows.length));
  return spread > 0 ? own.map((value) => value / spread) : own;
}

/** The powers at the rows from 1 on, each less its part along a constant and the lower ones. */
function orthogonalPowers(values: Float64Array, rows: Int32Array): readonly Float64Array[] {
  const own = Float64Array.from(rows, (row) => values[row]);
  const powers = Array.from({ length: HIGHEST_POWER }, (_power, k) => own.map((value) => value ** (k + 1)));
  return orthogonalised(powers, [constant(rows.length)]);
}

/** Each column less its part along the basis and the columns before it (modified Gram–Schmidt); those that have no part of their own are left out. */
function orthogonalised(
  columns: readonly Float64Array[],
  basis: readonly Float64Array[],
): readonly Float64Array[] {
  const all = [...basis];
  for (const column of columns) {
    const next = column.slice();
    for (const one of all) {
      const part = dot(next, one) / dot(one, one);
      for (let i = 0; i < next.length; i++) next[i] -= part * one[i];
    }
    if (dot(next, next) > 1e-9 * dot(column, column)) all.push(next);
  }
  return all.slice(basis.length);
}

function constant(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}
