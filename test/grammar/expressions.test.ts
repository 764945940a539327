import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { FUNCTIONS } from '../../grammar/vocabulary.ts';
import { reports, shape, statementOf, textOf } from './support.ts';

function treeOf(expression: string): unknown {
  const statement = statementOf(`variable v = ${expression}`);
  return statement.kind === 'variable' ? shape(statement.definition) : undefined;
}

/** The tree of an expression with faults, and the faults. */
function broken(expression: string): unknown[] {
  const text = `variable v = ${expression}`;
  const result = parse(text);
  const [statement] = result.document.statements;
  const tree = statement?.kind === 'variable' ? shape(statement.definition) : undefined;
  return [tree, ...reports(text, result)];
}

describe('precedence', () => {
  test.each([
    ['a or b and c', ['a', 'or', ['b', 'and', 'c']]],
    ['a and b or c', [['a', 'and', 'b'], 'or', 'c']],
    ['not a and b', [['not', 'a'], 'and', 'b']],
    ['not a = b', ['not', ['a', '==', 'b']]],
    ['not not a', ['not', ['not', 'a']]],
    ['a < b + c', ['a', '<', ['b', '+', 'c']]],
    ['a + b * c', ['a', '+', ['b', '*', 'c']]],
    ['a * b + c', [['a', '*', 'b'], '+', 'c']],
    ['a - b - c', [['a', '-', 'b'], '-', 'c']],
    ['a / b * c', [['a', '/', 'b'], '*', 'c']],
    ['(a + b) * c', [['a', '+', 'b'], '*', 'c']],
    ['a - (b - c)', ['a', '-', ['b', '-', 'c']]],
    ['-a * b', [['-', 'a'], '*', 'b']],
    ['-(a * b)', ['-', ['a', '*', 'b']]],
    ['- -a', ['-', ['-', 'a']]],
    ['a - -b', ['a', '-', ['-', 'b']]],
    ['a + b > c and d', [[['a', '+', 'b'], '>', 'c'], 'and', 'd']],
    ['a in (1, 2) or b', [['a', 'in', [1, 2]], 'or', 'b']],
    ['a + 1 in (1)', [['a', '+', 1], 'in', [1]]],
    ['not a in (1)', ['not', ['a', 'in', [1]]]],
    ['a is missing and b is not missing', [['a', 'is missing'], 'and', ['b', 'is not missing']]],
    ['(a is missing) = true', [['a', 'is missing'], '==', true]],
  ])('%s', (text, tree) => {
    expect(treeOf(text)).toEqual(tree);
  });
});

describe('operators', () => {
  test.each([
    ['=', '=='],
    ['==', '=='],
    ['!=', '!='],
    ['<', '<'],
    ['<=', '<='],
    ['>', '>'],
    ['>=', '>='],
  ])('a %s b compares', (written, operator) => {
    expect(treeOf(`a ${written} b`)).toEqual(['a', operator, 'b']);
    expect(treeOf(`a${written}b`)).toEqual(['a', operator, 'b']);
  });

  test('a<-1 compares with a negative number, blanks or not', () => {
    expect(treeOf('a<-1')).toEqual(['a', '<', -1]);
    expect(treeOf('a <- 1 + b')).toEqual(['a', '<', [-1, '+', 'b']]);
    expect(treeOf('a <-b')).toEqual(['a', '<', ['-', 'b']]);
    expect(treeOf('a <--1')).toEqual(['a', '<', ['-', -1]]);
    expect(treeOf('a\n<- b')).toEqual(['a', '<', ['-', 'b']]);
  });

  test('a minus sign makes a number negative', () => {
    expect(treeOf('-2')).toBe(-2);
    expect(treeOf('-(2)')).toBe(-2);
    expect(treeOf('a -2')).toEqual(['a', '-', 2]);
    expect(treeOf('a * -2')).toEqual(['a', '*', -2]);
    expect(treeOf('a in (-1, - 2)')).toEqual(['a', 'in', [-1, -2]]);
  });
});

describe('words', () => {
  test('true, false and missing are values, and names only in backticks', () => {
    expect(treeOf('true')).toBe(true);
    expect(treeOf('false')).toBe(false);
    expect(treeOf('coalesce(a, missing)')).toEqual(['coalesce()', 'a', 'MISSING']);
    expect(treeOf('`true` and `missing`')).toEqual(['true', 'and', 'missing']);
    expect(treeOf('`and` and not `not`')).toEqual(['and', 'and', ['not', 'not']]);
  });

  test.each(FUNCTIONS.map((entry) => entry.word))(
    '%s is a function before `(` and a column elsewhere',
    (word) => {
      expect(treeOf(`${word}(a)`)).toEqual([`${word}()`, 'a']);
      expect(treeOf(`${word} (a, b)`)).toEqual([`${word}()`, 'a', 'b']);
      expect(treeOf(`${word} + 1`)).toEqual([word, '+', 1]);
      expect(treeOf(`\`${word}\` + 1`)).toEqual([word, '+', 1]);
    },
  );

  test('of statements are columns like any other', () => {
    expect(treeOf('treatment + given * on')).toEqual(['treatment', '+', ['given', '*', 'on']]);
    expect(treeOf('variable > data')).toEqual(['variable', '>', 'data']);
    expect(treeOf('between + nothing')).toEqual(['between', '+', 'nothing']);
  });
});

