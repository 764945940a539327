import { describe, expect, it } from 'vitest';
import type { EstimationData } from '../../../../engine/estimate/problem.ts';
import { planFormula } from '../../../../engine/estimate/plugin/plannedFormula.ts';
import { isZeroEffect } from '../../../../engine/graph/effect.ts';
import { frontDoorSets } from '../../../../engine/graph/frontdoor.ts';
import { frontDoorEstimand } from '../../../../engine/graph/id/idEstimand.ts';
import { idAnswer } from '../../../../engine/graph/identification.ts';
import type { Node } from '../../../../engine/model/model.ts';
import { dataOf, estimateOf, outcomesOf, study } from '../../../support/estimation.ts';
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
    const counts = { id: 0, frontdoor: 0, sums: 0, quotients: 0 };
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
        counts.quotients += formula.text.includes('/') ? 1 : 0;
      }
      counts.id += 1;
      counts.frontdoor += set === undefined ? 0 : 1;
    }
    expect(counts.id).toBeGreaterThan(120);
    expect(counts.frontdoor).toBeGreaterThan(15);
    expect(counts.sums).toBeGreaterThan(60);
    expect(counts.quotients).toBeGreaterThan(3);
  });
});
