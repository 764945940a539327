/** Where the parts of a plot with two axes go. */

import { type PlotBox, X_AXIS_HEIGHT, Y_TITLE_HEIGHT, yAxisWidth } from './axes.tsx';
import { type KeyEntry, keyHeight, plotWidth } from './canvas.tsx';
import { linearScale, type PlotScale } from './scale.ts';

export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly box: PlotBox;
  readonly y: PlotScale;
  /** Where the key begins. */
  readonly keyTop: number;
}

/** Room at the right for half of the last label. */
const RIGHT = 16;

/**
 * A frame of `width` pixels with a vertical axis that holds `values`.
 *
 * @param scaleOf makes the vertical axis from its pixels; a linear one over `values` by default
 */
export function plotFrame(
  width: number,
  values: readonly [low: number, high: number],
  entries: readonly KeyEntry[],
  scaleOf: (range: readonly [number, number]) => PlotScale = (range) => linearScale(values, range),
): PlotFrame {
  const whole = plotWidth(width);
  const top = Y_TITLE_HEIGHT + 4;
  const bottom = top + Math.max(150, Math.min(250, Math.round(whole * 0.42)));
  const y = scaleOf([bottom, top]);
  const box = { left: yAxisWidth(y), right: whole - RIGHT, top, bottom };
  const keyTop = bottom + X_AXIS_HEIGHT + 6;
  return { width: whole, height: keyTop + keyHeight(entries, whole), box, y, keyTop };
}
