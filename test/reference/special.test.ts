/** Effects through front doors, mediators and formulas, against exact and published values. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';

interface Entry {
  readonly id: string;
  readonly value: number;
}

const file = referenceFile('estimates.json');
const entries = new Map<string, number>(
  file === null
    ? []
    : JSON.parse(readFileSync(file, 'utf8')).entries.map(({ id, value }: Entry) => [id, value]),
);
const withReference = describe.skipIf(file === null);

function agrees(actual: number | undefined, id: string, digits = 10): void {
  const expected = entries.get(id);
  if (expected === undefined) throw new Error(`${id} is not in the reference.`);
  expect(actual, id).toBeCloseTo(expected, digits);
}

const TAR = `
variable smoker : binary
variable tar : binary
variable cancer : binary
smoker -> tar -> cancer
smoker <-> cancer
treatment smoker
outcome cancer
`;

const STONES = `
variable open_surgery : binary
variable large : binary
variable success : binary
large -> open_surgery, success
open_surgery -> success
treatment open_surgery
outcome success
`;

withReference('tar between smoking and cancer (Pearl, Glymour & Jewell, tables 3.1 and 3.2)', () => {
  const path = referenceFile('data/frontdoor_tar.csv') ?? '';

  it('by the front door', async () => {
    const outcomes = await estimateText(`${TAR}estimate frontdoor\nestimate id\n`, path);
    for (const name of ['Front-door adjustment', 'Plug-in of the ID formula']) {
      const { estimate, diagnostics, identified, through } = estimateNamed(outcomes, name);
      const [never, always] = diagnostics.interventionalMeans ?? [];
      agrees(estimate, 'fd_ate');
      agrees(never?.mean, 'fd_do0');
      agrees(always?.mean, 'fd_do1');
      agrees(never?.mean, 'pub_fd_do0', 4);
      agrees(always?.mean, 'pub_fd_do1', 4);
      expect(identified).toBe(true);
      expect(through).toEqual(name.startsWith('Front') ? ['tar'] : []);
    }
    agrees(estimateNamed(outcomes, 'Unadjusted difference').estimate, 'fd_naive');
  });

  it('is in the default suite, where nothing else gives the effect', async () => {
    const outcomes = await estimateText(TAR, path);
    expect(outcomes.map(({ method }) => method)).toEqual(['difference', 'regression', 'frontdoor']);
    expect(outcomes.map(({ identified }) => identified)).toEqual([false, false, true]);
  });
});

withReference('kidney stones (Charig et al. 1986)', () => {
  const path = referenceFile('data/kidney_stones.csv') ?? '';

  it('by the back-door formula', async () => {
    const { estimate, diagnostics } = estimateNamed(
      await estimateText(`${STONES}estimate id\n`, path),
      'Plug-in of the ID formula',
    );
    const [without, with_] = diagnostics.interventionalMeans ?? [];
    agrees(estimate, 'kidney_ate');
    agrees(without?.mean, 'kidney_do0');
    agrees(with_?.mean, 'kidney_do1');
    agrees(without?.mean, 'pub_kidney_do0', 3);
    expect(Math.abs((with_?.mean ?? 0) - (entries.get('pub_kidney_do1') ?? 1))).toBeLessThan(0.001);
    expect(diagnostics.formula).toBe('Σ_{large} P(success | open_surgery, large) P(large)');
  });
});
