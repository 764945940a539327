import { describe, expect, it } from 'vitest';
import type { Estimate, EstimateOutcome } from '../../../engine/estimate/result.ts';
import { methodParagraphs } from '../../../engine/report/methodParagraph.ts';
import { DIFFERENCE, estimate, failure } from '../../views/reports.ts';

const told = (...estimates: EstimateOutcome[]): string =>
  methodParagraphs({
    data: 'music.csv',
    rows: { read: 50000, used: 49873, dropped: { where: 100, missing: 27 }, filled: {} },
    graph: { variables: 7, arrows: 10, latent: ['taste'] },
    estimates,
    version: '1.2.3',
    seeds: [1],
  });

const START =
  'We estimated the effect of personalized on engagement, comparing personalized = 1 with personalized = 0. The data (music.csv) hold 50,000 rows, of which 49,873 were analysed; 100 did not meet the inclusion criteria and 27 had a missing value. Assumptions about what causes what were stated as a causal graph of 7 variables and 10 arrows, taste among them unmeasured. ';
const BACKDOOR =
  'Under this graph the effect is identified by the back-door criterion, adjusting for activity, age and premium, assuming that the graph leaves out no common cause of personalized and engagement. ';
const END = ' All numbers were computed with causal 1.2.3 (seed 1).';
const RESULT = '(95% confidence interval 0.966 to 1.018, p < 0.001, n = 49,873)';

const weighting = (change: Partial<Estimate> = {}): Estimate =>
  estimate({ name: 'Weighting', method: 'ipw', estimand: 'att', seType: 'stacked', ...change });

describe('the paragraph on methods', () => {
  it('tells of a regression, its sensitivity, and the plain difference', () => {
    const regression = estimate({ diagnostics: { metrics: { robustness_value: 0.123, r_squared: 0.5 } } });
    expect(told(DIFFERENCE, regression)).toBe(
      `${START}${BACKDOOR}The average effect by ordinary least squares with the adjustment set as linear terms, with heteroskedasticity-robust (HC1) standard errors, was 0.992 ${RESULT}. To explain the estimate away, an unmeasured confounder would have to account for at least 12.3% of what is left unexplained of both personalized and engagement (robustness value; Cinelli and Hazlett, 2020). Without any adjustment the difference was ${told(DIFFERENCE).match(/difference was (.*?\))\./)?.[1]}.${END}`,
    );
  });

  it('says what several estimates rest on once, and what was checked of each', () => {
    const text = told(
      estimate(),
      weighting({ diagnostics: { metrics: { max_smd: 0.0213, ess: 41000.4, min_propensity: 0.0512 } } }),
    );
    expect(text.split(BACKDOOR)).toHaveLength(2);
    expect(text).toContain(
      `The average effect on the treated by inverse probability weighting with weights that sum to one in each arm, with standard errors from the stacked estimating equations, was 0.992 ${RESULT}. The largest standardised mean difference of a covariate afterwards was 0.02, the effective sample size was 41,000 and the smallest propensity score was 0.051.`,
    );
  });

  it('tells of an instrument, its strength, and what it is assumed to be', () => {
    const iv = estimate({
      method: 'iv',
      estimand: 'late',
      adjusted: [],
      instruments: ['rollout'],
      diagnostics: {
        metrics: { first_stage_f: 5953.2, hausman_p: 0.0001 },
        andersonRubin: [[0.9, Number.POSITIVE_INFINITY]],
      },
    });
    expect(told(iv)).toBe(
      `${START}Under this graph the effect is identified by the instrument rollout, assuming that it affects engagement through personalized alone and shares no unmeasured cause with it. The effect on those whose treatment the instrument moves by two-stage least squares, with heteroskedasticity-robust (HC1) standard errors, was 0.992 ${RESULT}. The first-stage F statistic was 5953, the Durbin–Wu–Hausman test gave p < 0.001 and the Anderson–Rubin 95% confidence set was 0.9 to ∞.${END}`,
    );
    expect(told({ ...iv, instruments: ['a', 'b'], adjusted: ['age'] })).toContain(
      'by the instruments a and b given age, assuming that they affect engagement through personalized alone and share no unmeasured cause with it.',
    );
  });

  it('does not let an estimate pass for an effect that the graph does not identify', () => {
    expect(told(estimate({ identified: false }))).toContain(
      'The graph does not identify the effect by adjusting for activity, age and premium; what follows is given for comparison and has no causal reading. The average effect',
    );
    expect(told(weighting({ reliable: false }))).toContain(
      'Overlap was too thin for this number to be relied on.',
    );
  });

  it('says what could not be computed, and why', () => {
    expect(told(failure())).toContain(
      'Inverse probability weighting with weights that sum to one in each arm could not be computed: The propensity model did not converge in 100 steps.',
    );
  });

  it('names the refutations that an estimate passed, and those that it failed', () => {
    const refutation = (refuter: string, passed: boolean | null) =>
      ({ refuter, passed, error: null }) as Estimate['refutations'][number];
    const refutations = [
      refutation('placebo', true),
      refutation('subset', false),
      refutation('sensitivity', null),
    ];
    const text = told(estimate({ refutations }));
    expect(text).toContain('The estimate passed these refutations: placebo treatment.');
    expect(text).toMatch(/It failed these refutations: [a-z ]+\. All/);
  });

  it('has a paragraph for each effect, speaks of units, and of values that were filled in', () => {
    const dose = estimate({
      outcome: 'sales',
      dose: true,
      estimate: Number.NaN,
      ci: [Number.NaN, Number.NaN],
    });
    const text = methodParagraphs({
      data: null,
      rows: { read: 10, used: 10, dropped: { where: 0, missing: 0 }, filled: { age: 3, sex: 0 } },
      graph: { variables: 1, arrows: 1, latent: [] },
      estimates: [estimate(), dose],
      version: '1.2.3',
      seeds: [1, 7],
    });
    const [, second = ''] = text.split('\n\n');
    expect(second).toContain('We estimated the effect of personalized on sales per unit.');
    expect(second).toContain(
      'The data hold 10 rows, all of which were analysed. Missing values were filled in for age (3).',
    );
    expect(second).toContain('a causal graph of 1 variable and 1 arrow.');
    expect(second).toContain('was – (p < 0.001, n = 49,873)');
    expect(second).toContain('(seeds 1 and 7)');
  });

  it('is empty where nothing was estimated', () => {
    expect(told()).toBe('');
  });

  it.each([
    'lin',
    'standardization',
    'matching',
    'aipw',
    'dml',
    'liml',
    'gmm',
    'frontdoor',
    'mediation',
    'id',
    't_learner',
  ])('reads as sentences for %s', (method) => {
    const text = told(estimate({ method, through: ['m'], instruments: ['z'] }));
    expect(text).not.toMatch(/undefined|NaN|\.\.|,,| {2}|\[object/);
    expect(text).toMatch(/^We estimated .*\.$/);
  });
});
