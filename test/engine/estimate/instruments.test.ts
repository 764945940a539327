import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { ESTIMATORS } from '../../../engine/estimate/estimators.ts';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { prepareProblem } from '../../../engine/estimate/problem.ts';
import { propensityCache } from '../../../engine/estimate/propensity.ts';
import type { Estimate } from '../../../engine/estimate/result.ts';
import { contains, isEmpty } from '../../../engine/stats/confidenceSet.ts';
import { fUpperP } from '../../../engine/stats/distributions.ts';
import { randomStreams } from '../../../engine/stats/random.ts';
import { dataOf, estimateOf, outcomesOf, planOf } from '../../support/estimation.ts';
import { infinitesimalJackknife } from '../../support/infinitesimalJackknife.ts';
import { type Draws, drawsOf } from './independence/samples.ts';

type Columns = Record<string, number[]>;

/** A study with three instruments, of which the third is confounded by `flaw`; noise grows with z1. The effect is 1.5. */
function study(n: number, seed: number, strength = 0.6, flaw = 0): Columns {
  const draws = drawsOf(randomStreams(seed)());
  const rows = Array.from({ length: n }, () => row(draws, strength, flaw));
  return Object.fromEntries(
    (['x1', 'x2', 'z1', 'z2', 'z3', 't', 'y'] as const).map((name) => [name, rows.map((each) => each[name])]),
  );
}

function row(draws: Draws, strength: number, flaw: number) {
  const [hidden, x1, x2] = [draws.normal(), draws.normal(), draws.uniform()];
  const [z1, z2] = [draws.normal() + 0.3 * x1, draws.coin(0.4)];
  const z3 = draws.normal();
  const t = 2 + strength * (z1 + z2 + 0.5 * z3) + 0.4 * x1 + hidden + draws.normal();
  const y = 1 + 1.5 * t + x1 - 0.5 * x2 + hidden + flaw * z3 + (1 + 0.5 * Math.abs(z1)) * draws.normal();
  return { x1, x2, z1, z2, z3, t, y };
}

const ROWS = study(400, 7);
const GROUPS = ROWS['y']!.map((_y, i) => `g${i % 25}`);
const DATA = dataOf({ ...ROWS, c: GROUPS });
const PLAN = { estimand: 'late', adjusted: ['x1', 'x2'], instruments: ['z1', 'z2', 'z3'] } as const;

function estimated(method: string, change: Partial<EstimatePlan> = {}, data = DATA): Promise<Estimate> {
  return estimateOf(data, { ...PLAN, method, ...change });
}

/** The textbook's matrices, with nothing held fixed beforehand. */
function designs(columns: Columns, instruments: readonly string[] = PLAN.instruments) {
  const of = (names: readonly string[]): Matrix =>
    new Matrix(columns['y']!.map((_y, i) => [1, ...names.map((name) => columns[name]![i]!)]));
  return {
    regressors: of(['x1', 'x2', 't']),
    instruments: of(['x1', 'x2', ...instruments]),
    y: Matrix.columnVector(columns['y']!),
    t: Matrix.columnVector(columns['t']!),
    exogenous: of(['x1', 'x2']),
  };
}

function leftBy(design: Matrix, columns: Matrix): Matrix {
  const slopes = inverse(design.transpose().mmul(design)).mmul(design.transpose()).mmul(columns);
  return Matrix.sub(columns, design.mmul(slopes));
}

/** Σ over rows or groups of the outer products of e·z. */
function meatOf(design: Matrix, residual: Matrix, groups?: readonly string[]): Matrix {
  const sums = new Map<string, Matrix>();
  for (let i = 0; i < design.rows; i++) {
    const group = groups?.[i] ?? String(i);
    const score = Matrix.mul(design.getRowVector(i), residual.get(i, 0));
    sums.set(group, Matrix.add(sums.get(group) ?? Matrix.zeros(1, design.columns), score));
  }
  return [...sums.values()].reduce(
    (sum, score) => Matrix.add(sum, score.transpose().mmul(score)),
    Matrix.zeros(design.columns, design.columns),
  );
}

