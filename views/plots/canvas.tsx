/** The sheet that a plot is drawn on, and the key under it. */

import type { ComponentChildren, JSX } from 'preact';
import { textWidth, truncated } from '../text.ts';
import { SMALL } from './scale.ts';

const NARROWEST = 240;

/** Whole pixels, and never so few that there is no room for marks. */
export function plotWidth(width: number): number {
  return Math.max(NARROWEST, Math.floor(width));
}

/** An SVG of the given pixels; `label` says in words, with the numbers that matter, what is seen. */
export function Canvas(props: {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { width, height, label, children } = props;
  return (
    <svg
      class="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {children}
    </svg>
  );
}

/** A sign and what it stands for. `draw` draws it around its middle, at most 18 pixels wide and 12 high. */
export interface KeyEntry {
  readonly words: string;
  readonly draw: (x: number, y: number) => JSX.Element;
}

const LINE = 20;
const SIGN = 26;
const GAP = 18;

function placed(
  entries: readonly KeyEntry[],
  width: number,
): readonly { readonly x: number; readonly y: number }[] {
  let x = 0;
  let y = 0;
  return entries.map(({ words }) => {
    const needed = SIGN + textWidth(words, SMALL);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += LINE;
    }
    const place = { x, y };
    x += needed + GAP;
    return place;
  });
}

/** Height of a key in pixels. */
export function keyHeight(entries: readonly KeyEntry[], width: number): number {
  return entries.length === 0 ? 0 : (placed(entries, width).at(-1)?.y ?? 0) + LINE + 4;
}

/** What the signs of a plot mean, in lines no wider than `width`, from `top` on. */
export function Key(props: {
  readonly entries: readonly KeyEntry[];
  readonly width: number;
  readonly top: number;
}): JSX.Element {
  const { entries, width, top } = props;
  const places = placed(entries, width);
  return (
    <g class="key">
      {entries.map(({ words, draw }, i) => {
        const { x, y } = places[i] ?? { x: 0, y: 0 };
        const middle = top + y + LINE / 2;
        return (
          <g key={words}>
            {draw(x + 9, middle)}
            <text class="quiet" x={x + SIGN} y={middle + 4} font-size={SMALL}>
              {truncated(words, SMALL, width - SIGN)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
