import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { ROLES, TYPE_NAMES } from '../../grammar/tree.ts';
import { parseSound, shape, statementOf, textOf } from './support.ts';

const trees: readonly (readonly [string, unknown])[] = [
  ['model "Feed"', { kind: 'model', title: '"Feed"' }],
  ['data "a.csv"', { kind: 'data', path: '"a.csv"', options: [] }],
  ['data "a.csv" on duck', { kind: 'data', path: '"a.csv"', on: 'duck', options: [] }],
  ['data "a.csv" on on', { kind: 'data', path: '"a.csv"', on: 'on', options: [] }],
  ['data "a.csv" {}', { kind: 'data', path: '"a.csv"', options: [] }],
  ['variable x', { kind: 'variable', names: ['x'] }],
  ['variable x, y , z', { kind: 'variable', names: ['x', 'y', 'z'] }],
  ['variable x "Note"', { kind: 'variable', names: ['x'], note: '"Note"' }],
  [
    'variable x : binary',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] } },
  ],
  [
    'variable x : ordinal (low, "mid dle", -1, 2)',
    {
      kind: 'variable',
      names: ['x'],
      type: { kind: 'type', name: 'ordinal', levels: ['low', '"mid dle"', -1, 2] },
    },
  ],
  ['variable x = y', { kind: 'variable', names: ['x'], definition: 'y' }],
  ['variable x = "a" "Note"', { kind: 'variable', names: ['x'], definition: '"a"', note: '"Note"' }],
  [
    'variable x:binary(a,b)=y==1"Note"',
    {
      kind: 'variable',
      names: ['x'],
      type: { kind: 'type', name: 'binary', levels: ['a', 'b'] },
      definition: ['y', '==', 1],
      note: '"Note"',
    },
  ],
  ['latent u', { kind: 'latent', names: ['u'] }],
  ['latent u, v "Note"', { kind: 'latent', names: ['u', 'v'], note: '"Note"' }],
  ['group g = a', { kind: 'group', name: 'g', members: ['a'] }],
  ['group g = a, b "Note"', { kind: 'group', name: 'g', members: ['a', 'b'], note: '"Note"' }],
  ['a -> b', { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] }],
  ['a->b', { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] }],
  ['a <-> b', { kind: 'edges', ends: [['a'], ['b']], arrows: ['<->'] }],
  [
    'a, b -> c, d',
    {
      kind: 'edges',
      ends: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      arrows: ['->'],
    },
  ],
  ['a -> b <- c <-> d', { kind: 'edges', ends: [['a'], ['b'], ['c'], ['d']], arrows: ['->', '<-', '<->'] }],
  ['a -> b [0.5]', { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'], coefficient: 0.5 }],
  [
    'a -> b [-2] "Why"',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'], coefficient: -2, note: '"Why"' },
  ],
  ['a -> b "Why"', { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'], note: '"Why"' }],
  ...ROLES.map((role): [string, unknown] => [`${role} a, b`, { kind: 'role', role, names: ['a', 'b'] }]),
  ['instrument z given w', { kind: 'role', role: 'instrument', names: ['z'], given: ['w'] }],
  ['instrument z, y given v, w', { kind: 'role', role: 'instrument', names: ['z', 'y'], given: ['v', 'w'] }],
  ['adjust nothing', { kind: 'role', role: 'adjust', names: ['nothing'] }],
  ['estimate iv', { kind: 'estimate', method: 'iv', options: [] }],
  ['estimate iv of a on b', { kind: 'estimate', method: 'iv', of: 'a', on: 'b', options: [] }],
  ['estimate iv as "T"', { kind: 'estimate', method: 'iv', title: '"T"', options: [] }],
  [
    'estimate iv of a on b as "T" {}',
    { kind: 'estimate', method: 'iv', of: 'a', on: 'b', title: '"T"', options: [] },
  ],
  ['expect identifiable', { kind: 'expect', expectation: { kind: 'identifiable' } }],
  ['expect implications', { kind: 'expect', expectation: { kind: 'implications' } }],
  ['expect implications at 0.1', { kind: 'expect', expectation: { kind: 'implications', at: 0.1 } }],
  [
    'expect a independent of b',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', right: 'b', given: [] } },
  ],
  [
    'expect a independent of b given c, d at 0.05',
    {
      kind: 'expect',
      expectation: { kind: 'independent', left: 'a', right: 'b', given: ['c', 'd'], at: 0.05 },
    },
  ],
];

describe('the tree of', () => {
  test.each(trees)('%s', (text, tree) => {
    expect(shape(statementOf(text))).toEqual(tree);
  });

  test.each(TYPE_NAMES)('type %s', (name) => {
    const statement = statementOf(`variable x : ${name}`);
    expect(statement.kind === 'variable' ? statement.type?.name : undefined).toBe(name);
  });

  test('an empty file', () => {
    expect(parseSound('')).toEqual({
      kind: 'document',
      statements: [],
      comments: [],
      paragraphs: [],
      range: { start: 0, end: 0 },
    });
    expect(parseSound('\n ; ;\n').statements).toEqual([]);
  });
});

describe('options of data', () => {
  const options = (text: string): unknown => {
    const statement = statementOf(`data "a.csv" { ${text} }`);
    return statement.kind === 'data' ? shape(statement.options) : undefined;
  };

  test.each([
    ['where age >= 13', [{ kind: 'where', condition: ['age', '>=', 13] }]],
    ['missing drop', [{ kind: 'missing', policy: 'drop' }]],
    ['missing mean', [{ kind: 'missing', policy: 'mean' }]],
    ['missing indicator', [{ kind: 'missing', policy: 'indicator' }]],
    ['weight w', [{ kind: 'weight', name: 'w' }]],
    ['cluster school', [{ kind: 'cluster', name: 'school' }]],
    ['id user', [{ kind: 'id', name: 'user' }]],
    [
      'weight weight; id `id`',
      [
        { kind: 'weight', name: 'weight' },
        { kind: 'id', name: 'id' },
      ],
    ],
    [
      '\n where a\n\n missing drop ; ;\n',
      [
        { kind: 'where', condition: 'a' },
        { kind: 'missing', policy: 'drop' },
      ],
    ],
  ])('%j', (text, tree) => {
    expect(options(text)).toEqual(tree);
  });
});

describe('options of estimate', () => {
  const options = (text: string): unknown => {
    const statement = statementOf(`estimate aipw { ${text} }`);
    return statement.kind === 'estimate' ? shape(statement.options) : undefined;
  };

  test.each([
    ['adjust a, b', { kind: 'adjust', names: ['a', 'b'], nothing: false }],
    ['adjust nothing', { kind: 'adjust', names: [], nothing: true }],
    ['adjust `nothing`', { kind: 'adjust', names: ['nothing'], nothing: false }],
    ['adjust nothing, x', { kind: 'adjust', names: ['nothing', 'x'], nothing: false }],
    ['instrument z', { kind: 'instrument', names: ['z'] }],
    ['instrument z, y given w', { kind: 'instrument', names: ['z', 'y'], given: ['w'] }],
    ['estimand att', { kind: 'estimand', word: 'att' }],
    ['estimand nonsense', { kind: 'estimand', word: 'nonsense' }],
    ['se hc3', { kind: 'se', word: 'hc3' }],
    ['propensity boosting', { kind: 'propensity', word: 'boosting' }],
    ['learner linear', { kind: 'learner', word: 'linear' }],
    ['contrast a vs b', { kind: 'contrast', level: 'a', reference: 'b' }],
    ['contrast "high dose" vs -1', { kind: 'contrast', level: '"high dose"', reference: -1 }],
    ['where a > 1', { kind: 'where', condition: ['a', '>', 1] }],
    ['by a, b', { kind: 'by', names: ['a', 'b'] }],
    ['through m', { kind: 'through', names: ['m'] }],
    ['cluster c', { kind: 'cluster', name: 'c' }],
    ['weight w', { kind: 'weight', name: 'w' }],
    ['folds 5', { kind: 'folds', value: 5 }],
    ['trim 0.05', { kind: 'trim', value: 0.05 }],
    ['strata 5', { kind: 'strata', value: 5 }],
    ['neighbors 3', { kind: 'neighbors', value: 3 }],
    ['caliper 0.2', { kind: 'caliper', value: 0.2 }],
    ['fuller 1', { kind: 'fuller', value: 1 }],
    ['bootstrap 500', { kind: 'bootstrap', value: 500 }],
    ['level 0.9', { kind: 'level', value: 0.9 }],
    ['seed -42', { kind: 'seed', value: -42 }],
    ['refute placebo', { kind: 'refute', refuters: ['placebo'] }],
    ['refute placebo, subset', { kind: 'refute', refuters: ['placebo', 'subset'] }],
    ['expect p < 0.05', { kind: 'expect', metric: 'p', comparison: { kind: '<', value: 0.05 } }],
    ['expect ci_low <-0.5', { kind: 'expect', metric: 'ci_low', comparison: { kind: '<', value: -0.5 } }],
    ['expect p >= -1', { kind: 'expect', metric: 'p', comparison: { kind: '>=', value: -1 } }],
    [
      'expect estimate between -0.9 and 1.1',
      { kind: 'expect', metric: 'estimate', comparison: { kind: 'between', low: -0.9, high: 1.1 } },
    ],
  ])('%s', (text, tree) => {
    expect(options(text)).toEqual([tree]);
  });

  test('an unknown one is no fault of syntax, and keeps what follows it', () => {
    const text = 'estimate iv { metod 2.5, (`a b` "c") # why\n}';
    const statement = statementOf(text);
    const option = statement.kind === 'estimate' ? statement.options[0] : undefined;
    if (option?.kind !== 'unknown') throw new Error('not unknown');
    expect(option.name.text).toBe('metod');
    expect(option.rest.map((raw) => raw.text)).toEqual(['2.5', ',', '(', '`a b`', '"c"', ')']);
    expect(option.rest.map((raw) => textOf(text, raw.range))).toEqual(option.rest.map((raw) => raw.text));
  });
});

describe('ranges', () => {
  test('cover what they name', () => {
    const text = 'variable `a b`, c : ordinal (low, -1) = -x + (y) "Note"';
    const statement = statementOf(text);
    if (statement.kind !== 'variable') throw new Error('not a variable');
    const { names, type, definition, note } = statement;
    expect(textOf(text, statement.range)).toBe(text);
    expect(textOf(text, statement.keyword)).toBe('variable');
    expect(names.map((name) => textOf(text, name.range))).toEqual(['`a b`', 'c']);
    expect(names.map((name) => name.quoted)).toEqual([true, false]);
    expect(type && textOf(text, type.range)).toBe('ordinal (low, -1)');
    expect(type?.levels.map((level) => textOf(text, level.range))).toEqual(['low', '-1']);
    expect(definition && textOf(text, definition.range)).toBe('-x + (y)');
    expect(note && textOf(text, note.range)).toBe('"Note"');
  });

  test('of a statement with a block reach to its brace, those of options to the last word', () => {
    const text = 'estimate iv {\n  adjust a, b # why\n  expect p < 0.05\n} # end';
    const statement = statementOf(text);
    if (statement.kind !== 'estimate') throw new Error('not an estimate');
    expect(textOf(text, statement.range)).toBe(text.slice(0, text.indexOf(' # end')));
    expect(statement.options.map((option) => textOf(text, option.range))).toEqual([
      'adjust a, b',
      'expect p < 0.05',
    ]);
    expect(statement.options.map((option) => textOf(text, option.keyword))).toEqual(['adjust', 'expect']);
  });

  test('of arrows and expectations', () => {
    const text = 'a <-> b -> c';
    const edges = statementOf(text);
    expect(edges.kind === 'edges' && edges.arrows.map((arrow) => textOf(text, arrow.range))).toEqual([
      '<->',
      '->',
    ]);
    const expectation = 'expect a independent of b given c at 0.05';
    const statement = statementOf(expectation);
    const range = statement.kind === 'expect' ? statement.expectation?.range : undefined;
    expect(range && textOf(expectation, range)).toBe('a independent of b given c at 0.05');
  });

  test('count UTF-16 code units', () => {
    const text = '`😀` -> b';
    const { statements } = parse(text).document;
    const [edges] = statements;
    expect(
      edges?.kind === 'edges' && edges.ends.flat().map((name) => [name.range.start, name.range.end]),
    ).toEqual([
      [0, 4],
      [8, 9],
    ]);
  });
});
