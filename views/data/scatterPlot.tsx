/** Two variables as points, each group of the rows with a mark of its own; levels are strips in which the points are spread out. */

import type { JSX } from 'preact';
import type { LevelAxis, NumberAxis, PointsPicture } from '../../engine/data/profile/pair.ts';
import { formatCount } from '../numbers.ts';
import { type PlotBox, X_AXIS_HEIGHT, XAxis, Y_TITLE_HEIGHT, YAxis, yAxisWidth } from '../plots/axes.tsx';
import { Canvas, Key, type KeyEntry, keyHeight, plotWidth } from '../plots/canvas.tsx';
import { domainOf, linearScale, type PixelRange, type PlotScale, SMALL } from '../plots/scale.ts';
import { isolated, printable, truncated } from '../text.ts';
import { shownCorrelation } from './correlationMatrix.tsx';
import { armName, shownName } from './dataWords.ts';

const HEIGHT = 300;
const WIDEST_LABEL = 90;
/** Share of a level's strip that its points are spread over. */
const SPREAD = 0.7;

/** Steps of the golden ratio never come near each other, and look like no pattern. */
const GOLDEN = 0.618033988749895;

/** Levels side by side: the place of a level is the middle of its strip. */
function levelScale({ levels }: LevelAxis, [first, last]: PixelRange, room: number): PlotScale {
  const step = (last - first) / levels.length;
  const at = (value: number): number => first + (value + 0.5) * step;
  const ticks = levels.map((level, value) => ({
    value,
    label: truncated(isolated(printable(level)), SMALL, room),
  }));
  return { at, ticks, domain: [0, levels.length - 1] };
}

function scaleOf(
  axis: NumberAxis | LevelAxis,
  values: readonly number[],
  range: PixelRange,
  room: number,
): PlotScale {
  return axis.kind === 'numbers' ? linearScale(domainOf(values), range) : levelScale(axis, range, room);
}

/** The marks of the groups: an outline, a filled one, a cross, … as a path around a point. */
const MARKS: readonly ((x: string, y: string) => string)[] = [
  (x, y) => `M${x} ${y}m-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0`,
  (x, y) => `M${x} ${y}m0 -3l3 5.2h-6Z`,
  (x, y) => `M${x} ${y}m-2.6 -2.6l5.2 5.2m0 -5.2l-5.2 5.2`,
  (x, y) => `M${x} ${y}m-2.5 -2.5h5v5h-5Z`,
  (x, y) => `M${x} ${y}m-3.2 0h6.4m-3.2 -3.2v6.4`,
];
const FILLED = new Set([1]);

function markPath(arm: number): (x: string, y: string) => string {
  return MARKS[Math.max(arm, 0) % MARKS.length] ?? ((x, y) => `M${x} ${y}h1`);
}

function markClass(arm: number): string {
  return `mark arm-${arm < 0 ? 'none' : arm} ${FILLED.has(arm) ? 'solid' : 'hollow'}`;
}

/** All points of a group as one path: thousands of elements would be slow. */
function pointsPath({ points, x, y }: PointsPicture, arm: number, across: PlotScale, up: PlotScale): string {
  const mark = markPath(arm);
  const strip = (axis: NumberAxis | LevelAxis, scale: PlotScale): number =>
    axis.kind === 'numbers' ? 0 : SPREAD * Math.abs(scale.at(1) - scale.at(0));
  const [wide, high] = [strip(x, across), strip(y, up)];
  let path = '';
  for (const [i, value] of points.x.entries()) {
    if (points.arm[i] !== arm) continue;
    const aside = ((i * GOLDEN) % 1) - 0.5;
    const place = (across.at(value) + aside * wide).toFixed(1);
    path += mark(place, (up.at(points.y[i] ?? 0) + aside * high).toFixed(1));
  }
  return path;
}

/** What is seen, in words. */
export function scatterWords({ x, y, rows, points, r, split }: PointsPicture): string {
  const shown = points.x.length;
  const sample =
    shown < rows
      ? ` ${formatCount(shown)} of ${formatCount(rows)} rows are drawn, picked by their values.`
      : '';
  const levels = x.kind === 'levels' || y.kind === 'levels';
  const spread = levels
    ? ' Within a level the points are spread out so that they do not hide each other.'
    : '';
  const together = r === null ? '' : ` Their correlation over all rows is ${shownCorrelation(r)}.`;
  const leftOut = [x, y].flatMap((axis) =>
    axis.kind === 'levels' && axis.leftOut > 0
      ? [` ${axis.leftOut} rarer levels of ${shownName(axis.name)} are not shown.`]
      : [],
  );
  const groups = split === null ? '' : ` The marks tell the groups of ${shownName(split.treatment)} apart.`;
  return `Each point is a row: ${shownName(x.name)} across, ${shownName(y.name)} up.${together}${groups}${spread}${sample}${leftOut.join('')}`;
}

export function ScatterPlot(props: { readonly picture: PointsPicture; readonly width: number }): JSX.Element {
  const { picture } = props;
  const { x, y, points, split } = picture;
  const width = plotWidth(props.width);
  const [top, bottom] = [Y_TITLE_HEIGHT + 4, HEIGHT];
  const up = scaleOf(y, points.y, [bottom - 6, top], WIDEST_LABEL);
  const box: PlotBox = { left: yAxisWidth(up), right: width - 10, top, bottom };
  const strips = x.kind === 'levels' ? x.levels.length : 1;
  const across = scaleOf(x, points.x, [box.left + 6, box.right], (box.right - box.left) / strips - 6);
  const arms = [...new Set(points.arm)].sort((a, b) => a - b);
  const entries = arms.flatMap((arm): readonly KeyEntry[] => {
    const known = split?.arms[arm];
    if (split === null) return [];
    const words = known === undefined ? `${shownName(split.treatment)} in no group` : armName(split, known);
    return [
      { words, draw: (at, y0) => <path class={markClass(arm)} d={markPath(arm)(String(at), String(y0))} /> },
    ];
  });
  const keyTop = bottom + X_AXIS_HEIGHT + 4;
  return (
    <Canvas width={width} height={keyTop + keyHeight(entries, width)} label={scatterWords(picture)}>
      <YAxis scale={up} box={box} title={shownName(y.name)} />
      <XAxis scale={across} box={box} title={shownName(x.name)} />
      {arms.map((arm) => (
        <path key={arm} class={markClass(arm)} d={pointsPath(picture, arm, across, up)} />
      ))}
      <Key entries={entries} width={width} top={keyTop} />
    </Canvas>
  );
}
