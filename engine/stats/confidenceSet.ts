/** Confidence sets that need not be intervals: unions of them, possibly empty, unbounded, or the whole line. */

/** Closed interval; a side that has no end is `-Infinity` or `Infinity`. */
export type Interval = readonly [low: number, high: number];

/** Disjoint intervals in ascending order. */
export type ConfidenceSet = readonly Interval[];

/** All x with a·x² + b·x + c ≤ 0. */
export function quadraticSublevel(a: number, b: number, c: number): ConfidenceSet {
  if (a === 0) return linearSublevel(b, c);
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return a > 0 ? [] : [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];
  // The root of larger size first: the other follows from the product of the two without cancellation.
  const far = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const roots = [far / a, far === 0 ? 0 : c / far].sort((x, y) => x - y);
  const [low, high] = roots;
  if (a > 0) return [[low, high]];
  return [
    [Number.NEGATIVE_INFINITY, low],
    [high, Number.POSITIVE_INFINITY],
  ];
}

function linearSublevel(b: number, c: number): ConfidenceSet {
  if (b === 0) return c <= 0 ? [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]] : [];
  return b > 0 ? [[Number.NEGATIVE_INFINITY, -c / b]] : [[-c / b, Number.POSITIVE_INFINITY]];
}

/** Is `value` in the set? */
export function contains(set: ConfidenceSet, value: number): boolean {
  return set.some(([low, high]) => low <= value && value <= high);
}
