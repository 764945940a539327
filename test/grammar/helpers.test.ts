import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineIndex, offsetAt, positionAt } from '../../grammar/lineIndex.ts';
import { canWriteName, isPlainName, quoteName } from '../../grammar/names.ts';
import { nearest } from '../../grammar/nearest.ts';
import { parse } from '../../grammar/parse.ts';
import { statementOf } from './support.ts';

/** The position of an offset, counted character by character. */
function countedPosition(text: string, offset: number): { line: number; character: number } {
  let line = 0;
  let start = 0;
  for (let at = 0; at < offset; at += 1) {
    const ends = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
    if (ends) line += 1;
    if (ends) start = at + 1;
  }
  return { line, character: offset - start };
}

describe('the line index', () => {
  const text = 'ab\ncd\r\ne\r\r\n😀f\n';

  test('knows the three line ends', () => {
    expect(createLineIndex(text).lineStarts).toEqual([0, 3, 7, 9, 11, 15]);
    expect(createLineIndex('').lineStarts).toEqual([0]);
  });

  test.each([
    [0, 0, 0],
    [2, 0, 2],
    [3, 1, 0],
    [6, 1, 3],
    [8, 2, 1],
    [9, 3, 0],
    [11, 4, 0],
    [13, 4, 2],
    [15, 5, 0],
  ])('offset %i is line %i, character %i, and back', (offset, line, character) => {
    const index = createLineIndex(text);
    expect(positionAt(index, offset)).toEqual({ line, character });
    expect(offsetAt(index, { line, character })).toBe(offset);
  });

  test('moves what lies outside to the nearest place inside', () => {
    const index = createLineIndex('ab\ncd');
    expect(positionAt(index, -1)).toEqual({ line: 0, character: 0 });
    expect(positionAt(index, 99)).toEqual({ line: 1, character: 2 });
    expect(offsetAt(index, { line: -1, character: 5 })).toBe(0);
    expect(offsetAt(index, { line: 0, character: 99 })).toBe(3);
    expect(offsetAt(index, { line: 1, character: 99 })).toBe(5);
    expect(offsetAt(index, { line: 9, character: 0 })).toBe(5);
  });

  test('goes there and back for any text', () => {
    const texts = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '😀')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.nat(), (value, at) => {
        const index = createLineIndex(value);
        const offset = at % (value.length + 1);
        const position = positionAt(index, offset);
        expect(offsetAt(index, position)).toBe(offset);
        expect(position).toEqual(countedPosition(value, offset));
      }),
    );
  });
});

describe('quoting', () => {
  test.each([
    ['age', 'age'],
    ['größe', 'größe'],
    ['a.b_1', 'a.b_1'],
    ['treatment', 'treatment'],
    ['prior sessions', '`prior sessions`'],
    ['2sls', '`2sls`'],
    ['', '` `'],
    ['a-b', '`a-b`'],
    ['"', '`"`'],
    ['a`b\nc\r\nd', "`a'b c d`"],
  ])('%j is written %s', (name, written) => {
    expect(quoteName(name)).toBe(written);
  });

  test.each(['true', 'false', 'missing', 'not', 'and', 'or', 'in', 'is'])(
    '%s needs backticks in expressions alone',
    (name) => {
      expect(quoteName(name)).toBe(name);
      expect(quoteName(name, 'expression')).toBe(`\`${name}\``);
      expect(isPlainName(name)).toBe(true);
      expect(isPlainName(name, 'expression')).toBe(false);
    },
  );

  test('gives a name that reads back, for every name that can be written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), (name) => {
        const statement = canWriteName(name) ? statementOf(`variable ${quoteName(name)}`) : undefined;
        const read = statement?.kind === 'variable' ? statement.names[0]?.text : undefined;
        expect(read).toBe(canWriteName(name) ? name : undefined);
        expect(parse(`variable ${quoteName(name)}`).faults).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('says which names cannot be written', () => {
    expect(['', 'a`b', 'a\nb', 'a\rb'].map(canWriteName)).toEqual([false, false, false, false]);
    expect(['a', ' ', 'a\tb', '__proto__'].map(canWriteName)).toEqual([true, true, true, true]);
  });
});

describe('the nearest word', () => {
  const words = ['treatment', 'outcome', 'adjust', 'log', 'hc3'];

  test.each([
    ['treatmnt', 'treatment'],
    ['Treatment', 'treatment'],
    ['tratement', 'treatment'],
    ['outcoem', 'outcome'],
    ['adj', 'adjust'],
    ['adjusted', 'adjust'],
    ['lgo', 'log'],
    ['HC3', 'hc3'],
    ['banana', undefined],
    ['x', undefined],
    ['', undefined],
    ['t'.repeat(1000), undefined],
  ])('to %.12s is %s', (word, found) => {
    expect(nearest(word, words)).toBe(found);
  });
});
