/** The common axis of a forest plot. */

import { scaleLinear } from 'd3-scale';
import type { Estimate } from '../engine/estimate/result.ts';
import { withDecimals } from './numbers.ts';

export interface ForestScale {
  /** Pixel of a value; values outside the axis give a pixel outside the plot. */
  readonly x: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  /** First and last value of the axis. */
  readonly domain: readonly [number, number];
}

/** An interval may be this many times as long as the middling one before it is cut for the others' sake. */
const LONGEST = 6;

function middling(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function setEnds({ diagnostics }: Estimate): readonly number[] {
  return (diagnostics.andersonRubinRobust ?? diagnostics.andersonRubin ?? []).flat();
}

/** The values that the axis must reach: no effect, every estimate, and the intervals as far as they leave the others readable. */
function anchors(estimates: readonly Estimate[]): readonly number[] {
  const usable = estimates.filter((one) => Number.isFinite(one.estimate));
  const spread = usable.map((one) => one.estimate);
  const reach = (one: Estimate): readonly number[] =>
    one.ci.map((side) => Math.abs(side - one.estimate)).filter(Number.isFinite);
  const lengths = usable.map((one) => Math.max(0, ...reach(one))).filter((length) => length > 0);
  const scale = Math.max(middling(lengths), (Math.max(0, ...spread) - Math.min(0, ...spread)) / 4);
  const limit = scale * LONGEST;
  const sides = usable.flatMap((one) =>
    [...one.ci, ...setEnds(one)]
      .filter((side) => Number.isFinite(side))
      .map((side) => one.estimate + Math.max(-limit, Math.min(limit, side - one.estimate))),
  );
  return [0, ...spread, ...sides];
}

/**
 * A linear axis from `left` to `right` pixels that holds zero and all estimates. An interval far longer than the rest, or without an
 * end, runs past it, for the plot to cut. With nothing to show it runs from −1 to 1.
 */
export function forestScale(estimates: readonly Estimate[], left: number, right: number): ForestScale {
  const values = anchors(estimates);
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low === high) {
    low -= 1;
    high += 1;
  }
  const room = (high - low) * 0.04;
  const count = Math.max(3, Math.min(7, Math.floor((right - left) / 56)));
  const scale = scaleLinear([low < 0 ? low - room : low, high > 0 ? high + room : high], [left, right]).nice(
    count,
  );
  const [first = low, last = high] = scale.domain();
  const steps = scale.ticks(count);
  const step = Math.abs((steps[1] ?? 1) - (steps[0] ?? 0));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    x: (value) => scale(value),
    ticks: steps.map((value) => ({ value, label: value === 0 ? '0' : withDecimals(value, decimals) })),
    domain: [first, last],
  };
}
