/** Published and recomputed values of instrumental-variable estimates, their first stages, reduced forms and tests. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../engine/data/table.ts';
import type { EstimatePlan } from '../../engine/estimate/plan.ts';
import type { Estimate } from '../../engine/estimate/result.ts';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { dataOf, estimateOf } from '../support/estimation.ts';
import { readPlainCsv, referenceFile } from '../support/reference.ts';
import { INSTRUMENTS, type Study, specOf } from './studies.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
  readonly se: number | null;
  readonly ci: readonly [number, number] | null;
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

function agrees(
  actual: number | undefined,
  expected: number | null | undefined,
  what: string,
  relative = 1e-6,
): void {
  const error =
    Math.abs((actual ?? Number.NaN) - (expected ?? Number.NaN)) / Math.max(Math.abs(expected ?? 0), 1e-12);
  expect(error, `${what}: ${actual} rather than ${expected}`).toBeLessThan(relative);
}

/** Value and error to the printed digits. */
function printed(id: string, value: number | undefined, se?: number): void {
  const published = entry(id);
  const digits = published.tolerance?.abs ?? Number.NaN;
  expect(Math.abs((value ?? Number.NaN) - published.value), `${id}: ${value}`).toBeLessThan(digits);
  if (se === undefined || published.se === null) return;
  expect(Math.abs(se - published.se), `${id} se: ${se}`).toBeLessThan(digits);
}

async function run(study: Study, estimates: string): Promise<(name: string) => Estimate> {
  const outcomes = await estimateText(
    specOf(study) + estimates,
    referenceFile(`data/${study.data}.csv`) ?? '',
  );
  return (name) => estimateNamed(outcomes, name);
}

function studyOf(prefix: string): Study {
  const found = INSTRUMENTS.find((study) => study.prefix === prefix);
  if (found === undefined) throw new Error(`There is no study ${prefix}.`);
  return found;
}

function adjustOf({ covariates }: Study): string {
  return `adjust ${covariates.length === 0 ? 'nothing' : covariates.join(', ')}`;
}

function checkEquation(prefix: string, classic: Estimate, hc0: Estimate, robust: Estimate): void {
  for (const [name, estimate] of [
    ['classical', classic],
    ['HC0', hc0],
    ['HC1', robust],
  ] as const) {
    agrees(estimate.estimate, entry(`${prefix}_2sls_${name}`).value, `${prefix} ${name}`);
    agrees(estimate.se, entry(`${prefix}_2sls_${name}`).se, `${prefix} ${name} se`);
  }
  // No option asks for n in place of n − k: √(n/(n − k)) is what is between HC1 and HC0.
  const largeSample = (classic.se * hc0.se) / robust.se;
  agrees(largeSample, entry(`${prefix}_2sls_classical_n`).se, `${prefix} classical_n`);
}

/** Estimates name their instruments in code unit order; the slopes in these entries are those of one that then is not the first. */
const FIRST_ELSEWHERE = new Set(['mroz_iv_parents', 'mroz_iv_three', 'cig_iv_two']);

function checkFirstInstrument(prefix: string, classic: Estimate, robust: Estimate): void {
  const first = entry(`${prefix}_firststage_F`);
  agrees(classic.diagnostics.firstStage, first.extra?.['first_coef'], `${prefix} first stage`);
  agrees(classic.diagnostics.firstStageSe, first.extra?.['first_se'], `${prefix} first stage se`);
  const reduced = entry(`${prefix}_reducedform`);
  agrees(classic.diagnostics.reducedForm, reduced.value, `${prefix} reduced form`);
  agrees(classic.diagnostics.reducedFormSe, reduced.se, `${prefix} reduced form se`);
  agrees(robust.diagnostics.reducedFormSe, reduced.extra?.['se_HC1'], `${prefix} reduced form HC1`);
}

/** The condition that leaves least squares the rows in which the instrument is known, too. */
const KNOWN_INSTRUMENT: Readonly<Record<string, string>> = {
  wage2_iv_brthord: '; where brthord > 0',
  nhefs_iv_highprice: '; where price82 > 0',
  nhefs_iv_cov: '; where price82 > 0',
};

