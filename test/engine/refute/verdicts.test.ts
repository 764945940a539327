/** What refuters say of sound estimates, of broken ones and of confounded data. */

import { describe, expect, it } from 'vitest';
import { contrastsOf } from '../../../engine/estimate/contrasts.ts';
import { type Estimator, pointAnswer } from '../../../engine/estimate/estimator.ts';
import { METHODS } from '../../../engine/estimate/methods.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { REFUTERS, standardRefuters } from '../../../engine/refute/catalogue.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';
import { findingsOf, taskOf } from '../../support/refutation.ts';

const data = dataOf(study(400));
const REGRESSION = { adjusted: ['a', 'b', 'g'] } as const;
const EVERY = REFUTERS.map(({ name }) => name);

/** An estimator that looks up the effect rather than estimating it: whatever the rows say. */
const stubborn: Estimator = async ({ treatment, plan, table }) => {
  const contrasts = contrastsOf(treatment, plan.contrast, plan.treatment);
  if (contrasts.kind === 'failure') return contrasts;
  const estimates = contrasts.contrasts.map(({ label }) => ({ contrast: label, estimate: 2 }));
  const answer = pointAnswer(estimates, table.rowCount);
  return { ...answer, contrasts: estimates.map((each) => ({ ...each, se: 0.1 })) };
};

/** One that moves by what has nothing to do with anything: it counts covariates. */
const unstable: Estimator = async (problem, shared) => {
  const answer = await stubborn(problem, shared);
  if (answer.kind === 'failure') return answer;
  return {
    ...answer,
    contrasts: answer.contrasts.map((each) => ({ ...each, estimate: problem.covariates.length })),
  };
};

describe('the machinery', () => {
  it('is found sound where it is', async () => {
    for (const change of [REGRESSION, { ...REGRESSION, method: 'ipw' as const }]) {
      const task = await taskOf(data, { repetitions: 40, ...change });
      for (const name of ['placebo', 'dummy_outcome', 'random_common_cause'] as const) {
        expect((await findingsOf(name, task)).findings[0]?.passed, name).toBe(true);
      }
    }
  });
  it('is found broken where the estimate does not depend on the treatment', async () => {
    const task = await taskOf(data, { ...REGRESSION, method: 'ipw', repetitions: 20 }, stubborn);
    for (const name of ['placebo', 'dummy_outcome'] as const) {
      const [finding] = (await findingsOf(name, task)).findings;
      expect(finding).toMatchObject({ passed: false, estimate: 2, interval: [2, 2], p: 2 / 21 });
      expect(finding?.message).toContain('cannot be trusted');
    }
  });
  it('is found broken where a covariate of noise moves the estimate', async () => {
    const task = await taskOf(data, { adjusted: ['a', 'b'], method: 'ipw', repetitions: 20 }, unstable);
    const [finding] = (await findingsOf('random_common_cause', task)).findings;
    expect(finding).toMatchObject({
      passed: false,
      estimate: 3,
      details: { kind: 'move', move: 1, se: 0.1 },
    });
  });
});

describe('the effect', () => {
  it('is told not robust where one row carries it', async () => {
    const y = Array.from({ length: 60 }, (_row, i) => (i === 7 ? 1000 : i % 3));
    const t = y.map((_value, i) => (i % 4 === 3 ? 1 : 0));
    const task = await taskOf(dataOf({ t, y }), { method: 'difference', estimand: 'unadjusted' });
    const { findings } = await findingsOf('bootstrap', task);
    expect(findings[0]?.interval?.[1]).toBeGreaterThan(4 * (findings[0]?.interval?.[0] ?? 0) + 40);
  });
  it.each(['regression', 'ipw'])(
    'flips its sign under a confounder as strong as one that was there: %s',
    async (method) => {
      // u moves treatment and outcome; without it the estimate is that of the confounder.
      const rows = study(2000, 5);
      const hidden = (rows['a'] ?? []).map(Number);
      const noise = (rows['b'] ?? []).map(Number);
      const t = hidden.map((u, i) =>
        u + Number((rows['z'] ?? [])[i]) - 0.5 + (noise[(i * 7) % 2000] ?? 0) > 0 ? 1 : 0,
      );
      const y = hidden.map((u, i) => 0.8 * u + (noise[i] ?? 0));
      const confounded = dataOf({ t, y, b: noise.map((value, i) => value + (hidden[(i * 11) % 2000] ?? 0)) });
      const task = await taskOf(confounded, { method, adjusted: ['b'] });
      const [finding] = (await findingsOf('unobserved_common_cause', task)).findings;
      if (finding?.details?.kind !== 'grid') throw new Error('no grid');
      expect(task.estimates[0]?.estimate).toBeGreaterThan(0.4);
      expect(finding.passed).toBeNull();
      expect(finding.details.flipsAt).toBeGreaterThan(0.15);
      expect(finding.details.flipsAt).toBeLessThan(0.4);
      // And the weakest that was tried does not flip it.
      expect(finding.details.grid.estimates[0]?.[0]).toBeGreaterThan(0);
      const last = finding.details.grid.estimates.at(-1)?.at(-1) ?? Number.NaN;
      expect(Math.sign(last)).toBe(-1);
    },
  );
  it('is simulated as the closed form says for a regression', async () => {
    const task = await taskOf(dataOf(study(4000)), REGRESSION);
    const [exact] = (await findingsOf('unobserved_common_cause', task)).findings;
    const [drawn] = (await findingsOf('unobserved_common_cause', { ...task, linear: async () => null }))
      .findings;
    if (exact?.details?.kind !== 'grid' || drawn?.details?.kind !== 'grid') throw new Error('no grid');
    for (const [i, row] of exact.details.grid.estimates.entries()) {
      for (const [j, value] of row.entries()) {
        expect(drawn.details.grid.estimates[i]?.[j]).toBeCloseTo(value ?? Number.NaN, 1);
      }
    }
  });
});

