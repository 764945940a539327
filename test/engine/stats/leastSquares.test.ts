import { describe, expect, it } from 'vitest';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { slopeCovariance } from '../../../engine/stats/covariance.ts';
import { leastSquares } from '../../../engine/stats/leastSquares.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { correctDigits, numericTable } from '../../support/numeric.ts';

/** NIST StRD linear regression, Longley (1967): certified values of the National Institute of Standards and Technology. */
const LONGLEY = {
  y: [
    60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331,
    70551,
  ],
  x1: [
    83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9,
  ],
  x2: [
    234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704,
    502601, 518173, 554894,
  ],
  x3: [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
  x4: [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
  x5: [
    107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366,
    125368, 127852, 130081,
  ],
  x6: [1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960, 1961, 1962],
};

async function fitColumns(data: Record<string, number[]>, terms: string[]) {
  const moments = columnMoments(numericTable(data));
  const fit = await leastSquares(moments, column('y'), terms.map(column));
  const covariance = await slopeCovariance(moments, fit, { kind: 'classic' });
  if (covariance.kind === 'failure') throw new Error(covariance.code);
  return { fit, se: covariance.covariance.matrix.map((row, i) => Math.sqrt(row[i])) };
}

describe('NIST StRD linear regression', () => {
  it('reaches 9 digits on Longley', async () => {
    const { fit, se } = await fitColumns(LONGLEY, ['x1', 'x2', 'x3', 'x4', 'x5', 'x6']);
    const certified = [
      15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
      1829.15146461355,
    ];
    const errors = [
      84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675, 0.22607320006937,
      455.478499142212,
    ];
    for (let j = 0; j < 6; j++) {
      expect(correctDigits(fit.coefficients[j], certified[j])).toBeGreaterThanOrEqual(9);
      expect(correctDigits(se[j], errors[j])).toBeGreaterThanOrEqual(9);
    }
    expect(correctDigits(fit.intercept, -3482258.63459582)).toBeGreaterThanOrEqual(9);
    expect(correctDigits(1 - fit.residualSum / fit.totalSum, 0.995479004577296)).toBeGreaterThanOrEqual(9);
  });

  /** Wampler (1970): y is a polynomial of degree 5 in x = 0 … 20, in 4 and 5 with known disturbances. */
  const x = Array.from({ length: 21 }, (_v, i) => i);
  const powers = Object.fromEntries([1, 2, 3, 4, 5].map((p) => [`x${p}`, x.map((v) => v ** p)]));
  const disturbance = [
    759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048,
    2523, -2048, 2048, -2048, 759,
  ];
  const ones = (v: number) => 1 + v + v ** 2 + v ** 3 + v ** 4 + v ** 5;
  const cases: [string, number[], number[], number, number][] = [
    ['Wampler1', x.map(ones), [1, 1, 1, 1, 1], 1, 9],
    [
      'Wampler2',
      x.map((v) => 1 + 0.1 * v + 0.01 * v ** 2 + 1e-3 * v ** 3 + 1e-4 * v ** 4 + 1e-5 * v ** 5),
      [0.1, 0.01, 1e-3, 1e-4, 1e-5],
      1,
      9,
    ],
    ['Wampler3', x.map((v, i) => ones(v) + disturbance[i]), [1, 1, 1, 1, 1], 1, 9],
    ['Wampler4', x.map((v, i) => ones(v) + 100 * disturbance[i]), [1, 1, 1, 1, 1], 1, 7],
    ['Wampler5', x.map((v, i) => ones(v) + 10000 * disturbance[i]), [1, 1, 1, 1, 1], 1, 7],
  ];
  for (const [name, y, certified, intercept, digits] of cases) {
    it(`reaches ${digits} digits on ${name}`, async () => {
      const { fit } = await fitColumns({ y, ...powers }, ['x1', 'x2', 'x3', 'x4', 'x5']);
      for (let j = 0; j < 5; j++)
        expect(correctDigits(fit.coefficients[j], certified[j])).toBeGreaterThanOrEqual(digits);
      expect(correctDigits(fit.intercept, intercept)).toBeGreaterThanOrEqual(digits);
    });
  }
});

describe('collinear terms', () => {
  const a = [1, 4, 2, 8, 5, 7, 3];
  const b = [2, 3, 5, 7, 11, 13, 17];
  const y = [1, 2, 3, 5, 8, 13, 21];

  it('drops a later combination of earlier terms, and a constant, by index', async () => {
    const sum = a.map((v, i) => 2 * v - 3 * b[i] + 1e6);
    const data = { y, a, b, sum, five: a.map(() => 5) };
    const { fit } = await fitColumns(data, ['a', 'five', 'b', 'sum']);
    const { fit: plain } = await fitColumns({ y, a, b }, ['a', 'b']);
    expect(fit.dropped).toEqual([1, 3]);
    expect(fit.kept).toEqual([0, 2]);
    expect(fit.coefficients[0]).toBeCloseTo(plain.coefficients[0], 10);
    expect(fit.coefficients[1]).toBeCloseTo(plain.coefficients[1], 10);
  });

  it('fits a constant outcome with slopes of zero', async () => {
    const { fit } = await fitColumns({ y: a.map(() => 3), a }, ['a']);
    expect(fit.coefficients).toEqual([0]);
    expect(fit.intercept).toBe(3);
    expect(fit.residualSum).toBe(0);
  });
});