function checkStages(prefix: string, classic: Estimate, robust: Estimate): void {
  const first = entry(`${prefix}_firststage_F`);
  agrees(classic.diagnostics.metrics.first_stage_f, first.value, `${prefix} F`);
  agrees(robust.diagnostics.firstStageFRobust, first.extra?.['robust_F_HC1'], `${prefix} robust F`);
  if (!FIRST_ELSEWHERE.has(prefix)) checkFirstInstrument(prefix, classic, robust);
  const hausman = entry(`${prefix}_wuhausman`);
  agrees(classic.diagnostics.wuHausman, hausman.value, `${prefix} Wu–Hausman`);
  agrees(classic.diagnostics.metrics.hausman_p, hausman.extra?.['p'], `${prefix} Wu–Hausman p`);
  const sargan = entries.get(`${prefix}_sargan`);
  if (sargan === undefined) return;
  agrees(classic.diagnostics.sargan, sargan.value, `${prefix} Sargan`);
  agrees(classic.diagnostics.metrics.overid_p, sargan.extra?.['p'], `${prefix} Sargan p`);
}

withReference('two-stage least squares with all that goes with it', () => {
  it.each(INSTRUMENTS.map((study) => [study.prefix, study] as const))('%s', async (prefix, study) => {
    const statements = ['classic', 'hc0', 'robust'].map(
      (se) => `estimate iv as "${se}" { ${adjustOf(study)}; se ${se} }`,
    );
    const ols = ['classic', 'robust', 'hc3'].map(
      (se) =>
        `estimate regression as "ols ${se}" { ${adjustOf(study)}; se ${se}${KNOWN_INSTRUMENT[prefix] ?? ''} }`,
    );
    const estimate = await run(study, [...statements, ...ols].join('\n'));
    checkEquation(prefix, estimate('classic'), estimate('hc0'), estimate('robust'));
    checkStages(prefix, estimate('classic'), estimate('robust'));
    const compared = entry(`${prefix}_ols_compare`);
    agrees(estimate('ols classic').estimate, compared.value, `${prefix} least squares`);
    agrees(estimate('ols classic').se, compared.se, `${prefix} least squares se`);
    agrees(estimate('ols robust').se, compared.extra?.['se_HC1'], `${prefix} least squares HC1`);
    agrees(estimate('ols hc3').se, compared.extra?.['se_HC3'], `${prefix} least squares HC3`);
  });
});

/** Each column of the ten-year differences of the logs in the cigarette data, by state (Stock & Watson, Introduction to Econometrics, section 12.4). */
function cigaretteDifferences(): Record<string, readonly number[]> {
  const table = readPlainCsv(referenceFile('data/cigarettes_sw.csv') ?? '');
  const of = (year: number): Record<string, readonly number[]> => {
    const rows = rowsOf(table, (row) => numberAt(table, 'year', row) === year);
    const values = (name: string): number[] => rows.map((row) => numberAt(table, name, row));
    const [cpi, tax, taxs] = [values('cpi'), values('tax'), values('taxs')];
    const real = (name: string): number[] => values(name).map((value, i) => value / cpi[i]!);
    const population = values('population');
    return {
      lpacks: values('packs').map(Math.log),
      lprice: real('price').map(Math.log),
      lincome: real('income').map((value, i) => Math.log(value / population[i]!)),
      salestax: taxs.map((value, i) => (value - tax[i]!) / cpi[i]!),
      cigtax: real('tax'),
    };
  };
  const [before, after] = [of(1985), of(1995)];
  return Object.fromEntries(
    Object.entries(after).map(([name, values]) => [
      name,
      values.map((value, i) => value - (before[name]?.[i] ?? Number.NaN)),
    ]),
  );
}

function rowsOf(table: Table, holds: (row: number) => boolean): number[] {
  return Array.from({ length: table.rowCount }, (_row, i) => i).filter(holds);
}

function numberAt(table: Table, name: string, row: number): number {
  const data = table.columns.get(name);
  return data?.kind === 'numeric' ? (data.values[row] ?? Number.NaN) : Number.NaN;
}

withReference('ten-year differences of cigarette consumption', () => {
  const cases = [
    ['cig_diff_salestax', ['salestax']],
    ['cig_diff_cigtax', ['cigtax']],
    ['cig_diff_both', ['salestax', 'cigtax']],
  ] as const;
  const estimated = (instruments: readonly string[], change: Partial<EstimatePlan>): Promise<Estimate> =>
    estimateOf(dataOf(cigaretteDifferences()), {
      method: 'iv',
      estimand: 'late',
      treatment: 'lprice',
      outcome: 'lpacks',
      adjusted: ['lincome'],
      instruments,
      ...change,
    });

  it.each(cases)('%s', async (prefix, instruments) => {
    const classic = await estimated(instruments, { standardError: 'classic' });
    const robust = await estimated(instruments, {});
    checkEquation(prefix, classic, await estimated(instruments, { standardError: 'hc0' }), robust);
    checkStages(prefix, classic, robust);
  });

  it('as printed', async () => {
    for (const [id, [, instruments]] of [
      ['pub_cig_diff_sales', cases[0]],
      ['pub_cig_diff_cig', cases[1]],
      ['pub_cig_diff_both', cases[2]],
    ] as const) {
      const { estimate, se } = await estimated(instruments, {});
      printed(id, estimate, se);
    }
  });

  it('has the published J, which is m·F of the residuals on the instruments rather than Sargan’s n·R²', async () => {
    const { n, diagnostics } = await estimated(['salestax', 'cigtax'], { standardError: 'classic' });
    const share = (diagnostics.sargan ?? Number.NaN) / n;
    // F of 2 instruments with n − 4 degrees of freedom, times 2.
    printed('pub_cig_J', ((n - 4) * share) / (1 - share));
  });
});

