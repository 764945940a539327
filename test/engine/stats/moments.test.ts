import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../engine/data/table.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { crossProducts, rawProducts } from '../../../engine/stats/moments.ts';
import {
  apply,
  column,
  level,
  linear,
  one,
  product,
  quadratic,
  within,
} from '../../../engine/stats/rowExpression.ts';
import { numericTable } from '../../support/numeric.ts';

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });

/** More rows than a block, so that blocks are merged. */
function manyRows(seed: number, count = 2500): Record<string, number[]> {
  const draw = (i: number, k: number): number => Math.sin(seed * 7.3 + i * 1.7 + k * 31.1) * 10 + k * 1000;
  return Object.fromEntries(
    ['a', 'b', 'c'].map((name, k) => [name, Array.from({ length: count }, (_row, i) => draw(i, k))]),
  );
}

function close(actual: number, expected: number, scale: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(1e-11 * scale);
}

describe('cross-products over blocks', () => {
  it('are those of the definition, with and without weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.boolean(),
        async (seed, rows, weighted) => {
          const data: Record<string, number[]> = {
            ...manyRows(seed, rows),
            w: Array.from({ length: rows }, (_row, i) => (i % 7) / 3),
          };
          const moments = columnMoments(numericTable(data));
          const terms = ['a', 'b', 'c'] as const;
          const found = await crossProducts(moments, terms.map(column), weighted ? column('w') : undefined);
          const weights = weighted ? data['w']! : data['w']!.map(() => 1);
          const total = weights.reduce((sum, w) => sum + w, 0);
          const sumOf = (f: (i: number) => number): number =>
            weights.reduce((sum, w, i) => sum + w * f(i), 0);
          expect(found.weight).toBeCloseTo(total, 8);
          if (total === 0) return;
          const means = terms.map((name) => sumOf((i) => data[name]![i]!) / total);
          const raw = rawProducts(found);
          terms.forEach((x, i) => {
            close(found.means[i]!, means[i]!, 3000);
            terms.forEach((y, j) => {
              const spread = sumOf((row) => (data[x]![row]! - means[i]!) * (data[y]![row]! - means[j]!));
              close(found.centred[i * 3 + j]!, spread, 100 * total + 1);
              close(
                raw[i]![j]!,
                sumOf((row) => data[x]![row]! * data[y]![row]!),
                9e6 * total + 1,
              );
            });
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('do not depend on the order of the rows beyond rounding', async () => {
    const data = manyRows(3);
    const reversed = Object.fromEntries(
      Object.entries(data).map(([name, values]) => [name, [...values].reverse()]),
    );
    const terms = ['a', 'b', 'c'].map(column);
    const forward = await crossProducts(columnMoments(numericTable(data)), terms);
    const backward = await crossProducts(columnMoments(numericTable(reversed)), terms);
    for (let k = 0; k < 9; k++) close(forward.centred[k]!, backward.centred[k]!, 2500 * 100);
  });

  it('lose no digits to large means', async () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    const found = await crossProducts(columnMoments(numericTable({ a: values })), [column('a')]);
    expect(found.centred[0]).toBe(90);
  });
});

describe('row expressions', () => {
  const table = numericTable({ x: [-2, 0, 3], y: [1, 5, 2] });
  const evaluate = async (
    expression: Parameters<ReturnType<typeof columnMoments>['values']>[0],
  ): Promise<number[]> => Array.from(await columnMoments(table).values(expression));

  it('mean what they say', async () => {
    const x = column('x');
    expect(await evaluate(linear(1, [2, -1], [x, column('y')]))).toEqual([-4, -4, 5]);
    expect(await evaluate(product(x, x, column('y')))).toEqual([4, 0, 18]);
    expect(await evaluate(within(x, -2, 0))).toEqual([1, 1, 0]);
    expect(
      await evaluate(
        quadratic(
          [
            [1, 2],
            [2, 3],
          ],
          [x, column('y')],
        ),
      ),
    ).toEqual([4 - 8 + 3, 75, 9 + 24 + 12]);
    expect(await evaluate(apply('reciprocal', linear(4, [1], [x])))).toEqual([0.5, 0.25, 1 / 7]);
    expect(await evaluate(one)).toEqual([1, 1, 1]);
  });

  it('are stable in the tails', async () => {
    const tails = columnMoments(numericTable({ z: [-800, -40, -31, -29, 0, 40, 800] }));
    const at = async (name: 'logistic' | 'softplus' | 'logNormalCdf' | 'inverseMills') =>
      Array.from(await tails.values(apply(name, column('z'))));
    expect(await at('logistic')).toEqual([
      0,
      expect.closeTo(4.248354255291589e-18, 30),
      expect.any(Number),
      expect.any(Number),
      0.5,
      1,
      1,
    ]);
    const softplus = await at('softplus');
    expect(softplus[6]).toBe(800);
    expect(softplus[0]).toBe(0);
    const mills = await at('inverseMills');
    // φ(x)/Φ(x) at −40 and −31, to 15 digits by mpmath.
    expect(mills[1]).toBeCloseTo(40.02496884720726, 11);
    expect(mills[2]).toBeCloseTo(31.032191276777247, 11);
    expect(mills[3]).toBeCloseTo(29.034401237736326, 9);
    const log = await at('logNormalCdf');
    expect(log[1]).toBeCloseTo(-804.6084420137538, 9);
    expect(log.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('count levels, and sum by group', async () => {
    const grouped: Table = {
      rowCount: 4,
      columns: new Map([
        [
          'g',
          { kind: 'categorical' as const, codes: Int32Array.from([0, 1, 0, 2]), levels: ['p', 'q', 'r'] },
        ],
        ['x', { kind: 'numeric' as const, values: Float64Array.from([1, 2, 3, 4]) }],
      ]),
    };
    const answer = await columnMoments(grouped).pass({
      sums: [level('g', 0)],
      groupSums: { terms: [column('x'), one], group: 'g' },
    });
    expect(Array.from(answer.sums)).toEqual([2]);
    expect(Array.from(answer.groupSums.sums)).toEqual([4, 2, 2, 1, 4, 1]);
  });

  it('evaluate a part that is shared once', async () => {
    const shared = apply('square', column('x'));
    const answer = await columnMoments(table).pass({
      sums: [shared, shared],
      extremes: [shared],
      products: { terms: [shared] },
    });
    expect(Array.from(answer.sums)).toEqual([13, 13]);
    expect(answer.extremes).toEqual([{ min: 0, max: 9 }]);
  });
});

describe('the triangular factor', () => {
  it('has the cross-products of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(number, number, number), { minLength: 4, maxLength: 700 }),
        async (rows) => {
          const data = { a: rows.map(([a]) => a), b: rows.map(([, b]) => b), c: rows.map(([, , c]) => c) };
          const terms = ['a', 'b', 'c'].map(column);
          const moments = columnMoments(numericTable(data));
          const factor = await moments.triangularFactor(terms);
          const raw = rawProducts(await crossProducts(moments, terms));
          for (let i = 0; i < 3; i++) {
            for (let j = 0; j < 3; j++) {
              let dot = 0;
              for (let k = 0; k < 3; k++) dot += factor[k * 3 + i]! * factor[k * 3 + j]!;
              expect(Math.abs(dot - raw[i]![j]!)).toBeLessThan(1e-9 * (1 + rows.length * 1e6));
            }
          }
          for (let i = 1; i < 3; i++) for (let j = 0; j < i; j++) expect(factor[i * 3 + j]).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });
});
