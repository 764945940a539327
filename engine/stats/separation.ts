/** The commonest separation, seen before a model is fitted: an indicator and a response that never occur together, or never apart. */

import type { CrossProducts, Extremes } from './moments.ts';

/** A part of all rows under which a cell of counts is empty but for rounding. */
const EMPTY_CELL = 1e-11;

/**
 * The terms that may be 0/1 with an empty cell in their table with the 0/1 response that stands at `response` in the products: those that are 0 and 1 are.
 * The mean of an indicator's squares is its mean. The `terms` terms stand first there.
 */
export function separatingSuspects(products: CrossProducts, terms: number, response: number): number[] {
  const { size, rows, means, centred } = products;
  return Array.from({ length: terms }, (_term, j) => j).filter((j) => {
    const ones = rows * means[j];
    const mayBeIndicator = Math.abs(centred[j * size + j] - ones * (1 - means[j])) <= EMPTY_CELL * rows;
    const both = centred[j * size + response] + ones * means[response];
    const responses = rows * means[response];
    const cells = [both, ones - both, responses - both, rows - ones - responses + both];
    return mayBeIndicator && cells.some((cell) => cell <= EMPTY_CELL * rows);
  });
}

/** Those of the suspects that are 0 and 1; `extremes` are those of the terms. */
export function separatingIndicators(
  products: CrossProducts,
  extremes: readonly Extremes[],
  response: number,
): number[] {
  return separatingSuspects(products, extremes.length, response).filter(
    (j) => extremes[j].min === 0 && extremes[j].max === 1,
  );
}
