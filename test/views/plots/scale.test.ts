import { describe, expect, test } from 'vitest';
import { domainOf, linearScale, logScale, SMALL } from '../../../views/plots/scale.ts';
import { textWidth } from '../../../views/text.ts';

describe('a linear scale', () => {
  test('runs from pixel to pixel, with round ticks and just their decimals', () => {
    const { at, ticks, domain } = linearScale([0, 1], [100, 300]);
    expect([at(0), at(0.25), at(1)]).toEqual([100, 150, 300]);
    expect(domain).toEqual([0, 1]);
    expect(ticks).toHaveLength(6);
    expect(linearScale([0, 1], [0, 100]).ticks.map(({ label }) => label)).toEqual(['0', '0.5', '1.0']);
    expect(linearScale([0, 1], [0, 800]).ticks.map(({ label }) => label)).toEqual([
      '0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ]);
  });
  test('has labels that stand apart, also where they are long', () => {
    for (const domain of [
      [-123456, 987654],
      [0.00001, 0.00002],
      [-1e-9, 1e-9],
      [1e12, 4e12],
    ] as const) {
      const { at, ticks } = linearScale(domain, [0, 280]);
      expect(ticks.length).toBeGreaterThan(0);
      for (const [i, tick] of ticks.entries()) {
        if (i === 0) continue;
        const room = at(tick.value) - at(ticks[i - 1].value);
        expect(room).toBeGreaterThan(
          (textWidth(tick.label, SMALL) + textWidth(ticks[i - 1].label, SMALL)) / 2,
        );
      }
    }
  });
  test('says that what is not a number has no place', () => {
    expect(linearScale([0, 1], [0, 100]).at(Number.NaN)).toBeNaN();
  });
});

describe('a domain', () => {
  test('has a length whatever the values are', () => {
    expect(domainOf([3, 1, 2])).toEqual([1, 3]);
    expect(domainOf([5])).toEqual([4, 6]);
    expect(domainOf([-400, -400])).toEqual([-440, -360]);
    expect(domainOf([])).toEqual([-1, 1]);
    expect(domainOf([Number.NaN, Number.POSITIVE_INFINITY, 2])).toEqual([1, 3]);
  });
});

describe('a logarithmic scale', () => {
  test('puts equal ratios at equal distances', () => {
    const { at, ticks } = logScale([0.1, 10], [0, 400]);
    expect(at(0.1)).toBeCloseTo(0, 9);
    expect(at(1)).toBeCloseTo(200, 9);
    expect(at(10)).toBeCloseTo(400, 9);
    expect(ticks.map(({ label }) => label)).toEqual(['0.1', '0.2', '0.5', '1', '2', '5', '10']);
    expect(logScale([0.001, 1e6], [0, 200]).ticks.map(({ label }) => label)).toEqual([
      '0.001',
      '1',
      '1000',
      '1000000',
    ]);
  });
});
