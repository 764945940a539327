import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { mistakes } from './mistakes.ts';
import { mended, reports, shape } from './support.ts';

describe('a line with one mistake has one fault, and keeps its good parts', () => {
  test.each(mistakes)('%s', (text, report, tree) => {
    expect(reports(text)).toEqual([report]);
    expect(shape(parse(text).document.statements)).toEqual([tree]);
  });

  test.each(mistakes)('%s among others harms none of them', (text, report, tree) => {
    const file = `variable first;\n${text}\nvariable last`;
    const result = parse(file);
    expect(reports(file, result)).toEqual([report]);
    expect(shape(result.document.statements)).toEqual([
      { kind: 'variable', names: ['first'] },
      tree,
      { kind: 'variable', names: ['last'] },
    ]);
  });
});

describe('several mistakes', () => {
  test('on one line are a fault each', () => {
    expect(reports('a, -> b -> [x] "Why" "When"')).toEqual([
      ', | A comma needs another variable after it: write one, or remove the comma.',
      '-> | An arrow needs a variable on its right: write `a -> b`.',
      '[ | The coefficient of an edge is a number: write `[0.5]`.',
      '"When" | An edge has one note: remove this one.',
    ]);
  });

  test('on every line leave a tree with every line', () => {
    const text = mistakes.map(([line]) => `${line};`).join('\n');
    const { document, faults } = parse(text);
    expect(shape(document.statements)).toEqual(mistakes.map(([, , tree]) => tree));
    expect(faults).toHaveLength(mistakes.length);
  });

  test('come in order of their place', () => {
    const { faults } = parse('variable x = (\na -> $\n// comment\n"open');
    expect(faults.map((fault) => fault.range.start)).toEqual([13, 20, 22, 33]);
  });
});

describe('two lines written as one', () => {
  test('are two statements, and the second is told to move', () => {
    const text = 'treatment x outcome y\nadjust a, b variable c : binary';
    expect(reports(text)).toEqual([
      'outcome | A new statement starts here: put `outcome` on a line of its own.',
      'variable | A new statement starts here: put `variable` on a line of its own.',
    ]);
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'role', role: 'treatment', names: ['x'] },
      { kind: 'role', role: 'outcome', names: ['y'] },
      { kind: 'role', role: 'adjust', names: ['a', 'b'] },
      { kind: 'variable', names: ['c'], type: { kind: 'type', name: 'binary', levels: [] } },
    ]);
    expect(reports(mended(text, parse(text).faults))).toEqual([]);
  });

  test('are two options', () => {
    const text = 'estimate iv { adjust a, b se hc3 folds 5 }';
    const { document } = parse(text);
    const [estimate] = document.statements;
    expect(reports(text)).toEqual([
      'se | A new option starts here: put `se` on a line of its own.',
      'folds | A new option starts here: put `folds` on a line of its own.',
    ]);
    expect(estimate?.kind === 'estimate' && shape(estimate.options)).toEqual([
      { kind: 'adjust', names: ['a', 'b'], nothing: false },
      { kind: 'se', word: 'hc3' },
      { kind: 'folds', value: 5 },
    ]);
    expect(reports(mended(text, parse(text).faults))).toEqual([]);
  });

  test('after a closing brace are two statements', () => {
    const text = 'estimate iv { se hc3 } treatment x';
    expect(reports(text)).toEqual([
      'treatment | Nothing more can stand on this line after `}`: start a new line.',
    ]);
    expect(parse(text).document.statements).toHaveLength(2);
  });
});

describe('a certain mend', () => {
  test.each([
    ['variable x : binry', 'variable x : binary'],
    ['variable x == y', 'variable x = y'],
    ['treatmnt x', 'treatment x'],
    ['x : binary', 'variable x : binary'],
    ['model My study', 'model "My study"'],
    ['data in/music.csv on db', 'data "in/music.csv" on db'],
    ['group g : a', 'group g = a'],
    ['estimate iv "T"', 'estimate iv as "T"'],
    ['expect a indep of b', 'expect a independent of b'],
    ['expect a independent b', 'expect a independent of b'],
    ['data "a.csv" { missing dropp }', 'data "a.csv" { missing drop }'],
    ['data "a.csv" { wher a }', 'data "a.csv" { where a }'],
    ['variable x = lgo(a)', 'variable x = log(a)'],
    ['variable x = a is NA', 'variable x = a is missing'],
    ['a -> b)', 'a -> b'],
  ])('of %s is %s', (text, expected) => {
    const { faults } = parse(text);
    expect(mended(text, faults)).toBe(expected);
    expect(reports(expected)).toEqual([]);
  });
});
