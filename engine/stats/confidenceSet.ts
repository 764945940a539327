/** Confidence sets that need not be intervals: unions of them, possibly empty, unbounded, or the whole line. */

/** Closed interval; a side that has no end is `-Infinity` or `Infinity`. */
export type Interval = readonly [low: number, high: number];

/** Disjoint intervals in ascending order, none of them touching the next; none at all where no value is in the set. */
export type ConfidenceSet = readonly Interval[];

export const emptySet: ConfidenceSet = [];

export const wholeLine: ConfidenceSet = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

/** Everything that is in one of the intervals, which may overlap and stand in any order; one whose ends are the wrong way round holds nothing. */
export function unionOf(intervals: readonly Interval[]): ConfidenceSet {
  const ascending = intervals.filter(([low, high]) => low <= high).sort((a, b) => a[0] - b[0]);
  const merged: Interval[] = [];
  for (const [low, high] of ascending) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], high)];
    else merged.push([low, high]);
  }
  return merged;
}

/** All x with a·x² + b·x + c ≤ 0. */
export function quadraticSublevel(a: number, b: number, c: number): ConfidenceSet {
  if (a === 0) return linearSublevel(b, c);
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return a > 0 ? emptySet : wholeLine;
  // The root of larger size first: the other follows from the product of the two without cancellation.
  const far = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const roots = [far / a, far === 0 ? 0 : c / far].sort((x, y) => x - y);
  const [low, high] = roots;
  if (a > 0) return [[low, high]];
  return unionOf([
    [Number.NEGATIVE_INFINITY, low],
    [high, Number.POSITIVE_INFINITY],
  ]);
}

function linearSublevel(b: number, c: number): ConfidenceSet {
  if (b === 0) return c <= 0 ? wholeLine : emptySet;
  return b > 0 ? [[Number.NEGATIVE_INFINITY, -c / b]] : [[-c / b, Number.POSITIVE_INFINITY]];
}

/** Is `value` in the set? */
export function contains(set: ConfidenceSet, value: number): boolean {
  return set.some(([low, high]) => low <= value && value <= high);
}

/** Is no value in the set? */
export function isEmpty(set: ConfidenceSet): boolean {
  return set.length === 0;
}

/** Does the set end on both sides? The empty one does. */
export function isBounded(set: ConfidenceSet): boolean {
  return set.every(([low, high]) => Number.isFinite(low) && Number.isFinite(high));
}

/** Is every value in the set? */
export function isWholeLine(set: ConfidenceSet): boolean {
  return set.some(([low, high]) => low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY);
}

/** The values of the set times `factor`, which is not 0: the set of a multiple of what it is about. */
export function scaleSet(set: ConfidenceSet, factor: number): ConfidenceSet {
  const scaled = set.map(([low, high]): Interval => [low * factor, high * factor]);
  return factor > 0 ? scaled : scaled.map(([low, high]): Interval => [high, low]).reverse();
}

/** The values of the set and `distance`. */
export function shiftSet(set: ConfidenceSet, distance: number): ConfidenceSet {
  return set.map(([low, high]): Interval => [low + distance, high + distance]);
}

/**
 * The set in words: `0.025 to 0.285`, `up to −1.2, or from 3.4 on`, `every value`, `no value`.
 *
 * @param number how an end that exists is written
 */
export function formatSet(set: ConfidenceSet, number: (value: number) => string): string {
  if (isEmpty(set)) return 'no value';
  if (isWholeLine(set)) return 'every value';
  return set
    .map(([low, high]) => {
      if (low === Number.NEGATIVE_INFINITY) return `up to ${number(high)}`;
      if (high === Number.POSITIVE_INFINITY) return `from ${number(low)} on`;
      return `${number(low)} to ${number(high)}`;
    })
    .join(', or ');
}
