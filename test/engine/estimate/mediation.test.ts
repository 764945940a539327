import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import type { Estimate, EstimateOutcome } from '../../../engine/estimate/result.ts';
import { gaussHermite } from '../../../engine/stats/gaussHermite.ts';
import { dataOf, outcomesOf } from '../../support/estimation.ts';
import { infinitesimalJackknife } from '../../support/infinitesimalJackknife.ts';
import { uniforms } from '../graph/support/models.ts';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

interface Design {
  readonly dose?: boolean;
  readonly binaryMediator?: boolean;
  readonly binaryOutcome?: boolean;
  readonly second?: boolean;
}

/** x is 0 or 1 by a coin; the treatment, the mediators and the outcome depend on it; the interaction of t and m is 0.5. */
const mediatorMean = (t: number, x: number): number => -0.3 + 0.8 * t + 0.6 * x;
const predictor = (t: number, m: number, x: number): number =>
  -0.8 + 0.7 * t + 0.9 * m + 0.5 * t * m + 0.4 * x;

function simulated(n: number, design: Design, seed: number) {
  const random = uniforms(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() || 0.5)) * Math.cos(2 * Math.PI * random());
  const rows = Array.from({ length: n }, () => {
    const x = random() < 0.5 ? 1 : 0;
    const t = design.dose ? 0.5 * x + normal() : random() < 0.35 + 0.3 * x ? 1 : 0;
    const centre = mediatorMean(t, x);
    const m = design.binaryMediator ? (random() < logistic(centre) ? 1 : 0) : centre + normal();
    const k = 0.5 * t - 0.3 * x + 0.4 * m + normal();
    const eta = predictor(t, m, x) + (design.second ? 0.6 * k : 0);
    const y = design.binaryOutcome ? (random() < logistic(eta) ? 1 : 0) : eta + normal();
    return { x, t, m, k, y, c: `c${Math.floor(random() * 30)}` };
  });
  const names = ['x', 't', 'm', 'k', 'y', 'c'] as const;
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
}

/** E[Y(own, M(through))] of the design with one mediator, t at 0 or 1, by sums and quadrature. */
function truth(design: Design, own: number, through: number): number {
  const { nodes, weights } = gaussHermite(60);
  const mean = (t: number, m: number, x: number): number =>
    design.binaryOutcome ? logistic(predictor(t, m, x)) : predictor(t, m, x);
  const over = (x: number): number => {
    const centre = mediatorMean(through, x);
    if (design.binaryMediator) {
      const p = logistic(centre);
      return p * mean(own, 1, x) + (1 - p) * mean(own, 0, x);
    }
    return nodes.reduce((sum, node, q) => sum + (weights[q] ?? 0) * mean(own, centre + node, x), 0);
  };
  return (over(0) + over(1)) / 2;
}

const PLAN: Partial<EstimatePlan> = {
  method: 'mediation',
  estimand: 'total',
  adjusted: ['x'],
  through: ['m'],
};

function parts(outcomes: readonly EstimateOutcome[]): Record<string, Estimate> {
  return Object.fromEntries(
    outcomes.map((outcome) => {
      if (outcome.kind === 'failure') throw new Error(outcome.error.message);
      return [outcome.estimand, outcome];
    }),
  );
}

const DESIGNS: readonly [name: string, design: Design][] = [
  ['numbers', {}],
  ['a binary mediator', { binaryMediator: true }],
  ['a binary outcome', { binaryOutcome: true }],
  ['both binary', { binaryMediator: true, binaryOutcome: true }],
];

