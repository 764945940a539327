import { describe, expect, it } from 'vitest';
import { contentOrder } from '../../../engine/data/contentOrder.ts';
import { columnOf, selectRows, type Table } from '../../../engine/data/table.ts';
import { dataOf } from '../../support/estimation.ts';

const x = Array.from({ length: 500 }, (_value, i) => Math.sin(i) * 10 ** (i % 7));
const g = Array.from({ length: 500 }, (_value, i) => ['a', 'b', 'c'][i % 3] ?? 'a');
const { table } = dataOf({ x, g });
const NAMES = ['x', 'g'];

function ordered(of: Table, seed: number): unknown {
  const sorted = selectRows(of, NAMES, contentOrder(of, NAMES, seed));
  return NAMES.map((name) => columnOf(sorted, name));
}

describe('contentOrder', () => {
  it('is an order of all rows', () => {
    expect([...contentOrder(table, NAMES, 1)].sort((a, b) => a - b)).toEqual([...x.keys()]);
  });

  it('is the same order of values however the rows were sorted', () => {
    const shuffle = Int32Array.from(x, (_value, i) => (i * 211) % 500);
    expect(ordered(selectRows(table, NAMES, shuffle), 7)).toEqual(ordered(table, 7));
  });

  it('is another order for another seed', () => {
    expect(ordered(table, 2)).not.toEqual(ordered(table, 1));
  });

  it('does not look sorted', () => {
    const order = contentOrder(dataOf({ x: [...x.keys()] }).table, ['x'], 3);
    const rises = order.filter((row, i) => row > (order[i - 1] ?? -1)).length;
    expect(Math.abs(rises - 250)).toBeLessThan(60);
  });
});