function last(vector: Matrix): number {
  return vector.get(vector.rows - 1, 0);
}

/** (Xᵀ(I − κM)X)⁻¹ Xᵀ(I − κM)y of the whole design. */
function kClass(columns: Columns, kappa: number): number {
  const { regressors, instruments, y } = designs(columns);
  const weighted = Matrix.sub(regressors, Matrix.mul(leftBy(instruments, regressors), kappa)).transpose();
  return last(inverse(weighted.mmul(regressors)).mmul(weighted.mmul(y)));
}

/** Smallest root of det(A − κB) = 0 by the eigenvalues of B⁻¹A, which are two. */
function smallestRoot(columns: Columns): number {
  const { exogenous, instruments, y, t } = designs(columns);
  const pair = new Matrix(y.to1DArray().map((value, i) => [value, t.get(i, 0)]));
  const cross = (left: Matrix): Matrix => left.transpose().mmul(left);
  const ratio = inverse(cross(leftBy(instruments, pair))).mmul(cross(leftBy(exogenous, pair)));
  const [trace, determinant] = [
    ratio.trace(),
    ratio.get(0, 0) * ratio.get(1, 1) - ratio.get(0, 1) * ratio.get(1, 0),
  ];
  return trace / 2 - Math.sqrt((trace / 2) ** 2 - determinant);
}

describe('liml', () => {
  it('is the k-class estimator whose κ is the smallest root', async () => {
    const { estimate, diagnostics } = await estimated('liml');
    expect(diagnostics.kappa).toBeCloseTo(smallestRoot(ROWS), 11);
    expect(estimate).toBeCloseTo(kClass(ROWS, smallestRoot(ROWS)), 10);
  });

  it('takes Fuller’s constant over the rows less all coefficients off κ', async () => {
    const { estimate, diagnostics } = await estimated('liml', { fuller: 4 });
    const kappa = smallestRoot(ROWS) - 4 / (400 - 6);
    expect(diagnostics.kappa).toBeCloseTo(kappa, 11);
    expect(estimate).toBeCloseTo(kClass(ROWS, kappa), 10);
  });

  it('is further from least squares than two stages, and Fuller’s between them, where the instruments are weak', async () => {
    const weak = dataOf(study(300, 11, 0.1));
    const of = async (method: string, change: Partial<EstimatePlan> = {}): Promise<number> =>
      (await estimated(method, change, weak)).estimate;
    const [ols, iv] = [await of('regression', { instruments: [] }), await of('iv')];
    const [liml, fuller] = [await of('liml'), await of('liml', { fuller: 1 })];
    expect(Math.abs(liml - ols)).toBeGreaterThan(Math.abs(iv - ols));
    expect(Math.abs(fuller - ols)).toBeLessThan(Math.abs(liml - ols));
  });

  it('does not change with the side of the equation: 1/τ is the answer to the question turned round', async () => {
    const there = await estimated('liml', { treatment: 'y', outcome: 't' });
    expect(1 / there.estimate).toBeCloseTo((await estimated('liml')).estimate, 9);
  });
});

