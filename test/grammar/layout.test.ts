import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { reports, shape, textOf } from './support.ts';

/** The statements and options of a text, as they stand in it, options indented. */
function linesOf(text: string): string[] {
  return parse(text).document.statements.flatMap((statement) => [
    textOf(text, statement.range).split(/[\n{]/)[0]?.trim() ?? '',
    ...('options' in statement ? statement.options.map((option) => `  ${textOf(text, option.range)}`) : []),
  ]);
}

const UNCLOSED_BRACE = '{ | This `{` is never closed: put a `}` on a line of its own after the last option.';
const UNCLOSED_ROUND = '( | This `(` is never closed: put a `)` where it should end.';
const UNCLOSED_SQUARE = '[ | This `[` is never closed: put a `]` where it should end.';

describe('a line', () => {
  test('ends a statement, as does a semicolon', () => {
    expect(linesOf('variable a; a -> b ;; treatment a;\noutcome b')).toEqual([
      'variable a',
      'a -> b',
      'treatment a',
      'outcome b',
    ]);
  });

  test('does not go on because it is unfinished', () => {
    const text = 'age ->\nsex -> income';
    expect(linesOf(text)).toEqual(['age ->', 'sex -> income']);
    expect(reports(text)).toHaveLength(1);
  });

  test.each([
    ['after a comma', 'variable a,\n\n  b, # why\n  c'],
    ['before an arrow', 'a, b\n  -> c\n  <- d\n<-> e'],
    ['inside round brackets', 'variable a = min(\n b,\n c\n)'],
    ['inside square brackets', 'a -> b [\n 0.5\n]'],
    ['after a comma in edges, with arrows in it', 'a,\nb -> c,\nd -> e'],
    ['in backticks at its start', 'variable a,\n`variable` "Note"'],
    ['after a comma before a keyword that is a name', 'variable a,\noutcome'],
    ['after a comma before a keyword with a type', 'variable a,\noutcome : binary'],
    ['after a comma before a keyword with a note', 'variable a,\nmodel "Note"'],
    ['after a comma before a keyword and `given`', 'instrument a,\ntreatment given b'],
    ['inside brackets before a keyword that is a name', 'variable a = (\ntreatment\nand outcome)'],
    ['inside brackets before a keyword and an operator', 'variable a = (b +\ntreatment + 1)'],
  ])('goes on %s', (_where, text) => {
    expect(reports(text)).toEqual([]);
    expect(parse(text).document.statements).toHaveLength(1);
  });

  test('does not go on after a comma before a line that can only be a statement', () => {
    const text = 'adjust age,\ntreatment x\nvariable a,\nb -> c\nby, a -> b';
    expect(linesOf(text)).toEqual(['adjust age,', 'treatment x', 'variable a,', 'b -> c', 'by, a -> b']);
    expect(reports(text)).toEqual([
      ', | A comma needs another variable after it: write one, or remove the comma.',
      ', | A comma needs another variable after it: write one, or remove the comma.',
    ]);
  });

  test('does not go on after a comma before an option', () => {
    const text = 'estimate iv {\n  adjust a,\n  folds 5\n  by b,\n  where (a)\n}';
    expect(linesOf(text)).toEqual(['estimate iv', '  adjust a,', '  folds 5', '  by b,', '  where (a)']);
    expect(reports(text)).toHaveLength(2);
  });
});

describe('an unclosed bracket', () => {
  test.each([
    ['a keyword', 'variable x = log(y\nlatent taste', ['variable x = log(y', 'latent taste']],
    [
      'an expectation',
      'variable x = log(\nexpect identifiable',
      ['variable x = log(', 'expect identifiable'],
    ],
    ['edges', 'variable x = log(\na -> b', ['variable x = log(', 'a -> b']],
    ['edges to the left', 'variable x = log(\na, b <- c', ['variable x = log(', 'a, b <- c']],
    ['a value after a value', 'variable x = log(y\ntreatment', ['variable x = log(y', 'treatment']],
    ['a semicolon', 'variable x = log(y; a -> b', ['variable x = log(y', 'a -> b']],
    ['a block', 'variable x : binary (a\ndata "a.csv" {\n}', ['variable x : binary (a', 'data "a.csv"']],
  ])('ends before %s', (_what, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
    expect(reports(text)[0]).toBe(UNCLOSED_ROUND);
  });

  test('of a coefficient ends at once', () => {
    const text = 'a -> b [0.5\nc -> d';
    expect(linesOf(text)).toEqual(['a -> b [0.5', 'c -> d']);
    expect(reports(text)).toEqual([UNCLOSED_SQUARE]);
  });

  test('takes in the lines that can only belong to it', () => {
    const text = 'data "a.csv" {\n  where (age > 13\n    and sex == 1\n  missing drop\n}\na -> b';
    expect(reports(text)).toEqual([UNCLOSED_ROUND]);
    expect(shape(parse(text).document.statements)).toEqual([
      {
        kind: 'data',
        path: '"a.csv"',
        options: [
          { kind: 'where', condition: [['age', '>', 13], 'and', ['sex', '==', 1]] },
          { kind: 'missing', policy: 'drop' },
        ],
      },
      { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
    ]);
  });

  test('in a block ends at its brace', () => {
    const text = 'data "a.csv" { where (a > 1 }\na -> b';
    expect(linesOf(text)).toEqual(['data "a.csv"', '  where (a > 1', 'a -> b']);
    expect(reports(text)).toEqual([UNCLOSED_ROUND]);
  });

  test('is the outermost of several, and one fault', () => {
    expect(reports('variable x = ((log(y)\na -> b')).toEqual([UNCLOSED_ROUND]);
    expect(reports('variable x = (a]\na -> b')).toEqual([UNCLOSED_ROUND]);
  });

  test('hides what is missing after it and not what is wrong before it', () => {
    expect(reports('variable x y = log(a +')).toEqual([
      'y | A comma is missing before this variable: write `a, b`.',
      UNCLOSED_ROUND,
    ]);
  });

  test('that is closed far below holds the lines between', () => {
    const text = 'variable x = min(\na\n,\nb\n)\nc -> d';
    expect(reports(text)).toEqual([]);
    expect(parse(text).document.statements).toHaveLength(2);
  });
});

describe('an unclosed brace', () => {
  test.each([
    ['a keyword', 'estimate iv {\n  adjust x\ntreatment t'],
    ['a keyword as far in as the options', 'estimate iv {\n  adjust x\n  treatment t'],
    ['edges', 'estimate iv {\n  adjust x\na, b -> c'],
    ['another block', 'estimate iv {\n  adjust x\nestimate aipw {\n  adjust y\n}'],
    ['an expectation about the graph', 'estimate iv {\n  adjust x\n\nexpect a independent of b'],
    ['a word that is also an option, further left', 'estimate iv {\n  adjust x\nadjust y'],
    ['a word that is also an option, at once', 'estimate iv {\nadjust y\na -> b'],
  ])('ends before %s', (_what, text) => {
    const { statements } = parse(text).document;
    expect(reports(text)).toEqual([UNCLOSED_BRACE]);
    expect(statements.length).toBeGreaterThan(1);
    const [first] = statements;
    const options = first?.kind === 'estimate' ? first.options : [];
    expect(options.every((option) => option.kind === 'adjust' && option.names[0]?.text === 'x')).toBe(true);
  });

  test('ends with the file', () => {
    const text = 'estimate iv {\n  adjust x\n  se hc3';
    expect(linesOf(text)).toEqual(['estimate iv', '  adjust x', '  se hc3']);
    expect(reports(text)).toEqual([UNCLOSED_BRACE]);
  });

  test('swallows the brace that is too many further down', () => {
    expect(reports('estimate iv {\n  adjust x\ntreatment t\n}')).toEqual([UNCLOSED_BRACE]);
  });
});

describe('a closed block', () => {
  test('reports a statement inside and keeps the options around it', () => {
    const text = 'estimate iv {\nadjust x\na -> b\nse hc3\n}\ntreatment t';
    expect(linesOf(text)).toEqual(['estimate iv', '  adjust x', '  a -> b', '  se hc3', 'treatment t']);
    expect(reports(text)).toEqual([
      'a | This is a statement, not an option of `estimate`: move it below the `}`.',
    ]);
  });

  test('may stand on one line, with semicolons', () => {
    const text = 'data "a.csv" { where a > 1; missing drop }; estimate iv { a -> b }';
    expect(linesOf(text)).toEqual([
      'data "a.csv"',
      '  where a > 1',
      '  missing drop',
      'estimate iv',
      '  a -> b',
    ]);
  });

  test('that opens on the next line is still its own', () => {
    const text = 'estimate iv\n{\n  adjust x\n}\ntreatment t';
    expect(linesOf(text)).toEqual(['estimate iv', '  adjust x', 'treatment t']);
    expect(reports(text)).toEqual(['{ | This `{` belongs at the end of the line above it.']);
  });
});

describe('the braces of a statement', () => {
  const bracesOf = (text: string): unknown => {
    const [statement] = parse(text).document.statements;
    if (statement?.kind !== 'estimate' && statement?.kind !== 'data') return 'no block';
    const { braces } = statement;
    return braces && [braces.open.start, braces.close?.start];
  };

  test('are where they stand, or missing', () => {
    expect(bracesOf('estimate iv')).toBeUndefined();
    expect(bracesOf('estimate iv { se hc3 }')).toEqual([12, 21]);
    expect(bracesOf('data "a.csv" {\n}')).toEqual([13, 15]);
    expect(bracesOf('estimate iv {\n  se hc3\ntreatment x')).toEqual([12, undefined]);
  });
});

describe('a brace that is out of place', () => {
  const MISPLACED = '{ | Braces hold the options of `data` or `estimate` and nothing else: remove this one.';

  test('after another statement is left out with its partner', () => {
    const text = 'variable x {\n  a -> b\n}\ntreatment x';
    expect(linesOf(text)).toEqual(['variable x', 'a -> b', 'treatment x']);
    expect(reports(text)).toEqual([MISPLACED]);
  });

  test('around a list is left out, the list stays', () => {
    const text = '{a, b} -> {c}\nadjust {a, b}';
    expect(shape(parse(text).document.statements)).toEqual([
      { kind: 'edges', ends: [['a', 'b'], ['c']], arrows: ['->'] },
      { kind: 'role', role: 'adjust', names: ['a', 'b'] },
    ]);
    expect(reports(text)).toEqual([MISPLACED, MISPLACED]);
  });

  test('that closes nothing is reported, and the next one too', () => {
    expect(reports('treatment x }\noutcome y\n}')).toEqual([
      '} | This `}` closes nothing: remove it.',
      '} | This `}` closes nothing: remove it.',
    ]);
  });

  test('alone in a file is a fault', () => {
    expect(reports('{')).toEqual([MISPLACED]);
    expect(reports('}')).toEqual(['} | This `}` closes nothing: remove it.']);
  });
});
