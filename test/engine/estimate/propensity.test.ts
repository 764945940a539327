import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { type EstimationProblem, prepareProblem } from '../../../engine/estimate/problem.ts';
import { binaryPropensity, fitPropensity, propensityCache } from '../../../engine/estimate/propensity.ts';
import { dataOf, planOf, study } from '../../support/estimation.ts';

const ROWS = study(600, 3);

function problemOf(change: Partial<EstimatePlan>, rows = ROWS): EstimationProblem {
  const problem = prepareProblem(dataOf(rows), planOf({ method: 'ipw', adjusted: ['a', 'b'], ...change }));
  if ('kind' in problem) throw new Error(problem.message);
  return problem;
}

describe('the propensity', () => {
  it('has a probability for each level, in their order', async () => {
    for (const treatment of ['t', 'g']) {
      const problem = problemOf({ treatment });
      const propensity = await fitPropensity(problem);
      if (propensity.kind === 'failure') throw new Error(propensity.message);
      if (problem.treatment.kind !== 'discrete') throw new Error('levels were expected');
      const { levels } = problem.treatment;
      expect(propensity.levels).toBe(levels.length === 2 ? 'two' : 'several');
      expect(propensity.probabilities).toHaveLength(levels.length);
      const { sums } = await problem.moments.pass({ sums: propensity.probabilities });
      // A model with a constant gives each level as many rows as it has.
      levels.forEach(({ rows }, c) => {
        expect(sums[c]).toBeCloseTo(rows, 7);
      });
    }
  });

  it('of several levels is not a probit, and says what to use', async () => {
    expect(await fitPropensity(problemOf({ treatment: 'g', propensity: 'probit' }))).toMatchObject({
      kind: 'failure',
      code: 'method-mismatch',
      message: expect.stringMatching(/3 levels \(n, o and s\)\. Use `propensity logistic`/),
    });
  });

  it('of several levels names the level that a covariate tells without error', async () => {
    const rows = { ...ROWS, b: ROWS['g']!.map((g, i) => (g === 'o' ? 1 : i % 2)) };
    expect(await fitPropensity(problemOf({ treatment: 'g' }, rows))).toMatchObject({
      kind: 'failure',
      code: 'separation',
      message: expect.stringMatching(/^For some values of b, every row or no row has g = o/),
    });
  });

  it('of several levels is refused to methods that compare two', async () => {
    const shared = { pointOnly: false, propensity: propensityCache() };
    expect(await binaryPropensity(problemOf({ treatment: 'g' }), shared)).toMatchObject({
      code: 'method-mismatch',
    });
    expect(await binaryPropensity(problemOf({}), shared)).toMatchObject({ levels: 'two' });
  });

  it('of a number with many values is refused', async () => {
    expect(await fitPropensity(problemOf({ treatment: 'a', adjusted: ['b'] }))).toMatchObject({
      code: 'method-mismatch',
      message: expect.stringMatching(/many values/),
    });
  });
});
