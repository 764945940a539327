/** Boosted nuisances against what others published with learners of their own, and against the truth of simulated outcomes. */

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

async function run(
  study: Study,
  options: string,
  methods: readonly string[],
): Promise<(method: string) => Estimate> {
  const adjust = `adjust ${study.covariates.join(', ')}`;
  const statements = methods.map(
    (method) => `estimate ${method} as "${method}" { ${adjust}; learner boosting; ${options} }`,
  );
  const text = specOf(study) + statements.join('\n');
  const outcomes = await estimateText(text, referenceFile(`data/${study.data}.csv`) ?? '');
  return (method) => estimateNamed(outcomes, method);
}

withReference('401(k) eligibility and net financial assets (Chernozhukov et al. 2018; DoubleML)', () => {
  const study: Study = {
    prefix: 'k',
    data: 'sipp401k_9915',
    treatment: 'e401',
    outcome: 'net_tfa',
    covariates: ['age', 'inc', 'educ', 'fsize', 'marr', 'twoearn', 'db', 'pira', 'hown'],
  };
  // Other learners and other folds: within one and a quarter of the printed errors, and with an error like them. pub_k_plr_lasso (6133) is of a line without squares,
  // and is told by its source to be far from the others.
  const like = (estimate: Estimate, id: string): void => {
    const { value, se } = entry(id);
    expect(Math.abs(estimate.estimate - value), `${id}: ${estimate.estimate}`).toBeLessThan(1.25 * (se ?? 0));
    expect(Math.abs(Math.log(estimate.se / (se ?? 0))), `${id} se: ${estimate.se}`).toBeLessThan(0.3);
  };

  it('is as printed', async () => {
    const estimate = await run(study, 'folds 5', ['dml', 'aipw']);
    for (const learner of ['boost', 'rf', 'tree', 'lassoflex']) like(estimate('dml'), `pub_k_plr_${learner}`);
    for (const learner of ['boost', 'rf', 'tree', 'lasso']) like(estimate('aipw'), `pub_k_irm_${learner}`);
  });
});

withReference('simulated outcomes of the Infant Health and Development Program', () => {
  it.each(['ihdp1', 'ihdp2'])('%s', async (prefix) => {
    const study = WEIGHTINGS.find((candidate) => candidate.prefix === prefix);
    if (study === undefined) throw new Error('no study');
    const truth = { ate: entry(`${prefix}_true_ate`).value, att: entry(`${prefix}_true_att`).value };
    for (const estimand of ['ate', 'att'] as const) {
      const estimate = await run(study, `estimand ${estimand}`, ['aipw', 'tmle']);
      for (const method of ['aipw', 'tmle']) {
        const { estimate: value, se } = estimate(method);
        expect(Math.abs(value - truth[estimand]), `${method} ${estimand}: ${value} (${se})`).toBeLessThan(
          3 * se,
        );
      }
    }
  });
});