describe.each(DESIGNS)('mediation with %s', (_name, design) => {
  const data = dataOf(simulated(6000, design, 12));

  it('finds the natural effects, whose parts add up', async () => {
    const found = parts(await outcomesOf(data, PLAN));
    const expected = {
      direct: truth(design, 1, 0) - truth(design, 0, 0),
      indirect: truth(design, 1, 1) - truth(design, 1, 0),
      total: truth(design, 1, 1) - truth(design, 0, 0),
    };
    for (const [part, value] of Object.entries(expected)) {
      const { estimate, se, reliable } = found[part]!;
      expect(Math.abs(estimate - value), `${part}: ${estimate}, not ${value}, se ${se}`).toBeLessThan(3 * se);
      expect(se).toBeLessThan(0.15);
      expect(reliable).toBe(true);
    }
    const { total, direct, indirect } = found as Record<'total' | 'direct' | 'indirect', Estimate>;
    expect(direct.estimate + indirect.estimate).toBeCloseTo(total.estimate, 12);
    expect(total.diagnostics.proportionMediated).toBeCloseTo(indirect.estimate / total.estimate, 12);
    expect(total.through).toEqual(['m']);
  });

  it('has errors that are the derivative of the estimates in the weights', async () => {
    const columns = simulated(48, design, 5);
    const found = await outcomesOf(dataOf(columns), PLAN);
    const jackknife = await infinitesimalJackknife(columns, PLAN);
    found.forEach((outcome, e) => {
      expect((outcome as Estimate).se).toBeCloseTo(jackknife[e] ?? Number.NaN, 6);
    });
  });
});

