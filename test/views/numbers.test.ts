import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatEstimate,
  formatInterval,
  formatP,
  formatPercent,
  withDecimals,
} from '../../views/numbers.ts';

describe('formatEstimate', () => {
  test.each([
    [0.99173312, 0.0132, '0.992'],
    [0.0746932556, 0.0034983, '0.0747'],
    [1794.342, 632.853, '1794'],
    [17943.42, 632.853, '17,943'],
    [-1.5, 0.25, '−1.50'],
    [-0.0001, 0.5, '0.00'],
    [0.131503836, 0.0549637, '0.132'],
    [2, 0, '2.00'],
    [1234.5, Number.NaN, '1235'],
    [0.000000123, 0.00000001, '1.23×10⁻⁷'],
    [-4.2e12, 1e10, '−4.20×10¹²'],
    [0, 0.00000001, '0'],
    [Number.NaN, 1, '–'],
    [Number.NEGATIVE_INFINITY, 1, '−∞'],
  ])('%d with standard error %d is %s', (value, se, shown) => {
    expect(formatEstimate(value, se)).toBe(shown);
  });
});

test('formatInterval', () => {
  expect(formatInterval(-0.2, 1.25, 2)).toBe('−0.20 to 1.25');
  expect(formatInterval(Number.NEGATIVE_INFINITY, 1.25, 1)).toBe('−∞ to 1.3');
  expect(formatInterval(Number.NaN, Number.NaN, 1)).toBe('–');
});

test('formatP', () => {
  expect([0, 0.00099, 0.0312, 1, Number.NaN].map(formatP)).toEqual([
    '< 0.001',
    '< 0.001',
    '0.031',
    '1.000',
    '–',
  ]);
});

test('formatCount and formatPercent', () => {
  expect([0, 614, 9999, 49873, 1234567].map(formatCount)).toEqual([
    '0',
    '614',
    '9999',
    '49,873',
    '1,234,567',
  ]);
  expect([0.95, 0.9, 0.999, 1].map(formatPercent)).toEqual(['95 %', '90 %', '99.9 %', '100 %']);
});

test('withDecimals rounds without a minus zero', () => {
  expect(withDecimals(-0.004, 2)).toBe('0.00');
});
