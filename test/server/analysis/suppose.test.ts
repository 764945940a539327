/** “What if” against the same question asked of a text that says so. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSupposition } from '../../../engine/report/readSupposition.ts';
import type { GraphSnapshot, Supposition } from '../../../engine/report/snapshot.ts';
import { analyse } from '../../../server/analysis/analyse.ts';
import { snapshotOf } from '../../../server/analysis/snapshot.ts';
import { supposedSnapshot } from '../../../server/analysis/suppose.ts';
import { editGraph } from '../../../server/features/graphEdits/editGraph.ts';
import { applyEdits } from '../../../server/mends/edit.ts';
import { openSpec } from '../../support/openSpec.ts';

const NAMES = ['x', 'y', 'a', 'b', 'c', 'u', 'v'] as const;

interface Spec {
  readonly latent: readonly string[];
  readonly arrows: readonly string[];
  readonly treatment: readonly string[];
  readonly outcome: readonly string[];
  readonly adjust: readonly string[] | null;
}

function textOf({ latent, arrows, treatment, outcome, adjust }: Spec): string {
  const listed = adjust === null ? [] : [`adjust ${adjust.join(', ')}`];
  return [
    ...NAMES.map((name) => `${latent.includes(name) ? 'latent' : 'variable'} ${name}`),
    ...arrows,
    `treatment ${treatment.join(', ')}`,
    `outcome ${outcome.join(', ')}`,
    ...listed,
  ].join('\n');
}

const subset = (names: readonly string[]) => fc.subarray([...names]);

const specs: fc.Arbitrary<Spec> = fc.record({
  latent: subset(['u', 'v', 'c']),
  arrows: fc
    .tuple(
      fc.shuffledSubarray([...NAMES], { minLength: NAMES.length }),
      fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.nat(4)), { minLength: 4, maxLength: 11 }),
    )
    .map(([order, pairs]) => {
      const lines = pairs.flatMap(([p, q, kind]) => {
        const [from, to] = [order[Math.min(p, q)], order[Math.max(p, q)]];
        return from === to ? [] : [`${from} ${kind === 0 ? '<->' : '->'} ${to}`];
      });
      return [...new Set(lines)];
    }),
  treatment: fc.constant(['x']),
  outcome: fc.constant(['y']),
  adjust: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 })),
});

const suppositions: fc.Arbitrary<Supposition> = fc.record({
  effect: fc.option(
    fc.constantFrom(
      { treatment: ['x'], outcome: ['y'] },
      { treatment: ['a'], outcome: ['y'] },
      { treatment: ['x', 'b'], outcome: ['y'] },
      { treatment: ['x'], outcome: ['b', 'y'] },
    ),
  ),
  adjust: fc.option(fc.subarray(['a', 'b', 'c', 'u'], { minLength: 1 })),
  measured: subset(['u', 'v', 'c']),
});

/** Without what only one of the two knows: what it changes, and what else the text asks. */
function compared(snapshot: GraphSnapshot): unknown {
  return snapshot.question === null
    ? snapshot
    : { ...snapshot, question: { ...snapshot.question, effects: [], changes: null } };
}

/** The same where the order in which a set is listed says nothing. */
function inAnyOrder(snapshot: GraphSnapshot): unknown {
  const details = snapshot.verdict.details.map((sentence) =>
    sentence.replace(/^Your set \(.*?\)/, 'Your set'),
  );
  return compared({ ...snapshot, verdict: { ...snapshot.verdict, details } });
}

describe('what if', () => {
  it('is what the text would give that says so', () => {
    fc.assert(
      fc.property(specs, suppositions, (spec, supposition) => {
        const written = textOf({
          ...spec,
          latent: spec.latent.filter((name) => !supposition.measured.includes(name)),
          ...supposition.effect,
          adjust: supposition.adjust ?? spec.adjust,
        });
        const supposed = supposedSnapshot(analyse(textOf(spec)), supposition);
        expect(compared(supposed)).toEqual(compared(snapshotOf(analyse(written))));
      }),
      { numRuns: 150 },
    );
  });

  it('written into the text, is what was supposed', () => {
    fc.assert(
      fc.property(specs, suppositions, (spec, { adjust, measured }) => {
        const before = openSpec(textOf(spec));
        const plan = editGraph({ kind: 'adopt', adjust, measured }, before);
        if (plan.kind === 'refused') {
          expect(plan.message).toMatch(/no place where this could be changed|never measured/);
          return;
        }
        const after = analyse(applyEdits(before.analysis.text, plan.edits));
        const supposed = supposedSnapshot(before.analysis, { effect: null, adjust, measured });
        expect(inAnyOrder(snapshotOf(after))).toEqual(inAnyOrder(supposed));
      }),
      { numRuns: 100 },
    );
  });

  it('that the text has no words for is not written', () => {
    const spec = openSpec(MUSIC);
    const refused = (adjust: string[] | null, measured: string[] = []) => {
      const plan = editGraph({ kind: 'adopt', adjust, measured }, spec);
      return plan.kind === 'refused' ? plan.message : plan.edits;
    };
    expect(refused([])).toContain('adjust nothing');
    expect(refused(['taste'])).toContain('never measured');
    expect(refused(['gone'])).toContain('not declared');
    expect(refused(null, ['age'])).toContain('no place');
  });

  it('leaves the analysis of the text as it was', () => {
    const analysis = analyse(MUSIC);
    const before = JSON.stringify(snapshotOf(analysis));
    supposedSnapshot(analysis, { effect: null, adjust: ['age'], measured: ['taste'] });
    expect(JSON.stringify(snapshotOf(analysis))).toBe(before);
  });
});

