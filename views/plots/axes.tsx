/** The axes of plots: grid lines, ticks and titles, as SVG whose colours come from classes. */

import type { JSX } from 'preact';
import { textWidth, truncated } from '../text.ts';
import { type PlotScale, SMALL } from './scale.ts';

/** Where the marks of a plot go, in pixels from its top left corner. */
export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels under a plot that a horizontal axis takes with its title. */
export const X_AXIS_HEIGHT = 38;

/** Pixels above a plot that the title of a vertical axis takes. */
export const Y_TITLE_HEIGHT = 20;

/** Pixels left of a plot that the labels of a vertical axis take. */
export function yAxisWidth(scale: PlotScale): number {
  return Math.ceil(Math.max(0, ...scale.ticks.map(({ label }) => textWidth(label, SMALL)))) + 8;
}

/** A place for text of a width around `x` that stays between `low` and `high`. */
export function keptWithin(x: number, width: number, low: number, high: number): number {
  return Math.max(low + width / 2, Math.min(x, high - width / 2));
}

/** Ticks, their lines, and the title below. `stress` is the value whose line stands out, as zero does where it means no effect. */
export function XAxis(props: {
  readonly scale: PlotScale;
  readonly box: PlotBox;
  readonly title?: string;
  readonly stress?: number;
  readonly grid?: boolean;
}): JSX.Element {
  const { scale, box, title, stress, grid = true } = props;
  const shown = title === undefined ? '' : truncated(title, SMALL, box.right);
  const middle = keptWithin((box.left + box.right) / 2, textWidth(shown, SMALL), 0, box.right);
  return (
    <g class="x-axis">
      {scale.ticks.map(({ value, label }) => {
        const x = scale.at(value).toFixed(1);
        return (
          <g key={value}>
            {grid ? <path class="rule" d={`M${x} ${box.top}V${box.bottom}`} /> : null}
            <text class="quiet number" x={x} y={box.bottom + 16} text-anchor="middle" font-size={SMALL}>
              {label}
            </text>
          </g>
        );
      })}
      <path class="frame" d={`M${box.left} ${box.bottom}H${box.right}`} />
      {stress === undefined ? null : (
        <path class="frame" d={`M${scale.at(stress).toFixed(1)} ${box.top}V${box.bottom}`} />
      )}
      {shown === '' ? null : (
        <text class="quiet" x={middle} y={box.bottom + 33} text-anchor="middle" font-size={SMALL}>
          {shown}
        </text>
      )}
    </g>
  );
}

/** Ticks left of the plot, their lines across it, and the title above, where it is read without turning the head. */
export function YAxis(props: {
  readonly scale: PlotScale;
  readonly box: PlotBox;
  readonly title?: string;
  readonly stress?: number;
}): JSX.Element {
  const { scale, box, title, stress } = props;
  return (
    <g class="y-axis">
      {scale.ticks.map(({ value, label }) => {
        const y = scale.at(value);
        return (
          <g key={value}>
            <path class="rule" d={`M${box.left} ${y.toFixed(1)}H${box.right}`} />
            <text
              class="quiet number"
              x={box.left - 6}
              y={(y + 4).toFixed(1)}
              text-anchor="end"
              font-size={SMALL}
            >
              {label}
            </text>
          </g>
        );
      })}
      {stress === undefined ? null : (
        <path class="frame" d={`M${box.left} ${scale.at(stress).toFixed(1)}H${box.right}`} />
      )}
      {title === undefined ? null : (
        <text class="quiet" x="0" y={box.top - 9} font-size={SMALL}>
          {truncated(title, SMALL, box.right)}
        </text>
      )}
    </g>
  );
}
