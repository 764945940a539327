import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { print } from '../../grammar/print.ts';
import { reports, textOf } from './support.ts';

const text = readFileSync(new URL('golden/music.causal', import.meta.url), 'utf8');

/** The tree with the text that each range covers in place of the range. */
function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const range = ['range', 'keyword', 'open', 'close'].includes(key);
      return [key, range ? textOf(text, inner as { start: number; end: number }) : withTexts(inner)];
    }),
  );
}

describe('the whole file of the language description', () => {
  test('has the tree on record', async () => {
    const { document } = parse(text);
    const { statements, comments, paragraphs } = document;
    const record = {
      statements: withTexts(statements),
      comments: withTexts(comments),
      paragraphs: paragraphs.map((offset) => text.slice(offset).split('\n')[0]),
    };
    await expect(`${JSON.stringify(record, null, 2)}\n`).toMatchFileSnapshot('golden/music.json');
  });

  test('has no fault', () => {
    expect(reports(text)).toEqual([]);
  });

  test('is laid out as the formatter would', () => {
    expect(print(parse(text).document)).toBe(text);
  });

  test('is laid out again from any layout that means the same', () => {
    const squeezed = text
      .replaceAll(/ {2,}/g, ' ')
      .replaceAll(/\n(?=\n)/g, '')
      .replaceAll(' = ', '=')
      .replaceAll(' -> ', '->');
    expect(print(parse(squeezed).document)).toBe(text);
  });
});
