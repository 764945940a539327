/** Studies whose truth is known, each with the methods that are asked of it and whether their assumptions hold there. */

import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { Random } from '../../engine/stats/random.ts';
import { logistic, normal, type Row } from './simulated.ts';

export interface Asked {
  readonly label: string;
  readonly plan: Partial<EstimatePlan>;
  /** Do the assumptions of the method hold in this design? */
  readonly holds: boolean;
  /** Reads another set than the interval of the estimate. */
  readonly set?: 'anderson-rubin';
}

export interface Design {
  readonly name: string;
  readonly rows: number;
  readonly describes: string;
  readonly draw: (random: Random) => Row[];
  readonly groups?: readonly string[];
  /** True effect by estimand. */
  readonly truth: (estimand: string) => number;
  readonly asked: readonly Asked[];
}

const X = ['a', 'b', 'c'];
const back = (label: string, plan: Partial<EstimatePlan>, holds = true): Asked => ({
  label,
  plan: { adjusted: X, ...plan },
  holds,
});

function rowsOf(count: number, draw: () => Row): Row[] {
  return Array.from({ length: count }, draw);
}

/** Effect 2 for everyone; treatment logistic and outcome linear in three covariates, noise that grows with one of them. */
const linear: Design = {
  name: 'linear',
  rows: 500,
  describes: 'outcome linear, treatment logistic, effect 2 for everyone, heteroskedastic noise',
  draw: (random) =>
    rowsOf(500, () => {
      const [a, b, c] = [normal(random), normal(random), random.uniform() < 0.4 ? 1 : 0];
      const t = random.uniform() < logistic(0.5 * a - 0.5 * b + 0.6 * c - 0.2) ? 1 : 0;
      const y = 2 * t + a + 0.5 * b - c + (1 + 0.3 * Math.abs(a)) * normal(random);
      return { a, b, c, t, y };
    }),
  truth: () => 2,
  asked: [
    back('difference', { method: 'difference', estimand: 'unadjusted', adjusted: [] }, false),
    back('regression', { method: 'regression' }),
    back('regression, hc3', { method: 'regression', standardError: 'hc3' }),
    back('lin', { method: 'lin' }),
    back('standardization', { method: 'standardization' }),
    back('standardization att', { method: 'standardization', estimand: 'att' }),
    back('ipw', { method: 'ipw' }),
    back('ipw att', { method: 'ipw', estimand: 'att' }),
    back('ipw overlap', { method: 'ipw', estimand: 'overlap' }),
    back('entropy_balance att', { method: 'entropy_balance', estimand: 'att' }),
    back('entropy_balance ate', { method: 'entropy_balance' }),
    back('stratification', { method: 'stratification' }, false),
    back('matching att', { method: 'matching', estimand: 'att' }),
    back('matching ate', { method: 'matching', estimand: 'ate' }),
    back('aipw', { method: 'aipw' }),
    back('aipw att', { method: 'aipw', estimand: 'att' }),
    back('tmle', { method: 'tmle' }),
    back('dml', { method: 'dml' }),
    back('dr_learner, average', { method: 'dr_learner', estimand: 'cate' }),
  ],
};

/** Average effect 1: E[1 + sin a] with a symmetric. */
const nonlinear: Design = {
  name: 'non-linear',
  rows: 1000,
  describes: 'outcome, effect and log odds of treatment curved in the covariates; average effect 1',
  draw: (random) =>
    rowsOf(1000, () => {
      const [a, b, c] = [normal(random), normal(random), normal(random)];
      const t = random.uniform() < logistic(0.8 * Math.sin(2 * a) + (b > 0 ? 0.5 : -0.5)) ? 1 : 0;
      const surface = 1.5 * Math.sin(2 * a) + (b > 0 ? 1.5 : 0) + 0.5 * c * c;
      const y = (1 + Math.sin(a)) * t + surface + normal(random);
      return { a, b, c, t, y };
    }),
  truth: () => 1,
  asked: [
    back('regression', { method: 'regression' }, false),
    back('ipw', { method: 'ipw' }, false),
    back('matching ate', { method: 'matching', estimand: 'ate' }),
    back('aipw, linear', { method: 'aipw' }, false),
    back('aipw, boosting', { method: 'aipw', learner: 'boosting', propensity: 'boosting' }),
    back('tmle, boosting', { method: 'tmle', learner: 'boosting', propensity: 'boosting' }),
    back('dml, boosting', { method: 'dml', learner: 'boosting' }, false),
    back('dr_learner, boosting, average', {
      method: 'dr_learner',
      estimand: 'cate',
      learner: 'boosting',
      propensity: 'boosting',
    }),
  ],
};