describe('gmm', () => {
  it.each(['robust', 'cluster'] as const)('is the two-step estimator of the textbook: %s', async (kind) => {
    const groups = kind === 'cluster' ? GROUPS : undefined;
    const cluster = kind === 'cluster' ? 'c' : null;
    const { regressors, instruments, y } = designs(ROWS);
    const first = (await estimated('iv')).estimate;
    const { exogenous, t } = designs(ROWS);
    const start = leftBy(exogenous, Matrix.sub(y, Matrix.mul(t, first)));
    const weights = inverse(meatOf(instruments, start, groups));
    const moments = instruments.transpose().mmul(regressors);
    const bread = inverse(moments.transpose().mmul(weights).mmul(moments));
    const hat = bread.mmul(moments.transpose()).mmul(weights);
    const slopes = hat.mmul(instruments.transpose().mmul(y));
    const residual = Matrix.sub(y, regressors.mmul(slopes));
    const variance = hat.mmul(meatOf(instruments, residual, groups)).mmul(hat.transpose());
    const score = instruments.transpose().mmul(residual);
    const factor = kind === 'cluster' ? (25 / 24) * (399 / 396) : 400 / 396;
    const answer = await estimated('gmm', { cluster });
    expect(answer.estimate).toBeCloseTo(last(slopes), 10);
    expect(answer.se).toBeCloseTo(Math.sqrt(factor * variance.get(3, 3)), 10);
    expect(answer.diagnostics.hansenJ).toBeCloseTo(score.transpose().mmul(weights).mmul(score).get(0, 0), 8);
    const spread = y.to1DArray().reduce((sum, value) => sum + (value - y.mean()) ** 2, 0);
    const left = residual.to1DArray().reduce((sum, value) => sum + value ** 2, 0);
    expect(answer.diagnostics.metrics.r_squared).toBeCloseTo(1 - left / spread, 10);
  });

  it('supposes equal variances with `se classic`: two-stage least squares, with Sargan’s statistic for J', async () => {
    const [gmm, iv] = [
      await estimated('gmm', { standardError: 'classic' }),
      await estimated('iv', { standardError: 'classic' }),
    ];
    expect(gmm.estimate).toBe(iv.estimate);
    expect(gmm.se).toBe(iv.se);
    expect(gmm.diagnostics.hansenJ).toBeCloseTo(iv.diagnostics.sargan ?? 0, 9);
  });

  it('rejects by J where an instrument is not valid', async () => {
    const flawed = await estimated('gmm', {}, dataOf(study(2000, 3, 0.6, 0.5)));
    expect(flawed.diagnostics.metrics.overid_p).toBeLessThan(0.001);
    expect((await estimated('gmm')).diagnostics.metrics.overid_p).toBeGreaterThan(0.05);
  });

  it('fails in words with fewer clusters than instruments', async () => {
    const few = dataOf({ ...ROWS, c: GROUPS.map((_group, i) => `g${i % 2}`) });
    const [outcome] = await outcomesOf(few, { ...PLAN, method: 'gmm', cluster: 'c' });
    expect(outcome).toMatchObject({
      error: {
        code: 'collinear',
        message: expect.stringContaining('too few clusters of c for 3 instruments'),
      },
    });
  });
});

