/** Published and exact values of methods that weight rows or compare them within classes. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CovariateBalance } from '../../engine/estimate/diagnostics/weighting.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';
import { type Study, specOf, WEIGHTINGS } from './studies.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
  readonly se: number | null;
  readonly extra?: Readonly<Record<string, number>>;
  readonly tolerance?: { readonly abs?: number };
}

const file = referenceFile('estimates.json');
const entries = new Map<string, Entry>(
  file === null
    ? []
    : JSON.parse(readFileSync(file, 'utf8')).entries.map((entry: Entry) => [entry.id, entry]),
);
const withReference = describe.skipIf(file === null);

function entry(id: string): Entry {
  const found = entries.get(id);
  if (found === undefined) throw new Error(`${id} is not in the reference.`);
  return found;
}

function agrees(actual: number | undefined, expected: number | undefined, what: string): void {
  const error =
    Math.abs((actual ?? Number.NaN) - (expected ?? Number.NaN)) / Math.max(Math.abs(expected ?? 0), 1e-12);
  expect(error, `${what}: ${actual} rather than ${expected}`).toBeLessThan(1e-6);
}

async function run(study: Study, estimates: string): Promise<(name: string) => Estimate> {
  const outcomes = await estimateText(
    specOf(study) + estimates,
    referenceFile(`data/${study.data}.csv`) ?? '',
  );
  return (name) => estimateNamed(outcomes, name);
}

function studyOf(prefix: string): Study {
  const found = WEIGHTINGS.find((study) => study.prefix === prefix);
  if (found === undefined) throw new Error(`There is no study ${prefix}.`);
  return found;
}

withReference('what is told of the weights', () => {
  it.each(['lal', 'nsw6', 'nhefs', 'catt_logit', 'catt_probit', 'k_quad', 'ihdp1', 'ihdp2', 'llm'])(
    '%s: the range of the propensity and the effective rows',
    async (prefix) => {
      const study = studyOf(prefix);
      const options = `adjust ${study.covariates.join(', ')}; propensity ${study.propensity ?? 'logistic'}`;
      const { diagnostics } = (await run(study, `estimate ipw as "ate" { ${options} }`))('ate');
      const { extra } = entry(`${prefix}_ipw_hajek_ate`);
      agrees(diagnostics.metrics.min_propensity, extra?.['ps_min'], `${prefix} lowest propensity`);
      agrees(diagnostics.metrics.max_propensity, extra?.['ps_max'], `${prefix} highest propensity`);
      agrees(diagnostics.essTreated, extra?.['ess_treated'], `${prefix} effective treated rows`);
      agrees(diagnostics.essControl, extra?.['ess_control'], `${prefix} effective untreated rows`);
      const rows = (diagnostics.overlap ?? []).reduce((sum, bin) => sum + bin.treated + bin.control, 0);
      expect(rows).toBe(estimateRows(prefix));
    },
  );

  // The reference divides by the standard deviation of the treated; ours is √((s₁² + s₀²)/2), and the ratio of the variances leads from one to the other.
  it('standardised mean differences of LaLonde, before and after, by either denominator', async () => {
    const study: Study = {
      ...studyOf('lal'),
      covariates: ['age', 'educ', 'black', 'hispan', 'married', 'nodegree', 're74', 're75'],
      variables: ['black = race == "black"', 'hispan = race == "hispan"'],
    };
    const adjust = `adjust ${study.covariates.join(', ')}`;
    const found = await run(
      study,
      `estimate ipw as "ate" { ${adjust} }\nestimate ipw as "att" { ${adjust}; estimand att }`,
    );
    const balanceOf = (name: string, covariate: string): CovariateBalance => {
      const row = found(name).diagnostics.balance?.find((each) => each.covariate === covariate);
      if (row === undefined) throw new Error(`${covariate} is not in the balance table.`);
      return row;
    };
    for (const covariate of study.covariates) {
      const { value, extra } = entry(`lal_smd_${covariate}`);
      const ate = balanceOf('ate', covariate);
      const att = balanceOf('att', covariate);
      const toTreated = Math.sqrt((1 + 1 / ate.varianceRatioBefore) / 2);
      agrees(ate.smdBefore, extra?.['smd_pooled_sd'], `${covariate} before`);
      agrees(ate.smdBefore * toTreated, value, `${covariate} before, by the treated`);
      agrees(ate.smdAfter, extra?.['smd_ate_weighted_pooledSD'], `${covariate} after`);
      agrees(
        att.smdAfter * toTreated,
        extra?.['smd_att_weighted_treatedSD'],
        `${covariate} after for the treated`,
      );
    }
  });
});

/** Rows that a study uses. */
function estimateRows(prefix: string): number {
  const found = JSON.parse(readFileSync(file ?? '', 'utf8')).entries.find(
    (each: { readonly id: string }) => each.id === `${prefix}_ipw_hajek_ate`,
  );
  return found.n;
}