/** Stata's `ivregress` on the housing data of 1980, with `small`, and without. */
withReference('hsng_1980: 2sls, liml and gmm of Stata', () => {
  const options = {
    unadjusted: 'se classic',
    robust: 'se robust',
    cluster: 'cluster division',
  } as const;

  it.each(['2sls', 'liml', 'gmm'])('%s', async (name) => {
    const method = name === '2sls' ? 'iv' : name;
    const statements = Object.entries({ ...options, hc0: 'se hc0' }).map(
      ([title, option]) => `estimate ${method} as "${title}" { adjust pcturban; ${option} }`,
    );
    const spec = { ...studyOf('hsng_iv'), variables: ['division : categorical'] };
    const estimate = await run(spec, statements.join('\n'));
    for (const type of Object.keys(options)) {
      const small = entry(`hsng_stata_${name}-${type}-small`);
      agrees(estimate(type).estimate, small.value, small.id);
      agrees(estimate(type).se, small.se, `${small.id} se`);
      agrees(estimate(type).diagnostics.metrics.r_squared, small.extra?.['r2'], `${small.id} R²`);
      if (name === 'liml') agrees(estimate(type).diagnostics.kappa, small.extra?.['kappa'], `${small.id} κ`);
    }
    // Without `small`: no option leaves out the small-sample factors, so they are taken off here; hc0 has none.
    const [n, k, groups] = [50, 3, 9];
    const asymptotic = (type: string): Entry => entry(`hsng_stata_${name}-${type}-asymptotic`);
    agrees(estimate('hc0').se, asymptotic('robust').se, `${name} hc0`);
    agrees(
      estimate('unadjusted').se * Math.sqrt((n - k) / n),
      asymptotic('unadjusted').se,
      `${name} classic`,
    );
    const factor = (groups / (groups - 1)) * ((n - 1) / (n - k));
    agrees(estimate('cluster').se / Math.sqrt(factor), asymptotic('cluster').se, `${name} cluster`);
  });
});

