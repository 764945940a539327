/**
 * Outcome models: what standardisation and doubly robust methods give, against what others computed from the same files.
 *
 * Not held against: `*_ipwra_*` and pub_catt_ipwra (weighted outcome models are no method of the language), nhefs_std_* and pub_nhefs_std* (one model
 * for both arms with a single interaction, in one of them averaged over rows without an outcome, where `standardization` has a model an arm), and
 * pub_llm_ra and pub_llm_aipw, whose four digits are those of llm_gcomp_ate and llm_aipw_ate, which are.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { augment } from '../../engine/estimate/aipw.ts';
import type { DesignTerm } from '../../engine/estimate/coding.ts';
import type { EstimatorAnswer } from '../../engine/estimate/estimator.ts';
import { fitOutcomeModels } from '../../engine/estimate/outcomeModel.ts';
import { levelPairs } from '../../engine/estimate/pairs.ts';
import { type EstimationProblem, prepareProblem } from '../../engine/estimate/problem.ts';
import { fitPropensity } from '../../engine/estimate/propensity.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { planEstimation } from '../../server/analysis/estimation.ts';
import { openDatabase } from '../../server/jobs/duckdb.ts';
import { loadTable } from '../../server/jobs/loadTable.ts';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';
import { type Study, specOf, WEIGHTINGS } from './studies.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
  readonly se: number | null;
  readonly extra?: Readonly<Record<string, number>>;
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

/** Relative agreement; a difference is told with both numbers. */
function agrees(actual: number | undefined, expected: number | null | undefined, what: string): void {
  if (expected === null || expected === undefined) throw new Error(`${what} is not in the reference.`);
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.max(Math.abs(expected), 1e-12);
  expect(error, `${what}: ${actual} rather than ${expected}`).toBeLessThan(1e-6);
}

async function run(study: Study, estimates: readonly string[]): Promise<(name: string) => Estimate> {
  const text = specOf(study) + estimates.join('\n');
  const outcomes = await estimateText(text, referenceFile(`data/${study.data}.csv`) ?? '');
  return (name) => estimateNamed(outcomes, name);
}

/** The manual's example: the covariates of its outcome model, which are not those of its model of the treatment. */
const CATTANEO_OUTCOME: Study = {
  prefix: 'catt_probit',
  data: 'cattaneo2',
  treatment: 'mbsmoke',
  outcome: 'bweight',
  covariates: ['prenatal1', 'mmarried', 'mage', 'fbaby'],
};

/** The entries of this prefix have eight covariates in the outcome models, and six in that of the treatment. */
const NSW_OUTCOME: Study = {
  prefix: 'nsw6',
  data: 'nsw_dw',
  treatment: 'treat',
  outcome: 're78',
  covariates: ['age', 'educ', 'black', 'hisp', 'marr', 'nodegree', 're74', 're75'],
};

/** The entries' outcome models are linear whatever the outcome is, so it is declared a number here. */
const LINEAR: readonly Study[] = [
  ...WEIGHTINGS.filter(({ prefix }) => !prefix.startsWith('catt') && prefix !== 'nsw6'),
  NSW_OUTCOME,
  CATTANEO_OUTCOME,
].map((study) => ({
  ...study,
  variables: [...(study.variables ?? []), `${study.outcome} : continuous`],
}));

withReference('standardisation with a linear model an arm', () => {
  it.each(LINEAR.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const adjust = `adjust ${study.covariates.join(', ')}`;
    const estimate = await run(study, [
      `estimate standardization as "ate" { ${adjust} }`,
      `estimate standardization as "att" { ${adjust}; estimand att }`,
      `estimate lin as "lin" { ${adjust}; se robust }`,
    ]);
    const ate = entry(`${prefix}_gcomp_ate`);
    agrees(estimate('ate').estimate, ate.value, `${prefix} ate`);
    agrees(estimate('ate').se, ate.se, `${prefix} ate se`);
    agrees(estimate('att').estimate, entry(`${prefix}_gcomp_att`).value, `${prefix} att`);
    // The interacted regression is the same line an arm, averaged over the same rows.
    agrees(estimate('lin').estimate, ate.value, `${prefix} lin`);
  });
});

withReference('published standardisation', () => {
  it('teffects ra (Stata manual), to its digits', async () => {
    const study = LINEAR.find(({ prefix }) => prefix === 'catt_probit');
    if (study === undefined) throw new Error('no study');
    const estimate = await run(study, [
      `estimate standardization as "ra" { adjust ${study.covariates.join(', ')} }`,
    ]);
    const { value, se } = entry('pub_catt_ra');
    expect(estimate('ra').estimate).toBeCloseTo(value, 4);
    expect(estimate('ra').se).toBeCloseTo(se ?? Number.NaN, 5);
  });
});

/** Studies whose two models have the same covariates; the Stata example has two sets of them, and so has that of the NSW. */
const ONE_SET = LINEAR.filter(({ prefix }) => prefix !== 'nsw6' && !prefix.startsWith('catt'));

