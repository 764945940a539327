import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { planFormula } from '../../../engine/estimate/plugin/plannedFormula.ts';
import { frontDoorEstimand } from '../../../engine/graph/id/idEstimand.ts';
import { dataOf, estimateOf, outcomesOf } from '../../support/estimation.ts';
import { infinitesimalJackknife } from '../../support/infinitesimalJackknife.ts';
import { uniforms } from '../graph/support/models.ts';
import { ask } from '../graph/support/questions.ts';

const GRAPH = 'x -> t\nx -> m\nx -> y\nt -> m\nm -> y\nt <-> y\ntreatment t\noutcome y';
const { effect, names, nodes } = ask(GRAPH);
const formula = planFormula(frontDoorEstimand(effect, nodes('m'), nodes('x')), names, {
  treatment: 't',
  outcome: 'y',
});

/** A hidden u moves t and y; t works through m and k alone: the effect of one unit is 0.8 · 1.5 + 0.5 · (−0.4) = 1. */
function simulated(n: number, seed: number, kind: 'numbers' | 'levels' | 'mixed') {
  const random = uniforms(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() || 0.5)) * Math.cos(2 * Math.PI * random());
  const rows = Array.from({ length: n }, () => {
    const [u, x] = [normal(), random() < 0.5 ? 1 : 0];
    const pull = 0.8 * u + 0.5 * x + normal();
    const t = kind === 'numbers' ? pull : pull > 0.3 ? 1 : 0;
    const centre = 0.8 * t + 0.3 * x;
    const m = kind === 'levels' ? (random() < 0.2 + 0.6 * centre ? 1 : 0) : centre + normal();
    const k = 0.5 * t + normal();
    const y = 1.5 * m - (kind === 'levels' ? 0 : 0.4 * k) + u + 0.5 * x + normal();
    return { x, t, m, k, y, g: m > 0.8 ? 'c' : m > 0 ? 'b' : 'a', own: `r${random()}` };
  });
  const columns = ['x', 't', 'm', 'k', 'y', 'g', 'own'] as const;
  return Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])]));
}

const LINEAR: Partial<EstimatePlan> = { method: 'frontdoor', through: ['m', 'k'], adjusted: ['x'] };

describe('the linear front door', () => {
  it.each(['numbers', 'mixed'] as const)('finds the effect where confounding hides it (%s)', async (kind) => {
    const data = dataOf(simulated(4000, 3, kind));
    const naive = await estimateOf(data, { adjusted: ['x'] });
    const { estimate, se, diagnostics, seType, through } = await estimateOf(data, LINEAR);
    expect(Math.abs(estimate - 1)).toBeLessThan(3 * se);
    expect(Math.abs(naive.estimate - 1)).toBeGreaterThan(6 * naive.se);
    expect(through).toEqual(['k', 'm']);
    expect(diagnostics.approach).toContain('linear models');
    expect(seType).toBe('delta');
  });

  it('is the product of two regressions with one mediator', async () => {
    const data = dataOf(simulated(500, 5, 'numbers'));
    const { estimate } = await estimateOf(data, { ...LINEAR, through: ['m'] });
    const first = await estimateOf(data, { outcome: 'm', adjusted: ['x'] });
    const second = await estimateOf(data, { treatment: 'm', adjusted: ['t', 'x'] });
    expect(estimate).toBeCloseTo(first.estimate * second.estimate, 10);
  });

  it('has an error that is the derivative of the estimate in the weights', async () => {
    const weight = Array.from({ length: 40 }, (_w, i) => 0.5 + (i % 4));
    const cases: ['numbers' | 'mixed', Partial<EstimatePlan>][] = [
      ['numbers', {}],
      ['numbers', { contrast: { level: '3', reference: '1' } }],
      ['mixed', { weight: 'w' }],
      ['numbers', { through: ['g'] }],
      ['numbers', { treatment: 'g', through: ['k', 'm'] }],
    ];
    for (const [kind, change] of cases) {
      const columns = { ...simulated(40, 7, kind), w: weight };
      const plan = { ...LINEAR, ...change };
      const found = await outcomesOf(dataOf(columns), plan);
      const jackknife = await infinitesimalJackknife(columns, plan);
      found.forEach((outcome, e) => {
        if (outcome.kind === 'failure') throw new Error(outcome.error.message);
        expect(outcome.se).toBeCloseTo(jackknife[e] ?? Number.NaN, 6);
      });
    }
  });

  it('turns with the contrast, and has clustered and bootstrap errors', async () => {
    const data = dataOf(simulated(500, 9, 'mixed'));
    const here = await estimateOf(data, LINEAR);
    const there = await estimateOf(data, { ...LINEAR, contrast: { level: '0', reference: '1' } });
    const alone = await estimateOf(data, { ...LINEAR, cluster: 'own' });
    const drawn = await estimateOf(data, { ...LINEAR, bootstrap: 200 });
    expect(there.estimate).toBeCloseTo(-here.estimate, 12);
    expect(alone.se).toBeCloseTo(here.se * Math.sqrt(500 / 499), 10);
    expect(drawn.se / here.se).toBeGreaterThan(0.85);
    expect(drawn.se / here.se).toBeLessThan(1.15);
  });

  it('says where treatment and mediator are one', async () => {
    const columns = simulated(100, 11, 'numbers');
    const data = dataOf({ ...columns, m: columns['t']!.map((t) => 3 * Number(t)) });
    const [outcome] = await outcomesOf(data, { ...LINEAR, through: ['m'] });
    expect(outcome?.kind === 'failure' && outcome.error.code).toBe('collinear');
  });
});

describe('the front door of levels', () => {
  const plan: Partial<EstimatePlan> = { ...LINEAR, through: ['m'], formula };

  it('is the plug-in of its formula, given a covariate, and finds the effect', async () => {
    const data = dataOf(simulated(5000, 13, 'levels'));
    const { estimate, se, diagnostics } = await estimateOf(data, plan);
    // m moves by 0.6 · 0.8 with t, and y by 1.5 with m.
    expect(Math.abs(estimate - 0.72)).toBeLessThan(3 * se);
    expect(diagnostics.formula).toBe('Σ_{x} P(x) Σ_{m} P(m | x, t) Σ_{t′} P(y | x, t′, m) P(t′ | x)');
    expect(diagnostics.combinations).toBe(8);
    expect(diagnostics.approach).toContain('shares of rows');
  });

  it('has an error that is the derivative of the estimate in the weights', async () => {
    const columns = simulated(80, 15, 'levels');
    const { se } = await estimateOf(dataOf(columns), plan);
    const [jackknife] = await infinitesimalJackknife(columns, plan);
    expect(se).toBeCloseTo(jackknife ?? Number.NaN, 7);
  });

  it('is the linear one where the covariate is a number', async () => {
    const columns = simulated(300, 17, 'levels');
    const number = dataOf({ ...columns, x: columns['y']!.map((_y, i) => (i * 7) % 31) });
    const { diagnostics } = await estimateOf(number, plan);
    expect(diagnostics.approach).toContain('linear models');
    expect(diagnostics.formula).toBeUndefined();
  });
});