describe.each(['iv', 'liml', 'gmm'])('%s', (method) => {
  const exact = { instruments: ['z2'] } as const;

  it('with one instrument of two values is the Wald ratio', async () => {
    const draws = drawsOf(randomStreams(17)());
    for (let draw = 0; draw < 20; draw++) {
      const rows = Array.from({ length: 60 + draw }, () => {
        const [z, noise] = [draws.coin(0.5), draws.normal()];
        return { z, t: z + noise, y: draws.normal() + noise };
      });
      const mean = (name: 't' | 'y', level: number): number => {
        const values = rows.filter(({ z }) => z === level).map((each) => each[name]);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const columns = { z: rows.map(({ z }) => z), t: rows.map(({ t }) => t), y: rows.map(({ y }) => y) };
      const { estimate } = await estimateOf(dataOf(columns), { method, instruments: ['z'] });
      expect(estimate).toBeCloseTo((mean('y', 1) - mean('y', 0)) / (mean('t', 1) - mean('t', 0)), 9);
    }
  });

  it('is two-stage least squares where there is one instrument', async () => {
    const [here, iv] = [await estimated(method, exact), await estimated('iv', exact)];
    expect(here.estimate).toBeCloseTo(iv.estimate, 12);
    expect(here.se).toBeCloseTo(iv.se, 12);
    expect(here.diagnostics.metrics.overid_p).toBeUndefined();
  });

  it('has the error of the infinitesimal jackknife where there is one instrument', async () => {
    const small = study(40, 5, 1.5);
    const [robust] = await infinitesimalJackknife(small, { ...PLAN, ...exact, method });
    const hc0 = await estimated(method, { ...exact, standardError: 'hc0' }, dataOf(small));
    expect(hc0.se / robust!).toBeCloseTo(1, 5);
    const groups = small['y']!.map((_y, i) => `g${i % 8}`);
    const [clustered] = await infinitesimalJackknife(
      { ...small, c: groups },
      { ...PLAN, ...exact, method, cluster: 'c' },
    );
    const cr1 = await estimated(method, { ...exact, cluster: 'c' }, dataOf({ ...small, c: groups }));
    expect(cr1.se / (clustered! * Math.sqrt(39 / 36))).toBeCloseTo(1, 5);
  });

  it('neither depends on the order of the rows nor on the units, and turns with the contrast', async () => {
    const here = await estimated(method);
    const order = GROUPS.map((_group, i) => (i * 117) % 400);
    const moved = dataOf({
      ...Object.fromEntries(
        Object.entries(ROWS).map(([name, values]) => [name, order.map((i) => values[i]!)]),
      ),
      z1: order.map((i) => 1e4 * ROWS['z1']![i]! + 3e5),
      t: order.map((i) => 100 * ROWS['t']![i]!),
      y: order.map((i) => 10 * ROWS['y']![i]! + 77),
      c: order.map((i) => GROUPS[i]!),
    });
    const there = await estimated(method, {}, moved);
    expect(there.estimate * 10).toBeCloseTo(here.estimate, 9);
    expect(there.se * 10).toBeCloseTo(here.se, 9);
    const turned = await estimated(method, { contrast: { level: '0', reference: '2' } });
    expect(turned.estimate).toBeCloseTo(-2 * here.estimate, 11);
    expect(turned.se).toBeCloseTo(2 * here.se, 11);
    const [low, high] = here.diagnostics.andersonRubin?.[0] ?? [];
    expect(turned.diagnostics.andersonRubin?.[0]?.[0]).toBeCloseTo(-2 * high!, 9);
    expect(turned.diagnostics.andersonRubin?.[0]?.[1]).toBeCloseTo(-2 * low!, 9);
  });

  it('counts a row of weight 2 as two rows', async () => {
    const weight = GROUPS.map((_group, i) => i % 3);
    const long = GROUPS.flatMap((_group, i) => Array<number>(weight[i]!).fill(i));
    const repeated = Object.fromEntries(
      Object.entries(ROWS).map(([name, values]) => [name, long.map((i) => values[i]!)]),
    );
    const exactly = { ...(method === 'gmm' ? exact : {}) };
    const weighted = await estimated(method, { ...exactly, weight: 'w' }, dataOf({ ...ROWS, w: weight }));
    expect(weighted.estimate).toBeCloseTo((await estimated(method, exactly, dataOf(repeated))).estimate, 9);
  });

  it('near the truth, and with a bootstrap error like its own', async () => {
    const here = await estimated(method);
    expect(Math.abs(here.estimate - 1.5)).toBeLessThan(3.5 * here.se);
    const again = await estimated(method, { bootstrap: 100, seed: 2 });
    expect(again.se / here.se).toBeGreaterThan(0.7);
    expect(again.se / here.se).toBeLessThan(1.4);
  });

  it('refuses a treatment with three levels, errors by leverage, and an instrument that stands still', async () => {
    const codes = async (change: Partial<EstimatePlan>, extra: Record<string, (string | number)[]> = {}) =>
      (await outcomesOf(dataOf({ ...ROWS, ...extra }), { ...PLAN, method, ...change })).map((outcome) =>
        outcome.kind === 'failure' ? outcome.error.code : 'none',
      );
    const levels = GROUPS.map((_group, i) => ['low', 'middle', 'high'][i % 3]!);
    expect(await codes({ treatment: 'q' }, { q: levels })).toEqual(['method-mismatch']);
    expect(await codes({ standardError: 'hc3' })).toEqual(['method-mismatch']);
    expect(await codes({ instruments: ['q'] }, { q: GROUPS.map(() => 4) })).toEqual([
      'instrument-irrelevant',
    ]);
    const double = { q: ROWS['x1']!.map((value) => 2 * value) };
    expect(await codes({ instruments: ['q'] }, double)).toEqual(['instrument-irrelevant']);
  });

  it('says which of the instruments says nothing of its own, and leaves it out', async () => {
    const twin = dataOf({ ...ROWS, zz: ROWS['z1']!.map((z) => 3 - 2 * z) });
    const { estimate, warnings } = await estimated(
      method,
      { instruments: [...PLAN.instruments, 'zz'] },
      twin,
    );
    expect(estimate).toBeCloseTo((await estimated(method)).estimate, 9);
    expect(warnings.find(({ code }) => code === 'collinear')?.message).toMatch(/^zz was left out/);
  });
});

describe('the rows', () => {
  /** Passes over the rows of an estimator in a design that is well-conditioned, or not. */
  async function passes(method: string, columns: Columns): Promise<number> {
    const problem = prepareProblem(dataOf(columns), planOf({ ...PLAN, method }));
    if ('kind' in problem) throw new Error(problem.message);
    let count = 0;
    const moments: typeof problem.moments = {
      ...problem.moments,
      pass: (request) => {
        count += 1;
        return problem.moments.pass(request);
      },
    };
    const shared = { pointOnly: false, propensity: propensityCache() };
    const answer = await ESTIMATORS.get(method)?.({ ...problem, moments }, shared);
    expect(answer?.kind).toBe('answer');
    return count;
  }

  it('are passed over once for all fits, once for the error, once for the robust tests; twice more for the second step', async () => {
    expect(await passes('iv', ROWS)).toBe(3);
    expect(await passes('liml', ROWS)).toBe(3);
    expect(await passes('gmm', ROWS)).toBe(5);
  });

  it('are passed over more often where cross-products would not do', async () => {
    const close = { ...ROWS, x2: ROWS['x1']!.map((x, i) => x + 1e-3 * ROWS['x2']![i]!) };
    expect(await passes('iv', close)).toBeGreaterThan(3);
  });
});

describe('Anderson–Rubin sets', () => {
  /** p value of the F test of the instruments in the regression of Y − τ·T. */
  async function testAt(columns: Columns, tau: number, change: Partial<EstimatePlan>): Promise<number> {
    const rest = columns['y']!.map((y, i) => y - tau * columns['t']![i]!);
    const { diagnostics, n } = await estimated(
      'iv',
      { ...change, treatment: 'rest', outcome: 'x2', adjusted: ['x1'] },
      dataOf({ ...columns, rest, c: GROUPS.slice(0, rest.length) }),
    );
    const count = (change.instruments ?? PLAN.instruments).length;
    const clustered = change.cluster !== undefined;
    const f =
      change.standardError === 'classic' ? diagnostics.metrics.first_stage_f : diagnostics.firstStageFRobust;
    return fUpperP(f ?? 0, count, clustered ? 24 : n - 2 - count);
  }

  const cases: readonly [string, Columns, Partial<EstimatePlan>][] = [
    ['strong, classic', ROWS, { standardError: 'classic' }],
    ['strong, robust', ROWS, {}],
    ['strong, clustered', ROWS, { cluster: 'c' }],
    ['weak, classic', study(120, 21, 0.12), { standardError: 'classic' }],
    ['weak, robust', study(120, 21, 0.12), {}],
    ['one weak instrument', study(120, 29, 0.1), { instruments: ['z3'] }],
    ['invalid, robust', study(400, 33, 0.3, 1.5), {}],
    ['invalid, classic', study(400, 33, 0.3, 1.5), { standardError: 'classic' }],
  ];

  it.each(cases)('hold what the test does not reject: %s', async (_name, columns, change) => {
    const { diagnostics } = await estimated(
      'iv',
      { ...change, adjusted: ['x1'] },
      dataOf({ ...columns, c: GROUPS.slice(0, columns['y']!.length) }),
    );
    const set =
      change.standardError === 'classic' ? diagnostics.andersonRubin : diagnostics.andersonRubinRobust;
    if (set === undefined) throw new Error('no set');
    for (let step = -8; step <= 8; step++) {
      const tau = 1.5 + Math.tan((step / 9) * (Math.PI / 2));
      const p = await testAt(columns, tau, change);
      if (Math.abs(p - 0.05) > 1e-9) expect(contains(set, tau), `${tau}: ${p}`).toBe(p > 0.05);
    }
  });

  it('are empty where no effect fits all instruments, and say so', async () => {
    const { diagnostics, warnings } = await estimated('liml', {}, dataOf(study(2000, 33, 0.6, 1.5)));
    expect(isEmpty(diagnostics.andersonRubin ?? [[0, 1]])).toBe(true);
    expect(isEmpty(diagnostics.andersonRubinRobust ?? [[0, 1]])).toBe(true);
    expect(warnings.map(({ code }) => code)).toContain('instruments-disagree');
  });
});

describe('the strength of instruments', () => {
  it('for one is the robust F, with 23.1 to be strong', async () => {
    const { diagnostics } = await estimated('iv', { instruments: ['z1'] });
    expect(diagnostics.metrics.effective_f).toBeCloseTo(diagnostics.firstStageFRobust ?? 0, 9);
    expect(diagnostics.effectiveFCritical10).toBeCloseTo(23.109, 3);
    expect(diagnostics.effectiveFCritical5).toBeCloseTo(37.418, 3);
  });

  it('needs less for each of several that say the same, and never more than for one', async () => {
    const { effectiveFCritical10, effectiveFCritical5 } = (await estimated('iv')).diagnostics;
    expect(effectiveFCritical10).toBeLessThan(23.109);
    expect(effectiveFCritical10).toBeGreaterThan(10);
    expect(effectiveFCritical5).toBeGreaterThan(effectiveFCritical10 ?? 0);
  });

  it('is told with what to do', async () => {
    const messages = async (strength: number, change: Partial<EstimatePlan> = {}): Promise<string[]> =>
      (await estimated('iv', change, dataOf(study(300, 12, strength)))).warnings.map(
        ({ code, message }) => `${code}: ${message}`,
      );
    const [weak] = await messages(0.1);
    expect(weak).toMatch(
      /^instrument-weak: z1, z2 and z3 hardly move t \(effective F \d\.\d, under 10; 1\d\.\d would be strong\)/,
    );
    expect(weak).toContain('Read the robust Anderson–Rubin set instead');
    expect(weak).toContain('`estimate liml`');
    const [alone] = await messages(0.1, { instruments: ['z1'], standardError: 'classic' });
    expect(alone).toContain('z1 hardly moves t');
    expect(alone).toContain('Read the Anderson–Rubin set instead');
    expect(alone).not.toContain('liml');
    expect(await messages(0.6)).toEqual([]);
    const [moderate] = await messages(0.33, { instruments: ['z1'] });
    expect(moderate).toMatch(
      /^instrument-moderate: z1 moves t, but not by much \(effective F 1\d\.\d, under 23\.1\)/,
    );
  });
});

describe('the instrumental inequality', () => {
  const binary = (n: number, direct: number) => {
    const draws = drawsOf(randomStreams(3)());
    const rows = Array.from({ length: n }, () => {
      const [z, hidden] = [draws.coin(0.5), draws.coin(0.5)];
      const t = draws.coin(0.1 + 0.1 * z + 0.2 * hidden);
      return { z, t, y: draws.coin(0.05 + 0.1 * t + 0.1 * hidden + direct * z) };
    });
    return {
      z: rows.map(({ z }) => z),
      t: rows.map(({ t }) => t),
      y: rows.map(({ y }) => y),
      c: rows.map((_row, i) => `g${i % 50}`),
    };
  };
  const codes = async (columns: ReturnType<typeof binary>, change: Partial<EstimatePlan> = {}) =>
    (await estimateOf(dataOf(columns), { method: 'iv', instruments: ['z'], ...change })).warnings.map(
      ({ code }) => code,
    );

  it('refutes an instrument that moves the outcome by itself', async () => {
    expect(await codes(binary(2000, 0.7))).toContain('instrument-refuted');
    expect(await codes(binary(2000, 0))).not.toContain('instrument-refuted');
  });

  it('says nothing where it does not apply', async () => {
    const columns = binary(2000, 0.7);
    expect(await codes(columns, { cluster: 'c' })).not.toContain('instrument-refuted');
    const doubled = { ...columns, y: columns.y.map((y, i) => y + (i % 3)) };
    expect(await codes(doubled)).not.toContain('instrument-refuted');
  });
});
