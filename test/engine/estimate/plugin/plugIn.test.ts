import { describe, expect, it } from 'vitest';
import { planFormula } from '../../../../engine/estimate/plugin/plannedFormula.ts';
import type { EstimationData } from '../../../../engine/estimate/problem.ts';
import { isZeroEffect } from '../../../../engine/graph/effect.ts';
import { frontDoorSets } from '../../../../engine/graph/frontdoor.ts';
import { frontDoorEstimand } from '../../../../engine/graph/id/idEstimand.ts';
import { idAnswer } from '../../../../engine/graph/identification.ts';
import type { Node } from '../../../../engine/model/model.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../../support/estimation.ts';
import { infinitesimalJackknife } from '../../../support/infinitesimalJackknife.ts';
import { uniforms } from '../../graph/support/models.ts';
import { ask, posed, randomQuestion } from '../../graph/support/questions.ts';
import { chanceOf, type Distribution, structuralModel } from '../../graph/support/structuralModel.ts';

/** A row for every assignment, weighing what it is likely: the population itself. */
function population({ size, weights }: Distribution, names: readonly string[]): EstimationData {
  const columns = names.map((name, node): [string, number[]] => [
    name,
    Array.from({ length: 1 << size }, (_row, index) => (index >> node) & 1),
  ]);
  return dataOf({ ...Object.fromEntries(columns), probability: [...weights] });
}

/** The formula of an effect in a graph written as edges. */
function formulaOf(text: string) {
  const { effect, names } = ask(text);
  const answer = idAnswer(effect);
  if (answer.kind !== 'identifiable' || answer.estimand === null) throw new Error('no formula');
  const [treatment, outcome] = [names[effect.query.treatment[0]!]!, names[effect.query.outcome[0]!]!];
  return { formula: planFormula(answer.estimand, names, { treatment, outcome }), treatment, outcome };
}

describe('the plug-in of a formula', () => {
  it('is the effect itself on the exact population of random structural models', async () => {
    const counts = { id: 0, frontdoor: 0, sums: 0 };
    for (let seed = 0; seed < 700; seed++) {
      const shape = [
        { size: 5, bidirected: 0.2, latent: 0 },
        { size: 6, bidirected: 0.15, latent: 0, dense: 0.6 },
        { size: 6, bidirected: 0.1, latent: 0.2, dense: 0.8 },
      ][seed % 3]!;
      const { model, query } = randomQuestion(910_000 + seed, shape);
      if (model.bidirected.length > 4 || query.selection.length > 0) continue;
      const effect = posed(model, query);
      const answer = idAnswer(effect);
      if (answer.kind !== 'identifiable' || answer.estimand === null || isZeroEffect(effect)) continue;
      const names = model.variables.map(({ name }) => name);
      const [t, y] = [query.treatment[0]!, query.outcome[0]!];
      const roles = { treatment: names[t]!, outcome: names[y]! };
      const { observed, under } = structuralModel(uniforms(seed), model);
      const mean = (value: number) => chanceOf(under(new Map([[t, value]])), new Map<Node, number>([[y, 1]]));
      const sets = frontDoorSets(effect, 1);
      const [set] = sets.kind === 'front-door' ? sets.sets : [];
      const estimands = [answer.estimand, ...(set === undefined ? [] : [frontDoorEstimand(effect, set)])];
      for (const estimand of estimands) {
        const formula = planFormula(estimand, names, roles);
        const { estimate, diagnostics } = await estimateOf(population(observed, names), {
          method: 'id',
          ...roles,
          formula,
          weight: 'probability',
        });
        expect(Math.abs(estimate - (mean(1) - mean(0))), formula.text).toBeLessThan(1e-12);
        expect(diagnostics.interventionalMeans?.[1]?.mean).toBeCloseTo(mean(1), 12);
        counts.sums += formula.text.includes('Σ') ? 1 : 0;
      }
      counts.id += 1;
      counts.frontdoor += set === undefined ? 0 : 1;
    }
    expect(counts.id).toBeGreaterThan(120);
    expect(counts.frontdoor).toBeGreaterThan(15);
    expect(counts.sums).toBeGreaterThan(60);
  });
});

