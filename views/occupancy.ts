/** Which parts of the plane arrows already run through. */

import type { Curve, Point } from './drawing.ts';
import { sampled } from './geometry.ts';

/** Side of a cell in pixels: arrows closer than this are hard to tell apart. */
const CELL = 9;
const SAMPLES = 40;

export interface Occupancy {
  readonly add: (curve: Curve) => void;
  /** Does an arrow run through the cell of this point? */
  readonly holds: (point: Point) => boolean;
}

/** The cells of a fine grid that the given curves pass through; later ones can be added. */
export function occupancy(curves: readonly Curve[]): Occupancy {
  const cells = new Set<string>();
  const cell = ({ x, y }: Point): string => `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
  const add = (curve: Curve): void => {
    for (const point of sampled(curve, SAMPLES)) cells.add(cell(point));
  };
  for (const curve of curves) add(curve);
  return { add, holds: (point) => cells.has(cell(point)) };
}
