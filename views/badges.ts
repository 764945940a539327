/** Where the marks of biasing and cyclic arrows and of notes sit. */

import type { Box, DrawnEdge, Point } from './drawing.ts';
import { distance, holds, pointAtShare } from './geometry.ts';

/** Radius of a mark in pixels. */
export const BADGE_RADIUS = 7;

/** Shares of an arrow's length at which a mark may sit, the best first. */
const SHARES: readonly number[] = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75];

function free(point: Point, taken: readonly Point[], boxes: readonly Box[]): boolean {
  return (
    taken.every((other) => distance(point, other) > 2 * BADGE_RADIUS + 4) &&
    boxes.every((box) => !holds(box, point, BADGE_RADIUS + 2))
  );
}

/** The same edges, those with a mark or a note with a place for it: near the middle, clear of nodes and of one another. */
export function placedBadges(edges: readonly DrawnEdge[], boxes: readonly Box[]): readonly DrawnEdge[] {
  const taken: Point[] = [];
  const place = (edge: DrawnEdge): Point | null => {
    const places = SHARES.map((share) => pointAtShare(edge.curve, share));
    const found = places.find((point) => free(point, taken, boxes)) ?? places[0] ?? null;
    if (found !== null) taken.push(found);
    return found;
  };
  const badged = edges.map((edge) =>
    edge.style === 'biasing' || edge.style === 'cycle' ? { ...edge, badge: place(edge) } : edge,
  );
  return badged.map((edge) => (edge.note === undefined ? edge : { ...edge, noteAt: place(edge) }));
}
