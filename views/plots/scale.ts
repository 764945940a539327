/** Scales of plots: from values to pixels, with round ticks whose labels do not run into each other. */

import { scaleLinear, scaleLog } from 'd3-scale';
import { withDecimals } from '../numbers.ts';
import { textWidth } from '../text.ts';

/** Font size of ticks, axis titles and keys, in pixels. */
export const SMALL = 11;

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface PlotScale {
  /** Pixel of a value; values outside the axis give a pixel outside the plot. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** First and last value of the axis. */
  readonly domain: readonly [low: number, high: number];
}

/** Pixels of the lowest and the highest value; a vertical scale starts at the bottom, so that its first is the larger. */
export type PixelRange = readonly [first: number, last: number];

/** Widest gap that labels side by side need, in pixels. */
const LABEL_GAP = 14;

/** Pixels that a tick of a vertical axis takes. */
const LINE = 34;

/** Do the labels of a horizontal axis fit side by side? Those of a vertical one always do: their count goes by its height. */
function fits(ticks: readonly Tick[], at: (value: number) => number): boolean {
  return ticks.every((tick, i) => {
    const before = ticks[i - 1];
    if (before === undefined) return true;
    const needed = (textWidth(tick.label, SMALL) + textWidth(before.label, SMALL)) / 2 + LABEL_GAP;
    return at(tick.value) - at(before.value) >= needed;
  });
}

/** Ticks with just the decimals that their step asks for. */
function labelled(values: readonly number[]): readonly Tick[] {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return values.map((value) => ({ value, label: value === 0 ? '0' : withDecimals(value, decimals) }));
}

/** As many ticks as there is room for, of the most that may be. */
function roomFor([first, last]: PixelRange, most: number): number {
  const length = Math.abs(last - first);
  return Math.max(2, Math.min(most, Math.floor(length / (first > last ? LINE : 48))));
}

/** Further out nothing is drawn: sizes of such values overflow. */
export const FURTHEST = 1e150;

/** A domain that has a length: one value stands in the middle of ±1 (or of a tenth of its size), no finite value at all gives −1 to 1. */
export function domainOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter((value) => Math.abs(value) <= FURTHEST);
  if (finite.length === 0) return [-1, 1];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  if (high > low) return [low, high];
  const room = Math.max(1, Math.abs(low) / 10);
  return [low - room, high + room];
}

/**
 * A linear scale with round ticks.
 *
 * @param widen lengthens the domain to round values at both ends
 */
export function linearScale(
  domain: readonly [number, number],
  range: PixelRange,
  options: { readonly widen?: boolean; readonly most?: number } = {},
): PlotScale {
  let count = roomFor(range, options.most ?? 7);
  for (;;) {
    const scale = scaleLinear([...domain], [...range]);
    if (options.widen !== false) scale.nice(count);
    // A scale of d3 has no place for what is not a number, and says so by nothing at all.
    const at = (value: number): number => Number(scale(value));
    const ticks = labelled(scale.ticks(count));
    const [low = domain[0], high = domain[1]] = scale.domain();
    if (count <= 2 || range[0] > range[1] || fits(ticks, at)) return { at, ticks, domain: [low, high] };
    count--;
  }
}

/** A logarithmic scale of positive values, with ticks at 1, 2 and 5 times powers of ten, or at the powers alone where there is no room. */
export function logScale(domain: readonly [number, number], range: PixelRange): PlotScale {
  const scale = scaleLog([...domain], [...range]);
  const at = (value: number): number => Number(scale(value));
  const [first, last] = [Math.floor(Math.log10(domain[0])), Math.ceil(Math.log10(domain[1]))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const within = (values: readonly number[]): readonly Tick[] =>
    values
      .filter((value) => value >= domain[0] * (1 - 1e-9) && value <= domain[1] * (1 + 1e-9))
      .map((value) => ({ value, label: String(Number(value.toPrecision(3))) }));
  const steps = [[1, 2, 5], [1, 3], [1]].map((parts) =>
    within(powers.flatMap((power) => parts.map((part) => part * power))),
  );
  const roomy = steps.find((ticks) => fits(ticks, at) || range[0] > range[1]);
  return { at, ticks: roomy ?? within(powers.filter((_, i) => i % 3 === 0)), domain };
}
