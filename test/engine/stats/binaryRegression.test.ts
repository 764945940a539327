import { describe, expect, it } from 'vitest';
import { type BinaryRegressionFit, binaryRegression } from '../../../engine/stats/binaryRegression.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { numericTable } from '../../support/numeric.ts';

const regress = (
  data: Record<string, number[]>,
  terms: string[],
  link: 'logistic' | 'probit' = 'logistic',
  weight?: string,
) =>
  binaryRegression(
    columnMoments(numericTable(data)),
    column('y'),
    terms.map(column),
    link,
    weight === undefined ? undefined : column(weight),
  );

describe('logistic regression', () => {
  it('of a 2 × 2 table is the log odds ratio', async () => {
    const x = [...Array(40).fill(0), ...Array(60).fill(1)];
    const y = x.map((v, i) => (v === 0 ? Number(i < 10) : Number(i < 85)));
    const result = await regress({ x, y }, ['x']);
    if (result.kind !== 'fit') throw new Error(result.kind);
    expect(result.fit.intercept).toBeCloseTo(Math.log(10 / 30), 12);
    expect(result.fit.coefficients[0]).toBeCloseTo(Math.log((45 / 15) * (30 / 10)), 12);
  });
  it('of nothing but a constant is the log odds', async () => {
    const result = await regress({ y: [1, 0, 0, 0] }, []);
    if (result.kind !== 'fit') throw new Error(result.kind);
    expect(result.fit.intercept).toBeCloseTo(Math.log(1 / 3), 12);
  });
  it('with weights is that of repeated rows', async () => {
    const x = [0, 1, 2, 3, 1, 2, 4, 0];
    const y = [0, 0, 1, 1, 1, 0, 1, 0];
    const w = [1, 2, 3, 1, 2, 2, 1, 3];
    const repeated = {
      x: x.flatMap((v, i) => Array(w[i]).fill(v)),
      y: y.flatMap((v, i) => Array(w[i]).fill(v)),
    };
    const [weighted, long] = [
      await regress({ x, y, w }, ['x'], 'logistic', 'w'),
      await regress(repeated, ['x']),
    ];
    if (weighted.kind !== 'fit' || long.kind !== 'fit') throw new Error('no fit');
    expect(weighted.fit.coefficients[0]).toBeCloseTo(long.fit.coefficients[0]!, 10);
  });
  it('does not mind the scale of a term', async () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const y = [0, 0, 1, 0, 1, 1, 0, 1];
    const [small, large] = [
      await regress({ x, y }, ['x']),
      await regress({ x: x.map((v) => 1e9 + v * 1e6), y }, ['x']),
    ];
    if (small.kind !== 'fit' || large.kind !== 'fit') throw new Error('no fit');
    expect(large.fit.coefficients[0]! * 1e6).toBeCloseTo(small.fit.coefficients[0]!, 8);
  });
});

