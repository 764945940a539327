/** The commonest separation, seen before a model is fitted: an indicator and a response that never occur together, or never apart. */

import type { CrossProducts, Extremes } from './moments.ts';

/** A part of all rows under which a cell of counts is empty but for rounding. */
const EMPTY_CELL = 1e-11;

/**
 * The 0/1 terms with an empty cell in their table with the 0/1 response that stands at `response` in the products. The terms stand first
 * there, and `extremes` are theirs. A term from 0 to 1 is an indicator where the mean of its squares is its mean.
 */
export function separatingIndicators(
  products: CrossProducts,
  extremes: readonly Extremes[],
  response: number,
): number[] {
  const { size, rows, means, centred } = products;
  return extremes
    .map((_range, j) => j)
    .filter((j) => {
      const ones = rows * means[j];
      const isIndicator =
        extremes[j].min === 0 &&
        extremes[j].max === 1 &&
        Math.abs(centred[j * size + j] - ones * (1 - means[j])) <= EMPTY_CELL * rows;
      const both = centred[j * size + response] + ones * means[response];
      const responses = rows * means[response];
      const cells = [both, ones - both, responses - both, rows - ones - responses + both];
      return isIndicator && cells.some((cell) => cell <= EMPTY_CELL * rows);
    });
}