const MUSIC = `variable feed, engagement, age, wave, clicks, rating
latent taste
age -> feed, engagement
taste -> feed, engagement, rating
feed -> clicks -> engagement
feed -> rating
wave -> feed
treatment feed
outcome engagement
`;

const supposed = (supposition: Partial<Supposition>, text = MUSIC) =>
  supposedSnapshot(analyse(text), { effect: null, adjust: null, measured: [], ...supposition });
const told = (snapshot: GraphSnapshot, kind: string): string[] =>
  (snapshot.question?.changes ?? []).filter((change) => change.kind === kind).map(({ sentence }) => sentence);

describe('what is told of it', () => {
  it('is the verdict before and after, where something is measured', () => {
    const snapshot = supposed({ measured: ['taste'] });
    expect(snapshot.verdict.status).toBe('identified');
    expect(told(snapshot, 'better')).toEqual([
      'With taste measured, the effect can be had by adjustment; without, it can be had by the front door.',
    ]);
    expect(told(snapshot, 'closes')).toEqual([
      'Closes feed ← taste → engagement: it is closed, because taste is held fixed.',
    ]);
  });

  it('is which control does harm, and why', () => {
    const snapshot = supposed({ adjust: ['age', 'clicks'] });
    expect(snapshot.question?.valid).toBe(false);
    expect(told(snapshot, 'worse')[0]).toContain('does not give the effect');
    expect(told(snapshot, 'harm')[0]).toContain('clicks lies on the causal path feed → clicks → engagement');
    expect(told(snapshot, 'cuts')).toEqual([
      'Cuts off feed → clicks → engagement: it is part of the effect, and cut off because clicks is held fixed.',
    ]);
    const collider = supposed({ adjust: ['age', 'rating'] }, MUSIC.replace('taste -> feed,', 'taste ->'));
    expect(told(collider, 'harm')[0]).toContain('rating is a common effect (a collider)');
    // The path is told with the variable that opens it, and once.
    expect(told(collider, 'opens')).toEqual([]);
    const dropped = supposed({ adjust: ['wave'] }, MUSIC.replace('taste -> feed,', 'taste ->'));
    expect(told(dropped, 'opens')).toEqual(['Opens feed ← age → engagement: it biases the effect.']);
  });

  it('is nothing where nothing is supposed but another effect', () => {
    const snapshot = supposed({ effect: { treatment: ['feed'], outcome: ['clicks'] } });
    expect(snapshot.question).toMatchObject({
      changes: null,
      effect: { treatment: ['feed'], outcome: ['clicks'] },
      effects: [{ asked: 'roles', treatment: ['feed'], outcome: ['engagement'] }],
    });
  });
});

describe('the paths of an effect', () => {
  const paths = (supposition: Partial<Supposition> = {}) => supposed(supposition).question?.paths ?? [];

  it('are causal, open and closed, each with what decides it', () => {
    expect(paths().map(({ nodes, state }) => [state, nodes.join(' ')])).toEqual([
      ['causal', 'feed clicks engagement'],
      ['biasing', 'feed taste engagement'],
      ['closed', 'feed age engagement'],
      ['closed', 'feed rating taste engagement'],
    ]);
    const sentences = paths().map(({ sentence }) => sentence);
    expect(sentences[1]).toBe(
      'Open, and biases the effect. Nothing measured can close it: taste is not measured.',
    );
    expect(sentences[3]).toBe('Closed by itself: arrows meet at rating, which is left alone.');
  });

  it('that are open name what would close them', () => {
    const open = paths({ adjust: ['rating'], measured: ['taste'] }).filter(
      ({ state }) => state === 'biasing',
    );
    expect(open.map(({ closers }) => closers)).toEqual([['age'], ['taste'], ['taste']]);
    expect(open[2]?.sentence).toContain('To close it, adjust for taste, or leave rating alone.');
  });
});

describe('the effects that a spec asks about', () => {
  it('are those of its roles, their pairs, its estimates and the steps through its mediators', () => {
    const text = `variable a, b, m, y, z
a, b -> m -> y
y -> z
a, b -> y
treatment a, b
outcome y
estimate regression of a on z
estimate mediation of a on y {
  through m
}
`;
    const effects = snapshotOf(analyse(text)).question?.effects.map(
      ({ asked, treatment, outcome }) => `${asked}: ${treatment.join('+')} > ${outcome.join('+')}`,
    );
    expect(effects).toEqual([
      'roles: a+b > y',
      'pair: a > y',
      'pair: b > y',
      'estimate: a > z',
      'mediator: a > m',
      'mediator: m > y',
    ]);
  });
});

describe('a supposition from outside', () => {
  it('is read, and anything else is none', () => {
    const sound: Supposition = { effect: null, adjust: ['a'], measured: [] };
    expect(readSupposition({ ...sound, uri: 'file:///a.causal', more: 1 })).toEqual(sound);
    for (const value of [
      null,
      7,
      {},
      { ...sound, effect: undefined },
      { ...sound, effect: { treatment: 'a', outcome: [] } },
      { ...sound, adjust: [1] },
      { ...sound, measured: null },
    ])
      expect(readSupposition(value)).toBeNull();
  });
});