describe('mediation', () => {
  it('has the same errors with weights, two mediators, a dose, and three levels', async () => {
    const rows = 54;
    const weight = Array.from({ length: rows }, (_w, i) => 0.5 + (i % 4));
    const letter = Array.from({ length: rows }, (_w, i) => 'abc'[(i * 7) % 3] ?? 'a');
    const cases: [Design, Partial<EstimatePlan>][] = [
      [{}, { weight: 'w' }],
      [{ second: true }, { through: ['k', 'm'] }],
      [{ second: true, binaryOutcome: true }, { through: ['k', 'm'] }],
      [{ second: true, binaryMediator: true }, { through: ['k', 'm'] }],
      [{ dose: true }, {}],
      [{ dose: true }, { contrast: { level: '0.5', reference: '-0.5' } }],
      [{}, { treatment: 'letter', adjusted: ['t', 'x'] }],
    ];
    for (const [design, change] of cases) {
      const columns = { ...simulated(rows, design, 23), w: weight, letter };
      const plan = { ...PLAN, ...change };
      const found = await outcomesOf(dataOf(columns), plan);
      const jackknife = await infinitesimalJackknife(columns, plan);
      expect(found.length).toBe(change.treatment === 'letter' ? 6 : 3);
      for (const [e, outcome] of found.entries()) {
        if (outcome.kind === 'failure') throw new Error(outcome.error.message);
        expect(outcome.se, JSON.stringify(change)).toBeCloseTo(jackknife[e] ?? Number.NaN, 5);
      }
    }
  });

  it('finds the parts of a dose about its mean, and between the values that are asked for', async () => {
    const columns = simulated(8000, { dose: true }, 3);
    const mean = columns['t']!.reduce<number>((sum, t) => sum + Number(t), 0) / 8000;
    const at = (from: number) => ({
      direct: 0.7 + 0.5 * (0.8 * from),
      indirect: (0.9 + 0.5 * (from + 1)) * 0.8,
    });
    for (const [from, contrast] of [
      [mean, null],
      [1, { level: '2', reference: '1' }],
    ] as const) {
      const found = parts(await outcomesOf(dataOf(columns), { ...PLAN, contrast }));
      for (const [part, value] of Object.entries(at(from))) {
        const { estimate, se } = found[part]!;
        expect(Math.abs(estimate - value)).toBeLessThan(3 * se);
      }
      expect(found['direct']!.diagnostics.approach).toContain(
        contrast === null ? ', its mean, to ' : 'from 1 to 2',
      );
    }
  });

  it('answers only what is asked, turns the total with the contrast, and counts rows by weight', async () => {
    const columns = simulated(600, { binaryOutcome: true }, 7);
    const [only, ...none] = await outcomesOf(dataOf(columns), {
      ...PLAN,
      estimand: 'indirect',
      parts: ['indirect'],
    });
    expect([only?.estimand, none.length]).toEqual(['indirect', 0]);
    const here = parts(await outcomesOf(dataOf(columns), PLAN));
    const there = parts(
      await outcomesOf(dataOf(columns), { ...PLAN, contrast: { level: '0', reference: '1' } }),
    );
    expect(there['total']!.estimate).toBeCloseTo(-here['total']!.estimate, 12);
    expect(there['total']!.se).toBeCloseTo(here['total']!.se, 12);
    const twice = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, [...values, ...values]]),
    );
    const long = parts(await outcomesOf(dataOf(twice), PLAN));
    const heavy = parts(
      await outcomesOf(dataOf({ ...columns, w: columns['y']!.map(() => 2) }), { ...PLAN, weight: 'w' }),
    );
    for (const part of ['total', 'direct', 'indirect']) {
      expect(long[part]!.estimate).toBeCloseTo(here[part]!.estimate, 9);
      expect(long[part]!.se * Math.SQRT2).toBeCloseTo(here[part]!.se, 9);
      expect(heavy[part]!.se).toBeCloseTo(here[part]!.se, 9);
    }
  });

  it('has clustered and bootstrap errors', async () => {
    const columns = simulated(400, { binaryMediator: true }, 9);
    const alone = dataOf({ ...columns, own: columns['y']!.map((_y, i) => `r${i}`) });
    const plain = parts(await outcomesOf(alone, PLAN));
    const clustered = parts(await outcomesOf(alone, { ...PLAN, cluster: 'own' }));
    const drawn = parts(await outcomesOf(alone, { ...PLAN, bootstrap: 150 }));
    for (const part of ['total', 'direct', 'indirect']) {
      expect(clustered[part]!.se).toBeCloseTo(plain[part]!.se * Math.sqrt(400 / 399), 10);
      expect([plain[part]!.seType, clustered[part]!.seType]).toEqual(['delta', 'cluster']);
      expect(drawn[part]!.se / plain[part]!.se).toBeGreaterThan(0.8);
      expect(drawn[part]!.se / plain[part]!.se).toBeLessThan(1.25);
      expect(drawn[part]!.estimate).toBe(plain[part]!.estimate);
    }
  });

  it('says what it cannot do', async () => {
    const columns = simulated(200, { binaryMediator: true, binaryOutcome: true }, 13);
    const failing = async (more: Record<string, (number | string)[]>, change: Partial<EstimatePlan>) => {
      const [outcome] = await outcomesOf(dataOf({ ...columns, ...more }), { ...PLAN, ...change });
      return outcome?.kind === 'failure' ? outcome.error : null;
    };
    const text = columns['y']!.map((_y, i) => ['lo', 'mid', 'hi'][i % 3] ?? '');
    expect((await failing({ m: text }, {}))?.code).toBe('method-mismatch');
    expect((await failing({ m: columns['y']!.map(() => 1) }, {}))?.code).toBe('constant-column');
    expect((await failing({}, { through: ['m', 'k'] }))?.message).toContain('one at a time');
    const linked = columns['t']!.map((t) => 2 * Number(t));
    expect((await failing({ m: linked }, {}))?.code).toBe('separation');
    expect((await failing({ k: linked, y: columns['k']! }, { through: ['m', 'k'] }))?.code).toBe(
      'separation',
    );
    expect((await failing({}, { through: [] }))?.code).toBe('method-mismatch');
    expect((await failing({ y: columns['m']! }, {}))?.code).toBe('separation');
    expect((await failing({}, { contrast: { level: '3', reference: '0' } }))?.code).toBe('level-unknown');
  });
});

describe('Gauss–Hermite quadrature', () => {
  it('integrates polynomials against the normal density', () => {
    const { nodes, weights } = gaussHermite(9);
    const moment = (power: number) =>
      nodes.reduce((sum, node, q) => sum + (weights[q] ?? 0) * node ** power, 0);
    expect([0, 1, 2, 3, 4, 6, 16].map((power) => moment(power))).toEqual(
      [1, 0, 1, 0, 3, 15, 2027025].map((value) => expect.closeTo(value, value > 100 ? 3 : 10)),
    );
  });
});