describe('separation', () => {
  const noise = [1, 5, 2, 4, 3, 6, 1, 4, 2, 5, 3, 6];
  it('is found where a term tells the response without error, and names the term', async () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(await regress({ x, noise, y: x.map((v) => Number(v > 6)) }, ['noise', 'x'])).toMatchObject({
      kind: 'separation',
      terms: expect.arrayContaining([1]),
    });
  });
  it('is found where it is only at the edge of the data', async () => {
    const rare = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const y = [1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1];
    expect(await regress({ noise, rare, y }, ['noise', 'rare'])).toMatchObject({
      kind: 'separation',
      terms: [1],
    });
    expect(await regress({ noise, rare, y }, ['noise', 'rare'], 'probit')).toMatchObject({
      kind: 'separation',
      terms: [1],
    });
  });
  it('names every indicator with a value at which the response does not vary, and none else', async () => {
    const first = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const second = [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    const third = [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0];
    const y = [1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
    expect(
      await regress({ first, second, third, noise, y }, ['first', 'second', 'third', 'noise']),
    ).toMatchObject({
      kind: 'separation',
      terms: [0, 1],
    });
  });
  it('is not taken from a term that only has the moments of an indicator', async () => {
    // Mean 3/4 and variance 3/16, as an indicator that is 1 in three rows of four.
    const half = noise.map((_value, i) => (i % 4 === 0 ? 1.5 : 0.5));
    const y = [1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0];
    expect((await regress({ half, noise, y }, ['half', 'noise'])).kind).toBe('fit');
  });
  it('is not cried of a rare arm, of terms that nearly tell each other, or of small weights', async () => {
    const cell = Array.from({ length: 700 }, (_row, i) => Number(i < 301));
    const y = cell.map((inCell, i) => (inCell === 1 ? Number(i === 0) : i % 2));
    const rare = await regress({ cell, y }, ['cell']);
    if (rare.kind !== 'fit') throw new Error(rare.kind);
    expect(rare.fit.intercept + rare.fit.coefficients[0]!).toBeCloseTo(Math.log(1 / 300), 9);

    const year = Array.from({ length: 300 }, (_row, i) => 1990 + (i % 30) / 3);
    const square = year.map((value) => value * value);
    const treated = year.map((value, i) => Number(((i * 37) % 100) / 100 < (value - 1988) / 14));
    for (const link of ['logistic', 'probit'] as const) {
      expect((await regress({ year, square, y: treated }, ['year', 'square'], link)).kind).toBe('fit');
    }
    const w = year.map(() => 1e-6);
    const [light, plain] = [
      await regress({ year, y: treated, w }, ['year'], 'logistic', 'w'),
      await regress({ year, y: treated }, ['year']),
    ];
    if (light.kind !== 'fit' || plain.kind !== 'fit') throw new Error('no fit');
    expect(light.fit.coefficients[0]).toBeCloseTo(plain.fit.coefficients[0]!, 9);
  });
  it('is complete where nobody of one arm is like anybody of the other', async () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(await regress({ x, y: x.map((v) => Number(v > 4)) }, ['x'])).toMatchObject({ complete: true });
  });
  it('is not cried where a slope is only large', async () => {
    const x = Array.from({ length: 400 }, (_row, i) => i / 100);
    const y = x.map((v, i) => Number(v + ((i * 37) % 11) / 40 > 2.1));
    const result = await regress({ x, y }, ['x']);
    expect(result.kind).toBe('fit');
  });
  it('is a response that does not vary', async () => {
    expect((await regress({ noise, y: noise.map(() => 1) }, ['noise'])).kind).toBe('separation');
  });
});

describe('many rows', () => {
  const random = randomStreams(23)();
  const rows = 150_000;
  const draw = (make: (i: number) => number) => ({
    kind: 'numeric' as const,
    values: Float64Array.from({ length: rows }, (_value, i) => make(i)),
  });
  const a = draw(() => random.uniform() - 0.5);
  const b = draw((i) => (a.values[i] ?? 0) + 3 * random.uniform());
  const y = draw((i) => Number(random.uniform() < 1 / (1 + Math.exp(1 - 2 * (a.values[i] ?? 0)))));
  const terms = [column('a'), column('b')];
  const fitted = async (order: (i: number) => number, sampled: boolean): Promise<BinaryRegressionFit> => {
    const taken = (of: { readonly values: Float64Array }) =>
      ({ kind: 'numeric', values: of.values.map((_value, i) => of.values[order(i)] ?? 0) }) as const;
    const columns = new Map([
      ['a', taken(a)],
      ['b', taken(b)],
      ['y', taken(y)],
    ]);
    const { sample, ...moments } = columnMoments({ rowCount: rows, columns });
    expect(sample?.rowCount).toBeGreaterThan(5000);
    const kernel = sampled && sample !== undefined ? { ...moments, sample } : moments;
    const result = await binaryRegression(kernel, column('y'), terms, 'logistic');
    if (result.kind !== 'fit') throw new Error(result.kind);
    return result.fit;
  };

  it('are fitted from a sample of them to the same numbers, in any order', async () => {
    const plain = await fitted((i) => i, false);
    const sorted = [...y.values.keys()].sort((i, j) => (y.values[i] ?? 0) - (y.values[j] ?? 0));
    for (const order of [(i: number) => i, (i: number) => rows - 1 - i, (i: number) => sorted[i] ?? 0]) {
      const fit = await fitted(order, true);
      expect(fit.logLikelihood).toBeCloseTo(plain.logLikelihood, 6);
      fit.coefficients.forEach((value, j) => {
        expect(Math.abs(value - (plain.coefficients[j] ?? 0))).toBeLessThan(1e-12);
      });
    }
  });
});