/** Counts by levels, as rows. */
function rowsOf(
  names: readonly string[],
  counts: readonly (readonly [...number[]])[],
): Record<string, number[]> {
  const rows = counts.flatMap((cell) => Array.from({ length: cell.at(-1) ?? 0 }, () => cell.slice(0, -1)));
  return Object.fromEntries(names.map((name, v) => [name, rows.map((row) => row[v] ?? 0)]));
}

/** w → z → x → y with hidden causes of w and x, and of w and y: its formula is a quotient. */
const NAPKIN = 'w -> z\nz -> x\nx -> y\nw <-> x\nw <-> y\ntreatment x\noutcome y';

function drawn(n: number, seed: number): Record<string, (number | string)[]> {
  const random = uniforms(seed);
  const rows = Array.from({ length: n }, () => {
    const [u, v] = [random(), random()];
    const w = u + v + random() > 1.5 ? 'high' : 'low';
    const z = Math.floor(3 * (0.7 * random() + (w === 'high' ? 0.3 : 0)));
    const x = 0.4 * u + 0.2 * z + 0.4 * random() > 0.6 ? 1 : 0;
    return { w, z: `z${z}`, x, y: x + 2 * v + random(), c: `c${Math.floor(20 * random())}` };
  });
  return Object.fromEntries(
    (['w', 'z', 'x', 'y', 'c'] as const).map((name) => [name, rows.map((row) => row[name])]),
  );
}

describe('the error of a plug-in', () => {
  const { formula } = formulaOf(NAPKIN);
  const plan = { method: 'id', treatment: 'x', formula } as const;

  it('is the derivative of the estimate in the weights, for a quotient of sums', async () => {
    expect(formula.text).toContain('/');
    const columns = { ...drawn(90, 3), weight: Array.from({ length: 90 }, (_w, i) => 1 + (i % 3)) };
    for (const change of [plan, { ...plan, weight: 'weight' }]) {
      const { se } = await estimateOf(dataOf(columns), change);
      const [jackknife] = await infinitesimalJackknife(columns, change);
      expect(se).toBeCloseTo(jackknife ?? Number.NaN, 7);
    }
  });

  it('is near that of the bootstrap, which the seed repeats', async () => {
    const data = dataOf(drawn(1500, 5));
    const own = await estimateOf(data, plan);
    const first = await estimateOf(data, { ...plan, bootstrap: 300, seed: 2 });
    expect(own.seType).toBe('delta');
    expect(first.seType).toBe('bootstrap');
    expect(first.estimate).toBe(own.estimate);
    expect(first.se / own.se).toBeGreaterThan(0.85);
    expect(first.se / own.se).toBeLessThan(1.15);
    expect(await estimateOf(data, { ...plan, bootstrap: 300, seed: 2 })).toEqual(first);
    expect(Math.abs(own.estimate - 1)).toBeLessThan(3 * own.se);
  });

  it('does not depend on the order of rows, the unit of the outcome, or whether rows are repeated or weighted', async () => {
    const columns = drawn(400, 7);
    const here = await estimateOf(dataOf(columns), plan);
    const turned = await estimateOf(
      dataOf(mapped(columns, (values) => values.map((_v, i) => values[(i * 141) % 400]!))),
      plan,
    );
    const scaled = await estimateOf(
      dataOf({ ...columns, y: columns['y']!.map((y) => 100 * Number(y) + 7) }),
      plan,
    );
    const twice = await estimateOf(dataOf(mapped(columns, (values) => [...values, ...values])), plan);
    const heavy = await estimateOf(dataOf({ ...columns, two: columns['y']!.map(() => 2) }), {
      ...plan,
      weight: 'two',
    });
    const flipped = await estimateOf(dataOf(columns), { ...plan, contrast: { level: '0', reference: '1' } });
    expect(turned.estimate).toBeCloseTo(here.estimate, 12);
    expect(turned.se).toBeCloseTo(here.se, 12);
    expect(scaled.estimate).toBeCloseTo(100 * here.estimate, 9);
    expect(scaled.se).toBeCloseTo(100 * here.se, 9);
    expect(twice.estimate).toBeCloseTo(here.estimate, 12);
    expect(twice.se * Math.SQRT2).toBeCloseTo(here.se, 12);
    expect(heavy.se).toBeCloseTo(here.se, 12);
    expect(flipped.estimate).toBeCloseTo(-here.estimate, 12);
    expect(flipped.se).toBeCloseTo(here.se, 12);
  });

  it('sums within clusters', async () => {
    const columns = { ...drawn(300, 9), own: Array.from({ length: 300 }, (_c, i) => `r${i}`) };
    const plain = await estimateOf(dataOf(columns), plan);
    const alone = await estimateOf(dataOf(columns), { ...plan, cluster: 'own' });
    const together = await estimateOf(dataOf(columns), { ...plan, cluster: 'c' });
    expect(alone.se).toBeCloseTo(plain.se * Math.sqrt(300 / 299), 11);
    expect(together.seType).toBe('cluster');
  });
});

