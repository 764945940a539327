/** Published and exact values: what the estimators give, against what others computed from the same files. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../engine/estimate/result.ts';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';
import { INSTRUMENTS, REGRESSIONS, type Study, specOf, WEIGHTINGS } from './studies.ts';

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly value: number;
  readonly se: number | null;
  readonly ci: readonly [number, number] | null;
  readonly extra?: Readonly<Record<string, number>>;
}

const file = referenceFile('estimates.json');
const entries = new Map<string, Entry>(
  file === null
    ? []
    : JSON.parse(readFileSync(file, 'utf8')).entries.map((entry: Entry) => [entry.id, entry]),
);
const withReference = describe.skipIf(file === null);

/** Relative agreement; a difference is told with both numbers. */
function agrees(
  actual: number | undefined,
  expected: number | null | undefined,
  what: string,
  relative = 1e-6,
): void {
  if (expected === null || expected === undefined) throw new Error(`${what} is not in the reference.`);
  const error = Math.abs((actual ?? Number.NaN) - expected) / Math.max(Math.abs(expected), 1e-12);
  expect(error, `${what}: ${actual} rather than ${expected}`).toBeLessThan(relative);
}

function entry(id: string): Entry {
  const found = entries.get(id);
  if (found === undefined) throw new Error(`${id} is not in the reference.`);
  return found;
}

function compare(estimate: Estimate, id: string, withInterval: boolean): void {
  const { value, se, ci } = entry(id);
  agrees(estimate.estimate, value, `${id} value`);
  agrees(estimate.se, se, `${id} se`);
  if (!withInterval || ci === null) return;
  agrees(estimate.ci[0], ci[0], `${id} low`, 1e-5);
  agrees(estimate.ci[1], ci[1], `${id} high`, 1e-5);
}

async function run(study: Study, estimates: string): Promise<(name: string) => Estimate> {
  const outcomes = await estimateText(
    specOf(study) + estimates,
    referenceFile(`data/${study.data}.csv`) ?? '',
  );
  return (name) => estimateNamed(outcomes, name);
}

const ERRORS = { classic: 'classical', hc0: 'HC0', robust: 'HC1', hc2: 'HC2', hc3: 'HC3' };

withReference('least squares', () => {
  it.each(REGRESSIONS.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const adjust = study.covariates.length === 0 ? 'nothing' : study.covariates.join(', ');
    const statements = Object.keys(ERRORS).map(
      (se) => `estimate regression as "${se}" { adjust ${adjust}; se ${se} }`,
    );
    const estimate = await run(study, statements.join('\n'));
    for (const [se, id] of Object.entries(ERRORS)) compare(estimate(se), `${prefix}_${id}`, true);
  });
});

withReference('two-stage least squares', () => {
  it.each(INSTRUMENTS.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const adjust = study.covariates.length === 0 ? 'nothing' : study.covariates.join(', ');
    const statements = ['classic', 'hc0', 'robust'].map(
      (se) => `estimate iv as "${se}" { adjust ${adjust}; se ${se} }`,
    );
    const estimate = await run(study, statements.join('\n'));
    compare(estimate('classic'), `${prefix}_2sls_classical`, true);
    compare(estimate('hc0'), `${prefix}_2sls_HC0`, false);
    compare(estimate('robust'), `${prefix}_2sls_HC1`, true);
    const { diagnostics } = estimate('robust');
    const first = entry(`${prefix}_firststage_F`);
    agrees(diagnostics.metrics.first_stage_f, first.value, `${prefix} first-stage F`);
    agrees(diagnostics.firstStageFRobust, first.extra?.['robust_F_HC1'], `${prefix} robust first-stage F`);
    agrees(diagnostics.wuHausman, entry(`${prefix}_wuhausman`).value, `${prefix} Wu–Hausman`, 1e-5);
    agrees(
      diagnostics.metrics.hausman_p,
      entry(`${prefix}_wuhausman`).extra?.['p'],
      `${prefix} Wu–Hausman p`,
      1e-5,
    );
    if ((study.instruments ?? []).length === 1) {
      agrees(diagnostics.reducedForm, entry(`${prefix}_reducedform`).value, `${prefix} reduced form`);
    }
    const sargan = entries.get(`${prefix}_sargan`);
    if (sargan === undefined) return;
    agrees(diagnostics.sargan, sargan.value, `${prefix} Sargan`, 1e-5);
    agrees(diagnostics.metrics.overid_p, sargan.extra?.['p'], `${prefix} Sargan p`, 1e-5);
  });
});

withReference('Hájek weighting with stacked standard errors', () => {
  it.each(WEIGHTINGS.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const options = `adjust ${study.covariates.join(', ')}; propensity ${study.propensity ?? 'logistic'}`;
    const statements = [
      'estimate difference as "naive" { se hc2 }',
      `estimate ipw as "ate" { ${options}; estimand ate }`,
      `estimate ipw as "att" { ${options}; estimand att }`,
    ];
    const estimate = await run(study, statements.join('\n'));
    for (const name of ['ate', 'att']) {
      const id = `${prefix}_ipw_hajek_${name}`;
      if (entries.has(id)) compare(estimate(name), id, true);
    }
    if (prefix === 'nhefs') return;
    compare(estimate('naive'), `${prefix}_naive`, false);
  });
});

withReference('published digits', () => {
  it('prints an error before the average effect of LaLonde with PSID controls', async () => {
    const psid = WEIGHTINGS.find(({ prefix }) => prefix === 'psid1');
    if (psid === undefined) throw new Error('no study');
    const estimate = await run(psid, `estimate ipw as "ate" { adjust ${psid.covariates.join(', ')} }`);
    expect(estimate('ate').reliable).toBe(false);
    expect(estimate('ate').warnings[0]?.code).toBe('positivity');
    expect(estimate('ate').warnings[0]?.message).toMatch(
      /^Unreliable: the 185 rows with treat = 1 count for only \d/,
    );
  });

  it('gives the asymmetric Anderson–Rubin set of Card (1995)', async () => {
    const card = INSTRUMENTS.find(({ prefix }) => prefix === 'card_iv_nearc4');
    if (card === undefined) throw new Error('no study');
    const estimate = await run(card, `estimate iv as "iv" { adjust ${card.covariates.join(', ')} }`);
    const [interval] = estimate('iv').diagnostics.andersonRubin ?? [];
    expect(interval?.[0]).toBeCloseTo(0.0248, 4);
    expect(interval?.[1]).toBeCloseTo(0.2848, 3);
  });
});