describe('lines', () => {
  test('go on inside brackets', () => {
    expect(treeOf('(a\n  and b\n\n  or c)')).toEqual([['a', 'and', 'b'], 'or', 'c']);
    expect(treeOf('min(\n a,\n b\n)')).toEqual(['min()', 'a', 'b']);
    expect(treeOf('a in (1,\n 2)')).toEqual(['a', 'in', [1, 2]]);
    expect(treeOf('(\ntreatment\n+ outcome)')).toEqual(['treatment', '+', 'outcome']);
  });
});

describe('ranges', () => {
  test('of nested expressions take in brackets that they hold, not those around them', () => {
    const text = 'variable v = (a + (b)) * f';
    const statement = statementOf(text);
    const product = statement.kind === 'variable' ? statement.definition : undefined;
    if (product?.kind !== 'binary') throw new Error('not a product');
    expect(textOf(text, product.range)).toBe('(a + (b)) * f');
    expect(textOf(text, product.left.range)).toBe('a + (b)');
  });

  test('of calls and lists end with their bracket', () => {
    const text = 'variable v = log(a) in (1, 2)';
    const statement = statementOf(text);
    const test = statement.kind === 'variable' ? statement.definition : undefined;
    if (test?.kind !== 'in') throw new Error('not in');
    expect(textOf(text, test.range)).toBe('log(a) in (1, 2)');
    expect(textOf(text, test.operand.range)).toBe('log(a)');
  });
});

describe('what is wrong', () => {
  test.each([
    ['a +', 'a', '+ | `+` needs a value on its right, as in `age + 1`.'],
    ['a >', 'a', '> | `>` needs a value on its right, as in `age > 18`.'],
    ['> 3', 3, '> | `>` needs a value on its left, as in `age > 18`.'],
    ['a + * b', ['a', '+', 'b'], '+ | `+` needs a value on its right, as in `age + 1`.'],
    ['a and', 'a', 'and | `and` needs a value on its right, as in `age > 18 and age < 65`.'],
    ['not', undefined, 'not | `not` needs a condition after it, as in `not age > 18`.'],
    ['a < b < c', [['a', '<', 'b'], '<', 'c'], '< | Comparisons do not chain: write `a < b and b < c`.'],
    ['a == not b', ['a', '==', ['not', 'b']], 'not | Put brackets round this `not` and its condition.'],
    ['a not in (1)', ['not', ['a', 'in', [1]]], 'not in | `not` goes in front: write `not a in (1, 2)`.'],
    ['a not b', 'a', 'not | `not` needs `and` or `or` before it here.'],
    [
      'a b',
      'a',
      'b | Two values stand side by side here: put an operator such as `+` or `and` between them.',
    ],
    [
      'a is null',
      ['a', 'is missing'],
      'null | `is` goes with `missing` alone: write `is missing`, or compare with `==`.',
    ],
    ['a is', ['a', 'is missing'], 'is | Write `is missing` or `is not missing`.'],
    ['a is not', ['a', 'is not missing'], 'not | Write `is missing` or `is not missing`.'],
    [
      'a in 3',
      ['a', 'in', []],
      'in | `in` needs a list in brackets after it, as in `region in ("north", "south")`.',
    ],
    ['a in ()', ['a', 'in', []], '( | `(` needs a value after it.'],
    ['in (1)', undefined, 'in | `in` needs a value on its left, as in `region in ("north", "south")`.'],
    ['()', undefined, '() | There is nothing between these brackets: write a value there.'],
    ['log()', ['log()'], '( | `(` needs a value after it.'],
    ['log(, a)', ['log()', 'a'], '( | `(` needs a value after it.'],
    [
      'log(a,, b)',
      ['log()', 'a', 'b'],
      ', | A comma needs another value after it: write one, or remove the comma.',
    ],
    ['log(a,)', ['log()', 'a'], ', | A comma needs another value after it: write one, or remove the comma.'],
    [
      'min(a b)',
      ['min()', 'a'],
      'b | Two values stand side by side here: put an operator such as `+` or `and` between them.',
    ],
    ['lgo(a)', ['lgo()', 'a'], 'lgo | `lgo` is not a function: did you mean `log`?'],
    [
      'frob(a)',
      ['frob()', 'a'],
      'frob | `frob` is not a function: the functions are `log`, `exp`, `sqrt`, `abs`, `round`, `min`, `max`, `coalesce`, `lower` and `if`.',
    ],
    ['`log`(a)', ['log()', 'a'], '`log` | A name in backticks is a column: a function stands without them.'],
    ['a)', 'a', ') | This `)` closes nothing: remove it.'],
    ['a -> b', 'a', '-> | An arrow makes an edge, which stands on a line of its own: `a -> b`.'],
  ])('%s', (text, tree, report) => {
    expect(broken(text)).toEqual([tree, report]);
  });

  test('is said once, and the good parts stay', () => {
    expect(broken('log(a +) * (b')).toEqual([
      [['log()', 'a'], '*', 'b'],
      '+ | `+` needs a value on its right, as in `age + 1`.',
      '( | This `(` is never closed: put a `)` where it should end.',
    ]);
  });
});
