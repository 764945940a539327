import fc from 'fast-check';
import { expect } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import type { Range } from '../../grammar/tree.ts';

/** Every range of a tree must lie in that of what holds it, and what stands in a list must stand in order and apart. */
function checkRanges(value: unknown, outer: Range, length: number): void {
  if (Array.isArray(value)) {
    let end = outer.start;
    for (const item of value) {
      checkRanges(item, outer, length);
      const range = (item as { range?: Range } | null)?.range;
      if (range === undefined) continue;
      expect(range.start).toBeGreaterThanOrEqual(end);
      end = range.end;
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as { range?: Range; keyword?: Range };
  const range = node.range ?? outer;
  for (const inner of [node.range, node.keyword]) {
    if (inner === undefined) continue;
    expect(inner.start).toBeGreaterThanOrEqual(outer.start);
    expect(inner.end).toBeLessThanOrEqual(outer.end);
    expect(inner.start).toBeLessThanOrEqual(inner.end);
    expect(inner.end).toBeLessThanOrEqual(length);
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'range' && key !== 'keyword') checkRanges(inner, range, length);
  }
}

/** What holds for every text: it parses, ranges nest and lie in it, faults are in order and cover something. */
export function checkAll(text: string): void {
  const { document, faults } = parse(text);
  expect(document.range).toEqual({ start: 0, end: text.length });
  checkRanges(document, document.range, text.length);
  let start = 0;
  for (const fault of faults) {
    expect(Number.isInteger(fault.range.start) && Number.isInteger(fault.range.end)).toBe(true);
    expect(fault.range.start).toBeGreaterThanOrEqual(start);
    expect(fault.range.end).toBeGreaterThan(fault.range.start);
    expect(fault.range.end).toBeLessThanOrEqual(text.length);
    expect(fault.message).toMatch(/[.?]$/);
    start = fault.range.start;
  }
  print(document);
}

const TOKENS = [
  ...'()[]{},:;=+-*/<>!.#"`\'&|$\n\r\t ',
  '->',
  '<-',
  '<->',
  '<=',
  '//',
  '/*',
  '*/',
  '\n\n',
  '1',
  '0.5',
  '"text"',
  '`a b`',
  'age',
  'where',
  'treatment',
  'variable',
  'latent',
  'estimate',
  'data',
  'expect',
  'independent',
  'of',
  'on',
  'as',
  'given',
  'adjust',
  'instrument',
  'binary',
  'not',
  'and',
  'in',
  'is',
  'missing',
  'between',
  'vs',
  'contrast',
  'nothing',
  'folds',
  'log(',
  '→',
  '“',
  '\ufeff',
  '\ud800',
];

/** Tokens in disorder, and what comes near to being one. */
export const soup = fc
  .array(fc.tuple(fc.constantFrom(...TOKENS), fc.constantFrom('', ' ')), { maxLength: 60 })
  .map((parts) => parts.flat().join(''));
