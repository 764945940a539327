import { describe, expect, it } from 'vitest';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { slopeCovariance } from '../../../engine/stats/covariance.ts';
import { leastSquares } from '../../../engine/stats/leastSquares.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { numericTable } from '../../support/numeric.ts';

async function fitColumns(data: Record<string, number[]>, terms: string[]) {
  const moments = columnMoments(numericTable(data));
  const fit = await leastSquares(moments, column('y'), terms.map(column));
  const covariance = await slopeCovariance(moments, fit, { kind: 'classic' });
  if (covariance.kind === 'failure') throw new Error(covariance.code);
  return { fit, se: covariance.covariance.matrix.map((row, i) => Math.sqrt(row[i])) };
}

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
