import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { reports, shape } from './support.ts';

/** An option of `estimate` with one mistake: what is reported, and what the tree keeps. */
const optionMistakes: readonly (readonly [string, string, unknown])[] = [
  [
    'adjust',
    'adjust | `adjust` needs a variable after it, as in `adjust age, sex`.',
    { kind: 'adjust', names: [], nothing: false },
  ],
  [
    'adjust a,',
    ', | A comma needs another variable after it: write one, or remove the comma.',
    { kind: 'adjust', names: ['a'], nothing: false },
  ],
  [
    'adjust {a, b}',
    '{ | Braces hold the options of `data` or `estimate` and nothing else: remove this one.',
    { kind: 'adjust', names: ['a', 'b'], nothing: false },
  ],
  [
    'adjust a given b',
    'given | Only `instrument` takes `given`: remove it, or adjust for these variables with `adjust`.',
    { kind: 'adjust', names: ['a'], nothing: false },
  ],
  [
    'instrument z given',
    'given | `given` needs a variable after it, as in `instrument rollout given age`.',
    { kind: 'instrument', names: ['z'], given: [] },
  ],
  [
    'estimand',
    'estimand | `estimand` takes one word: `ate`, `att`, `atc`, `late`, `overlap`, `total`, `direct` or `indirect`.',
    { kind: 'estimand' },
  ],
  ['se 3', 'se | `se` takes one word: `classic`, `robust`, `hc0`, `hc2` or `hc3`.', { kind: 'se' }],
  [
    'se hc3 robust',
    'robust | `robust` has no place here: remove it. A line like this reads `se hc3`.',
    { kind: 'se', word: 'hc3' },
  ],
  [
    'contrast',
    'contrast | Two levels are compared with `vs`: write `contrast "high" vs "low"`.',
    { kind: 'contrast' },
  ],
  [
    'contrast a',
    'contrast | Two levels are compared with `vs`: write `contrast "high" vs "low"`.',
    { kind: 'contrast', level: 'a' },
  ],
  [
    'contrast a vs',
    'vs | Two levels are compared with `vs`: write `contrast "high" vs "low"`.',
    { kind: 'contrast', level: 'a' },
  ],
  [
    'contrast a b',
    'b | Two levels are compared with `vs`: write `contrast "high" vs "low"`.',
    { kind: 'contrast', level: 'a', reference: 'b' },
  ],
  [
    'contrast vs b',
    'contrast | Two levels are compared with `vs`: write `contrast "high" vs "low"`.',
    { kind: 'contrast', reference: 'b' },
  ],
  ['where', 'where | `where` needs a condition after it, as in `where age >= 18`.', { kind: 'where' }],
  ['where a >', '> | `>` needs a value on its right, as in `age > 18`.', { kind: 'where', condition: 'a' }],
  ['by', 'by | `by` needs a variable after it, as in `by sex`.', { kind: 'by', names: [] }],
  ['cluster', 'cluster | `cluster` needs a column after it, as in `cluster school`.', { kind: 'cluster' }],
  ['folds', 'folds | `folds` needs a number after it, as in `folds 5`.', { kind: 'folds' }],
  ['folds five', 'folds | `folds` needs a number after it, as in `folds 5`.', { kind: 'folds' }],
  ['folds -', '- | `-` needs a number after it.', { kind: 'folds' }],
  [
    'refute',
    'refute | `refute` needs a refuter after it, as in `refute placebo`.',
    { kind: 'refute', refuters: [] },
  ],
  [
    'refute placebo subset',
    'subset | A comma is missing before this refuter: write `a, b`.',
    { kind: 'refute', refuters: ['placebo', 'subset'] },
  ],
  [
    'expect',
    'expect | `expect` needs a number of the estimate and a bound, as in `expect p < 0.05` or `expect estimate between 0.9 and 1.1`.',
    { kind: 'expect' },
  ],
  [
    'expect p',
    'p | `p` needs a bound, as in `expect p < 0.05` or `expect estimate between 0.9 and 1.1`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'expect p <',
    '< | `<` needs a number on its right, as in `expect p < 0.05`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'expect p = 0.05',
    '= | A bound is written with `<`, `<=`, `>`, `>=` or `between`, as in `expect estimate between 0.9 and 1.1`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'expect p below 0.05',
    'p | `p` needs a bound, as in `expect p < 0.05` or `expect estimate between 0.9 and 1.1`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'expect p between 1',
    'between | `between` takes two numbers: write `between 0.9 and 1.1`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'expect p between 1 and',
    'and | `between` takes two numbers: write `between 0.9 and 1.1`.',
    { kind: 'expect', metric: 'p' },
  ],
  [
    'a -> b',
    'a | This is a statement, not an option of `estimate`: move it below the `}`.',
    { kind: 'broken' },
  ],
  [
    'treatment x',
    'treatment | This is a statement, not an option of `estimate`: move it below the `}`.',
    { kind: 'broken' },
  ],
  [
    'expect identifiable',
    'expect | What is expected of the graph stands outside the braces: move this line below the `}`.',
    { kind: 'broken' },
  ],
  [
    'expect a independent of b',
    'expect | What is expected of the graph stands outside the braces: move this line below the `}`.',
    { kind: 'broken' },
  ],
  ['5', '5 | An option starts with a word such as `adjust` or `where`.', { kind: 'broken' }],
];

describe('an option with one mistake has one fault, and keeps its good parts', () => {
  test.each(optionMistakes)('%s', (text, report, tree) => {
    const file = `estimate iv {\n  trim 0.1\n  ${text}\n  seed 1\n}\ntreatment x`;
    const result = parse(file);
    expect(reports(file, result)).toEqual([report]);
    expect(shape(result.document.statements)).toEqual([
      {
        kind: 'estimate',
        method: 'iv',
        options: [{ kind: 'trim', value: 0.1 }, tree, { kind: 'seed', value: 1 }],
      },
      { kind: 'role', role: 'treatment', names: ['x'] },
    ]);
  });

  test.each([
    ['missing', 'missing | `missing` takes one word: `drop`, `mean` or `indicator`.', { kind: 'missing' }],
    [
      'missing dropp',
      'dropp | `missing` takes one word: `drop`, `mean` or `indicator`.',
      { kind: 'missing' },
    ],
    ['id', 'id | `id` needs a column after it, as in `id user`.', { kind: 'id' }],
    ['wher a > 1', 'wher | `data` has no option `wher`: did you mean `where`?', { kind: 'broken' }],
    [
      'frobnicate',
      'frobnicate | `data` has no option `frobnicate`: the options are `where`, `missing`, `weight`, `cluster` or `id`.',
      { kind: 'broken' },
    ],
    ['folds 5', 'folds | `folds` is an option of `estimate`, not of `data`.', { kind: 'broken' }],
    [
      'variable x',
      'variable | This is a statement, not an option of `data`: move it below the `}`.',
      { kind: 'broken' },
    ],
  ])('of data: %s', (text, report, tree) => {
    const file = `data "a.csv" {\n  weight w\n  ${text}\n  cluster c\n}`;
    const result = parse(file);
    expect(reports(file, result)).toEqual([report]);
    expect(shape(result.document.statements)).toEqual([
      {
        kind: 'data',
        path: '"a.csv"',
        options: [{ kind: 'weight', name: 'w' }, tree, { kind: 'cluster', name: 'c' }],
      },
    ]);
  });
});