const mapped = (
  columns: Record<string, (number | string)[]>,
  change: (values: (number | string)[]) => (number | string)[],
): Record<string, (number | string)[]> =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, change(values)]));

describe('a plug-in that the data do not carry', () => {
  const { formula } = formulaOf('z -> x\nz -> y\nx -> y\ntreatment x\noutcome y');
  const plan = { method: 'id', treatment: 'x', formula } as const;
  const failing = async (columns: Record<string, (number | string)[]>) => {
    const [outcome] = await outcomesOf(dataOf(columns), plan);
    return outcome?.kind === 'failure' ? outcome.error : null;
  };

  it('names the combination of levels that is missing', async () => {
    const columns = rowsOf(
      ['z', 'x', 'y'],
      [
        [0, 0, 0, 30],
        [0, 0, 1, 30],
        [0, 1, 1, 40],
        [1, 0, 0, 20],
        [1, 0, 1, 10],
      ],
    );
    const error = await failing(columns);
    expect(error?.code).toBe('positivity');
    expect(error?.message).toMatch(/^No row has z = 1 and x = 1,/);
  });

  it('wants levels of all but the outcome', async () => {
    const columns = study(200);
    const error = await failing({ z: columns['a']!, x: columns['t']!, y: columns['y']! });
    expect(error?.code).toBe('method-mismatch');
    expect(error?.message).toContain('z is a number with many values');
    expect(await failing({ z: columns['g']!, x: columns['t']!, y: columns['y']! })).toBeNull();
  });

  it('refuses more combinations than can be counted', async () => {
    const names = Array.from({ length: 8 }, (_v, i) => `v${i}`);
    const text = [
      ...names.flatMap((name) => [`${name} -> x`, `${name} -> y`]),
      'x -> y',
      'treatment x',
      'outcome y',
    ].join('\n');
    const wide = { method: 'id', treatment: 'x', formula: formulaOf(text).formula } as const;
    const columns = Object.fromEntries(
      names.map((name, v) => [name, Array.from({ length: 300 }, (_r, i) => `l${(i * (v + 3)) % 40}`)]),
    );
    const [outcome] = await outcomesOf(
      dataOf({ ...columns, x: columns['v0']!.map((_x, i) => i % 2), y: columns['v0']!.map((_x, i) => i) }),
      wide,
    );
    expect(outcome?.kind === 'failure' && outcome.error.message).toContain(
      'more combinations than can be counted',
    );
  });

  it('is unreliable where a mean rests on a handful of rows', async () => {
    const columns = rowsOf(
      ['z', 'x', 'y'],
      [
        [0, 0, 0, 200],
        [0, 0, 1, 200],
        [0, 1, 1, 2],
        [0, 1, 0, 1],
        [1, 0, 0, 20],
        [1, 0, 1, 10],
        [1, 1, 0, 50],
        [1, 1, 1, 60],
      ],
    );
    const { reliable, warnings } = await estimateOf(dataOf(columns), plan);
    expect(reliable).toBe(false);
    expect(warnings[0]?.message).toMatch(/^Unreliable: the 113 rows behind x = 1 count for only \d/);
  });
});
