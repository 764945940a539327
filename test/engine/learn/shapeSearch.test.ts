import { describe, expect, test } from 'vitest';
import { shapeSearch } from '../../../engine/learn/shapeSearch.ts';
import { drawsOf } from '../../support/learning.ts';

const n = 1500;

/** Features that go together, standardised; the fourth has two values, and the last none. */
function featuresOf(seed: number): (Float64Array | null)[] {
  const draws = drawsOf(seed);
  const common = Float64Array.from({ length: n }, () => draws.normal());
  const columns = Array.from({ length: 6 }, () => common.map((value) => 0.5 * value + 0.87 * draws.normal()));
  columns[3] = columns[3]!.map((value) => (value > 0 ? 1 : -1));
  return [...columns, null];
}

const rows = Int32Array.from({ length: n }, (_row, i) => i);

describe('the search for shapes', () => {
  test.each<[string, (x: readonly Float64Array[], i: number) => number, readonly number[]]>([
    ['a square', (x, i) => x[1]![i]! ** 2 - 1, [1]],
    ['a cube', (x, i) => x[2]![i]! ** 3 - 3 * x[2]![i]!, [2]],
    ['a product', (x, i) => x[0]![i]! * x[4]![i]!, [0, 4]],
    ['a product with one of two values', (x, i) => x[3]![i]! * x[5]![i]!, [3, 5]],
    ['a product of curves', (x, i) => (x[1]![i]! ** 2 - 1) * (x[2]![i]! ** 3 - 3 * x[2]![i]!), [1, 2]],
  ])('finds %s first', (_what, shape, expected) => {
    const features = featuresOf(4);
    const draws = drawsOf(8);
    const residual = Float64Array.from(
      rows,
      (i) => shape(features as Float64Array[], i) + 2 * draws.normal(),
    );
    expect(shapeSearch(features, rows, true)(residual)[0]).toEqual(expected);
  });

  test('finds next to nothing in noise', () => {
    const features = featuresOf(5);
    const search = shapeSearch(features, rows, true);
    let curves = 0;
    let pairs = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const draws = drawsOf(seed);
      const noise = Float64Array.from(rows, () => draws.normal());
      for (const shape of search(noise)) {
        if (shape.length === 1) curves += 1;
        else pairs += 1;
      }
    }
    // By chance a curve is expected in half of them, and a pair in one of twenty.
    expect(curves).toBeLessThan(40);
    expect(pairs).toBeLessThan(8);
  });

  test('leaves pairs alone where it is told to, or where there are too many', () => {
    const features = featuresOf(4) as Float64Array[];
    const product = Float64Array.from(rows, (i) => features[0]![i]! * features[4]![i]!);
    const isPair = (shape: readonly number[]): boolean => shape.length === 2;
    expect(shapeSearch(features, rows, true)(product).some(isPair)).toBe(true);
    expect(shapeSearch(features, rows, false)(product).some(isPair)).toBe(false);
    const many = Array.from({ length: 130 }, (_feature, f) => features[f % 6] ?? null);
    expect(shapeSearch(many, rows, true)(product).some(isPair)).toBe(false);
  });

  test('takes what features say alone for no product', () => {
    const features = featuresOf(6) as Float64Array[];
    const draws = drawsOf(2);
    // A product of features that go together is a square by half.
    const residual = Float64Array.from(rows, (i) => features[0]![i]! ** 2 - 1 + draws.normal());
    const found = shapeSearch(features, rows, true)(residual);
    expect(found[0]).toEqual([0]);
    expect(found.filter(([first, second]) => first === 0 && second !== undefined)).toEqual([]);
  });

  test('has nothing to say of nothing', () => {
    expect(shapeSearch([null], rows, true)(new Float64Array(n))).toEqual([]);
    expect(shapeSearch(featuresOf(1), rows, true)(new Float64Array(n))).toEqual([]);
  });
});