describe('refuted estimates', () => {
  const all: Partial<EstimatePlan> = { ...REGRESSION, refuters: EVERY, repetitions: 20 };
  it('do not depend on the order of the rows', async () => {
    const rows = study(400);
    const backwards = Object.fromEntries(
      Object.entries(rows).map(([name, values]) => [name, [...values].reverse()]),
    );
    for (const change of [all, { ...all, method: 'ipw' }, { ...all, cluster: 'c' }]) {
      const [there, back] = [await estimateOf(data, change), await estimateOf(dataOf(backwards), change)];
      for (const [i, { estimate, interval, p, passed }] of there.refutations.entries()) {
        const other = back.refutations[i];
        expect([p, passed]).toEqual([other?.p, other?.passed]);
        for (const [one, two] of [
          [estimate, other?.estimate],
          [interval?.[0], other?.interval?.[0]],
          [interval?.[1], other?.interval?.[1]],
        ]) {
          expect(one ?? 0).toBeCloseTo(two ?? 0, 8);
        }
      }
    }
  });
  it('repeat with the seed and differ without', async () => {
    const first = (await estimateOf(data, all)).refutations;
    expect((await estimateOf(data, all)).refutations).toEqual(first);
    expect((await estimateOf(data, { ...all, seed: 2 })).refutations[0]?.interval).not.toEqual(
      first[0]?.interval,
    );
  });
  it('carry the metrics that an expectation asks about', async () => {
    const expectations = [
      { metric: 'e_value', comparison: { kind: '>', value: 1 } },
      { metric: 'robustness_value', comparison: { kind: '>', value: 0.1 } },
    ] as const;
    const estimate = await estimateOf(data, { ...REGRESSION, expectations });
    expect(estimate.expectations.map(({ passed }) => passed)).toEqual([true, true]);
    expect(estimate.diagnostics.metrics.robustness_value).toBeGreaterThan(0.1);
    const sensitivity = estimate.refutations.find(({ refuter }) => refuter === 'sensitivity')?.details;
    expect(sensitivity).toMatchObject({ robustnessValue: estimate.diagnostics.metrics.robustness_value });
  });
  it('say what cannot be asked of a method', async () => {
    const { refutations } = await estimateOf(data, {
      ...REGRESSION,
      method: 'ipw',
      refuters: ['sensitivity', 'rosenbaum'],
    });
    for (const { passed, error } of refutations)
      expect([passed, error]).toEqual([null, expect.stringContaining('Use')]);
  });
  it('see values that were filled in, and the groups of repeated units', async () => {
    const rows = study(400);
    const gaps = { ...rows, a: (rows['a'] ?? []).map((a, i) => (i % 5 === 0 ? Number.NaN : Number(a))) };
    const change = {
      ...all,
      missing: 'indicator',
      refuters: ['placebo', 'subset', 'random_common_cause'],
    } as const;
    for (const method of ['regression', 'ipw']) {
      const { refutations } = await estimateOf(dataOf(gaps), { ...change, method });
      expect(refutations.map(({ error }) => error)).toEqual([null, null, null]);
    }
    const units = await estimateOf(dataOf(rows), { ...all, id: 'c', refuters: ['placebo', 'subset'] });
    expect(units.refutations.map(({ error }) => error)).toEqual([null, null]);
  });
  it('never hold a NaN', async () => {
    const few = dataOf({
      t: [0, 0, 0, 1, 1, 1, 0, 1],
      y: [1, 2, 3, 4, 5, 6, 2, 4.5],
      a: [1, 2, 1, 2, 1, 2, 3, 3],
    });
    for (const change of [{ adjusted: ['a'] }, { adjusted: ['a'], method: 'ipw' }]) {
      const { refutations } = await estimateOf(few, { ...all, ...change });
      expect(
        JSON.stringify(refutations, (_key, value) => (Number.isNaN(value) ? 'NaN' : value)),
      ).not.toContain('NaN');
    }
  });
});

describe('the standard refuters', () => {
  it.each(METHODS.map(({ name }) => name))('of %s can all be asked of it', (name) => {
    const method = METHODS.find((each) => each.name === name);
    for (const refuter of standardRefuters(name)) {
      const entry = REFUTERS.find((each) => each.name === refuter);
      expect(method === undefined ? null : entry?.undefinedFor(method)).toBeNull();
    }
    expect(standardRefuters(name)).toContain('placebo');
  });
});
