/** Published matching estimates, against matching on the same files. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { VariableKind } from '../../engine/data/variableType.ts';
import type { EstimatorAnswer } from '../../engine/estimate/estimator.ts';
import { matching, matchingOn } from '../../engine/estimate/matching.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import { type EstimationData, prepareProblem } from '../../engine/estimate/problem.ts';
import { propensityCache } from '../../engine/estimate/propensity.ts';
import { planOf } from '../support/estimation.ts';
import { readPlainCsv, referenceFile } from '../support/reference.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
  readonly se: number | null;
  readonly ci: readonly [number, number] | null;
  readonly extra?: Readonly<Record<string, number>>;
}

const file = referenceFile('estimates.json');
const entries: readonly Entry[] = file === null ? [] : JSON.parse(readFileSync(file, 'utf8')).entries;
const withReference = describe.skipIf(file === null);

function entry(id: string): Entry {
  const found = entries.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`${id} is not in the reference.`);
  return found;
}

/** A file's columns, its treatment as two levels, with squares of some columns beside them as `age²`. */
function dataFrom(name: string, binary: readonly string[], squared: readonly string[] = []): EstimationData {
  const table = readPlainCsv(referenceFile(`data/${name}.csv`) ?? '');
  const columns = new Map(table.columns);
  for (const column of squared) {
    const data = columns.get(column);
    if (data?.kind === 'numeric') {
      columns.set(`${column}²`, { kind: 'numeric', values: data.values.map((value) => value * value) });
    }
  }
  const kinds = new Map<string, VariableKind>(binary.map((column) => [column, 'binary']));
  return { table: { ...table, columns }, kinds, problems: new Map() };
}

async function answerOf(
  data: EstimationData,
  change: Partial<EstimatePlan>,
  estimator = matching,
): Promise<EstimatorAnswer> {
  const problem = prepareProblem(data, planOf({ method: 'matching', ...change }));
  if ('kind' in problem) throw new Error(problem.message);
  const answer = await estimator(problem, { pointOnly: false, propensity: propensityCache() });
  if (answer.kind === 'failure') throw new Error(answer.message);
  return answer;
}

withReference('published matching estimates', () => {
  const cattaneo = {
    treatment: 'mbsmoke',
    outcome: 'bweight',
    adjusted: ['mmarried', 'mage', 'mage²', 'fbaby', 'medu'],
    estimand: 'ate',
  } as const;

  it('gives the effect of smoking on birth weight and its error as Stata prints them', async () => {
    // Stata matches on the propensity itself and does not correct; matching on the logit chooses some other neighbours.
    const data = dataFrom('cattaneo2', ['mbsmoke'], ['mage']);
    const { value, se } = entry('pub_catt_psmatch');
    const onProbability = await answerOf(data, cattaneo, matchingOn('probability'));
    const { uncorrected } = onProbability.diagnostics.matching ?? {};
    expect(uncorrected?.estimate).toBeCloseTo(value, 4);
    expect(uncorrected?.se).toBeCloseTo(se ?? Number.NaN, 3);
    const onLogit = await answerOf(data, cattaneo);
    expect(onLogit.diagnostics.matching?.uncorrected.estimate).toBeCloseTo(-211.0211157, 6);
    expect(onLogit.diagnostics.matching?.uncorrected.se).toBeCloseTo(31.2450081, 6);
    expect(onLogit.unreliable).toBeNull();
  });

  it('comes within a published error of the experiment on LaLonde with PSID controls', async () => {
    // Dehejia and Wahba trim and take other terms: the entry is for plausibility alone.
    const data = dataFrom('nsw_dw_psid1', ['treat'], ['age']);
    const adjusted = ['age', 'age²', 'educ', 'black', 'hisp', 'marr', 'nodegree', 're74', 're75'];
    const change = { treatment: 'treat', outcome: 're78', adjusted, estimand: 'att' } as const;
    const { value, se } = entry('pub_psid_match');
    const answer = await answerOf(data, change);
    expect(Math.abs(answer.contrasts[0].estimate - value)).toBeLessThan(se ?? 0);
    expect(answer.diagnostics.matching?.matched).toBe(185);
    // The average effect has no support there: nobody like the controls was treated.
    const everyone = await answerOf(data, { ...change, estimand: 'ate' });
    expect(everyone.unreliable?.code).toBe('positivity');
  });

  it('finds the effect of opting in that its article has, and the one that made the data', async () => {
    // The article fits the propensity with a penalty and takes one of the tied matches: its interval is what can be held to.
    const data = dataFrom('llm_optin_50k', ['opt_in_agent_mode', 'task_completed']);
    const answer = await answerOf(data, {
      treatment: 'opt_in_agent_mode',
      outcome: 'task_completed',
      adjusted: ['engagement_tier', 'query_confidence'],
      estimand: 'att',
    });
    const { ci, extra } = entry('pub_llm_match_att');
    const [{ estimate, se }] = answer.contrasts;
    expect(estimate).toBeGreaterThan(ci?.[0] ?? 1);
    expect(estimate).toBeLessThan(ci?.[1] ?? 0);
    expect(Math.abs(estimate - (extra?.['truth'] ?? 0))).toBeLessThan(3 * se);
  });

  it('takes the nearest controls of the LaLonde rows of MatchIt', async () => {
    // `lal_match_nn11_replace` (1379.28) is not the difference to the nearest controls by the propensity of its own description: comparing each of
    // the 185 treated with all 429 controls, in another program, gives 1967.94 with the first of tied controls and 1968.58 with all of them.
    // `lal_match_nn11` and `lal_match_nn11_adj` match without replacement, which this method does not do.
    const data = dataFrom('lalonde_matchit', ['treat']);
    const adjusted = ['age', 'educ', 'race', 'married', 'nodegree', 're74', 're75'];
    const answer = await answerOf(data, { treatment: 'treat', outcome: 're78', adjusted, estimand: 'att' });
    expect(answer.diagnostics.matching?.uncorrected.estimate).toBeCloseTo(1968.58005, 5);
  });
});
