/** The signs of a forest plot: points told apart by shape, and intervals that say where they are cut. */

import type { JSX } from 'preact';
import type { Estimate } from '../engine/estimate/result.ts';
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

/** The interval of an estimate, with an arrow on a side that goes on beyond the axis. */
export function IntervalLine(props: {
  readonly estimate: Estimate;
  readonly scale: ForestScale;
  readonly y: number;
  readonly dashed: boolean;
}): JSX.Element | null {
  const { estimate, scale, y, dashed } = props;
  const [low, high] = estimate.ci;
  if (Number.isNaN(low) || Number.isNaN(high)) return null;
  const [first, last] = scale.domain;
  const left = scale.x(Math.min(Math.max(low, first), last));
  const right = scale.x(Math.max(Math.min(high, last), first));
  const arrow = (x: number, side: 1 | -1): string =>
    `M${x + side * 4} ${y}L${x - side * 4} ${y - 4.5}V${y + 4.5}Z`;
  return (
    <>
      <path
        class="interval"
        d={`M${left.toFixed(1)} ${y}H${right.toFixed(1)}`}
        stroke-width="2"
        stroke-dasharray={dashed ? '4 3' : undefined}
        stroke-linecap={dashed ? 'butt' : 'round'}
      />
      {low < first ? <path class="interval-arrow" d={arrow(left, -1)} /> : null}
      {high > last ? <path class="interval-arrow" d={arrow(right, 1)} /> : null}
    </>
  );
}
