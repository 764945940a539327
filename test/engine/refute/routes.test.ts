/** Refits from cross-products are those that the estimator itself would make. */

import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { RefuterName } from '../../../engine/refute/catalogue.ts';
import { normalDraws } from '../../../engine/refute/noise.ts';
import { randomOrder } from '../../../engine/refute/permutation.ts';
import { refit, usedTable, withCovariate } from '../../../engine/refute/refits.ts';
import { shufflesOf, sourcesOf } from '../../../engine/refute/shuffles.ts';
import { dataOf, study } from '../../support/estimation.ts';
import { findingsOf, taskOf } from '../../support/refutation.ts';

const rows = study(900);
const columns = {
  ...rows,
  w: (rows['a'] ?? []).map((a, i) => (i % 7 === 0 ? 0 : 1 + Math.abs(Number(a)))),
  arm: (rows['t'] ?? []).map((t, i) => (Number(t) === 0 ? 'none' : i % 3 === 0 ? 'some' : 'much')),
  school: (rows['c'] ?? []).map((c) => String(c)),
  policy: (rows['c'] ?? []).map((c) => (String(c).length % 2) + (String(c).endsWith('3') ? 2 : 0)),
};
const data = dataOf(columns);

const PLANS: readonly [string, Partial<EstimatePlan>][] = [
  ['regression', { adjusted: ['a', 'b', 'g'] }],
  ['unadjusted', { method: 'difference', estimand: 'unadjusted' }],
  ['weighted', { adjusted: ['a', 'g'], weight: 'w' }],
  ['several levels', { treatment: 'arm', adjusted: ['a', 'b'] }],
  [
    'levels against each other',
    { treatment: 'arm', adjusted: ['a'], contrast: { level: 'some', reference: 'none' } },
  ],
  ['a dose', { treatment: 'b', adjusted: ['a', 'g'], contrast: { level: '3', reference: '1' } }],
  ['instrumented', { method: 'iv', estimand: 'late', instruments: ['z'], adjusted: ['a', 'b'] }],
  [
    'over-identified',
    { method: 'iv', estimand: 'late', instruments: ['g', 'z'], adjusted: ['a'], weight: 'w' },
  ],
  ['a clustered treatment', { treatment: 'policy', adjusted: ['a', 'b'], cluster: 'school', weight: 'w' }],
  ['a repeated covariate', { adjusted: ['a', 'b', 'twice'] }],
];
const withTwice = dataOf({ ...columns, twice: (rows['a'] ?? []).map((a) => 2 * Number(a)) });

const REFUTERS: readonly RefuterName[] = ['placebo', 'dummy_outcome', 'subset', 'bootstrap'];

describe.each(PLANS)('%s', (title, change) => {
  it.each(REFUTERS)('%s', async (name) => {
    const plan = { repetitions: 12, ...change };
    const task = await taskOf(title === 'a repeated covariate' ? withTwice : data, plan);
    const fast = await findingsOf(name, task);
    const slow = await findingsOf(name, { ...task, linear: async () => null });
    expect([fast.computation, slow.computation]).toEqual(['cross-products', 'refits']);
    for (const [c, finding] of fast.findings.entries()) {
      const scale = Math.max(1, Math.abs(slow.findings[c]?.estimate ?? 0));
      expect(Math.abs((finding.estimate ?? 0) - (slow.findings[c]?.estimate ?? 0)) / scale).toBeLessThan(
        1e-9,
      );
      for (const end of [0, 1] as const) {
        expect(
          Math.abs((finding.interval?.[end] ?? 0) - (slow.findings[c]?.interval?.[end] ?? 0)) / scale,
        ).toBeLessThan(1e-9);
      }
      expect(finding.p).toBe(slow.findings[c]?.p);
    }
  });
  it('random_common_cause', async () => {
    const plan = { repetitions: 12, ...change };
    const task = await taskOf(title === 'a repeated covariate' ? withTwice : data, plan);
    const fast = await findingsOf('random_common_cause', task);
    expect(fast.computation).toBe('cross-products');
    // The same noise, as a column of the table.
    const seed = task.seed + 3;
    const order = randomOrder(task, seed);
    const noise = normalDraws(order, seed)();
    const shuffles = shufflesOf(order, task.repetitions, seed);
    const { draws } = await refit(task, task.repetitions, (b) => {
      const sources = sourcesOf(shuffles, b);
      return withCovariate(
        task,
        usedTable(task),
        Float64Array.from(sources, (source) => noise[source] ?? 0),
      );
    });
    for (const [c, { estimate }] of fast.findings.entries()) {
      const mean = draws.reduce((sum, draw) => sum + (draw?.[c] ?? Number.NaN), 0) / draws.length;
      expect(Math.abs((estimate ?? 0) - mean) / Math.max(1, Math.abs(mean))).toBeLessThan(1e-9);
    }
  });
});
