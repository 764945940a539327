import { describe, expect, it } from 'vitest';
import { relevanceJson, relevanceLines } from '../../../cli/output/estimate/relevance.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Relevance } from '../../../engine/estimate/relevance.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../support/estimation.ts';

const ROWS: Record<string, (number | string)[]> = { ...study(800), idle: study(800, 99)['a']! };
const DATA = dataOf(ROWS);
const ADJUSTED = ['a', 'b', 'g', 'idle'];

async function relevanceOf(change: Partial<EstimatePlan>): Promise<[Relevance, Estimate]> {
  const estimate = await estimateOf(DATA, { adjusted: ADJUSTED, relevance: 'bounded', ...change });
  if (!estimate.relevance) throw new Error('no relevance');
  return [estimate.relevance, estimate];
}

describe.each([
  ['regression', {}],
  ['ipw', {}],
  ['ipw', { estimand: 'att' }],
  ['entropy_balance', {}],
  ['stratification', {}],
] as const)('the relevance of covariates for %s %o', (method, change) => {
  it('is what the same estimate gives without each of them', async () => {
    const [{ variables, skipped }, estimate] = await relevanceOf({ method, ...change });
    expect(skipped).toBeNull();
    expect(variables.map(({ variable }) => variable).sort()).toEqual(ADJUSTED);
    for (const { variable, without } of variables) {
      const adjusted = ADJUSTED.filter((name) => name !== variable);
      const alone = await estimateOf(DATA, { method, ...change, adjusted });
      expect(without?.estimate).toBeCloseTo(alone.estimate, 10);
      expect(without?.se).toBeCloseTo(alone.se, 10);
      expect(without?.move).toBeCloseTo((estimate.estimate - alone.estimate) / estimate.se, 10);
    }
  });

  it('names first what moves the estimate most: a, which pulls treatment and outcome', async () => {
    const [{ variables }] = await relevanceOf({ method, ...change });
    expect(variables[0]?.variable).toBe('a');
    const pulls = [...variables].sort((x, y) => (y.pull ?? 0) - (x.pull ?? 0));
    expect(pulls[0]?.variable).toBe('a');
    expect(pulls.at(-1)?.variable).toBe('idle');
  });
});

describe('the relevance of covariates', () => {
  it('is told only where it is asked for, and of an estimate that adjusts', async () => {
    expect(await estimateOf(DATA, { adjusted: ADJUSTED })).not.toHaveProperty('relevance');
    expect((await estimateOf(DATA, { method: 'difference', relevance: 'bounded' })).relevance).toBeNull();
  });

  it('keeps the rows: a variable that is left out still has a value in each', async () => {
    const holes = ROWS['b']!.map((b, i) => (i % 4 === 0 ? Number.NaN : b));
    const data = dataOf({ ...ROWS, b: holes });
    const { relevance, n } = await estimateOf(data, { adjusted: ['a', 'b'], relevance: 'bounded' });
    expect(n).toBe(600);
    const kept = dataOf(
      Object.fromEntries(
        Object.entries(ROWS).map(([name, values]) => [name, values.filter((_v, i) => i % 4 !== 0)]),
      ),
    );
    const alone = await estimateOf(kept, { adjusted: ['a'] });
    const without = relevance?.variables.find(({ variable }) => variable === 'b')?.without;
    expect(without?.estimate).toBeCloseTo(alone.estimate, 10);
  });

  it('is told of each contrast', async () => {
    const outcomes = await outcomesOf(DATA, {
      method: 'ipw',
      treatment: 'g',
      adjusted: ['a', 'b'],
      relevance: 'bounded',
    });
    const moves = outcomes.map((outcome) => {
      if (outcome.kind === 'failure') throw new Error(outcome.error.message);
      return outcome.relevance?.variables[0]?.without?.estimate;
    });
    expect(moves[0]).not.toBe(moves[1]);
  });

  it('does not refit learned models unless asked to, and says so', async () => {
    const change = { method: 'ipw', propensity: 'tree', adjusted: ['a', 'b'] } as const;
    const [bounded] = await relevanceOf(change);
    expect(bounded.skipped).toMatch(/`--show full-relevance` does it/);
    expect(bounded.variables.map(({ without }) => without)).toEqual([null, null]);
    expect(bounded.variables[0]?.pull).toBeGreaterThan(bounded.variables[1]?.pull ?? 1);
    const [full] = await relevanceOf({ ...change, relevance: 'full' });
    expect(full.skipped).toBeNull();
    expect(full.variables[0]?.without?.se).toBeGreaterThan(0);
    // Without its only variable the tree has nothing to tell rows apart by: everybody has the same propensity.
    const [alone] = await relevanceOf({ ...change, adjusted: ['a'], relevance: 'full' });
    const naive = await estimateOf(DATA, { method: 'difference' });
    expect(alone.variables[0]?.without?.estimate).toBeCloseTo(naive.estimate, 2);
  });

  it('is a few lines for people, and all of it for machines', async () => {
    const [relevance, estimate] = await relevanceOf({ method: 'ipw' });
    const lines = relevanceLines(estimate);
    expect(lines[0]).toMatch(/^The treatment is driven by a 0\.\d\d, b 0\.\d\d, .* \(standard deviations/);
    expect(lines[1]).toMatch(/^Without a: \d\.\d+ rather than \d\.\d+, moves by \d+\.\d standard errors\.$/);
    expect(lines).toHaveLength(5);
    expect(relevanceJson(estimate)).toMatchObject({
      skipped: null,
      variables: relevance.variables.map(({ variable }) => ({ variable })),
    });
    const { relevance: _asked, ...plain } = estimate;
    expect(relevanceLines(plain)).toEqual([]);
    expect(relevanceJson(plain)).toBeNull();
  });
});