withReference('augmented weighting with a linear model an arm and a logit propensity', () => {
  it.each(ONE_SET.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const estimate = await run(study, [`estimate aipw as "ate" { adjust ${study.covariates.join(', ')} }`]);
    const { value, se, extra } = entry(`${prefix}_aipw_ate`);
    agrees(estimate('ate').estimate, value, `${prefix} ate`);
    agrees(estimate('ate').se, extra?.['se_influence_function'], `${prefix} se of the influence function`);
    agrees(estimate('ate').diagnostics.stackedSe, se, `${prefix} stacked se`);
  });

  it('llm_truth: the generator of the opt-in data, within three standard errors', async () => {
    const study = WEIGHTINGS.find(({ prefix }) => prefix === 'llm');
    if (study === undefined) throw new Error('no study');
    const adjust = `adjust ${study.covariates.join(', ')}`;
    const methods = ['standardization', 'aipw', 'tmle', 'dml'];
    const estimate = await run(
      study,
      methods.map((method) => `estimate ${method} as "${method}" { ${adjust} }`),
    );
    for (const method of methods) {
      const { estimate: value, se } = estimate(method);
      expect(Math.abs(value - entry('llm_truth').value), `${method}: ${value}`).toBeLessThan(3 * se);
    }
  });
});

/** A problem that adjusts for all covariates of a study, as the estimators get it. */
async function problemOf(study: Study, propensity: 'logistic' | 'probit'): Promise<EstimationProblem> {
  const text = `${specOf(study)}estimate aipw { adjust ${study.covariates.join(', ')}; propensity ${propensity} }`;
  const { planned, request } = planEstimation(analyse(text));
  const db = await openDatabase();
  const loaded = await loadTable(db, { path: referenceFile(`data/${study.data}.csv`) ?? '', ...request });
  db.close();
  const [first] = planned;
  if (loaded.kind === 'failure' || first?.kind !== 'plan') throw new Error('no plan');
  const problem = prepareProblem(loaded, first.plan);
  if ('kind' in problem) throw new Error(problem.message);
  return problem;
}

/** Augmented weighting whose two models have covariates of their own: what the language cannot say, and the estimator can. */
async function augmented(
  study: Study,
  treatment: readonly string[],
  outcome: readonly string[],
  link: 'logistic' | 'probit',
): Promise<EstimatorAnswer> {
  const covariates = [...new Set([...treatment, ...outcome])];
  const problem = await problemOf({ ...study, covariates }, link);
  const among = (names: readonly string[]): EstimationProblem => ({
    ...problem,
    covariates: problem.covariates.filter((term: DesignTerm) => names.includes(term.variable)),
  });
  const pairs = levelPairs(problem);
  const propensity = await fitPropensity(among(treatment));
  if (pairs.kind === 'failure' || propensity.kind === 'failure') throw new Error('no propensity');
  const fitted = await fitOutcomeModels(among(outcome), pairs.levels, pairs.compared);
  if (fitted.kind === 'failure') throw new Error(fitted.message);
  const { models } = fitted;
  const means = new Map([...models].map(([level, { mean }]) => [level, mean]));
  const nuisances = { kind: 'nuisances', propensity, means, models, warnings: [] } as const;
  const answer = await augment(problem, { pointOnly: false }, pairs, nuisances);
  if (answer.kind === 'failure') throw new Error(answer.message);
  return answer;
}

withReference('augmented weighting with covariates of their own in its two models', () => {
  const cattaneo: Study = {
    ...CATTANEO_OUTCOME,
    variables: ['mage2 = mage * mage', 'bweight : continuous'],
  };
  const CASES = [
    ['catt_probit', cattaneo, ['mmarried', 'mage', 'mage2', 'fbaby', 'medu'], 'probit'],
    ['catt_logit', cattaneo, ['mmarried', 'mage', 'mage2', 'fbaby', 'medu'], 'logistic'],
    ['nsw6', NSW_OUTCOME, ['nodegree', 'black', 'hisp', 'age', 'educ', 'marr'], 'logistic'],
  ] as const;

  it.each(CASES)('%s', async (prefix, study, treatment, link) => {
    const [contrast] = (await augmented(study, treatment, study.covariates, link)).contrasts;
    const { value, se, extra } = entry(`${prefix}_aipw_ate`);
    agrees(contrast?.estimate, value, `${prefix} ate`);
    agrees(contrast?.se, extra?.['se_influence_function'], `${prefix} se of the influence function`);
    agrees(contrast?.diagnostics?.stackedSe, se, `${prefix} stacked se`);
  });

  it('teffects aipw (Stata manual), to its digits', async () => {
    const treatment = ['mmarried', 'mage', 'mage2', 'fbaby', 'medu'];
    const [contrast] = (await augmented(cattaneo, treatment, cattaneo.covariates, 'probit')).contrasts;
    const { value, se } = entry('pub_catt_aipw');
    expect(contrast?.estimate).toBeCloseTo(value, 4);
    expect(contrast?.diagnostics?.stackedSe).toBeCloseTo(se ?? Number.NaN, 5);
  });
});
