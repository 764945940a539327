import { describe, expect, it } from 'vitest';
import { instrument } from '../../../cli/output/estimate/instrument.ts';
import type { EstimateDiagnostics } from '../../../engine/estimate/result.ts';
import type { ConfidenceSet } from '../../../engine/stats/confidenceSet.ts';
import { instrumentFacts } from '../../../views/facts/instrumentFacts.ts';
import { dataOf, estimateOf, study } from '../../support/estimation.ts';

const RAYS: ConfidenceSet = [
  [Number.NEGATIVE_INFINITY, -1.25],
  [3.5, Number.POSITIVE_INFINITY],
];
const LINE: ConfidenceSet = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

const estimate = await estimateOf(dataOf(study(300)), { method: 'iv', estimand: 'late', instruments: ['z'] });
const told = (diagnostics: EstimateDiagnostics): string =>
  instrumentFacts({ ...estimate, estimate: 1, se: 0.1, diagnostics }).join(' ');

describe('an Anderson–Rubin set', () => {
  it('is told in words, with what it means', () => {
    const metrics = {};
    expect(told({ metrics, andersonRubin: [[0.5, 1.25]] })).toBe('Anderson–Rubin 95 % set: 0.50 to 1.25.');
    expect(told({ metrics, andersonRubin: RAYS })).toBe(
      'Anderson–Rubin 95 % set: up to −1.25, or from 3.50 on.',
    );
    expect(told({ metrics, andersonRubinRobust: LINE })).toBe(
      'Robust Anderson–Rubin set: every value (the data say nothing).',
    );
    expect(told({ metrics, andersonRubin: [] })).toBe(
      'Anderson–Rubin 95 % set: no value (the model is rejected).',
    );
  });

  it('has null for an end at infinity in JSON, no interval where it is empty, and is null where there is none', () => {
    const json = (andersonRubin: ConfidenceSet): object => instrument.json({ metrics: {}, andersonRubin });
    expect(json(RAYS)).toMatchObject({
      anderson_rubin: [
        [null, -1.25],
        [3.5, null],
      ],
      anderson_rubin_robust: null,
    });
    expect(json(LINE)).toMatchObject({ anderson_rubin: [[null, null]] });
    expect(json([])).toMatchObject({ anderson_rubin: [] });
  });
});

describe('the strength of the instruments', () => {
  it('is told with what it would have to be', () => {
    expect(told(estimate.diagnostics)).toMatch(
      /^First-stage F \d+\.\d, robust \d+\.\d\. Effective F \d+\.\d \(strong: 23\.1\)\. Anderson–Rubin 95 % set: /,
    );
  });
});
