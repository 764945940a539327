/** Which of two drawings of an edited model spares the reader more. */

import type { Drawing, Point } from './drawing.ts';
import { sampled } from './geometry.ts';
import { displacement } from './tween.ts';

/** Pixels that every variable may move to be rid of one crossing. */
const CROSSING = 8;
const SAMPLES = 5;

interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly edge: number;
}

function segments(drawing: Drawing): readonly Segment[] {
  return drawing.edges.flatMap((edge, place) => {
    const points = sampled(edge.curve, SAMPLES);
    return points.slice(1).map((to, i): Segment => ({ from: points[i] ?? to, to, edge: place }));
  });
}

/** Which side of the line from `a` to `b` a point is on: −1, 0 or 1. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x));
}

function cross(a: Segment, b: Segment): boolean {
  if (Math.max(a.from.x, a.to.x) < Math.min(b.from.x, b.to.x)) return false;
  if (Math.max(b.from.x, b.to.x) < Math.min(a.from.x, a.to.x)) return false;
  return (
    side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 &&
    side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0
  );
}

/** Points at which two arrows of a drawing cross, to the precision of the sampling. */
export function crossings(drawing: Drawing): number {
  const all = segments(drawing);
  let count = 0;
  all.forEach((a, i) => {
    for (let j = i + 1; j < all.length; j++) {
      const b = all[j];
      if (b !== undefined && a.edge !== b.edge && cross(a, b)) count++;
    }
  });
  return count;
}

/** Mean distance in pixels by which the shared variables move from one drawing to the next, the whole having been laid on it as well as may be. */
export function movement(before: Drawing, after: Drawing): number {
  const shift = displacement(before, after, null);
  const places = new Map(before.nodes.map((node) => [node.name, node]));
  const moves = after.nodes.flatMap((node) => {
    const old = places.get(node.name);
    return old === undefined ? [] : [Math.hypot(node.x - old.x - shift.x, node.y - old.y - shift.y)];
  });
  return moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length);
}

/** Mean movement in pixels that a reader hardly notices. */
const SLIGHT = 20;

/** Does a drawing that keeps the order of the one before move little and tangle it no further? Then no other needs to be looked at. */
export function quiet(before: Drawing, kept: Drawing): boolean {
  return movement(before, kept) < SLIGHT && crossings(kept) <= crossings(before) + 1;
}

/** The one of two drawings of the same model with the less movement and fewer crossings; `fresh` where they are equal. */
export function calmer(before: Drawing, fresh: Drawing, kept: Drawing): Drawing {
  const unrest = (drawing: Drawing): number => movement(before, drawing) + CROSSING * crossings(drawing);
  return unrest(kept) < unrest(fresh) ? kept : fresh;
}
