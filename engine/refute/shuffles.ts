/** Random permutations of units (rows, or clusters), chosen so that their cross-products cost little, and the products themselves. */

import { randomStreams } from '../stats/random.ts';
import { swapProducts, transformChunks } from '../stats/swapProducts.ts';

/**
 * With many units a permutation swaps units within chunks of 2ᵏ of a random order (`swapProducts.ts`): the chosen members of the group are
 * different and none of them is the identity, so that every unit gets what another one had. Those that fill no chunk, and all
 * of them where there are few, are permuted one by one.
 *
 * Under the null hypothesis that units are exchangeable, any group of permutations gives an exact reference
 * distribution (Hemerik & Goeman 2018, "Exact testing with random permutations", TEST 27).
 */
export interface Shuffles {
  readonly repetitions: number;
  /** `order[p]` is the unit at place p of a random order. */
  readonly order: Int32Array;
  /** Places in a chunk, a power of two; places before `tail` are in chunks. */
  readonly chunk: number;
  readonly tail: number;
  /** One a repetition: the member of the group that acts on the chunks. */
  readonly swaps: Int32Array;
  /** One a repetition: place `tail + i` gets what place `tail + tails[b][i]` had. */
  readonly tails: readonly Int32Array[];
}

/** As many chunks there are at least, or there is none. */
const FEWEST_CHUNKS = 16;

/** `repetitions` permutations of the units of `order`, the same for the same seed. */
export function shufflesOf(order: Int32Array, repetitions: number, seed: number): Shuffles {
  const chunk = 2 ** Math.ceil(Math.log2(repetitions + 1));
  const chunks = Math.floor(order.length / chunk);
  const tail = chunks < FEWEST_CHUNKS ? 0 : chunks * chunk;
  const nextStream = randomStreams(seed);
  const members = identity(chunk - 1);
  shuffle(members, nextStream().integer);
  const tails = Array.from({ length: repetitions }, () => {
    const places = identity(order.length - tail);
    shuffle(places, nextStream().integer);
    return places;
  });
  return {
    repetitions,
    order,
    chunk,
    tail,
    swaps: members.subarray(0, repetitions).map((g) => g + 1),
    tails,
  };
}

function identity(length: number): Int32Array {
  return Int32Array.from({ length }, (_value, i) => i);
}

/** Fisher & Yates, in place. */
export function shuffle(places: Int32Array, integer: (bound: number) => number): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    const kept = places[i];
    places[i] = places[j];
    places[j] = kept;
  }
}

/** The unit whose value unit i gets in repetition b. */
export function sourcesOf({ order, tail, swaps, tails }: Shuffles, b: number): Int32Array {
  const sources = new Int32Array(order.length);
  for (let p = 0; p < tail; p++) sources[order[p]] = order[p ^ swaps[b]];
  for (let i = 0; i < tails[b].length; i++) sources[order[tail + i]] = order[tail + tails[b][i]];
  return sources;
}

/** A column as (value − mean) · factor, with one value a unit. */
export interface UnitColumn {
  readonly values: Float64Array;
  readonly mean: number;
  readonly factor: number;
}

/** Columns that are to be permuted, prepared once: by place, transformed where places are in chunks. */
export type ShuffledColumns = readonly Float64Array[];

/** Columns side by side, as many as fill a line of a processor's cache. */
export const WIDTH = 8;

/** Units whose places stay in the cache from one column to the next. */
const BLOCK = 2048;

/** Prepares the columns to permute. */
export function shuffledColumns(shuffles: Shuffles, columns: readonly UnitColumn[]): ShuffledColumns {
  return columns.map((column) => {
    const values = placed(shuffles, [column], null);
    transformChunks(values, shuffles.tail, shuffles.chunk, 1);
    return values;
  });
}

/** The columns side by side in the random order, times the weights. */
function placed(
  { order }: Shuffles,
  columns: readonly UnitColumn[],
  weights: Float64Array | null,
): Float64Array {
  const width = columns.length;
  const places = new Int32Array(order.length);
  for (let p = 0; p < order.length; p++) places[order[p]] = p;
  const matrix = new Float64Array(order.length * width);
  for (let start = 0; start < places.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, places.length);
    for (let j = 0; j < width; j++) {
      const { values, mean, factor } = columns[j];
      for (let unit = start; unit < end; unit++) {
        matrix[places[unit] * width + j] = (values[unit] - mean) * factor;
      }
    }
    if (weights === null) continue;
    for (let unit = start; unit < end; unit++) {
      for (let j = 0; j < width; j++) matrix[places[unit] * width + j] *= weights[unit];
    }
  }
  return matrix;
}

/**
 * Σ weight · left · permuted right over the units, for at most 8 left columns: `result[right][left]` holds the sums by repetition.
 */
export function shuffledProducts(
  shuffles: Shuffles,
  lefts: readonly UnitColumn[],
  weights: Float64Array | null,
  rights: ShuffledColumns,
): Float64Array[][] {
  const { tail, chunk } = shuffles;
  const width = lefts.length;
  if (width > WIDTH) throw new Error('At most 8 columns stand side by side.');
  const matrix = placed(shuffles, lefts, weights);
  transformChunks(matrix, tail, chunk, width);
  return rights.map((right) => {
    const whole = swapProducts(matrix, width, right, tail, chunk);
    return lefts.map((_left, j) =>
      Float64Array.from(shuffles.tails, (places, b) => {
        let sum = whole[shuffles.swaps[b] * width + j];
        for (let i = 0; i < places.length; i++)
          sum += matrix[(tail + i) * width + j] * right[tail + places[i]];
        return sum;
      }),
    );
  });
}
