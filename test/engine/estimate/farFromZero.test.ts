import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { runEstimates } from '../../../engine/estimate/run.ts';
import { dataOf, planOf } from '../../support/estimation.ts';

const rows = Array.from({ length: 400 }, (_row, i) => i);
const x = rows.map((i) => Math.sin(i * 1.7) + ((i * 37) % 11) / 10);
const t = rows.map((i) => Number(((i * 61) % 100) / 100 < 1 / (1 + Math.exp(-x[i]!))));
const y = rows.map((i) => t[i]! + 2 * x[i]! + ((i * 29) % 13) / 5);

async function estimated(
  columns: Record<string, readonly number[]>,
  plan: Partial<EstimatePlan>,
): Promise<Estimate> {
  const [[outcome]] = (await runEstimates(dataOf(columns), [planOf({ adjusted: ['x'], ...plan })])) as [
    [Estimate],
  ];
  return outcome;
}

describe('numbers far from zero', () => {
  it.each(['regression', 'ipw'])('change neither the estimate nor the error of %s', async (method) => {
    const near = await estimated({ t, x, y }, { method });
    // A power of two, so that moving there and back loses nothing but the last digits.
    const far = await estimated(
      { t, x: x.map((v) => v + 2 ** 30), y: y.map((v) => v + 2 ** 30) },
      { method },
    );
    expect(far.estimate).toBeCloseTo(near.estimate, 6);
    expect(far.se).toBeCloseTo(near.se, 6);
  });
});
