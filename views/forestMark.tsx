/** The signs of a forest plot: points told apart by shape, and intervals that say where they are cut. */

import type { JSX } from 'preact';
import type { Estimate } from '../engine/estimate/result.ts';
import type { ConfidenceSet, Interval } from '../engine/stats/confidenceSet.ts';
import type { Standing } from './estimateWords.ts';
import type { ForestScale } from './forestScale.ts';

function diamond(x: number, y: number, r: number): string {
  return `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
}

/** The point of an estimate, by its standing: hollow diamond, disc, ring, or ring with a cross. */
export function ForestMark(props: {
  readonly standing: Standing;
  readonly x: number;
  readonly y: number;
}): JSX.Element {
  const { standing: state, x, y } = props;
  if (state === 'naive') return <path class="mark hollow" d={diamond(x, y, 6.5)} stroke-width="2" />;
  if (state === 'identified') return <circle class="mark solid" cx={x} cy={y} r="5.5" />;
  return (
    <>
      <circle class="mark hollow" cx={x} cy={y} r="5.5" stroke-width="2" />
      {state === 'unreliable' ? (
        <path
          class="mark cross"
          d={`M${x - 2.4} ${y - 2.4}L${x + 2.4} ${y + 2.4}M${x - 2.4} ${y + 2.4}L${x + 2.4} ${y - 2.4}`}
          stroke-width="1.6"
          fill="none"
        />
      ) : null}
    </>
  );
}

/** A stretch of the axis from `low` to `high`, with an arrow on a side that goes on beyond it; nothing where it lies outside altogether. */
function Stretch(props: {
  readonly interval: Interval;
  readonly scale: ForestScale;
  readonly y: number;
  readonly half: number;
  readonly thickness: string;
  readonly dashed: boolean;
}): JSX.Element {
  const { scale, y, half, dashed } = props;
  const [low, high] = props.interval;
  const [first, last] = scale.domain;
  const within = (value: number): number => scale.x(Math.min(Math.max(value, first), last));
  const [left, right] = [within(low), within(high)];
  const arrow = (x: number, side: 1 | -1): string =>
    `M${(x + side * 4).toFixed(1)} ${y}L${(x - side * 4).toFixed(1)} ${y - half}V${y + half}Z`;
  return (
    <>
      <path
        class="interval"
        d={`M${left.toFixed(1)} ${y}H${right.toFixed(1)}`}
        stroke-width={props.thickness}
        stroke-dasharray={dashed ? '4 3' : undefined}
        stroke-linecap={dashed ? 'butt' : 'round'}
      />
      {low < first ? <path class="interval-arrow" d={arrow(left, -1)} /> : null}
      {high > last ? <path class="interval-arrow" d={arrow(right, 1)} /> : null}
    </>
  );
}

/** The interval of an estimate, with an arrow on a side that goes on beyond the axis. */
export function IntervalLine(props: {
  readonly estimate: Estimate;
  readonly scale: ForestScale;
  readonly y: number;
  readonly dashed: boolean;
}): JSX.Element | null {
  const { estimate, scale, y, dashed } = props;
  if (estimate.ci.some(Number.isNaN)) return null;
  return <Stretch interval={estimate.ci} scale={scale} y={y} half={4.5} thickness="2" dashed={dashed} />;
}

/** A confidence set of any shape: a thin line for each of its parts with a tick at each end that it has. An empty one draws nothing. */
export function SetLine(props: {
  readonly set: ConfidenceSet;
  readonly scale: ForestScale;
  readonly y: number;
}): JSX.Element {
  const { set, scale, y } = props;
  const [first, last] = scale.domain;
  const ends = set.flat().filter((end) => end >= first && end <= last);
  return (
    <g class="robust-set">
      {set.map((interval) => (
        <Stretch
          key={interval.join()}
          interval={interval}
          scale={scale}
          y={y}
          half={3}
          thickness="1.2"
          dashed={false}
        />
      ))}
      {ends.map((end) => (
        <path
          key={end}
          class="interval set-end"
          d={`M${scale.x(end).toFixed(1)} ${y - 3.5}V${y + 3.5}`}
          stroke-width="1.2"
        />
      ))}
    </g>
  );
}
