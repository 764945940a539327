import { describe, expect, it } from 'vitest';
import { ascendingOrder } from '../../../engine/data/keySort.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { SEED } from '../../support/seed.ts';

describe('order by a number', () => {
  it('is ascending over all kinds of numbers, and keeps equal ones as they came', () => {
    const random = randomStreams(SEED)();
    const special = [0, -0, 1, -1, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity];
    const values = Float64Array.from({ length: 500 }, (_value, i) =>
      i < 50 ? special[i % special.length] : (random.uniform() - 0.5) * 10 ** (random.integer(40) - 20),
    );
    const expected = Array.from(values.keys()).sort((i, j) =>
      values[i] === values[j] ? i - j : values[i] - values[j],
    );
    expect(Array.from(ascendingOrder(values))).toEqual(expected);
    expect(ascendingOrder(new Float64Array(0))).toHaveLength(0);
  });
});