withReference('published weighting', () => {
  it.each([
    ['nhefs', 'pub_nhefs_ipw', 'ate'],
    // Stabilised weights are the others times a number an arm, which the normalised mean does not see.
    ['nhefs', 'pub_nhefs_ipw_sw', 'ate'],
    ['catt_probit', 'pub_catt_ipw', 'ate'],
    ['llm', 'pub_llm_ipw_ate', 'ate'],
    ['llm', 'pub_llm_ipw_att', 'att'],
    ['ihdp1', 'pub_ihdp1_ipw', 'ate'],
    ['nsw6', 'pub_dowhy_lalonde', 'ate'],
  ] as const)('%s: %s', async (prefix, id, estimand) => {
    const study = studyOf(prefix);
    const options = `adjust ${study.covariates.join(', ')}; propensity ${study.propensity ?? 'logistic'}`;
    const found = (await run(study, `estimate ipw as "it" { ${options}; estimand ${estimand} }`))('it');
    const { value, tolerance } = entry(id);
    expect(Math.abs(found.estimate - value)).toBeLessThan(tolerance?.abs ?? 0);
    // Of the printed errors only this one accounts for the estimated propensity.
    if (id === 'pub_catt_ipw') expect(found.se).toBeCloseTo(entry(id).se ?? 0, 4);
  });
});

const KIDNEY: Study = {
  prefix: 'kidney',
  data: 'kidney_stones',
  treatment: 'open_surgery',
  outcome: 'success',
  covariates: ['large'],
};

const GODS: Study = { prefix: 'gods', data: 'greek_gods', treatment: 'A', outcome: 'Y', covariates: ['L'] };

const TIERS: Study = { ...studyOf('llm'), covariates: ['engagement_tier'] };

withReference('stratification', () => {
  it('at the quintiles of the treated', async () => {
    const study = studyOf('lal');
    const found = await run(
      study,
      `estimate stratification as "att" { adjust ${study.covariates.join(', ')}; estimand att; strata 5 }`,
    );
    agrees(found('att').estimate, entry('lal_subclass5_att').value, 'lal_subclass5_att');
    expect(found('att').diagnostics.strata).toHaveLength(5);
  });

  it.each([
    ['kidney stones', KIDNEY, 'ate', 'kidney_ate'],
    ['kidney stones', KIDNEY, 'att', 'kidney_att'],
    ['tiers of engagement', TIERS, 'ate', 'llm_strat_ate'],
    ['tiers of engagement', TIERS, 'att', 'llm_strat_att'],
    ['the Greek gods', GODS, 'ate', 'gods_strat'],
    ['the Greek gods', GODS, 'ate', 'pub_gods'],
  ] as const)('exact, by the propensity of %s (%s)', async (_name, study, estimand, id) => {
    const options = `adjust ${study.covariates.join(', ')}; estimand ${estimand}`;
    const found = await run(
      study,
      `estimate stratification as "strata" { ${options}; strata 30 }\nestimate ipw as "weights" { ${options} }`,
    );
    const { value } = entry(id);
    for (const name of ['strata', 'weights']) {
      if (value === 0) expect(Math.abs(found(name).estimate)).toBeLessThan(1e-9);
      else agrees(found(name).estimate, value, `${id} ${name}`);
    }
  });

  it('exact, by the propensity of LaLonde’s cells', async () => {
    const study: Study = {
      ...studyOf('lal'),
      covariates: ['cell'],
      variables: [
        'cell : categorical = if(race == "black", 0, if(race == "white", 4, 8)) + 2 * married + nodegree',
      ],
    };
    const found = await run(
      study,
      'estimate stratification as "att" { adjust cell; estimand att; strata 200 }',
    );
    agrees(found('att').estimate, entry('lal_exact_att').value, 'lal_exact_att');
  });
});

/** Entries about weights and classes that no METHOD covers, and why. */
const NOT_COVERED: readonly [pattern: RegExp, reason: string][] = [
  [
    /_ipw_ht_/,
    'weights that are not normalised (Horvitz–Thompson) move with the origin of the outcome: ipw is Hájek’s',
  ],
  [
    /^nhefs_ipw_cens$|^pub_nhefs_ipw_cens$/,
    'censoring has a model of its own; `weight` takes its weights where they are known',
  ],
  [/ps_linear$/, 'a regression on the propensity is no METHOD'],
  [
    /^pub_psid_strat$/,
    'the propensity model and the trimming of the paper are not given, and the entry is for plausibility',
  ],
];

withReference('entries that no method covers', () => {
  it.each(NOT_COVERED)('%s: %s', (pattern) => {
    expect([...entries.keys()].some((id) => pattern.test(id))).toBe(true);
  });
});
