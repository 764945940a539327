import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import * as vocabulary from '../../grammar/vocabulary.ts';
import { reports, shape } from './support.ts';

/** Every word of the language. */
const words = [
  ...new Set(
    Object.values(vocabulary)
      .flat()
      .map((entry: { readonly word: string }) => entry.word),
  ),
].sort();

function treesOf(text: string): unknown {
  expect(reports(text)).toEqual([]);
  return shape(parse(text).document.statements);
}

/** Each place where a NAME is expected, with the word there, and the tree. */
const places: readonly (readonly [string, (word: string) => string, (word: string) => unknown])[] = [
  ['an edge from it', (w) => `${w} -> b`, (w) => ({ kind: 'edges', ends: [[w], ['b']], arrows: ['->'] })],
  ['an edge to it', (w) => `a <- ${w}`, (w) => ({ kind: 'edges', ends: [['a'], [w]], arrows: ['<-'] })],
  [
    'a list of edges',
    (w) => `${w}, ${w} <-> ${w}, b -> ${w}`,
    (w) => ({ kind: 'edges', ends: [[w, w], [w, 'b'], [w]], arrows: ['<->', '->'] }),
  ],
  [
    'an edge with its arrow on the next line',
    (w) => `${w}\n-> b`,
    (w) => ({ kind: 'edges', ends: [[w], ['b']], arrows: ['->'] }),
  ],
  ['a variable', (w) => `variable ${w}`, (w) => ({ kind: 'variable', names: [w] })],
  ['several variables', (w) => `variable ${w}, b, ${w}`, (w) => ({ kind: 'variable', names: [w, 'b', w] })],
  [
    'a variable with a note',
    (w) => `variable ${w} "Note"`,
    (w) => ({ kind: 'variable', names: [w], note: '"Note"' }),
  ],
  ['a latent', (w) => `latent ${w}`, (w) => ({ kind: 'latent', names: [w] })],
  [
    'a group and its members',
    (w) => `group ${w} = a, ${w}`,
    (w) => ({ kind: 'group', name: w, members: ['a', w] }),
  ],
  ['a role', (w) => `treatment ${w}`, (w) => ({ kind: 'role', role: 'treatment', names: [w] })],
  [
    'a list in a role',
    (w) => `adjust ${w}, a, ${w}`,
    (w) => ({ kind: 'role', role: 'adjust', names: [w, 'a', w] }),
  ],
  [
    'an instrument and what it is given',
    (w) => `instrument ${w}, a given ${w}, b`,
    (w) => ({ kind: 'role', role: 'instrument', names: [w, 'a'], given: [w, 'b'] }),
  ],
  [
    'the engine of the data',
    (w) => `data "a.csv" on ${w}`,
    (w) => ({ kind: 'data', path: '"a.csv"', on: w, options: [] }),
  ],
  [
    'an independence',
    (w) => `expect ${w} independent of ${w} given ${w} at 0.05`,
    (w) => ({
      kind: 'expect',
      expectation: { kind: 'independent', left: w, right: w, given: [w], at: 0.05 },
    }),
  ],
  [
    'a level',
    (w) => `variable x : binary (${w}, b)`,
    (w) => ({ kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [w, 'b'] } }),
  ],
  [
    'the question of an estimate',
    (w) => `estimate iv of ${w} on ${w} as "T"`,
    (w) => ({ kind: 'estimate', method: 'iv', of: w, on: w, title: '"T"', options: [] }),
  ],
  [
    'options of an estimate',
    (w) =>
      `estimate ${w} {\n adjust ${w}, a\n by a, ${w}\n through ${w}\n cluster ${w}\n contrast ${w} vs ${w}\n refute ${w}\n}`,
    (w) => ({
      kind: 'estimate',
      method: w,
      options: [
        { kind: 'adjust', names: [w, 'a'], nothing: false },
        { kind: 'by', names: ['a', w] },
        { kind: 'through', names: [w] },
        { kind: 'cluster', name: w },
        { kind: 'contrast', level: w, reference: w },
        { kind: 'refute', refuters: [w] },
      ],
    }),
  ],
  [
    'the metric of an expectation',
    (w) => `estimate iv { expect ${w} between 1 and 2 }`,
    (w) => ({
      kind: 'estimate',
      method: 'iv',
      options: [{ kind: 'expect', metric: w, comparison: { kind: 'between', low: 1, high: 2 } }],
    }),
  ],
  [
    'options of the data',
    (w) => `data "a.csv" { weight ${w}; id ${w} }`,
    (w) => ({
      kind: 'data',
      path: '"a.csv"',
      options: [
        { kind: 'weight', name: w },
        { kind: 'id', name: w },
      ],
    }),
  ],
];

describe.each(words)('a variable called %s', (word) => {
  test.each(places)('may be in %s', (_place, text, tree) => {
    expect(treesOf(text(word))).toEqual([tree(word)]);
  });
});

describe('the same word twice', () => {
  test('treatment treatment is a role, treatment -> outcome an edge, adjust, x -> y edges', () => {
    expect(
      treesOf('treatment treatment\ntreatment -> outcome\nadjust, x -> y\ntreatment, outcome <- x'),
    ).toEqual([
      { kind: 'role', role: 'treatment', names: ['treatment'] },
      { kind: 'edges', ends: [['treatment'], ['outcome']], arrows: ['->'] },
      { kind: 'edges', ends: [['adjust', 'x'], ['y']], arrows: ['->'] },
      { kind: 'edges', ends: [['treatment', 'outcome'], ['x']], arrows: ['<-'] },
    ]);
  });

  test('in backticks it is never a keyword', () => {
    expect(treesOf('`treatment` -> x')).toHaveLength(1);
    expect(reports('`treatment` x')).toHaveLength(1);
    expect(shape(parse('`variable` x').document.statements)).toEqual([{ kind: 'broken' }]);
  });

  test('identifiable and implications are expectations alone and variables before `independent`', () => {
    expect(treesOf('expect identifiable\nexpect identifiable independent of implications')).toEqual([
      { kind: 'expect', expectation: { kind: 'identifiable' } },
      {
        kind: 'expect',
        expectation: { kind: 'independent', left: 'identifiable', right: 'implications', given: [] },
      },
    ]);
  });

  test('each word of an expression is a name everywhere else', () => {
    expect(treesOf('true, missing, and -> not, in')).toEqual([
      {
        kind: 'edges',
        ends: [
          ['true', 'missing', 'and'],
          ['not', 'in'],
        ],
        arrows: ['->'],
      },
    ]);
  });
});
