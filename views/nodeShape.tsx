/** The outline of a variable: its role without words or colour. */

import type { JSX } from 'preact';
import type { NodeShape, Point } from './drawing.ts';
import { polygonData } from './geometry.ts';
import { POINT_INSET } from './nodeBox.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const CORNER = 7;

/** The `d` of a rectangle with round corners, grown by `grow` pixels on each side. */
function boxData(size: Size, radius: number, grow: number): string {
  const left = -grow;
  const right = size.width + grow;
  const top = -grow;
  const bottom = size.height + grow;
  const r = Math.max(0, Math.min(radius + grow, (bottom - top) / 2, (right - left) / 2));
  const turn = (x: number, y: number): string => `A${r} ${r} 0 0 1 ${x} ${y}`;
  return (
    `M${left + r} ${top}H${right - r}${turn(right, top + r)}V${bottom - r}${turn(right - r, bottom)}` +
    `H${left + r}${turn(left, bottom - r)}V${top + r}${turn(left + r, top)}Z`
  );
}

function ellipseData(size: Size, grow: number): string {
  const rx = size.width / 2 + grow;
  const ry = size.height / 2 + grow;
  const cy = size.height / 2;
  return `M${-grow} ${cy}A${rx} ${ry} 0 1 1 ${size.width + grow} ${cy}A${rx} ${ry} 0 1 1 ${-grow} ${cy}Z`;
}

function pointedData(size: Size, left: boolean, grow: number): string {
  const inset = Math.min(POINT_INSET, size.width / 4);
  const { width, height } = size;
  const points: Point[] = [
    { x: left ? inset - grow / 2 : -grow, y: -grow },
    { x: width - inset + grow / 2, y: -grow },
    { x: width + grow, y: height / 2 },
    { x: width - inset + grow / 2, y: height + grow },
    { x: left ? inset - grow / 2 : -grow, y: height + grow },
  ];
  if (left) points.push({ x: -grow, y: height / 2 });
  return polygonData(points);
}

/** The `d` of a shape's outer line from (0, 0) to (width, height), grown outwards by `grow` pixels (inwards where negative). */
export function outlineData(shape: NodeShape, size: Size, grow: number): string {
  switch (shape) {
    case 'ellipse':
      return ellipseData(size, grow);
    case 'pentagon':
      return pointedData(size, false, grow);
    case 'hexagon':
      return pointedData(size, true, grow);
    case 'pill':
      return boxData(size, Math.min(size.height / 2, 26), grow);
    case 'heavy-box':
    case 'double-box':
      return boxData(size, 4, grow);
    case 'corner-box':
      return boxData(size, 2, grow);
    default:
      return boxData(size, CORNER, grow);
  }
}

/** What a shape has inside its outer line: a second border, a bar, a filled corner. */
function Detail({ shape, size }: { readonly shape: NodeShape; readonly size: Size }): JSX.Element | null {
  const { width, height } = size;
  // Small outlines, as in a legend, get a small detail.
  const unit = Math.min(1, height / 40);
  switch (shape) {
    case 'double-box':
      return <path class="detail" d={outlineData(shape, size, -4 * unit)} fill="none" stroke-width="1.25" />;
    case 'barred-box': {
      const r = CORNER;
      const bar = 6 * unit;
      const d = `M${r} 0H${Math.max(r, bar)}V${height}H${r}A${r} ${r} 0 0 1 0 ${height - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
      return <path class="accent" d={d} />;
    }
    case 'underlined-box': {
      const y = height - 6 * unit;
      return (
        <path class="detail" d={`M${12 * unit} ${y}H${width - 12 * unit}`} fill="none" stroke-width="2.5" />
      );
    }
    case 'corner-box': {
      const side = 13 * unit;
      return <path class="accent" d={`M0 0H${side}L0 ${side}Z`} />;
    }
    default:
      return null;
  }
}

/** A shape from (0, 0) to (width, height): dashed for what is not measured. Colours come from the classes `outline`, `detail` and `accent`. */
export function NodeOutline(props: {
  readonly shape: NodeShape;
  readonly size: Size;
  readonly latent: boolean;
}): JSX.Element {
  const { shape, size, latent } = props;
  const heavy = shape === 'heavy-box';
  return (
    <>
      <path
        class="outline"
        d={outlineData(shape, size, heavy ? -1 : 0)}
        stroke-width={heavy ? 3.5 : 1.5}
        stroke-dasharray={latent ? '5 4' : undefined}
        stroke-linejoin="round"
      />
      <Detail shape={shape} size={size} />
    </>
  );
}
