import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import type { Document } from '../../grammar/tree.ts';
import { soundFile, soundStatement } from './arbitrary.ts';
import { checkAll, soup } from './invariants.ts';
import { meaning, reports } from './support.ts';

/** `CAUSAL_FUZZ=50` runs each property fifty times as often. */
const runs = (count: number): { numRuns: number } => ({
  numRuns: count * Number(process.env['CAUSAL_FUZZ'] ?? 1),
});

describe('any text', () => {
  test('of arbitrary characters parses, with ranges that nest and lie in the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), checkAll), runs(250));
  });

  test('of tokens in disorder parses, with ranges that nest and lie in the text', () => {
    fc.assert(fc.property(soup, checkAll), runs(800));
  });

  test('that was a sound file before a part of it was cut out or put in parses', () => {
    const edit = fc.tuple(fc.nat(), fc.nat({ max: 12 }), soup);
    fc.assert(
      fc.property(soundFile, edit, (text, [at, length, insertion]) => {
        const start = text.length === 0 ? 0 : at % text.length;
        checkAll(text.slice(0, start) + insertion.slice(0, 6) + text.slice(start + length));
      }),
      runs(300),
    );
  });
});

describe('a sound file', () => {
  const texts = (document: Document): string[] => document.comments.map((comment) => comment.text);

  test('has no fault, and ranges that nest', () => {
    fc.assert(
      fc.property(soundFile, (text) => {
        expect(reports(text)).toEqual([]);
        checkAll(text);
      }),
      runs(300),
    );
  });

  test('printed and parsed again is the same tree with the same comments, and prints the same', () => {
    fc.assert(
      fc.property(soundFile, (text) => {
        const { document } = parse(text);
        const printed = print(document);
        const again = parse(printed);
        expect(reports(printed, again)).toEqual([]);
        expect(meaning(again.document)).toEqual(meaning(document));
        expect(texts(again.document)).toEqual(texts(document));
        expect(print(again.document)).toBe(printed);
      }),
      runs(500),
    );
  });
});

describe('a broken line', () => {
  const brokenLines = [
    'age ->',
    'variable x = log(',
    'variable x = (a + ((b',
    'variable x : binary (a, b',
    'a -> b [',
    'a -> b [0.5',
    'model "no end',
    'variable `no end',
    'treatment',
    'adjust a b',
    'wobble x',
    'just some words',
    '$$$',
    ') a',
    'a -> b )',
    'a }',
    'estimate iv {',
    'estimate iv { adjust a',
    'data "a.csv" {',
    'data "a.csv" { where (a',
    'variable x {',
    'estimate iv { a -> b }',
    '/* no end',
    '// other style',
    'expect a',
    '"text"',
    '1 + 1',
    "'",
  ];

  test('leaves the trees of the lines around it as they are', () => {
    const lines = fc.array(soundStatement, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, fc.nat(), fc.constantFrom(...brokenLines), (statements, at, broken) => {
        fc.pre(!statements.some((line) => line.includes('*/')));
        const before = statements.slice(0, at % (statements.length + 1)).map((line) => `${line}\n`);
        const start = before.join('').length;
        const after = statements.slice(before.length);
        const sound = parse(statements.join('\n')).document.statements;
        const text = `${before.join('')}${broken}\n${after.join('\n')}`;
        const others = parse(text).document.statements.filter(
          ({ range }) => range.end <= start || range.start > start + broken.length,
        );
        const undocumented = (statement: object): object => ({ ...statement, documentation: undefined });
        expect(meaning(others.map(undocumented))).toEqual(meaning(sound.map(undocumented)));
      }),
      runs(800),
    );
  });
});
