/** Outcome models: what standardisation, doubly robust methods and double machine learning give, against what others computed from the same files. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../engine/estimate/result.ts';
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
