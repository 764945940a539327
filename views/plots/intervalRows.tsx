/** Numbers with their intervals, a row each on a common axis: what plots of groups, classes and left-out variables share. */

import type { JSX } from 'preact';
import { textWidth, truncated } from '../text.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis } from './axes.tsx';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from './canvas.tsx';
import { PointInterval, px } from './marks.tsx';
import { domainOf, linearScale, SMALL } from './scale.ts';

export interface IntervalRow {
  readonly name: string;
  /** What stands at the right: the number, or why there is none. */
  readonly value: string;
  /** In small under the name; may be empty. */
  readonly detail: string;
  readonly estimate: number;
  /** Both ends not a number where there is no interval. */
  readonly ci: readonly [number, number];
}

export interface RowSection {
  /** Above its rows; empty where there is one section alone. */
  readonly heading: string;
  readonly rows: readonly IntervalRow[];
}

const NAME = 12;
const ROW = 24;
const TALL = 36;
const HEADING = 24;

/** More of them are not drawn. */
export const MOST_ROWS = 30;

function placesOf(sections: readonly RowSection[], rowHeight: number) {
  let y = 6;
  return sections.map(({ heading, rows }) => {
    const top = y;
    y += heading === '' ? 0 : HEADING;
    const start = y;
    y += rows.length * rowHeight;
    return { top, start, bottom: y };
  });
}

/** An interval may be this many times as long as the spread of the points before it is cut for their sake. */
const LONGEST = 4;

/** Zero, the reference, the points, and the intervals as far as they leave the points readable. */
function reach(rows: readonly IntervalRow[], reference: number | null): readonly [number, number] {
  const points = [0, ...(reference === null ? [] : [reference]), ...rows.map(({ estimate }) => estimate)];
  const [low, high] = domainOf(points);
  const lengths = rows
    .map(({ ci }) => (ci[1] - ci[0]) / 2)
    .filter((length) => Number.isFinite(length) && length > 0)
    .sort((a, b) => a - b);
  const limit = LONGEST * Math.max(lengths[Math.floor((lengths.length - 1) / 2)] ?? 0, (high - low) / 4);
  const sides = rows.flatMap(({ estimate, ci }) =>
    ci.map((side) => estimate + Math.max(-limit, Math.min(limit, side - estimate))),
  );
  return domainOf([...points, ...sides]);
}

/** The rows of all sections under each other, with a line at no effect and a dashed one at `reference`. */
export function IntervalRows(props: {
  readonly sections: readonly RowSection[];
  readonly reference: { readonly value: number; readonly words: string } | null;
  readonly axis: string;
  readonly width: number;
  readonly label: string;
}): JSX.Element {
  const { sections, reference, label } = props;
  const width = plotWidth(props.width);
  const rows = sections.flatMap((section) => section.rows);
  const widest = (texts: readonly string[], size: number): number =>
    Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const values = Math.ceil(
    widest(
      rows.map(({ value }) => value),
      SMALL,
    ),
  );
  const names = Math.ceil(
    Math.min(
      Math.max(
        30,
        widest(
          rows.map(({ name }) => name),
          NAME,
        ),
        widest(
          rows.map(({ detail }) => detail),
          SMALL,
        ),
      ),
      width * 0.32,
    ),
  );
  const rowHeight = rows.some(({ detail }) => detail !== '') ? TALL : ROW;
  const places = placesOf(sections, rowHeight);
  const bottom = places.at(-1)?.bottom ?? 0;
  // The numbers get their column unless that leaves too little to see.
  const isRoomy = width - names - values - 40 >= 120;
  const box: PlotBox = {
    left: names + 14,
    right: isRoomy ? width - values - 16 : width - 12,
    top: 6,
    bottom: bottom + 4,
  };
  const scale = linearScale(reach(rows, reference?.value ?? null), [box.left, box.right]);
  const entries: readonly KeyEntry[] =
    reference === null
      ? []
      : [{ words: reference.words, draw: (x, y) => <path class="threshold" d={`M${x} ${y - 7}v14`} /> }];
  const keyTop = box.bottom + X_AXIS_HEIGHT + 6;
  return (
    <Canvas width={width} height={keyTop + keyHeight(entries, width)} label={label}>
      <XAxis scale={scale} box={box} title={props.axis} stress={0} />
      {reference === null || !Number.isFinite(reference.value) ? null : (
        <path class="threshold" d={`M${px(scale.at(reference.value))} ${box.top}V${box.bottom}`} />
      )}
      {sections.map(({ heading, rows: own }, s) => {
        const place = places[s] ?? { top: 0, start: 0, bottom: 0 };
        return (
          <g key={`${s} ${heading}`}>
            {heading === '' ? null : (
              <text class="name strong" x="0" y={place.top + 16} font-size={NAME} unicode-bidi="plaintext">
                {truncated(heading, NAME, width)}
              </text>
            )}
            {own.map((row, i) => {
              const y = place.start + (i + 0.5) * rowHeight;
              return (
                <g key={`${i} ${row.name}`}>
                  <title>{`${row.name}: ${row.value}${row.detail === '' ? '' : `, ${row.detail}`}`}</title>
                  <text
                    class="name"
                    x="0"
                    y={row.detail === '' ? y + 4 : y - 2}
                    font-size={NAME}
                    unicode-bidi="plaintext"
                  >
                    {truncated(row.name, NAME, names)}
                  </text>
                  {row.detail === '' ? null : (
                    <text class="quiet" x="0" y={y + 12} font-size={SMALL}>
                      {truncated(row.detail, SMALL, names)}
                    </text>
                  )}
                  <PointInterval at={scale.at} domain={scale.domain} value={row.estimate} ci={row.ci} y={y} />
                  {isRoomy ? (
                    <text class="name number" x={width} y={y + 4} text-anchor="end" font-size={SMALL}>
                      {row.value}
                    </text>
                  ) : null}
                </g>
              );
            })}
          </g>
        );
      })}
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}
