/** Results of estimation to show, as the engine would hand them over. */

import type { Estimate, EstimateFailure, EstimationReport } from '../../engine/estimate/result.ts';

/** An estimate with everything that the test does not care about filled in. */
export function estimate(change: Partial<Estimate> = {}): Estimate {
  return {
    kind: 'estimate',
    dose: false,
    name: 'Regression',
    method: 'regression',
    estimand: 'ate',
    treatment: 'personalized',
    outcome: 'engagement',
    contrast: ['1', '0'],
    adjusted: ['activity', 'age', 'premium'],
    instruments: [],
    identified: true,
    implied: false,
    reliable: true,
    estimate: 0.99173312,
    se: 0.0132,
    ci: [0.96586, 1.0176],
    level: 0.95,
    statistic: 75.1,
    p: 0,
    n: 49873,
    seType: 'robust',
    diagnostics: { metrics: {} },
    warnings: [],
    refutations: [],
    expectations: [],
    ...change,
  };
}

export function failure(change: Partial<EstimateFailure> = {}): EstimateFailure {
  return {
    kind: 'failure',
    name: 'Weighting by propensity',
    method: 'ipw',
    estimand: 'att',
    treatment: 'personalized',
    outcome: 'engagement',
    contrast: ['1', '0'],
    adjusted: ['activity', 'age', 'premium'],
    instruments: [],
    identified: true,
    implied: false,
    error: { code: 'no-convergence', message: 'The propensity model did not converge in 100 steps.' },
    ...change,
  };
}

export const DIFFERENCE = estimate({
  name: 'Difference in means',
  method: 'difference',
  estimand: 'unadjusted',
  adjusted: [],
  identified: false,
  implied: true,
  estimate: 2.418,
  se: 0.0211,
  ci: [2.3766, 2.4594],
  seType: 'robust',
  warnings: [
    {
      code: 'adjust-insufficient',
      message:
        'Nothing is adjusted for, so personalized ← activity → engagement stays open and biases this number.',
    },
  ],
});

export const INSTRUMENT = estimate({
  name: 'Instrument: rollout',
  method: 'iv',
  estimand: 'late',
  adjusted: [],
  instruments: ['rollout'],
  estimate: 1.0312,
  se: 0.0487,
  ci: [0.9357, 1.1267],
  diagnostics: { metrics: { first_stage_f: 4812.3 } },
  expectations: [{ metric: 'first_stage_f', expected: '> 10', actual: 4812.3, passed: true }],
});

/** The music app with four good estimates. */
export const MUSIC_REPORT: EstimationReport = {
  rows: { read: 50000, used: 49873, dropped: { where: 100, missing: 27 }, filled: {} },
  estimates: [
    estimate(),
    DIFFERENCE,
    estimate({
      name: 'Doubly robust',
      method: 'aipw',
      estimate: 0.9843,
      se: 0.0139,
      ci: [0.957, 1.0115],
      diagnostics: { metrics: { ess: 41000.5, max_smd: 0.021 } },
      expectations: [{ metric: 'estimate', expected: 'between 0.9 and 1.1', actual: 0.9843, passed: true }],
    }),
    INSTRUMENT,
  ],
};

/** One of each kind of trouble. */
export const TROUBLED_REPORT: EstimationReport = {
  rows: { read: 614, used: 614, dropped: { where: 0, missing: 0 }, filled: {} },
  estimates: [
    DIFFERENCE,
    estimate({
      name: 'Regression without taste',
      identified: false,
      estimate: 1.61,
      se: 0.09,
      ci: [1.43, 1.79],
      warnings: [
        {
          code: 'adjust-insufficient',
          message:
            'personalized ← taste → engagement stays open: taste is not measured, so this number is biased.',
        },
      ],
      expectations: [{ metric: 'estimate', expected: 'between 0.9 and 1.1', actual: 1.61, passed: false }],
    }),
    estimate({
      name: 'Weighting, treated',
      method: 'ipw',
      estimand: 'att',
      reliable: false,
      estimate: 0.4,
      se: 0.62,
      ci: [-0.82, 1.62],
      n: 614,
      seType: 'stacked',
      diagnostics: { metrics: { ess: 12.4, max_smd: 0.41 } },
      warnings: [
        {
          code: 'positivity',
          message:
            'Only 12 of 185 treated rows have untreated rows like them. The number says nothing about the others.',
        },
      ],
    }),
    estimate({
      name: 'Weak instrument',
      method: 'iv',
      estimand: 'late',
      adjusted: [],
      instruments: ['rollout'],
      estimate: 1.9,
      se: 84.1,
      ci: [-163, 166.8],
      n: 614,
      diagnostics: { metrics: { first_stage_f: 0.7 } },
      warnings: [
        {
          code: 'instrument-weak',
          message: 'rollout hardly moves personalized (first-stage F 0.7), so this number is of little use.',
        },
      ],
    }),
    failure(),
  ],
};
