/** The columns by which a linear model bends: squares and cubes of features, and products of those of two. */

import { curveOf, surfaceOf } from './powers.ts';
import type { Shape } from './shapeSearch.ts';

/** A column made of one feature or of two. */
export interface Term {
  readonly values: Float64Array;
  readonly of: Shape;
}

/** Shapes by their names, each with its terms. */
export type Shapes = ReadonlyMap<string, readonly Term[]>;

/** The same for the same features. */
export function nameOf(shape: Shape): string {
  return shape.join(' ');
}

/** The columns of all shapes. */
export function termsOf(shapes: Shapes): readonly Term[] {
  return [...shapes.values()].flat();
}

/**
 * The shapes with as many of the others as there is room for, each pair together with the curves of both.
 *
 * @param standard standardised values of each feature, null for those without
 * @param room how many columns there may be
 */
export function withShapes(
  shapes: Shapes,
  others: readonly Shape[],
  standard: readonly (Float64Array | null)[],
  room: number,
): Shapes {
  let all = shapes;
  for (const shape of others) {
    const parts: readonly Shape[] = shape.length === 1 ? [shape] : [[shape[0]], [shape[1]], shape];
    const own = parts.map(
      (of) => [nameOf(of), columnsOf(of, standard).map((values) => ({ values, of }))] as const,
    );
    const wider = new Map([...own, ...all]);
    if (termsOf(wider).length <= room) all = wider;
  }
  return all;
}

function columnsOf(
  [first, second]: Shape,
  standard: readonly (Float64Array | null)[],
): readonly Float64Array[] {
  const x = standard[first];
  const z = second === undefined ? undefined : standard[second];
  if (x === null || z === null) return [];
  return z === undefined ? curveOf(x) : surfaceOf(x, z);
}
