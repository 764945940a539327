/** Sensitivity of the Darfur study, as Cinelli & Hazlett (2020) published and others recomputed it. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';
import { specOf } from './studies.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
  readonly se: number;
  readonly extra: Readonly<Record<string, number>>;
}

const file = referenceFile('estimates.json');
const entries: readonly Entry[] = file === null ? [] : JSON.parse(readFileSync(file, 'utf8')).entries;

function agrees(actual: number, expected: number | undefined, relative: number): void {
  const error = Math.abs(actual / (expected ?? Number.NaN) - 1);
  expect(error, `${actual} rather than ${expected}`).toBeLessThan(relative);
}

function entry(id: string): Entry {
  const found = entries.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${id} is not in the reference.`);
  return found;
}

describe.skipIf(file === null)('Darfur', () => {
  it('has the published robustness values and bounds', async () => {
    const covariates = ['age', 'farmer_dar', 'herder_dar', 'pastvoted', 'hhsize_darfur', 'female', 'village'];
    const study = {
      prefix: 'darfur',
      data: 'darfur',
      treatment: 'directlyharmed',
      outcome: 'peacefactor',
      covariates,
    };
    const text = `${specOf(study)}estimate regression as "OLS" { adjust ${covariates.join(', ')}; refute sensitivity, unobserved_common_cause }\n`;
    const outcomes = await estimateText(text, referenceFile('data/darfur.csv') ?? '');
    const [sensitivity, simulated] = estimateNamed(outcomes, 'OLS').refutations;
    const { details } = sensitivity ?? {};
    if (details?.kind !== 'linear-bounds') throw new Error(sensitivity?.message);
    const { extra } = entry('darfur_est');
    agrees(details.t, extra['t'], 1e-9);
    expect(details.df).toBe(extra['df']);
    agrees(details.partialR2, extra['partial_r2'], 1e-9);
    agrees(details.robustnessValue, extra['rv_q1'], 1e-9);
    agrees(details.robustnessValueAlpha, extra['rv_q1_alpha05'], 1e-9);
    for (const times of [1, 2, 3]) {
      const bound = details.bounds.find((each) => each.covariate === 'female' && each.times === times);
      const published = entry(`pub_darfur_bound${times}`);
      agrees(bound?.estimate ?? Number.NaN, published.value, 1e-8);
      agrees(bound?.se ?? Number.NaN, published.se, 1e-8);
      agrees(bound?.partialR2Treatment ?? Number.NaN, published.extra['r2dz_x'], 1e-8);
      agrees(bound?.partialR2Outcome ?? Number.NaN, published.extra['r2yz_dx'], 1e-8);
      agrees(bound?.t ?? Number.NaN, entry(`darfur_bound_${times}x_female`).extra['t'], 1e-8);
    }
    // The dummies of the villages are one covariate.
    expect(new Set(details.bounds.map(({ covariate }) => covariate)).size).toBeLessThanOrEqual(
      covariates.length,
    );
    expect(simulated?.details).toMatchObject({ flipsAt: details.robustnessValue });
  });
});
