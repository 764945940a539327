import { describe, expect, it } from 'vitest';
import { blockProducts, columnsOfProducts } from '../../../engine/stats/blockProducts.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { column, linear, product } from '../../../engine/stats/rowExpression.ts';
import { openRoom } from '../../../engine/stats/rowRoom.ts';

describe('cross-products of a block', () => {
  for (const size of [1, 2, 3, 4, 7]) {
    for (const count of [1, 2, 5, 1023, 1024]) {
      it(`are the sums of products: ${size} columns, ${count} rows`, () => {
        const { columns, lefts, addTo } = blockProducts(openRoom(columnsOfProducts(size, true)), size, true);
        // What an earlier block has left behind counts for nothing.
        for (const each of [...columns, ...lefts]) each.values.fill(1e300);
        const random = randomStreams(7)();
        for (let j = 0; j < size; j++) {
          for (let i = 0; i < count; i++) {
            // Whole numbers, whose sums are exact in any order.
            columns[j]?.values.set([random.integer(100) - 50], i);
            lefts[j]?.values.set([random.integer(100) - 50], i);
          }
        }
        const totals = new Float64Array(size * size).fill(3);
        addTo(totals, count);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let sum = 3;
            for (let row = 0; row < count; row++)
              sum += (lefts[i]?.values[row] ?? 0) * (columns[j]?.values[row] ?? 0);
            expect(totals[i * size + j]).toBe(j >= i ? sum : 3);
          }
        }
      });
    }
  }

  it('grow the memory that they need', () => {
    const { columns, addTo } = blockProducts(openRoom(columnsOfProducts(200, false)), 200, false);
    for (const each of columns) each.values.fill(1);
    const totals = new Float64Array(200 * 200);
    addTo(totals, 1024);
    expect(totals[0]).toBe(1024);
    expect(totals[199 * 200 + 199]).toBe(1024);
  });
});

describe('moments of columns', () => {
  const random = randomStreams(3)();
  const rows = 5000;
  const draw = (make: (i: number) => number) => ({
    kind: 'numeric' as const,
    values: Float64Array.from({ length: rows }, (_value, i) => make(i)),
  });
  const columns = new Map([
    ['drifting', draw((i) => 1e6 + i + random.uniform())],
    ['jumping', draw((i) => (i < 2048 ? 0 : 1e5) + random.uniform())],
    ['plain', draw(() => random.uniform())],
    ['weight', draw((i) => (i < 1024 ? 1e-9 : 1) * random.uniform())],
  ]);
  const names = ['drifting', 'jumping', 'plain'];
  const valuesOf = (name: string): Float64Array => columns.get(name)?.values ?? new Float64Array(0);

  for (const weight of [undefined, 'weight']) {
    it(`keep their digits where blocks are far apart${weight === undefined ? '' : ', and weigh little at first'}`, async () => {
      const { products } = await columnMoments({ rowCount: rows, columns }).pass({
        products: { terms: names.map(column), weight: weight === undefined ? undefined : column(weight) },
      });
      const w = weight === undefined ? new Float64Array(rows).fill(1) : valuesOf(weight);
      const total = w.reduce((sum, value) => sum + value, 0);
      const means = names.map(
        (name) => valuesOf(name).reduce((sum, x, i) => sum + (w[i] ?? 0) * x, 0) / total,
      );
      names.forEach((left, a) => {
        names.forEach((right, b) => {
          let exact = 0;
          let size = 0;
          for (let i = 0; i < rows; i++) {
            const part =
              (w[i] ?? 0) *
              ((valuesOf(left)[i] ?? 0) - (means[a] ?? 0)) *
              ((valuesOf(right)[i] ?? 0) - (means[b] ?? 0));
            exact += part;
            size += Math.abs(part);
          }
          expect(Math.abs((products.centred[a * 3 + b] ?? 0) - exact) / size).toBeLessThan(1e-11);
        });
      });
    });
  }

  it('of a column in other units are those of its values', async () => {
    const moments = columnMoments({ rowCount: rows, columns });
    const scaled = linear(-3, [0.25], [column('plain')]);
    const { products, sums } = await moments.pass({
      products: { terms: [scaled, column('jumping')] },
      sums: [product(column('jumping'), scaled), product(column('plain'), column('weight'), scaled)],
    });
    const values = valuesOf('plain').map((x) => -3 + 0.25 * x);
    const plain = new Map([...columns, ['scaled', { kind: 'numeric' as const, values }]]);
    const expected = await columnMoments({ rowCount: rows, columns: plain }).pass({
      products: { terms: [column('scaled'), column('jumping')] },
      sums: [
        product(column('jumping'), column('scaled')),
        product(column('plain'), column('weight'), column('scaled')),
      ],
    });
    for (const [found, wanted] of [
      [products.means, expected.products.means],
      [products.centred, expected.products.centred],
      [sums, expected.sums],
    ] as const) {
      found.forEach((value, i) => {
        expect(value / (wanted[i] ?? Number.NaN)).toBeCloseTo(1, 10);
      });
    }
  });
});
