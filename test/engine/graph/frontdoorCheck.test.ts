import { describe, expect, test } from 'vitest';
import { frontDoorSets } from '../../../engine/graph/frontdoor.ts';
import { frontDoorProblems } from '../../../engine/graph/frontdoorCheck.ts';
import { frontDoorEstimand } from '../../../engine/graph/id/idEstimand.ts';
import type { Node } from '../../../engine/model/model.ts';
import { uniforms } from './support/models.ts';
import { ask, posed, randomQuestion } from './support/questions.ts';
import { chanceOf, evaluate, structuralModel } from './support/structuralModel.ts';

const problems = (text: string, mediators: string, given = '') => {
  const { effect, nodes } = ask(text);
  return frontDoorProblems(effect, nodes(mediators), nodes(given)).map(({ code }) => code);
};

describe('front-door mediators given a set', () => {
  test('without problems give the effect in random structural models, and those of the list have none', () => {
    const counts = { exact: 0, conditional: 0, problems: 0, listed: 0 };
    for (let seed = 0; seed < 500; seed++) {
      const { model, query } = randomQuestion(640_000 + seed, {
        size: 5,
        bidirected: 0.15,
        latent: 0.1,
        dense: 0.7,
        selection: seed % 10 === 0 ? 0.3 : 0,
      });
      if (model.bidirected.length > 3) continue;
      const effect = posed(model, query);
      const list = frontDoorSets(effect, 20);
      for (const set of list.kind === 'front-door' ? list.sets : []) {
        expect(frontDoorProblems(effect, set, []), `${seed}: ${set}`).toEqual([]);
        counts.listed += 1;
      }
      if (query.selection.length > 0) continue;
      const [t, y] = [query.treatment[0]!, query.outcome[0]!];
      const { observed, under } = structuralModel(uniforms(seed), model);
      const free = model.variables.flatMap((_variable, node) => (node === t || node === y ? [] : [node]));
      for (const mediator of free) {
        for (const given of [[], ...free.filter((node) => node !== mediator).map((node) => [node])]) {
          if (frontDoorProblems(effect, [mediator], given).length > 0) {
            counts.problems += 1;
            continue;
          }
          const estimand = frontDoorEstimand(effect, [mediator], given);
          for (const value of [0, 1]) {
            const truth = chanceOf(under(new Map([[t, value]])), new Map<Node, number>([[y, 1]]));
            const found = evaluate(
              estimand,
              observed,
              new Map([
                [`${t}`, value],
                [`${y}`, 1],
              ]),
            );
            expect(Math.abs(found - truth), `${seed}: ${mediator} given ${given}`).toBeLessThan(1e-12);
          }
          counts[given.length > 0 ? 'conditional' : 'exact'] += 1;
        }
      }
    }
    expect(counts.exact).toBeGreaterThan(20);
    expect(counts.conditional).toBeGreaterThan(40);
    expect(counts.listed).toBeGreaterThan(60);
    expect(counts.problems).toBeGreaterThan(1000);
  });

  test('are told what is wrong with them', () => {
    const graph = 'treatment t\noutcome y\nt -> m\nm -> y\nt <-> y';
    expect(problems(graph, 'm')).toEqual([]);
    expect(problems(`${graph}\nt -> y`, 'm')).toEqual(['bypassed']);
    // With t held fixed, m ← x → t ↔ y is open as well.
    expect(problems(`${graph}\nx -> t\nx -> m`, 'm')).toEqual(['confounded', 'confounded']);
    expect(problems(`${graph}\nx -> t\nx -> m`, 'm', 'x')).toEqual([]);
    expect(problems(`${graph}\nx -> m\nx -> y`, 'm')).toEqual(['confounded']);
    expect(problems(`${graph}\nt -> d`, 'm', 'd')).toEqual(['given-descendant']);
    expect(problems(`${graph}\nx -> y`, 'm', 'm')).toEqual(['role']);
    expect(problems(`${graph}\nlatent m`, 'm')).toEqual(['role']);
  });
});
