/** Arrows that the layers know nothing of, laid over the drawing: unmeasured common causes, arrows that run back, and loops. */

import type { Box, Curve, NodeShape, Point } from './drawing.ts';
import { distance, holds, sampled } from './geometry.ts';
import { leftEdge, upperEdge } from './nodeBox.ts';

export interface ShapedBox extends Box {
  readonly shape: NodeShape;
  /** Its axes will be exchanged, so that its upper edge is the left side of its shape. */
  readonly turned?: boolean;
}

interface Anchor {
  readonly point: Point;
  /** Unit vector out of the box. */
  readonly outward: Point;
}

/** How far an arc is drawn away from its ends before it turns, in pixels; the flattest that is free is taken. */
const BOWS: readonly number[] = [12, 26, 40, 60, 86, 120, 165, 220];
const SAMPLES = 28;
const MARGIN = 7;

function middle(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Abscissa at which an arc leaves the upper or lower side of a box: a little towards the other end, or straight below or above it. */
function departure(box: Box, other: Box): number {
  const left = Math.max(box.x, other.x);
  const right = Math.min(box.x + box.width, other.x + other.width);
  const { x } = middle(box);
  if (right - left > Math.min(box.width, other.width) / 2) return (left + right) / 2;
  return x + Math.sign(middle(other).x - x) * Math.min(box.width * 0.2, 24);
}

function edgeAt(box: ShapedBox, x: number): number {
  return box.turned === true ? leftEdge(box.shape, box, x) : upperEdge(box.shape, box, x);
}

/** Where an arc may leave a box: above, below, and at both sides. */
function anchors(box: ShapedBox, other: Box): readonly Anchor[] {
  const { y } = middle(box);
  const x = departure(box, other);
  const above = edgeAt(box, x);
  return [
    { point: { x, y: above }, outward: { x: 0, y: -1 } },
    { point: { x, y: 2 * y - above }, outward: { x: 0, y: 1 } },
    { point: { x: box.x + box.width, y }, outward: { x: 1, y: 0 } },
    { point: { x: box.x, y }, outward: { x: -1, y: 0 } },
  ];
}

function controlPoint(anchor: Anchor, other: Point, bow: number): Point {
  const lean = 0.18;
  const sideways = anchor.outward.x === 0 ? { x: (other.x - anchor.point.x) * lean, y: 0 } : { x: 0, y: 0 };
  return {
    x: anchor.point.x + anchor.outward.x * bow + sideways.x,
    y: anchor.point.y + anchor.outward.y * bow + sideways.y,
  };
}

function arc(a: Anchor, b: Anchor, bow: number): Curve {
  const piece = { c1: controlPoint(a, b.point, bow), c2: controlPoint(b, a.point, bow), to: b.point };
  return { from: a.point, pieces: [piece] };
}

/** What an arc must keep clear of. */
interface Obstacles {
  readonly boxes: readonly Box[];
  readonly ends: readonly Box[];
  /** Does another arrow run here? */
  readonly busy: (point: Point) => boolean;
}

/** How bad an arc is: nodes that it runs over count most, then arrows, then its length and leaving by a side where the other arrows are. */
function cost(curve: Curve, a: Anchor, b: Anchor, { boxes, ends, busy }: Obstacles): number {
  const points = sampled(curve, SAMPLES).slice(1, -1);
  let length = 0;
  let struck = 0;
  let shared = 0;
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (next !== undefined) length += distance(point, next);
    if (busy(point)) shared++;
    for (const box of boxes) if (holds(box, point, ends.includes(box) ? -1 : MARGIN)) struck++;
  });
  const sides = Math.abs(a.outward.x) + Math.abs(b.outward.x);
  const unlike = a.outward.x !== b.outward.x || a.outward.y !== b.outward.y ? 1 : 0;
  return struck * 400 + shared * 25 + length + sides * 60 + unlike * 90;
}

/**
 * A curve between two different boxes that keeps clear of other boxes and of arrows where it can: the cheapest of a fixed family of arcs, so
 * the same drawing always gets the same one.
 */
export function arcBetween(
  from: ShapedBox,
  to: ShapedBox,
  boxes: readonly Box[],
  busy: (point: Point) => boolean,
): Curve {
  const obstacles: Obstacles = { boxes, ends: [from, to], busy };
  let best: Curve | undefined;
  let least = Infinity;
  for (const a of anchors(from, to)) {
    for (const b of anchors(to, from)) {
      for (const bow of BOWS) {
        const curve = arc(a, b, bow);
        const price = cost(curve, a, b, obstacles);
        if (price < least - 1e-6) {
          least = price;
          best = curve;
        }
      }
    }
  }
  return best ?? { from: middle(from), pieces: [] };
}

/** A loop over the top of a box, for a variable that is its own cause. */
export function loopOver(box: ShapedBox): Curve {
  const { x } = middle(box);
  const reach = Math.min(26, box.width / 4);
  const from = { x: x - reach, y: edgeAt(box, x - reach) };
  const to = { x: x + reach, y: edgeAt(box, x + reach) };
  const rise = 38;
  return {
    from,
    pieces: [{ c1: { x: from.x - 10, y: from.y - rise }, c2: { x: to.x + 10, y: to.y - rise }, to }],
  };
}
