import { describe, expect, it } from 'vitest';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { poissonRegression } from '../../../engine/stats/poissonRegression.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { numericTable } from '../../support/numeric.ts';

const regress = (data: Record<string, number[]>, terms: string[], weight?: string) =>
  poissonRegression(
    columnMoments(numericTable(data)),
    column('y'),
    terms.map(column),
    weight === undefined ? undefined : column(weight),
  );

const fitted = async (data: Record<string, number[]>, terms: string[], weight?: string) => {
  const result = await regress(data, terms, weight);
  if (result.kind !== 'fit') throw new Error(result.kind);
  return result.fit;
};

const X = [0.3, 1.2, -0.7, 2.2, 0.1, -1.4, 0.9, 1.8, -0.2, 0.6];
const Y = [2, 3, 0, 9, 1, 1, 2, 7, 1, 4];

describe('Poisson regression', () => {
  it('of nothing but a constant is the log of the mean', async () => {
    expect((await fitted({ y: [1, 0, 4, 3] }, [])).intercept).toBeCloseTo(Math.log(2), 12);
  });

  it('on an indicator gives the log ratio of two means', async () => {
    const { intercept, coefficients } = await fitted({ x: [0, 0, 0, 1, 1, 1], y: [1, 2, 3, 4, 9, 2] }, ['x']);
    expect(intercept).toBeCloseTo(Math.log(2), 12);
    expect(coefficients[0]).toBeCloseTo(Math.log(5 / 2), 12);
  });

  it('solves its score equations to the last digits', async () => {
    const { intercept, coefficients } = await fitted({ x: X, y: Y }, ['x']);
    const residual = Y.map((y, i) => y - Math.exp(intercept + coefficients[0]! * X[i]!));
    expect(residual.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 11);
    expect(residual.reduce((sum, r, i) => sum + r * X[i]!, 0)).toBeCloseTo(0, 11);
  });

  it('with weights is that of repeated rows, and does not look at rows of weight 0', async () => {
    const w = [1, 2, 0, 1, 3, 1, 1, 2, 1, 0];
    const repeat = (values: number[]): number[] => values.flatMap((v, i) => Array<number>(w[i]!).fill(v));
    // So far away that its mean would be beyond any number.
    const far = X.map((x, i) => (i === 9 ? 1e6 : x));
    const weighted = await fitted({ x: far, y: Y, w }, ['x'], 'w');
    const long = await fitted({ x: repeat(X), y: repeat(Y) }, ['x']);
    expect(weighted.coefficients[0]).toBeCloseTo(long.coefficients[0]!, 10);
    expect(weighted.intercept).toBeCloseTo(long.intercept, 10);
  });

  it('finds a group without a single count, and all zeros', async () => {
    expect(
      await regress({ x: [0, 0, 0, 1, 1, 1], z: X.slice(0, 6), y: [1, 2, 3, 0, 0, 0] }, ['z', 'x']),
    ).toEqual({ kind: 'separation', terms: [1] });
    expect(await regress({ y: [0, 0, 0] }, [])).toEqual({ kind: 'separation', terms: [] });
  });
});
