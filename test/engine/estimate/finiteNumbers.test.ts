import { describe, expect, it } from 'vitest';
import type { EstimatePlan } from '../../../engine/estimate/plan.ts';
import { planFormula } from '../../../engine/estimate/plugin/plannedFormula.ts';
import { frontDoorEstimand } from '../../../engine/graph/id/idEstimand.ts';
import { dataOf, outcomesOf } from '../../support/estimation.ts';
import { ask } from '../graph/support/questions.ts';

const { effect, names, nodes } = ask('t -> m\nm -> y\nt <-> y\ntreatment t\noutcome y');
const roles = { treatment: 't', outcome: 'y' };
const formula = planFormula(frontDoorEstimand(effect, nodes('m')), names, roles);
const t = Array.from({ length: 200 }, (_v, i) => i % 2);
const m = t.map((value, i) => ((i >> 1) % 4 === 0 ? 1 - value : value));

describe.each(['frontdoor', 'mediation'] as const)('%s', (method) => {
  const codeOf = async (columns: Record<string, number[]>, change: Partial<EstimatePlan> = {}) => {
    const plan = { method, through: ['m'], formula, ...change };
    const [outcome] = await outcomesOf(dataOf({ t, m, ...columns }), plan);
    return outcome?.kind === 'failure' ? outcome.error.code : 'estimate';
  };

  it('says of numbers that cannot be squared that they are too large', async () => {
    const number = m.map((value, i) => value + (i % 13));
    expect(await codeOf({ y: m.map((value, i) => 1e300 * (value + (i % 7))) })).toBe('type-mismatch');
    expect(await codeOf({ m: number.map((value) => 1e160 * value), y: number })).toBe('type-mismatch');
    expect(await codeOf({ m: number, y: number.map((value, i) => value + (i % 5)) })).toBe('estimate');
  });

  it('says of few rows that they are too few', async () => {
    const few = { t: [0, 1, 0, 1], m: [0, 1.2, 2, 3], y: [1, 2, 4, 3] };
    const rows = method === 'frontdoor' ? 3 : 4;
    const cut = Object.entries(few).map(([name, values]) => [name, values.slice(0, rows)]);
    expect(await codeOf(Object.fromEntries(cut))).toBe('too-few-rows');
  });
});

describe('an estimate of 0 with an error of 0', () => {
  it('is none', async () => {
    const { effect: plain, names: all } = ask('x -> t\nx -> y\nt -> y\ntreatment t\noutcome y');
    const set = planFormula(
      {
        kind: 'sum',
        over: [{ node: all.indexOf('x'), primes: 0 }],
        body: {
          kind: 'product',
          factors: [
            {
              kind: 'probability',
              of: [{ node: plain.query.outcome[0]!, primes: 0 }],
              given: ['t', 'x'].map((name) => ({ node: all.indexOf(name), primes: 0 })),
            },
            { kind: 'probability', of: [{ node: all.indexOf('x'), primes: 0 }], given: [] },
          ],
        },
      },
      all,
      roles,
    );
    const x = t.map((_value, i) => (i >> 1) % 2);
    const [outcome] = await outcomesOf(dataOf({ t, x, y: x }), { method: 'id', formula: set });
    expect(outcome?.kind === 'failure' && outcome.error.code).toBe('no-variance');
  });
});
