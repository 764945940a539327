import { describe, expect, test } from 'vitest';
import { MAX_OPERATORS } from '../../grammar/expressionParser.ts';
import { MAX_NESTING } from '../../grammar/lines.ts';
import { MAX_FAULTS, parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import type { Expression } from '../../grammar/tree.ts';
import { parseSound, reports, statementOf } from './support.ts';

/** A long text, all on one line. */
function line(part: string, start = '', end = '', length = 100_000): string {
  return start + part.repeat(length / part.length) + end;
}

const MEGABYTE = 1_000_000;

describe('a very long line parses', () => {
  test.each([
    ['a megabyte of one name', line('a', '', '', MEGABYTE)],
    ['a megabyte of names', line('a, ', 'adjust ', 'b', MEGABYTE)],
    ['a megabyte of one text', line('a', 'model "', '', MEGABYTE)],
    ['a megabyte of noise', line('$', '', '', MEGABYTE)],
    ['one name of letters past ASCII', line('é')],
    ['one text of escapes', line('\\"', 'model "')],
    ['one name in backticks without an end', line('a', '`')],
    ['many such runs', line('$ ')],
    ['names without commas', line('a ', 'adjust ')],
    ['a chain of edges', line('a -> ', '', 'b')],
    ['arrows', line('->')],
    ['commas', line(',')],
    ['semicolons', line(';')],
    ['braces that open', line('{')],
    ['braces that close', line('}')],
    ['braces that open and close', line('{}')],
    ['square brackets', line('[', 'a -> b ')],
    ['brackets that do not match', '('.repeat(50_000) + ']'.repeat(50_000)],
    ['signs', line('- ', 'variable x = ', 'a')],
    ['negations', line('not ', 'variable x = ', 'a')],
    ['a sum', line('a + ', 'variable x = ', 'a')],
    ['a list of values', line('1, ', 'variable x = a in (', '1)')],
    ['statements after one another', line('treatment x ')],
    ['options after one another', line('se hc3 ', 'estimate iv { ', '}')],
    ['blocks that are never closed', line('estimate iv { ')],
    ['notes', line('"x" ', 'variable x ')],
  ])('%s', (_what, text) => {
    expect(parse(text).document.range.end).toBe(text.length);
  });
});

describe('many lines parse', () => {
  test.each([
    ['comments in another style without an end', '/*\n'],
    ['quotes without an end', "'\n"],
    ['brackets without an end', 'variable x = (\n'],
    ['braces without an end', 'estimate iv {\n'],
    ['a list that goes on', 'a,\n'],
    ['edges that go on', '-> a\n'],
  ])('of %s', (_what, part) => {
    const text = part.repeat(3_000);
    expect(parse(text).document.range.end).toBe(text.length);
  });

  test('of a sound file, which prints', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `variable x${index} : count "Note"`).join('\n');
    const document = parseSound(text);
    expect(document.statements).toHaveLength(5_000);
    expect(print(document).split('\n')).toHaveLength(5_001);
  });
});

function depthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'unary':
      return 1 + depthOf(expression.operand);
    case 'binary':
      return 1 + Math.max(depthOf(expression.left), depthOf(expression.right));
    case 'call':
      return 1 + Math.max(0, ...expression.arguments.map(depthOf));
    default:
      return 1;
  }
}

function definitionOf(text: string): Expression {
  const { document } = parse(text);
  const [statement] = document.statements;
  if (statement?.kind !== 'variable' || statement.definition === undefined) throw new Error('no definition');
  return statement.definition;
}

describe('an expression', () => {
  const nested = (depth: number): string => `variable x = ${'log('.repeat(depth)}a${')'.repeat(depth)}`;

  test('may nest as deep as anyone writes', () => {
    expect(reports(nested(MAX_NESTING))).toEqual([]);
    expect(depthOf(definitionOf(nested(MAX_NESTING)))).toBe(MAX_NESTING + 1);
  });

  test.each([MAX_NESTING + 1, 100_000])(
    'of %i brackets is one fault, at the first that is too deep',
    (depth) => {
      const text = `${nested(depth)}\na -> b`;
      expect(reports(text)).toEqual([
        '( | Brackets stand more than 100 deep here: give the inner part a name with `variable … = …`.',
      ]);
      expect(parse(text).faults[0]?.range.start).toBe(13 + 4 * (MAX_NESTING + 1) - 1);
      expect(parse(text).document.statements).toHaveLength(2);
      expect(depthOf(definitionOf(text))).toBe(MAX_NESTING + 1);
    },
  );

  test('may be long', () => {
    const sum = `variable x = ${'a + '.repeat(MAX_OPERATORS)}a`;
    expect(reports(sum)).toEqual([]);
    expect(depthOf(definitionOf(sum))).toBe(MAX_OPERATORS + 1);
    expect(reports(`variable x = a in (${'-1, '.repeat(10_000)}1)`)).toEqual([]);
  });

  test.each(['a + ', '- ', 'not ', 'a and ', 'a * -'])('of too many `%s` is one fault', (part) => {
    const text = `variable x = a or ${part.repeat(20_000)}a\nb -> c`;
    expect(reports(text)).toHaveLength(1);
    expect(reports(text)[0]).toMatch(/This expression is too long/);
    expect(parse(text).document.statements).toHaveLength(2);
    expect(depthOf(definitionOf(`${text}`))).toBeLessThanOrEqual(MAX_OPERATORS + 2);
  });

  test('that nests and is long stays shallow enough to walk', () => {
    const text = `variable x = ${`${'a + '.repeat(40)}(`.repeat(90)}a${')'.repeat(90)}`;
    expect(depthOf(definitionOf(text))).toBeLessThanOrEqual(MAX_OPERATORS + MAX_NESTING + 2);
  });
});

describe('faults', () => {
  test('are counted off, so that noise does not drown the editor', () => {
    expect(parse('$ '.repeat(MAX_FAULTS + 10)).faults).toHaveLength(MAX_FAULTS);
  });

  test('on one line are few', () => {
    expect(parse('-> '.repeat(500)).faults.length).toBeLessThanOrEqual(20);
  });
});

describe('names of properties of objects', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is a name like any other',
    (name) => {
      const text = `variable ${name} : binary\n${name} -> y\nestimate ${name} { ${name} ${name} }\nvariable z = ${name} + 1`;
      expect(reports(text)).toEqual([]);
      expect(reports(`${name} x`)).toHaveLength(1);
      expect(reports(`variable x : ${name}`)).toHaveLength(1);
      expect(reports(`variable x = ${name}(1)`)).toHaveLength(1);
      const statement = statementOf(`estimate iv { ${name} 1 }`);
      expect(statement.kind === 'estimate' && statement.options[0]?.kind).toBe('unknown');
    },
  );
});
