/** Individual effects on the simulated outcomes of the IHDP trial (Hill 2011), where each row's true effect is known. */

import { describe, expect, it } from 'vitest';
import { columnOf } from '../../engine/data/table.ts';
import type { EstimationData } from '../../engine/estimate/problem.ts';
import { scoreRows } from '../../engine/estimate/scores.ts';
import { estimateOf, planOf } from '../support/estimation.ts';
import { rootMeanSquare } from '../support/learning.ts';
import { readPlainCsv, referenceFile } from '../support/reference.ts';

const path = referenceFile('data/ihdp_npci_1.csv');

/** The data, and the true effect of each row. */
function trial(file: string) {
  const table = readPlainCsv(file);
  const column = (name: string): Float64Array => {
    const found = columnOf(table, name);
    if (found.kind !== 'numeric') throw new Error(name);
    return found.values;
  };
  const untreated = column('mu0');
  const truth = column('mu1').map((value, row) => value - untreated[row]!);
  const average = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const spread = rootMeanSquare(
    truth,
    truth.map(() => average),
  );
  const data: EstimationData = { table, kinds: new Map([['treatment', 'binary']]), problems: new Map() };
  return { data, truth, average, spread };
}

describe.skipIf(path === null)('individual effects of IHDP', () => {
  const change = {
    treatment: 'treatment',
    outcome: 'y_factual',
    estimand: 'cate' as const,
    adjusted: Array.from({ length: 25 }, (_covariate, j) => `x${j + 1}`),
  };
  it.each([
    ['t_learner', 'linear', 1.1],
    ['x_learner', 'linear', 1.1],
    ['t_learner', 'boosting', 1.1],
    ['x_learner', 'boosting', 1],
    ['s_learner', 'boosting', 1.05],
  ] as const)('%s with learner %s', async (method, learner, worst) => {
    const { data, truth, average, spread } = trial(path ?? '');
    const estimate = await estimateOf(data, { ...change, method, learner, folds: 3 });
    // The truth is that of these very rows, which the interval covers too widely.
    expect(Math.abs(estimate.estimate - average)).toBeLessThan(3 * estimate.se);
    const [scores] = await scoreRows(data, [planOf({ ...change, method, learner, folds: 3 })]);
    if (scores?.kind !== 'scores') throw new Error('no scores');
    const { values } = scores.columns.find(({ name }) => name === 'effect')!;
    expect(rootMeanSquare(values, truth) / spread).toBeLessThan(worst);
  });
});
