/** Intervals in which the numbers of a column are counted: of one width, few enough to be drawn in a line of text. */

import type { NumberSummary } from './variableType.ts';

/** Intervals of a histogram, at the most. */
const MOST_BINS = 20;

/** Where 98 % of the values lie within this share of the whole range, the rest is counted and not drawn. */
const CROWDED = 1 / 3;

/** A numeric column as far as its intervals depend on it. */
export interface Spread {
  readonly numbers: Pick<NumberSummary, 'min' | 'max'>;
  /** From the 1st to the 99th percentile. */
  readonly bulk: { readonly low: number; readonly high: number };
  /** Are all its values whole? */
  readonly integer: boolean;
}

/** The intervals to count in: of one width, `count` of them, up from `low`. */
export interface BinPlan {
  readonly low: number;
  /** The largest value that counts. */
  readonly high: number;
  readonly width: number;
  readonly count: number;
}

/** Chooses the intervals; null where the values do not differ, or lie too far apart to be told in numbers. Whole numbers get whole widths, so that every interval holds equally many of them. */
export function planBins({ numbers, bulk, integer }: Spread): BinPlan | null {
  const crowded = bulk.high > bulk.low && bulk.high - bulk.low < CROWDED * (numbers.max - numbers.min);
  const [low, high] = crowded ? [bulk.low, bulk.high] : [numbers.min, numbers.max];
  return integer ? wholeBins(Math.floor(low), Math.ceil(high), numbers.max) : evenBins(low, high);
}

function wholeBins(low: number, high: number, max: number): BinPlan | null {
  const values = high - low + 1;
  const width = Math.ceil(values / MOST_BINS);
  if (values < 2 || !isUsable(low, width)) return null;
  const count = Math.ceil(values / width);
  return { low, high: Math.min(low + width * count - 1, max), width, count };
}

function evenBins(low: number, high: number): BinPlan | null {
  const width = (high - low) / MOST_BINS;
  return isUsable(low, width) ? { low, high, width, count: MOST_BINS } : null;
}

function isUsable(low: number, width: number): boolean {
  return Number.isFinite(low) && Number.isFinite(width) && width > 0 && low + width > low;
}
