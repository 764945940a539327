import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';

const ROWS = study(900, 6);
const DATA = dataOf(ROWS);
const PLAN: Partial<EstimatePlan> = { method: 'ipw', adjusted: ['a', 'b', 'g'] };

describe.each(['tree', 'boosting'] as const)('weighting by a learned propensity (%s)', (propensity) => {
  const plan = { ...PLAN, propensity };

  it('says that its standard error takes the propensity as known', async () => {
    const { seType, warnings } = await estimateOf(DATA, plan);
    expect(seType).toBe('known-propensity');
    const told = warnings.find(({ code }) => code === 'learned-propensity');
    expect(told?.message).toMatch(new RegExp(`\`propensity ${propensity}\` as known`));
    expect((await estimateOf(DATA, { ...plan, cluster: 'c' })).seType).toBe('cluster');
  });

  it('moves the estimate towards the truth, and repeats', async () => {
    const { estimate } = await estimateOf(DATA, plan);
    const naive = await estimateOf(DATA, { method: 'difference' });
    expect(Math.abs(estimate - 2)).toBeLessThan(0.7 * Math.abs(naive.estimate - 2));
    expect((await estimateOf(DATA, plan)).estimate).toBe(estimate);
  });

  it('does not depend on the order of the rows', async () => {
    const order = ROWS['y']!.map((_y, i) => (i * 701) % 900);
    const moved = Object.fromEntries(
      Object.entries(ROWS).map(([name, values]) => [name, order.map((row) => values[row]!)]),
    );
    const [here, there] = [await estimateOf(DATA, plan), await estimateOf(dataOf(moved), plan)];
    expect(there.estimate).toBeCloseTo(here.estimate, 10);
    expect(there.se).toBeCloseTo(here.se, 10);
  });

  it('tells which variables it rests on, most important first', async () => {
    const model = (await estimateOf(DATA, plan)).diagnostics.propensityModel;
    expect(model?.coefficients).toBeNull();
    const importances = model?.importances ?? [];
    expect(importances.map(({ variable }) => variable).sort()).toEqual(['a', 'b', 'g']);
    expect(importances[0]?.variable).toBe('a');
    expect(importances.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1, 9);
  });

  it('weights several levels, and stratifies two', async () => {
    const outcomes = await outcomesOf(DATA, { ...plan, treatment: 'g', adjusted: ['a', 'b'] });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['estimate', 'estimate']);
    const { diagnostics } = await estimateOf(DATA, { ...plan, method: 'stratification' });
    expect(diagnostics.strata?.length).toBeGreaterThan(1);
    expect(diagnostics.propensityModel?.model).toBe(propensity);
  });
});