/** Propensities from 0.02 to 0.98. */
const weakOverlap: Design = {
  name: 'weak overlap',
  rows: 1000,
  describes: 'treatment almost told by the covariates: propensities from about 0.02 to 0.98; effect 2',
  draw: (random) =>
    rowsOf(1000, () => {
      const [a, b, c] = [normal(random), normal(random), normal(random)];
      const t = random.uniform() < logistic(1.1 * a + 0.9 * b) ? 1 : 0;
      return { a, b, c, t, y: 2 * t + a + b + c + normal(random) };
    }),
  truth: () => 2,
  asked: [
    back('regression', { method: 'regression' }),
    back('lin', { method: 'lin' }),
    back('standardization', { method: 'standardization' }),
    back('ipw', { method: 'ipw' }),
    back('ipw overlap', { method: 'ipw', estimand: 'overlap' }),
    back('entropy_balance att', { method: 'entropy_balance', estimand: 'att' }),
    back('matching att', { method: 'matching', estimand: 'att' }),
    back('aipw', { method: 'aipw' }),
    back('tmle', { method: 'tmle' }),
  ],
};

function instrumented(name: string, strength: number, strong: boolean): Design {
  const iv = (label: string, plan: Partial<EstimatePlan>, holds: boolean, set?: Asked['set']): Asked => ({
    label,
    plan: { estimand: 'late', adjusted: ['a'], instruments: ['z', 'v'], ...plan },
    holds,
    ...(set === undefined ? {} : { set }),
  });
  return {
    name,
    rows: 500,
    describes: `a hidden cause of treatment and outcome, two instruments, first-stage F of about ${strong ? 60 : 2}; effect 1`,
    draw: (random) =>
      rowsOf(500, () => {
        const [a, hidden] = [normal(random), normal(random)];
        const [z, v] = [normal(random), normal(random)];
        const t = strength * (z + v) + a + hidden + normal(random);
        return { a, z, v, t, y: t + a + hidden + normal(random) };
      }),
    truth: () => 1,
    asked: [
      { label: 'regression', plan: { method: 'regression', adjusted: ['a'] }, holds: false },
      iv('iv', { method: 'iv' }, strong),
      iv('liml', { method: 'liml' }, strong),
      iv('liml, fuller 1', { method: 'liml', fuller: 1 }, strong),
      iv('gmm', { method: 'gmm' }, strong),
      iv('iv, Anderson–Rubin set', { method: 'iv' }, true, 'anderson-rubin'),
    ],
  };
}

/** Forty schools with a shock and a treatment of their own. */
const clustered: Design = {
  name: 'clustered',
  rows: 800,
  describes: '40 groups of 20 rows that share a shock; the treatment is by group, effect 1',
  groups: ['g'],
  draw: (random) => {
    const rows: Row[] = [];
    for (let g = 0; g < 40; g++) {
      const [shock, taste] = [0.7 * normal(random), normal(random)];
      const t = random.uniform() < logistic(0.6 * taste) ? 1 : 0;
      for (let i = 0; i < 20; i++) {
        const [a, b, c] = [taste + 0.5 * normal(random), normal(random), normal(random)];
        rows.push({ a, b, c, g, t, y: t + 0.5 * a + b + shock + normal(random) });
      }
    }
    return rows;
  },
  truth: () => 1,
  asked: [
    back('regression', { method: 'regression', adjusted: ['a', 'b'] }, false),
    back('regression, cluster', { method: 'regression', adjusted: ['a', 'b'], cluster: 'g' }),
    back('standardization, cluster', { method: 'standardization', adjusted: ['a', 'b'], cluster: 'g' }),
    back('ipw, cluster', { method: 'ipw', adjusted: ['a', 'b'], cluster: 'g' }),
    back('aipw, cluster', { method: 'aipw', adjusted: ['a', 'b'], cluster: 'g' }),
  ],
};

export const DESIGNS: readonly Design[] = [
  linear,
  nonlinear,
  weakOverlap,
  instrumented('instruments', 0.35, true),
  instrumented('weak instruments', 0.06, false),
  clustered,
];
