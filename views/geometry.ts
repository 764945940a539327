/** Arithmetic on points and cubic Bézier curves. */

import type { Arrowhead, Box, Curve, CurvePiece, Point } from './drawing.ts';

function lerp(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** Point of a cubic piece at `t` between 0 and 1 (de Casteljau). */
function pieceAt(from: Point, piece: CurvePiece, t: number): Point {
  const a = lerp(from, piece.c1, t);
  const b = lerp(piece.c1, piece.c2, t);
  const c = lerp(piece.c2, piece.to, t);
  return lerp(lerp(a, b, t), lerp(b, c, t), t);
}

/** `steps` + 1 points a piece along a curve, from its start to its end. */
export function sampled(curve: Curve, steps: number): readonly Point[] {
  const points: Point[] = [curve.from];
  let from = curve.from;
  for (const piece of curve.pieces) {
    for (let i = 1; i <= steps; i++) points.push(pieceAt(from, piece, i / steps));
    from = piece.to;
  }
  return points;
}

/** Straight distance between two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The point at a share (0–1) of a curve's length, to the precision of 16 samples a piece. */
export function pointAtShare(curve: Curve, share: number): Point {
  const points = sampled(curve, 16);
  let total = 0;
  for (let i = 1; i < points.length; i++) total += distance(at(points, i - 1), at(points, i));
  let left = total * share;
  for (let i = 1; i < points.length; i++) {
    const step = distance(at(points, i - 1), at(points, i));
    if (step >= left && step > 0) return lerp(at(points, i - 1), at(points, i), left / step);
    left -= step;
  }
  return at(points, points.length - 1);
}

function at(points: readonly Point[], i: number): Point {
  return points[i] ?? { x: 0, y: 0 };
}

/** Differences in height below this, in pixels, are a tremor of the layout and no direction. */
const LEVEL = 4;

/** The same way with bends that hardly rise made level, and as a whole where it hardly rises at all. */
export function steadied(points: readonly Point[]): readonly Point[] {
  const heights = points.map((point) => point.y);
  const low = Math.min(...heights);
  const high = Math.max(...heights);
  if (high - low < LEVEL) return points.map(({ x }) => ({ x, y: (low + high) / 2 }));
  const steady = [...points];
  for (let i = 1; i < points.length - 1; i++) {
    const before = at(steady, i - 1);
    if (Math.abs(at(steady, i).y - before.y) < LEVEL) steady[i] = { x: at(steady, i).x, y: before.y };
  }
  for (let i = points.length - 2; i > 0; i--) {
    const after = at(steady, i + 1);
    if (Math.abs(at(steady, i).y - after.y) < LEVEL) steady[i] = { x: at(steady, i).x, y: after.y };
  }
  return steady;
}

/**
 * A curve through points that rises and falls only between them: it leaves and reaches each of them horizontally,
 * so that edges run level past the nodes between their ends.
 */
export function levelCurve(points: readonly Point[]): Curve {
  const from = at(points, 0);
  let last = from;
  const pieces: CurvePiece[] = [];
  for (const to of points.slice(1)) {
    const middle = (last.x + to.x) / 2;
    pieces.push({ c1: { x: middle, y: last.y }, c2: { x: middle, y: to.y }, to });
    last = to;
  }
  return { from, pieces };
}

/** An arrowhead with its tip at a point, looking along a direction (any length but 0); sizes in pixels. */
export function arrowhead(tip: Point, direction: Point, length: number, width: number): Arrowhead {
  const norm = Math.hypot(direction.x, direction.y) || 1;
  const dx = direction.x / norm;
  const dy = direction.y / norm;
  const base = { x: tip.x - dx * length, y: tip.y - dy * length };
  const half = width / 2;
  return [
    tip,
    { x: base.x - dy * half, y: base.y + dx * half },
    { x: base.x + dy * half, y: base.y - dx * half },
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** `x y` for an SVG path or polygon. */
export function coordinates(point: Point): string {
  return `${round(point.x)} ${round(point.y)}`;
}

/** The `d` of an SVG path along a curve; level pieces are straight lines. */
export function pathData(curve: Curve): string {
  let from = curve.from;
  const pieces = curve.pieces.map(({ c1, c2, to }) => {
    const level = [c1, c2, to].every((point) => round(point.y) === round(from.y));
    from = to;
    return level ? `H${round(to.x)}` : `C${coordinates(c1)} ${coordinates(c2)} ${coordinates(to)}`;
  });
  return `M${coordinates(curve.from)}${pieces.join('')}`;
}

/** The `d` of a closed SVG path through points. */
export function polygonData(points: readonly Point[]): string {
  return `M${points.map(coordinates).join('L')}Z`;
}

/** The same curve moved. */
export function movedCurve(curve: Curve, by: Point): Curve {
  return {
    from: moved(curve.from, by),
    pieces: curve.pieces.map(({ c1, c2, to }) => ({
      c1: moved(c1, by),
      c2: moved(c2, by),
      to: moved(to, by),
    })),
  };
}

/** The same point moved. */
export function moved(point: Point, by: Point): Point {
  return { x: point.x + by.x, y: point.y + by.y };
}

/** Does the box, grown by a margin on all sides, hold the point? */
export function holds(box: Box, point: Point, margin: number): boolean {
  return (
    point.x > box.x - margin &&
    point.x < box.x + box.width + margin &&
    point.y > box.y - margin &&
    point.y < box.y + box.height + margin
  );
}
