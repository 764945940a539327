import { describe, expect, test } from 'vitest';
import { frontDoorSets } from '../../../engine/graph/frontdoor.ts';
import type { CausalModel, EffectQuery } from '../../../engine/model/model.ts';
import { frontDoorTest, measuredOthers } from './support/bruteForce.ts';
import { minimalSubsets, sorted } from './support/models.ts';
import { ask, posed, type QuestionShape, randomQuestion } from './support/questions.ts';

/** The model with treatments and outcomes confounded with one another and not joined by a directed edge. */
function confounded(model: CausalModel, { treatment, outcome }: EffectQuery): CausalModel {
  const joins = (from: number, to: number) => treatment.includes(from) && outcome.includes(to);
  return {
    ...model,
    directed: model.directed.filter(({ from, to }) => !joins(from, to)),
    bidirected: treatment.flatMap((from) => outcome.map((to) => ({ from, to }))),
  };
}

const sets = (text: string, limit = 100) => {
  const { effect, named } = ask(text);
  const answer = frontDoorSets(effect, limit);
  if (answer.kind !== 'front-door') throw new Error(answer.reason);
  return named(answer.sets);
};

describe('front-door sets', () => {
  test('are the inclusion-minimal ones of a brute force over Pearl’s three conditions', () => {
    const shapes: readonly QuestionShape[] = [
      { size: 6, bidirected: 0.1, latent: 0.1 },
      { size: 7, bidirected: 0.05, latent: 0.15, dense: 0.45 },
      { size: 7, treatments: 2, bidirected: 0.05, dense: 0.45 },
      { size: 7, outcomes: 2, bidirected: 0.05, dense: 0.45 },
      { size: 8, latent: 0, bidirected: 0.03, dense: 0.35 },
    ];
    let proper = 0;
    let several = 0;
    for (const [index, shape] of shapes.entries()) {
      for (let seed = 0; seed < 250; seed++) {
        const { model: drawn, query } = randomQuestion(9000 * index + seed, shape);
        const model = seed % 2 === 0 ? drawn : confounded(drawn, query);
        const effect = posed(model, query);
        const expected = minimalSubsets(measuredOthers(model, query), frontDoorTest(model, query));
        const answer = frontDoorSets(effect, 1000);
        if (answer.kind !== 'front-door') throw new Error(answer.reason);
        expect(answer.truncated).toBe(false);
        if (sorted(answer.sets).join() !== sorted(expected).join()) {
          throw new Error(JSON.stringify({ model, query, found: answer.sets, expected }));
        }
        if (expected.some((set) => set.length > 0)) proper++;
        if (expected.length > 1) several++;
      }
    }
    expect(proper).toBeGreaterThan(100);
    expect(several).toBeGreaterThan(5);
  });

  test('the textbook case', () => {
    expect(sets('x -> m -> y; x <-> y; treatment x; outcome y')).toEqual(['m']);
    expect(sets('latent u; x -> m -> y; u -> x; u -> y; treatment x; outcome y')).toEqual(['m']);
  });

  test('a set that leaves a back-door path from the mediator open is not one', () => {
    expect(sets('x -> m -> y; x <-> y; m <-> y; treatment x; outcome y')).toEqual([]);
    expect(sets('x -> m -> y; x <-> y; x <-> m; treatment x; outcome y')).toEqual([]);
    expect(sets('x -> m -> y; x -> y; x <-> y; treatment x; outcome y')).toEqual([]);
  });

  test('any link of a chain serves, and a limit is honoured', () => {
    expect(sets('x -> a -> b -> c -> y; x <-> y; treatment x; outcome y')).toEqual(['a', 'b', 'c']);
    const { effect } = ask('x -> a -> b -> c -> y; x <-> y; treatment x; outcome y');
    expect(frontDoorSets(effect, 2)).toMatchObject({ truncated: true, sets: { length: 2 } });
  });

  test('every choice of a link from each of several chains', () => {
    const chains = Array.from({ length: 6 }, (_, i) => `x -> a${i} -> b${i} -> y`).join('; ');
    const { effect } = ask(`${chains}; x <-> y; treatment x; outcome y`);
    const answer = frontDoorSets(effect, 1000);
    if (answer.kind !== 'front-door') throw new Error(answer.reason);
    expect(answer.truncated).toBe(false);
    expect(new Set(sorted(answer.sets)).size).toBe(64);
    expect(answer.sets.every((set) => set.length === 6)).toBe(true);
  });

  test('without a directed path the empty set is one', () => {
    expect(sets('x <-> y; treatment x; outcome y')).toEqual(['']);
  });

  test('under a selection that joins the variables nothing is claimed', () => {
    const { effect } = ask('x -> m -> y; x <-> y; m -> s; treatment x; outcome y; selection s');
    expect(frontDoorSets(effect, 10)).toEqual({ kind: 'not-applicable', reason: 'selection' });
    expect(sets('x -> m -> y; x <-> y; s -> x; treatment x; outcome y; selection s')).toEqual(['m']);
    expect(sets('x -> m -> y; x <-> y; a -> s; treatment x; outcome y; selection s')).toEqual(['m']);
  });
});
