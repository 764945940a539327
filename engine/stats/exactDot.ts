/**
 * Dot products as if computed in twice the working precision and then rounded.
 * Source: Ogita, Rump & Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. 26, algorithm 5.3 (Dot2).
 */

export interface ExactDots {
  /** Adds Σ a[i] · b[i] over the first `count` entries to total `index`. */
  add(index: number, a: Float64Array, b: Float64Array, count: number): void;
  /** What was added so far. */
  finish(): DotTotals;
}

/** Running dot products with what their rounding has lost, which is to be added last. */
export interface DotTotals {
  readonly totals: Float64Array;
  readonly errors: Float64Array;
}

/** Adds `others` to `into`, place by place. */
export function addExactDots(into: DotTotals, others: DotTotals): void {
  for (let j = 0; j < into.totals.length; j++) {
    const [total, other] = [into.totals[j], others.totals[j]];
    const sum = total + other;
    const part = sum - total;
    into.errors[j] += others.errors[j] + (total - (sum - part)) + (other - part);
    into.totals[j] = sum;
  }
}

/** 2²⁷ + 1 splits a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134217729;

/** `size` running dot products, all zero. */
export function exactDots(size: number): ExactDots {
  const totals = new Float64Array(size);
  const errors = new Float64Array(size);
  return {
    add: (index, a, b, count) => {
      let total = totals[index];
      let error = errors[index];
      for (let i = 0; i < count; i++) {
        const product = a[i] * b[i];
        const sum = total + product;
        const part = sum - total;
        error += productError(a[i], b[i], product) + (total - (sum - part)) + (product - part);
        total = sum;
      }
      totals[index] = total;
      errors[index] = error;
    },
    finish: () => ({ totals, errors }),
  };
}

/** a · b − fl(a · b), exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function highHalf(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}
