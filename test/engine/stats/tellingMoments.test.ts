import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runEstimates } from '../../../engine/estimate/run.ts';
import { columnMoments } from '../../../engine/stats/columnMoments.ts';
import { column } from '../../../engine/stats/rowExpression.ts';
import { tellingMoments } from '../../../engine/stats/tellingMoments.ts';
import { dataOf, planOf, study } from '../../support/estimation.ts';
import { numericTable } from '../../support/numeric.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

it('tells of the looks at the rows, once a tick', async () => {
  const told: number[] = [];
  const moments = tellingMoments(columnMoments(numericTable({ x: [1, 2, 3] })), (looks) => told.push(looks));
  const look = async (milliseconds: number): Promise<void> => {
    vi.setSystemTime(Date.now() + milliseconds);
    await moments.pass({ sums: [column('x')] });
  };
  for (const milliseconds of [0, 50, 60, 10, 20, 300]) await look(milliseconds);
  expect(told).toEqual([3, 6]);
  vi.setSystemTime(Date.now() + 200);
  expect(Array.from(await moments.values(column('x')))).toEqual([1, 2, 3]);
  expect(told).toEqual([3, 6, 7]);
});

it('is heard in the progress of an estimate, which never goes back', async () => {
  const fractions: number[] = [];
  // Each look at a clock finds it a tick later: every look at the rows is told.
  vi.spyOn(Date, 'now').mockImplementation(() => {
    clock += 150;
    return clock;
  });
  let clock = 0;
  const plans = ['regression', 'ipw'].map((method) =>
    planOf({ method, adjusted: ['a', 'b'], bootstrap: method === 'ipw' ? 20 : null }),
  );
  await runEstimates(dataOf(study(500)), plans, (_stage, fraction) => fractions.push(fraction));
  vi.restoreAllMocks();
  expect(fractions.length).toBeGreaterThan(20);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
  expect(fractions.filter((fraction) => fraction > 0 && fraction < 0.5).length).toBeGreaterThan(5);
});
