/** Signs that plots share: points, lines through points, bands and hatching. */

import type { JSX } from 'preact';

/** A pixel place as SVG writes it: to a tenth. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A line through those points that have a place. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  const placed = points.filter((point) => point.every(Number.isFinite));
  return placed.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');
}

/** The outline of bars side by side: up to each height and on to the next bar. `from` and `to` are the bar's sides. */
export function stepPath(
  bars: readonly { readonly from: number; readonly to: number; readonly y: number }[],
  base: number,
): string {
  const [first] = bars;
  if (first === undefined) return '';
  const steps = bars.map(({ to, y }) => `V${px(y)}H${px(to)}`);
  return `M${px(first.from)} ${px(base)}${steps.join('')}V${px(base)}`;
}

/** A path; nothing where there is nothing to draw, since an empty one is no valid XML. */
export function Stroke(props: { readonly class: string; readonly d: string }): JSX.Element | null {
  return props.d === '' ? null : <path class={props.class} d={props.d} />;
}

/** A rectangle between two corners, whichever way they lie. */
export function Box(props: {
  readonly class: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}): JSX.Element {
  const [left, right] = props.x;
  const [top, bottom] = props.y;
  return (
    <rect
      class={props.class}
      x={px(Math.min(left, right))}
      y={px(Math.min(top, bottom))}
      width={px(Math.abs(right - left))}
      height={px(Math.abs(bottom - top))}
    />
  );
}

const HATCH = 7;

/** Slanting lines inside a rectangle, drawn one by one: a pattern would need a name that is unique on the whole page. */
export function hatching(left: number, right: number, top: number, bottom: number): string {
  const lines: string[] = [];
  const height = bottom - top;
  for (let start = left - height + HATCH / 2; start < right; start += HATCH) {
    const from = Math.max(start, left);
    const to = Math.min(start + height, right);
    lines.push(`M${px(from)} ${px(bottom - (from - start))}L${px(to)} ${px(bottom - (to - start))}`);
  }
  return lines.join('');
}

/** A point and its interval along a horizontal line, with an arrow on a side that goes on beyond the axis. */
export function PointInterval(props: {
  readonly at: (value: number) => number;
  readonly domain: readonly [number, number];
  readonly value: number;
  readonly ci: readonly [number, number];
  readonly y: number;
}): JSX.Element {
  const { at, domain, value, ci, y } = props;
  const [first, last] = domain;
  const inside = (one: number): number => at(Math.min(Math.max(one, first), last));
  const [left, right] = ci.map(inside) as [number, number];
  const arrow = (x: number, side: 1 | -1): string =>
    `M${px(x + side * 4)} ${y}L${px(x - side * 4)} ${y - 4.5}V${y + 4.5}Z`;
  const hasInterval = !Number.isNaN(ci[0]) && !Number.isNaN(ci[1]);
  return (
    <>
      {hasInterval ? <path class="interval" d={`M${px(left)} ${y}H${px(right)}`} /> : null}
      {hasInterval && ci[0] < first ? <path class="arrow" d={arrow(left, -1)} /> : null}
      {hasInterval && ci[1] > last ? <path class="arrow" d={arrow(right, 1)} /> : null}
      {Number.isFinite(value) ? <circle class="point" cx={px(at(value))} cy={y} r="5" /> : null}
    </>
  );
}