withReference('published digits of instrumental-variable estimates', () => {
  const cases: readonly [id: string, prefix: string, se: string][] = [
    ['pub_card_iv', 'card_iv_nearc4', 'classic'],
    ['pub_mroz_iv1', 'mroz_iv_fatheduc', 'classic'],
    ['pub_mroz_iv2', 'mroz_iv_parents', 'classic'],
    ['pub_wage2_iv', 'wage2_iv_sibs', 'classic'],
    ['pub_cig_tdiff', 'cig_iv_tdiff', 'robust'],
    ['pub_cig_two', 'cig_iv_two', 'robust'],
    ['pub_cig_aer', 'cig_iv_two', 'classic'],
    ['pub_nhefs_iv', 'nhefs_iv_highprice', 'classic'],
    ['pub_nhefs_iv_cov', 'nhefs_iv_cov', 'classic'],
    ['pub_push_iv', 'push_iv', 'hc0'],
  ];
  it.each(cases)('%s', async (id, prefix, se) => {
    const study = studyOf(prefix);
    const estimate = await run(study, `estimate iv as "iv" { ${adjustOf(study)}; se ${se} }`);
    printed(id, estimate('iv').estimate, estimate('iv').se);
  });

  it('has the tests that are printed beside them', async () => {
    const parents = studyOf('mroz_iv_parents');
    const mroz = (await run(parents, `estimate iv as "iv" { ${adjustOf(parents)} }`))('iv').diagnostics;
    expect(mroz.metrics.first_stage_f).toBeCloseTo(entry('pub_mroz_iv2').extra?.['first_stage_F'] ?? 0, 2);
    expect(mroz.sargan).toBeCloseTo(entry('pub_mroz_iv2').extra?.['sargan'] ?? 0, 3);
    // The residual's coefficient in the outcome equation has t = 1.67.
    expect(Math.sqrt(mroz.wuHausman ?? 0)).toBeCloseTo(1.67, 2);
    const two = studyOf('cig_iv_two');
    const cigarettes = (await run(two, `estimate iv as "iv" { ${adjustOf(two)} }`))('iv').diagnostics;
    const { weak_F, wu_hausman, sargan } = entry('pub_cig_aer').extra ?? {};
    expect(cigarettes.metrics.first_stage_f).toBeCloseTo(weak_F ?? 0, 3);
    expect(cigarettes.wuHausman).toBeCloseTo(wu_hausman ?? 0, 3);
    expect(cigarettes.sargan).toBeCloseTo(sargan ?? 0, 3);
  });

  it('has the interval that is printed for the price of cigarettes', async () => {
    const study = studyOf('nhefs_iv_highprice');
    const { estimate, se, n } = (await run(study, 'estimate iv as "iv" { adjust nothing; se classic }'))(
      'iv',
    );
    expect(n).toBe(1476);
    const [low, high] = entry('pub_nhefs_iv').ci ?? [0, 0];
    // The published interval is normal, ours t with n − 2: they differ in the fourth digit.
    expect(estimate - 1.959964 * se).toBeCloseTo(low, 1);
    expect(estimate + 1.959964 * se).toBeCloseTo(high, 1);
  });

  it.each(['1.6', '1.7', '1.8', '1.9'])('other cuts of the price: %s', async (cut) => {
    const study = studyOf('nhefs_iv_highprice');
    const variables = (study.variables ?? []).map((line) =>
      line.startsWith('highprice') ? `highprice = price82 >= ${cut}` : line,
    );
    const estimate = await run({ ...study, variables }, 'estimate iv as "iv" { adjust nothing; se classic }');
    agrees(estimate('iv').estimate, entry(`nhefs_iv_cut_${cut}`).value, cut);
    agrees(estimate('iv').se, entry(`nhefs_iv_cut_${cut}`).se, `${cut} se`);
    printed(`pub_nhefs_iv${cut.replace('.', '')}`, estimate('iv').estimate, estimate('iv').se);
    expect(estimate('iv').warnings.map(({ code }) => code)).toContain('instrument-weak');
  });

  it('has the intention-to-treat effect and the first stage of the push messages', async () => {
    const { diagnostics } = (await run(studyOf('push_iv'), 'estimate iv as "iv" { adjust nothing; se hc0 }'))(
      'iv',
    );
    printed('pub_push_itt', diagnostics.reducedForm, diagnostics.reducedFormSe);
    printed('pub_push_fs', diagnostics.firstStage, diagnostics.firstStageSe);
  });

  it('has the estimates of the model routing, near the truth', async () => {
    const study = studyOf('llmiv');
    const estimate = await run(
      study,
      `estimate iv as "iv" { ${adjustOf(study)} }\nestimate regression as "ols" { ${adjustOf(study)} }`,
    );
    printed('pub_llmiv_2sls', estimate('iv').estimate);
    printed('pub_llmiv_ols', estimate('ols').estimate);
    printed('pub_llmiv_first', estimate('iv').diagnostics.metrics.first_stage_f);
    expect(estimate('iv').diagnostics.firstStage).toBeCloseTo(-0.319, 3);
    expect(Math.abs(estimate('iv').estimate - entry('llmiv_truth').value)).toBeLessThan(
      3 * estimate('iv').se,
    );
    // The published interval is a bootstrap whose draws are not known: ours can only be near it.
    const [low, high] = entry('pub_llmiv_2sls').ci ?? [0, 0];
    expect(estimate('iv').ci[0]).toBeCloseTo(low, 2);
    expect(estimate('iv').ci[1]).toBeCloseTo(high, 2);
  });

  // pub_ae_full and pub_ae_full_iv are of all 254,654 rows of the census file; here are 30,000 of them, so there is nothing to compare.
  // pub_k_iivm_… are local effects by machine learning with cross-fitting, which `iv` does not do.

  it('gives the Anderson–Rubin set of Card (1995) and its robust one', async () => {
    const study = studyOf('card_iv_nearc4');
    const { diagnostics } = (await run(study, `estimate iv as "iv" { ${adjustOf(study)} }`))('iv');
    const [[low = 0, high = 0] = []] = diagnostics.andersonRubin ?? [];
    // Roots of the quadratic with F(1, 2994) = 3.844567, solved apart from this code; a set of 0.024799 to 0.284851 is quoted, which agrees to four digits.
    expect(low).toBeCloseTo(0.02480484, 7);
    expect(high).toBeCloseTo(0.2848236, 6);
    const [[robustLow = 0, robustHigh = 0] = []] = diagnostics.andersonRubinRobust ?? [];
    expect(robustLow).toBeCloseTo(0.0256, 2);
    expect(robustHigh).toBeGreaterThan(0.25);
  });
});
