/** Published and exact values as the terminal prints them: the whole way from a spec file to JSON. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { referenceFile } from '../support/reference.ts';
import { INSTRUMENTS, REGRESSIONS, type Study, specOf, WEIGHTINGS } from './studies.ts';

const graphs = referenceFile('graphs.json');
const estimates = referenceFile('estimates.json');

interface GraphCase {
  readonly id: string;
  readonly text: string;
  readonly expect: {
    readonly minimal?: readonly (readonly string[])[];
    readonly given?: boolean;
    readonly instruments?: readonly { readonly z: string; readonly given: readonly (readonly string[])[] }[];
  };
}

interface Identified {
  readonly backdoor: { readonly minimal: readonly (readonly string[])[]; readonly given: boolean | null };
  readonly instruments: readonly { readonly instrument: string; readonly given: readonly string[] }[];
}

const sorted = (sets: readonly (readonly string[])[]) => sets.map((set) => [...set].sort().join(' ')).sort();

/** What the terminal says of all specs, in a folder of their own, in one run. */
async function identifyAll(specs: readonly string[]): Promise<readonly Identified[]> {
  const folder = mkdtempSync(join(tmpdir(), 'causal-'));
  try {
    for (const [i, text] of specs.entries())
      writeFileSync(join(folder, `${String(i).padStart(5, '0')}.causal`), text);
    const { stdout } = await runCli(['identify', folder, '--format', 'json']);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(graphs === null)('causal identify', () => {
  it('answers every reference graph', async () => {
    const cases: readonly GraphCase[] = JSON.parse(readFileSync(graphs ?? '', 'utf8')).cases;
    const answers = await identifyAll(cases.map(({ text }) => text));
    expect(answers).toHaveLength(cases.length);
    for (const [i, { id, expect: wanted }] of cases.entries()) {
      const { backdoor, instruments } = answers[i] as Identified;
      if (wanted.minimal) expect([id, sorted(backdoor.minimal)]).toEqual([id, sorted(wanted.minimal)]);
      if (wanted.given !== undefined) expect([id, backdoor.given]).toEqual([id, wanted.given]);
      if (wanted.instruments === undefined) continue;
      const names = instruments.map(({ instrument }) => instrument).sort();
      expect([id, names]).toEqual([id, wanted.instruments.map(({ z }) => z).sort()]);
      for (const { instrument, given } of instruments) {
        const valid = wanted.instruments.find(({ z }) => z === instrument)?.given ?? [];
        expect(sorted(valid), id).toContain([...given].sort().join(' '));
      }
    }
  });
});

interface PrintedEstimate {
  readonly name: string;
  readonly estimate: number;
  readonly se: number;
  readonly diagnostics: Readonly<Record<string, unknown>>;
}

/** The estimates that the terminal prints for a study, by their names. */
async function estimateStudy(study: Study | undefined, statements: string) {
  if (study === undefined) throw new Error('There is no such study.');
  const data = referenceFile(`data/${study.data}.csv`) ?? '';
  const { stdout } = await runCli(['estimate', '-', '--data', data, '--format', 'json'], {
    input: specOf(study) + statements,
  });
  const printed: readonly PrintedEstimate[] = JSON.parse(stdout)[0].estimates;
  return (name: string): PrintedEstimate => {
    const found = printed.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no estimate ${name} in ${stdout}`);
    return found;
  };
}

const studyOf = (studies: readonly Study[], prefix: string) => studies.find((one) => one.prefix === prefix);
const adjust = (study: Study | undefined) => study?.covariates.join(', ') ?? '';

/** `actual` has the published figures: as near as half a unit of the last digit that is printed. */
function hasDigits(actual: number, published: string): void {
  const decimals = published.split('.')[1]?.length ?? 0;
  expect(Math.abs(actual - Number(published)), `${actual}, published ${published}`).toBeLessThanOrEqual(
    0.5000001 * 10 ** -decimals,
  );
}

describe.skipIf(estimates === null)('causal estimate', () => {
  it('gives Card (1995): least squares and the instrument', async () => {
    const ols = studyOf(REGRESSIONS, 'card_ols_full');
    const iv = studyOf(INSTRUMENTS, 'card_iv_nearc4');
    const line = await estimateStudy(
      ols,
      ['classic', 'hc3']
        .map((se) => `estimate regression as "${se}" { adjust ${adjust(ols)}; se ${se} }`)
        .join('\n'),
    );
    hasDigits(line('classic').estimate, '0.0746932556');
    hasDigits(line('classic').se, '0.0034983');
    hasDigits(line('hc3').se, '0.0036583');
    const two = await estimateStudy(
      iv,
      ['classic', 'robust']
        .map((se) => `estimate iv as "${se}" { adjust ${adjust(iv)}; se ${se} }`)
        .join('\n'),
    );
    hasDigits(two('classic').estimate, '0.131503836');
    hasDigits(two('classic').se, '0.0549637');
    hasDigits(two('robust').se, '0.054144');
    hasDigits(Number(two('classic').diagnostics['first_stage_f']), '13.2558');
  });

  it('gives Dehejia and Wahba (1999): the difference and the regression', async () => {
    const background = ['age', 'educ', 'black', 'hisp', 'marr', 'nodegree', 're74', 're75', 'u74', 'u75'];
    const study: Study = {
      prefix: 'nsw',
      data: 'nsw_dw',
      treatment: 'treat',
      outcome: 're78',
      covariates: background,
      variables: ['u74 = re74 == 0', 'u75 = re75 == 0'],
    };
    const estimate = await estimateStudy(
      study,
      `estimate difference as "plain"
estimate regression as "classic" { adjust ${adjust(study)}; se classic }
estimate regression as "hc3" { adjust ${adjust(study)}; se hc3 }`,
    );
    hasDigits(estimate('plain').estimate, '1794.342');
    hasDigits(estimate('classic').estimate, '1670.709');
    hasDigits(estimate('classic').se, '641.132');
    hasDigits(estimate('hc3').se, '694.170');
  });

  it.each([
    ['catt_logit', 'ate'],
    ['catt_logit', 'att'],
    ['nhefs', 'ate'],
    ['nhefs', 'att'],
  ])('gives the weighting of %s for the %s, with its stacked error', async (prefix, estimand) => {
    const entries: readonly { id: string; value: number; se: number }[] = JSON.parse(
      readFileSync(estimates ?? '', 'utf8'),
    ).entries;
    const wanted = entries.find(({ id }) => id === `${prefix}_ipw_hajek_${estimand}`);
    if (wanted === undefined) throw new Error(`${prefix} is not in the reference.`);
    const study = studyOf(WEIGHTINGS, prefix);
    const estimate = await estimateStudy(
      study,
      `estimate ipw as "ipw" { adjust ${adjust(study)}; estimand ${estimand} }`,
    );
    expect(Math.abs(estimate('ipw').estimate / wanted.value - 1)).toBeLessThan(1e-6);
    expect(Math.abs(estimate('ipw').se / wanted.se - 1)).toBeLessThan(1e-6);
  });
});
