/** Values of a variable of each type, from what its causes add up to. */

import type { VariableKind } from '../data/variableType.ts';
import { normalQuantile } from '../stats/distributions.ts';
import type { Random } from '../stats/random.ts';

export interface DrawnType {
  readonly kind: VariableKind;
  /** Names of its levels in their order, two of a binary one; empty for numbers. */
  readonly levels: readonly string[];
}

/** Draws of a count have this mean where the causes add up to their average, and at most the other. */
const [USUAL_COUNT, LARGEST_COUNT] = [3, 1000];

/**
 * Draws a value a row from the sum η of what the causes contribute, η̄ its mean over the rows:
 *
 * - continuous: η + e, with e standard normal;
 * - binary: 1 with probability 1/(1 + exp(−(η − η̄))), so that about half of the rows are (logistic regression);
 * - count: Poisson with mean 3·exp(η − η̄), at most 1000;
 * - ordinal, categorical: η − η̄ + e, over its standard deviation, cut where a standard normal is cut into equally likely parts (an ordered probit); the place of
 *   the level, from 0.
 */
export function drawValues(type: DrawnType, score: Float64Array, random: Random): Float64Array {
  if (type.kind === 'continuous') {
    const noise = normalDraws(score.length, random);
    return score.map((value, row) => value + noise[row]);
  }
  const mean = meanOf(score);
  switch (type.kind) {
    case 'binary':
      return score.map((value) => (random.uniform() * (1 + Math.exp(mean - value)) < 1 ? 1 : 0));
    case 'count':
      return score.map((value) =>
        poisson(Math.min(LARGEST_COUNT, USUAL_COUNT * Math.exp(value - mean)), random),
      );
    default:
      return cutIntoLevels(type.levels.length, score, mean, random);
  }
}

function cutIntoLevels(count: number, score: Float64Array, mean: number, random: Random): Float64Array {
  const noise = normalDraws(score.length, random);
  const index = score.map((value, row) => value - mean + noise[row]);
  const spread = Math.sqrt(index.reduce((sum, value) => sum + value * value, 0) / index.length) || 1;
  const cuts = Array.from({ length: count - 1 }, (_cut, i) => spread * normalQuantile((i + 1) / count));
  return index.map((value) => cuts.filter((cut) => value > cut).length);
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard normal draws (Box & Muller 1958). */
export function normalDraws(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    return radius * Math.cos(2 * Math.PI * random.uniform());
  });
}

/** Means up to it keep exp(−mean) far from 0. */
const PART = 30;

/** A Poisson draw by multiplying uniforms (Knuth 1969); a large mean is the sum of smaller ones. */
function poisson(mean: number, random: Random): number {
  let [count, left] = [0, mean];
  while (left > 0) {
    const limit = Math.exp(-Math.min(PART, left));
    for (let product = random.uniform(); product > limit; product *= random.uniform()) count += 1;
    left -= PART;
  }
  return count;
}
